/** How challengers are judged: the metric, the margin, the budgets, from options as people write them. */
import type { LossRange } from "../compare/guarantee.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { costMetric, type CostMatrix } from "../compare/costs.ts";
import type { MarginSpec, Money } from "../compare/margin.ts";
import type { JudgedMetric } from "../compare/measure.ts";
import type { Metric } from "../metrics/contract.ts";
import { findMetric } from "../metrics/registry.ts";
import { OptionError } from "../error.ts";
import { costMatrixFrom } from "./cost-matrix.ts";
import { ChallengerError, type Sourced } from "../challengers/source.ts";

/** What decides, and how much of it has to be gained. The same names as the flags of the command line. */
export interface JudgingOptions {
  /** Default: the metric of the benchmark; its `labelMetric` where a challenger gives classes only. */
  readonly metric?: string;
  /** Metrics of your own, for `metric` to name. */
  readonly metrics?: readonly Metric[];
  /** The smallest gain that matters: `0.01` in the metric's unit, `1%` of what the baseline leaves to gain. */
  readonly minGain?: number | string;
  /** Judge by what decisions cost: `fp=1,fn=5`, a CSV file, or rows of decisions and columns of truth in the order of the classes. */
  readonly costMatrix?: string | CostMatrix;
  /** Money that one unit of the metric is worth in one prediction; with a cost matrix 1. */
  readonly valuePerUnit?: number;
  /** Money that a prediction of the challenger costs more than one of the baseline. */
  readonly extraCost?: number;
  /** Chance of a wrong JUSTIFIED that is accepted; default 0.05. */
  readonly alpha?: number;
  /** Default: every baseline has to be beaten. */
  readonly against?: "every" | "champion";
  /** Bounds that hold for any number of rows; the metric must be a mean of bounded losses. */
  readonly guarantee?: "finite-sample";
  /** The rows are independent, whatever training suspected of groups and order: claims need not stay open for that. */
  readonly independentRows?: boolean;
}

export interface Judging {
  readonly metric: JudgedMetric;
  /** The metric whose best constant is the floor. */
  readonly floor: Metric;
  readonly margin?: MarginSpec;
  readonly money?: Money;
  readonly guarantee?: LossRange;
  readonly costs?: CostMatrix;
  /** Of which class the metric speaks, or why each challenger is judged by another one than the benchmark's. */
  readonly note?: string;
}

/** What a challenger is judged against. */
type Judged = Pick<OpenBenchmark, "artifact" | "metric" | "metrics">;

/** Does the metric that was asked for read classes, so that a file's own classes go before its probabilities? */
export function prefersLabels(options: JudgingOptions, opened: Judged): boolean {
  if (options.costMatrix !== undefined) return false;
  return named(options, opened).needs === "label";
}

/** @throws OptionError, ChallengerError for options that do not fit the benchmark, the challengers or each other. */
export function judgingOf(options: JudgingOptions, opened: Judged, sourced: readonly Sourced[]): Judging {
  checkAlpha(options.alpha);
  const chosen = metricOf(options, opened, sourced);
  const worth = worthOf(options, chosen.metric);
  return { ...chosen, ...worth, ...(options.guarantee && { guarantee: lossRange(chosen.metric) }) };
}

/** The metric that was asked for, else the benchmark's. */
function named({ metric: name, metrics }: JudgingOptions, { artifact, metric, metrics: known }: Judged): Metric {
  return name === undefined ? metric : findMetric(name, artifact.task, metrics ?? known);
}

