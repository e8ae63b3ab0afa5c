/** Scoring a prediction of some rows of a dataset. */
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import { targetAt } from "../frame/take.ts";
import { gather } from "../numeric/gather.ts";
import type { Metric } from "../metrics/contract.ts";
import { mean } from "../metrics/scored.ts";

/** The metric of a prediction for the given rows; with the dataset's weights when asked for. */
export function scoreRows(
  metric: Metric,
  data: Dataset,
  rows: Rows,
  prediction: Prediction,
  weighted: boolean,
): number {
  const weights = weighted && data.weights ? gather(data.weights, rows) : undefined;
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
  return mean(losses, weighted && data.weights ? gather(data.weights, rows) : undefined);
}
