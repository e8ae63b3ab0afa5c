import { gather } from "../../numeric/gather.ts";
import type { Dataset, Target } from "../../frame/dataset.ts";
import { innerParts } from "../inner-parts.ts";
import { repeatedRows } from "../mljs/repeated-rows.ts";
import { evenlySpaced, type TrainingRows } from "../training-rows.ts";
import { FORMS, valueAt, type Curve, type Form } from "../../models/curve.ts";
import { fitCurve, type Points } from "./forms.ts";

/** Curves are chosen and fitted on at most so many training rows, evenly spaced, and so many points (rows by weight). */
const SAMPLE = 4000;
/** Columns are ruled out on so many points. */
const FEW = 1000;
const FINALISTS = 3;
const PARTS = 3;
/** A plainer form is taken where it costs at most so much more. */
const NEAR = 1.005;

export interface Choice {
  readonly column: number;
  readonly curve: Curve;
  /** Root mean squared error on parts of the rows that the curve was not fitted on. */
  readonly error: number;
  readonly rows: number;
}

/**
 * The best curve of a single column: the three columns that a cubic fits best are tried in all forms, and judged on parts of the
 * training rows that they were not fitted on. `mean`: what a row without a value gets. Nothing when no column varies.
 */
export function chooseCurve(data: Dataset, all: TrainingRows, mean: number): Choice | undefined {
  const training = evenlySpaced(all, SAMPLE);
  const { values: target } = data.target as Target & { task: "regression" };
  const y = gather(target, training.rows);
  const columns = finalists(data, training, y, mean);
  const parts = innerParts(data, training, PARTS);
  let best: (Choice & { sum: number }) | undefined;
  for (const { column, x } of columns) {
    const found = bestForm(x, y, training, parts, mean);
    if (found === undefined || (best !== undefined && found.sum >= best.sum)) continue;
    const curve = fitCurve(found.form, pointsOf(x, y, training, SAMPLE));
    if (curve === undefined) continue;
    best = { column, curve, sum: found.sum, error: Math.sqrt(found.sum / training.total), rows: training.rows.length };
  }
  return best;
}

interface Candidate {
  readonly column: number;
  /** One a training row, NaN where missing. */
  readonly x: Float64Array;
}

function finalists(data: Dataset, training: TrainingRows, y: Float64Array, mean: number): Candidate[] {
  const found = data.columns.flatMap((column, at): (Candidate & { sum: number })[] => {
    if (column.kind !== "number") return [];
    const x = gather(column.values, training.rows);
    const points = pointsOf(x, y, training, FEW);
    const curve = (["cubic", "quadratic", "line"] as const)
      .map((form) => fitCurve(form, points))
      .find((c) => c !== undefined);
    return curve === undefined ? [] : [{ column: at, x, sum: squaredErrors(curve, x, y, training.weights, mean) }];
  });
  return found.sort((a, b) => a.sum - b.sum).slice(0, FINALISTS);
}

/** The plainest of the forms that are about as good as the best. */
function bestForm(
  x: Float64Array,
  y: Float64Array,
  training: TrainingRows,
  parts: readonly Float64Array[],
  mean: number,
): { form: Form; sum: number } | undefined {
  const judged = FORMS.flatMap((form) => {
    let sum = 0;
    for (const judging of parts) {
      const rest = training.rows.map((_, i) => i); // places; weights below say which count
      const weights = Float64Array.from(rest, (i) => (training.weights?.[i] ?? 1) - judging[i]);
      const curve = fitCurve(form, pointsOf(x, y, { ...training, weights }, SAMPLE));
      if (curve === undefined) return [];
      sum += squaredErrors(curve, x, y, judging, mean);
    }
    return Number.isFinite(sum) ? [{ form, sum }] : [];
  });
  const least = Math.min(...judged.map(({ sum }) => sum));
  return judged.find(({ sum }) => sum <= NEAR * least);
}

/** The rows that have a value and a weight as points. */
function pointsOf(x: Float64Array, y: Float64Array, { weights }: TrainingRows, most: number): Points {
  const known = Int32Array.from(x.keys()).filter((i) => !Number.isNaN(x[i]) && (weights?.[i] ?? 1) > 0);
  const w = weights && gather(weights, known);
  const total = w ? w.reduce((sum, v) => sum + v, 0) : known.length;
  const places = known.length === 0 ? known : repeatedRows({ rows: known, ...(w && { weights: w }), total }, most);
  const at = Array.from(places, (place) => known[place]);
  return { x: at.map((i) => x[i]), y: at.map((i) => y[i]) };
}

function squaredErrors(
  curve: Curve,
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array | undefined,
  mean: number,
): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (weight > 0) sum += weight * (y[i] - (Number.isNaN(x[i]) ? mean : valueAt(curve, x[i]))) ** 2;
  }
  return sum;
}