function metricOf(
  options: JudgingOptions,
  opened: Judged,
  sourced: readonly Sourced[],
): Pick<Judging, "metric" | "floor" | "note" | "costs"> {
  const { metric: name, costMatrix } = options;
  const { artifact } = opened;
  const { task, labelMetric, positive } = artifact;
  if (costMatrix !== undefined) {
    if (name !== undefined)
      throw new OptionError("costMatrix: the costs are the metric, so --metric and --cost-matrix exclude each other");
    if (task === "regression")
      throw new OptionError("costMatrix: wanted a benchmark with classes, this one predicts a number");
    const costs = costMatrixFrom(costMatrix, artifact.classes);
    return { metric: costMetric(costs), floor: opened.metric, costs };
  }
  const metric = named(options, opened);
  const bare = sourced.find(({ labelsOnly }) => labelsOnly);
  if (metric.needs !== "probability" || bare === undefined)
    return {
      metric,
      floor: metric,
      ...(positive !== null && metric.ofPositive && { note: ofClass(metric, positive) }),
    };
  if (name !== undefined || labelMetric === null)
    throw new ChallengerError(
      `${bare.challenger.name}: gives classes without probabilities, and ${metric.name} needs them; add columns proba_<class>, or judge it by --metric ${labelMetric?.name ?? "accuracy"}`,
    );
  const labelled = findMetric(labelMetric.name, task);
  const all = sourced.length > 1 ? ", like the others, to be comparable" : "";
  return {
    metric: labelled,
    floor: labelled,
    note: `judged by ${labelled.name} instead of ${metric.name}${all}, since ${bare.challenger.name} gives classes without probabilities`,
  };
}

function ofClass({ name }: Metric, positive: string): string {
  return `${name} is that of the positive class, ${positive} (train --positive names another)`;
}

/** The smallest gain that matters, as given or from money; nothing: the metric's default. */
function worthOf(options: JudgingOptions, metric: JudgedMetric): Pick<Judging, "margin" | "money"> {
  const { minGain, valuePerUnit, extraCost } = options;
  if (valuePerUnit === undefined && extraCost === undefined) {
    if (minGain === undefined) return {};
    const margin = marginFrom(minGain);
    const perfect = metric.direction === "maximize" ? metric.range[1] : metric.range[0];
    if (margin.kind === "relative" && !Number.isFinite(perfect))
      throw new OptionError(`minGain: ${metric.name} has no best value, so only a gain in its own unit has a meaning`);
    return { margin };
  }
  if (minGain !== undefined)
    throw new OptionError("minGain: the margin follows from --value-per-unit and --extra-cost; leave --min-gain out");
  const value = valuePerUnit ?? (options.costMatrix === undefined ? undefined : 1);
  if (value === undefined)
    throw new OptionError(
      "extraCost: wanted --value-per-unit too: what one unit of the metric is worth in one prediction",
    );
  if (extraCost === undefined)
    throw new OptionError("valuePerUnit: wanted --extra-cost too: what a prediction of the challenger costs more");
  if (!(value > 0 && value < Infinity)) throw new OptionError(`valuePerUnit: wanted a number above 0, got ${value}`);
  if (!(extraCost >= 0 && extraCost < Infinity))
    throw new OptionError(`extraCost: wanted a number from 0, got ${extraCost}`);
  return { money: { valuePerUnit: value, extraCost } };
}

/** `0.01` and 0.01 are in the metric's unit, `1%` is a share of what is left to gain. @throws OptionError */
export function marginFrom(given: number | string): MarginSpec {
  const text = String(given).trim();
  const relative = text.endsWith("%");
  const digits = relative ? text.slice(0, -1).trim() : text;
  const value = digits === "" ? Number.NaN : relative ? Number(digits) / 100 : Number(digits);
  if (!(value >= 0 && value < (relative ? 1 : Infinity)))
    throw new OptionError(`minGain: wanted a gain such as 0.01, or a share below 100 % such as 1%, got ${text}`);
  return { value, kind: relative ? "relative" : "absolute" };
}

function checkAlpha(alpha = 0.05): void {
  if (!(alpha > 0 && alpha < 0.5)) throw new OptionError(`alpha: wanted a level between 0 and 0.5, got ${alpha}`);
}

/** Smallest and largest loss of a row, as the metric defines it. */
function lossRange({ name, losses, direction, range: [low, high] }: JudgedMetric): LossRange {
  if (losses === undefined || !Number.isFinite(low) || !Number.isFinite(high))
    throw new OptionError(
      `guarantee: a finite-sample guarantee needs a metric that is a mean of bounded losses, such as log_loss, brier or accuracy, got ${name}`,
    );
  return direction === "maximize" ? [0, high - low] : [low, high];
}
