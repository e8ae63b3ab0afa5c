/** Scoring a prediction of some rows of a dataset. */
import type { Prediction } from "../models/contract.ts";
import type { Dataset, Rows, Target } from "../data/dataset.ts";
import type { Metric } from "./metrics/contract.ts";
import { mean } from "./metrics/scored.ts";

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
  return meanLoss(metric.losses({ truth: targetAt(data.target, rows), prediction }), data, rows, weighted);
}

/** The mean of row losses; with the dataset's weights when asked for. */
export function meanLoss(losses: Float64Array, data: Dataset, rows: Rows, weighted: boolean): number {
  return mean(losses, weighted && data.weights ? at(data.weights, rows) : undefined);
}
