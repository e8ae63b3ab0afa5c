/** A metric is a record: its formula, bounds, direction and per-row losses, all in one place. */
import type { Prediction } from "../frame/prediction.ts";
import type { Target, Task } from "../frame/dataset.ts";

/** The truth and one model's answers on the same rows, in the same order; every row has a target. */
export interface Scored {
  readonly truth: Target;
  readonly prediction: Prediction;
}

/** The constant that no other constant beats under a metric. */
export type Floor =
  | "mean"
  | "median"
  | "weighted-median"
  | "quantile"
  | "log-mean"
  | "shortest-half"
  | "prior"
  | "majority";

export interface Metric {
  /** The field's name, unique: the key in artifacts and on the command line. */
  readonly name: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  /** What it reads of a prediction. `label`: the most probable class, the first of ties. */
  readonly needs: "value" | "probability" | "label";
  readonly direction: "minimize" | "maximize";
  readonly range: readonly [number, number];
  readonly unit: "target" | "target²" | "nats" | "share" | "none";
  readonly floor: Floor;
  /** The metric, with row weights where given. NaN where it is not defined: `undefinedWhen` says when. O(n) or O(n log n). */
  score(scored: Scored, weights?: Float64Array): number;
  /** The same for one pair of truth and prediction under many weightings: what does not depend on weights is done once. */
  scorer?(scored: Scored): (weights?: Float64Array) => number;
  readonly undefinedWhen?: string;
  /** With two classes it speaks of the positive one: which one that is must be said beside it. */
  readonly ofPositive?: true;
  /** Of a `quantile` floor: which. */
  readonly quantile?: number;
  /** Why this target cannot be scored (negative counts, ...), or nothing. */
  refuses?(truth: Target): string | undefined;
  /** Additive metrics: one loss a row, lower is better, so that gains can be tested row by row. */
  losses?(scored: Scored): Float64Array;
  /** Additive metrics: the metric as a monotone function of the mean loss (identity, square root, 1 - x). */
  fromMeanLoss?(mean: number): number;
}
