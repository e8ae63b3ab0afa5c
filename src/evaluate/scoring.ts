/** Scoring a prediction of some rows of a dataset. */
import type { Prediction } from "../baselines/contract.ts";
import type { Dataset, Rows, Target } from "../data/dataset.ts";
import type { Metric } from "./metrics/contract.ts";

/** The target at the given rows, in their order. O(rows). */
export function targetAt(target: Target, rows: Rows): Target {
  if (target.task === "regression") {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = target.values[rows[i]];
    return { ...target, values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = target.codes[rows[i]];
  return { ...target, codes };
}

/** A number array at the given rows. */
export function at(values: Float64Array, rows: Rows): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

/** The metric of a prediction for the given rows; with the dataset's weights when asked for. */
export function scoreRows(
  metric: Metric,
  data: Dataset,
  rows: Rows,
  prediction: Prediction,
  weighted: boolean,
): number {
  const weights = weighted && data.weights ? at(data.weights, rows) : undefined;
  return metric.score({ truth: targetAt(data.target, rows), prediction }, weights);
}

/** What a search minimises: the mean loss of an additive metric, else the metric turned so that lower is better. */
export function objectiveOf(
  metric: Metric,
  data: Dataset,
  rows: Rows,
  prediction: Prediction,
  weighted: boolean,
): number {
  if (!metric.losses) {
    const score = scoreRows(metric, data, rows, prediction, weighted);
    return metric.direction === "minimize" ? score : -score;
  }
  const losses = metric.losses({ truth: targetAt(data.target, rows), prediction });
  const weights = weighted && data.weights ? at(data.weights, rows) : undefined;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < losses.length; i++) {
    const w = weights?.[i] ?? 1;
    sum += w * losses[i];
    total += w;
  }
  return sum / total;
}
