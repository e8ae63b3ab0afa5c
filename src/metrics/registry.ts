import type { Target, Task } from "../frame/dataset.ts";
import { didYouMean, OptionError, requireKnown } from "../error.ts";
import { accuracy } from "./accuracy.ts";
import { cohenKappa, mcc } from "./agreement.ts";
import { averagePrecision } from "./average-precision.ts";
import { balancedAccuracy } from "./balanced-accuracy.ts";
import { brier } from "./brier.ts";
import type { Metric } from "./contract.ts";
import { mae, mape, pinball, poissonDeviance, rmse, rmsle } from "./errors.ts";
import { f1, f1Weighted, precision, recall } from "./f-scores.ts";
import { logLoss } from "./log-loss.ts";
import { medianAbsoluteError, r2, wape } from "./relative-errors.ts";
import { rocAuc, rocAucOvo, rocAucOvoWeighted, rocAucWeighted } from "./roc-auc.ts";
import { percent } from "../words/numbers.ts";

/** Every metric; reports show them in this order. */
export const metrics: readonly Metric[] = [
  logLoss,
  rocAuc,
  rocAucWeighted,
  rocAucOvo,
  rocAucOvoWeighted,
  averagePrecision,
  brier,
  accuracy,
  balancedAccuracy,
  f1,
  f1Weighted,
  precision,
  recall,
  mcc,
  cohenKappa,
  rmse,
  mae,
  medianAbsoluteError,
  r2,
  mape,
  wape,
  rmsle,
  pinball(0.5),
  poissonDeviance,
];

/** The metrics of a task, in order, the user's own first. */
export function metricsFor(task: Task, own: readonly Metric[] = []): readonly Metric[] {
  return [...own, ...metrics].filter((metric) => metric.tasks.includes(task));
}

/**
 * The metric of a name; `pinball:0.9` is the pinball loss at 0.9. @param own Metrics of the user's, beside those of the registry.
 * @throws OptionError naming the metrics there are.
 */
export function findMetric(name: string, task: Task, own: readonly Metric[] = []): Metric {
  const found = metricOf(name, [...own, ...metrics]);
  if (found?.tasks.includes(task)) return found;
  const names = metricsFor(task, own).map((metric) => metric.name);
  const problem = found === undefined ? "is not a metric" : `is not a metric for a ${task} target`;
  throw new OptionError(
    `metric ${JSON.stringify(name)} ${problem}${didYouMean(name, names)}; choose one of ${names.join(", ")}`,
  );
}

/** The metric of a name, of whatever task. @param where Who names it, for the message. @throws OptionError when there is none. */
export function metricNamed(where: string, name: string): Metric {
  const found = metricOf(name, metrics);
  if (found === undefined)
    requireKnown(
      where,
      "metric",
      name,
      metrics.map((metric) => metric.name),
    );
  return found!;
}

function metricOf(name: string, all: readonly Metric[]): Metric | undefined {
  const quantile = /^pinball:(0?\.\d+)$/.exec(name)?.[1];
  return quantile === undefined ? all.find((metric) => metric.name === name) : pinball(Number(quantile));
}

export interface Choice {
  readonly metric: Metric;
  readonly reason: string;
}

/** The metric everything is decided by when the user names none: a proper, additive one, so that gains can be tested. */
export function primaryMetric(task: Task): Choice {
  return task === "regression"
    ? { metric: rmse, reason: "default for a numeric target: a mean of per-row losses, so that gains can be tested" }
    : { metric: logLoss, reason: "default for classes: judges the probabilities, not just the labels" };
}

/** The metric for challengers that give labels without probabilities. `rows`: those that count for the class shares. */
export function labelMetric(target: Target, rows: ArrayLike<number>): Choice | undefined {
  if (target.task === "regression") return undefined;
  const counts = new Float64Array(target.classes.length);
  for (let i = 0; i < rows.length; i++) counts[target.codes[rows[i]]]++;
  const smallest = Math.min(...counts) / rows.length;
  const share = `the smallest class holds ${percent(smallest)} of the rows`;
  return smallest < 0.2
    ? { metric: balancedAccuracy, reason: `${share}, under 20 %` }
    : { metric: accuracy, reason: `${share}, 20 % or more` };
}
