/** A metric is a record: its formula, bounds, direction, and how its rows contribute, all in one place. */
import type { Prediction } from "../frame/prediction.ts";
import type { Target, Task } from "../frame/dataset.ts";
import type { Floor } from "./floors.ts";

/** The truth and one model's answers on the same rows, in the same order; every row has a target. */
export interface Scored {
  readonly truth: Target;
  readonly prediction: Prediction;
  /** The rows in ascending order of a class's probability, for metrics that need one: many can share a sort (`ordered`). */
  readonly orderOf?: (k: number) => Int32Array;
  /** The most probable class of each row, likewise. */
  readonly called?: () => Int32Array;
}

/** How a mean loss becomes the metric: a monotone function and its derivative. `other`: none of those that are known. */
export interface Link {
  readonly kind: "identity" | "complement" | "root" | "other";
  of(loss: number): number;
  slope(loss: number): number;
}

/** Σ losses / Σ base is what the metric falls short of its best value by. The base depends on the truth alone. */
export interface Ratio {
  readonly losses: Float64Array;
  readonly base: Float64Array;
}

/**
 * Metrics that are no mean of row losses still have row contributions: how the metric moves when one row weighs a little
 * more (the infinitesimal jackknife; Jaeckel 1972, Efron 1982). Their mean is 0, their spread over sqrt(rows) is the
 * metric's standard error, and their difference between two models is judged like any other row difference.
 */
export interface Influence {
  /** Is the difference of two models' values close enough to normal by itself? Else the bootstrap is asked too. */
  readonly settled: boolean;
  /** The units are means of classes: the variance of each is divided by its own rows less one. */
  readonly byClass?: true;
  /** With two classes the metric is the area under one ROC curve, whose law is DeLong's normal one. */
  readonly rocArea?: true;
  /** Rests on an estimated density: it has the metric's spread, but is no derivative. */
  readonly estimated?: true;
  /** Rows x dT/dw of each row, times its weight; mean 0. Asked for where the metric has a value. */
  of(scored: Scored, weights?: Float64Array): Float64Array;
}

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
  /** The constant that no other constant beats under it. */
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

  // How rows contribute, so that gains can be tested: one of these three. Without any, rows are left out one at a time.

  /** Additive metrics: one loss a row, lower is better, and the link from their mean to the metric (absent: the mean is it). */
  losses?(scored: Scored): Float64Array;
  readonly link?: Link;
  /** The same, were all rows of one class: what does not depend on it is done once. Absent: `losses` is asked for each. */
  readonly lossesIf?: (scored: Scored) => (label: number) => Float64Array;
  /** Metrics that are one sum over another (1 - R², WAPE). */
  ratio?(scored: Scored, weights?: Float64Array): Ratio;
  /** Metrics of labels, rankings and medians. */
  readonly influence?: Influence;
}
