/** The floor of a metric is the best constant for that very metric, fitted where the rungs were: on training rows. */
import type { Prediction } from "../frame/prediction.ts";
import { constant } from "../baselines/constant.ts";
import { shapeOf, type Dataset, type Rows } from "../frame/dataset.ts";
import { merged } from "../frame/rows.ts";
import type { Metric } from "../metrics/contract.ts";
import { predictionAt } from "../frame/take.ts";
import type { FoldPlan } from "../evaluate/splits/contract.ts";
import { seeded } from "../numeric/rng.ts";
import type { Folded } from "./fold-part.ts";
import { settledBy } from "./ladder.ts";

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
    const key = JSON.stringify(floorPoint(one));
    const known = made.get(key) ?? { folds: foldFloor(rows, one, folded), held: heldFloor(rows, one) };
    made.set(key, known);
    out.set(one.name, known);
  }
  return out;
}

/** Does one constant suit both metrics? */
export function sameFloor(a: Metric, b: Metric): boolean {
  return JSON.stringify(floorPoint(a)) === JSON.stringify(floorPoint(b));
}

/** The metric's constant of the training rows, for the held-out rows. */
export function heldFloor({ data, train, held }: FloorRows, metric: Metric): Prediction {
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
    return predictionAt(
      shape.task === "regression" ? { kind: "value", values } : { kind: "probability", values, classes: width },
      rows[repeat],
    );
  });
  const values = new Float64Array(whole.reduce((sum, one) => sum + one.values.length, 0));
  let from = 0;
  for (const one of whole) {
    values.set(one.values, from);
    from += one.values.length;
  }
  return { ...whole[0], values };
}

function fitted(data: Dataset, train: Rows, asked: Rows, metric: Metric): Prediction {
  const model = constant.fit({ data, rows: train }, floorPoint(metric), seeded(0));
  return constant.fromJSON(model.toJSON(), shapeOf(data)).predict(data, asked);
}

function floorPoint(metric: Metric): Parameters<typeof constant.fit>[1] {
  const { statistic, quantile } = settledBy(metric) as Parameters<typeof constant.fit>[1];
  return { statistic, quantile };
}
