/** The floor of a metric is the best constant for that very metric, fitted where the rungs were: on training rows. */
import type { Prediction } from "../frame/prediction.ts";
import { bestConstant, type Constant } from "../metrics/best-constant.ts";
import { predictionOf } from "../models/answers.ts";
import type { Point } from "../search/space.ts";
import { shapeOf, type Dataset, type Rows } from "../frame/dataset.ts";
import { merged } from "../frame/rows.ts";
import type { Metric } from "../metrics/contract.ts";
import { predictionAt } from "../frame/take.ts";
import type { FoldPlan } from "../evaluate/splits/contract.ts";
import type { Folded } from "../intake/fold-part.ts";

/** What constants are fitted on and asked for. */
export interface FloorRows {
  readonly data: Dataset;
  /** One a repeat. */
  readonly plans: readonly FoldPlan[];
  readonly train: Rows;
  readonly held: Rows;
}

/** What a constant says in the folds (all repeats, end to end) and of the held-out rows. */
export interface Floor {
  readonly folds: Prediction;
  readonly held: Prediction;
}

/** The floors of the metrics that another constant than the main metric's suits, by metric. */
export function floorsFor(
  rows: FloorRows,
  main: Metric,
  metrics: readonly Metric[],
  folded: Folded,
): ReadonlyMap<string, Floor> {
  const out = new Map<string, Floor>();
  const made = new Map<string, Floor>();
  for (const one of metrics) {
    if (sameFloor(one, main)) continue;
    const key = JSON.stringify(constantOf(one));
    const known = made.get(key) ?? { folds: foldFloor(rows, one, folded), held: heldFloor(rows, one) };
    made.set(key, known);
    out.set(one.name, known);
  }
  return out;
}

/** Does one constant suit both metrics? */
export function sameFloor(a: Metric, b: Metric): boolean {
  return JSON.stringify(constantOf(a)) === JSON.stringify(constantOf(b));
}

/** The metric's constant of the training rows, for the held-out rows. */
export function heldFloor({ data, train, held }: Omit<FloorRows, "plans">, metric: Metric): Prediction {
  return fitted(data, train, held, metric);
}

/** The metric's constants of the folds' training rows, for the rows of the folds. */
export function foldFloor({ data, plans }: FloorRows, metric: Metric, { rows }: Pick<Folded, "rows">): Prediction {
  const shape = shapeOf(data);
  const width = Math.max(1, shape.classes.length);
  const whole = plans.map(({ parts, folds }, repeat) => {
    const values = new Float64Array(data.rows * width).fill(Number.NaN);
    for (const { train, test } of folds) {
      const given = fitted(data, merged(train.map((part) => parts[part])), parts[test], metric).values;
      parts[test].forEach((row, i) => values.set(given.subarray(i * width, (i + 1) * width), row * width));
    }
    return predictionAt(predictionOf(values, width), rows[repeat]);
  });
  const values = new Float64Array(whole.reduce((sum, one) => sum + one.values.length, 0));
  let from = 0;
  for (const one of whole) {
    values.set(one.values, from);
    from += one.values.length;
  }
  return { ...whole[0], values };
}

function fitted({ target, weights }: Dataset, train: Rows, asked: Rows, metric: Metric): Prediction {
  const rows = weights === undefined ? train : train.filter((row) => weights[row] > 0);
  let total = 0;
  for (const row of rows) total += weights?.[row] ?? 1;
  const weightOf = (row: number): number => weights?.[row] ?? 1;
  return constantFor(asked.length, bestConstant(target, rows, weightOf, total, constantOf(metric)));
}

function constantFor(rows: number, answer: Float64Array): Prediction {
  const values = new Float64Array(rows * answer.length);
  for (let i = 0; i < values.length; i++) values[i] = answer[i % answer.length];
  return predictionOf(values, answer.length);
}

function constantOf({ floor, quantile = 0.5 }: Metric): Constant {
  return { floor, quantile };
}

/**
 * What the metric settles without a search: the constant that suits it, and, for one that reads probabilities, no
 * reweighting of classes, which would spoil them.
 */
export function settledBy(metric: Metric): Point {
  const { floor: statistic, quantile } = constantOf(metric);
  return { statistic, quantile, ...(metric.needs === "probability" && { classWeight: "none" }) };
}
