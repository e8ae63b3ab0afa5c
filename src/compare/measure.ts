/**
 * One model's metric as a mean of row losses. Additive metrics are that already; ratios are one sum over another; smooth ones
 * are linearised by their influence values; the rest are taken apart by a jackknife. From here on
 * every metric is judged in the same way.
 */
import type { Influence, Link, Metric, Scored } from "../metrics/contract.ts";
import { complement, identity } from "../metrics/links.ts";
import { ordered } from "../metrics/scored.ts";
import { mean } from "../numeric/moments.ts";
import { seeded } from "../numeric/rng.ts";
import { requireFinite } from "./contract.ts";
import { otherLosses, type OtherLosses } from "./other-losses.ts";
import { rowsBy } from "./subset.ts";

/** The facts of a metric that decide how it is judged. */
export type JudgedMetric = Pick<
  Metric,
  | "name"
  | "direction"
  | "range"
  | "score"
  | "scorer"
  | "losses"
  | "lossesIf"
  | "link"
  | "ratio"
  | "influence"
  | "refuses"
>;

export interface Measured {
  /** The metric; NaN where it is not defined. */
  readonly value: number;
  /** Lower is better; Σ losses / Σ base (or rows) is the metric's loss. */
  readonly losses: Float64Array;
  readonly base?: Float64Array;
  /** From the mean loss to the metric. */
  readonly link: Link;
  /** The loss of a perfect score, from which relative gains are counted; for a link of no known kind on the metric's own scale. */
  readonly best: number;
  readonly how: "mean" | "ratio" | "influence" | "jackknife";
  /** Influence values whose normality is not to be relied on in small samples. */
  readonly unsettled: boolean;
  /** The area under one ROC curve, whose law is DeLong's normal one. */
  readonly rocArea?: boolean;
  /** The jackknife left these units out, one at a time; rows of a unit are not independent witnesses. */
  readonly unitOf?: Int32Array;
  /** What the rows could have cost otherwise: of metrics that are sums of row losses. */
  readonly other?: OtherLosses;
  /** How far off the usual loss a row may be: of bounded metrics that are no such sums, the whole range for a row of the smallest class. */
  readonly reach?: number;
  /** The loss at other row weights, for the bootstrap. */
  reweigh?(weights: Float64Array): number;
}

export interface MeasureOptions {
  /** Of rows, in the metric (not of training). */
  readonly weights?: Float64Array;
  /** The metric of these rows, where it is known. */
  readonly value?: number;
  /** Units the jackknife leaves out together. */
  readonly unitOf?: Int32Array;
}

/** Delete-one up to here, then as many groups of rows. */
const JACKKNIFE_ALL = 1000;
const JACKKNIFE_GROUPS = 200;

/** @throws RangeError naming the first loss that is not finite. Cost: one pass, or a sort, or (jackknife) 200 to 1,000 scores. */
export function measure(metric: JudgedMetric, scored: Scored, options: MeasureOptions = {}): Measured {
  if (metric.losses !== undefined) return additive(metric, scored, metric.losses.bind(metric), options);
  const sorted = ordered(scored);
  const value = options.value ?? metric.score(sorted, options.weights);
  if (metric.ratio !== undefined) return quotient(metric, scored, value, metric.ratio.bind(metric), options);
  if (metric.influence === undefined || Number.isNaN(value)) return jackknifed(metric, sorted, value, options);
  return smooth(metric, sorted, value, metric.influence, options);
}

/** The metric's best possible value: what losses are counted from. 0 where there is none. */
export function perfectScore({ direction, range }: JudgedMetric): number {
  const top = direction === "maximize" ? range[1] : range[0];
  return Number.isFinite(top) ? top : 0;
}

/** Distance to the perfect score: lower is better. */
export function lossOf(metric: JudgedMetric, value: number): number {
  return metric.direction === "maximize" ? perfectScore(metric) - value : value;
}

function distance(metric: JudgedMetric): Link {
  return metric.direction === "minimize" ? identity : complement(perfectScore(metric));
}

type Losses = (scored: Scored) => Float64Array;

function additive(metric: JudgedMetric, scored: Scored, lossesOf: Losses, { weights }: MeasureOptions): Measured {
  const losses = lossesOf(scored);
  requireFinite("measure", `losses of ${metric.name}`, losses, 1);
  const link = metric.link ?? identity;
  const sums = weighed(losses, undefined, weights);
  const value = link.of(mean(sums.losses) / (sums.base === undefined ? 1 : mean(sums.base)));
  return {
    value,
    link,
    best: bestLoss(metric, link),
    how: "mean",
    unsettled: false,
    other: weighedLabels(otherLosses(scored, lossesOf, metric.lossesIf), weights),
    ...sums,
  };
}

function bestLoss(metric: JudgedMetric, link: Link): number {
  if (link.kind === "complement") return link.of(0) - perfectScore(metric);
  if (link.kind === "root") return perfectScore(metric) ** 2;
  return metric.direction === "maximize" ? -perfectScore(metric) : perfectScore(metric);
}

function quotient(
  metric: JudgedMetric,
  scored: Scored,
  value: number,
  ratioOf: NonNullable<Metric["ratio"]>,
  { weights }: MeasureOptions,
): Measured {
  const sums = ratioOf(scored, weights);
  return {
    value,
    link: distance(metric),
    best: metric.direction === "maximize" ? 0 : perfectScore(metric),
    how: "ratio",
    unsettled: false,
    other: otherLosses(scored, (other) => ratioOf(other).losses),
    ...weighed(sums.losses, sums.base, weights),
  };
}

/** Weights multiply both sums; they are scaled to a mean of 1 so that losses keep their unit. */
function weighed(
  losses: Float64Array,
  base: Float64Array | undefined,
  weights: Float64Array | undefined,
): { readonly losses: Float64Array; readonly base?: Float64Array } {
  if (weights === undefined) return base === undefined ? { losses } : { losses, base };
  const usual = mean(weights);
  return {
    losses: losses.map((loss, i) => (loss * weights[i]) / usual),
    base: weights.map((w, i) => (w * (base?.[i] ?? 1)) / usual),
  };
}

function weighedLabels(other: OtherLosses, weights: Float64Array | undefined): OtherLosses {
  if (other.kind === "numbers" || weights === undefined) return other;
  return { ...other, losses: (label) => weighed(other.losses(label), undefined, weights).losses };
}

function smooth(
  metric: JudgedMetric,
  scored: Scored,
  value: number,
  influence: Influence,
  { weights }: MeasureOptions,
): Measured {
  const { truth } = scored;
  const values = influence.of(scored, weights);
  const own =
    influence.byClass && truth.task !== "regression" ? classwise(values, truth.codes, truth.classes.length) : values;
  let scorer: ((weights: Float64Array) => number) | undefined; // made for who reweighs: most do not
  const scoreWith = (w: Float64Array): number =>
    (scorer ??= metric.scorer?.(scored) ?? ((all: Float64Array) => metric.score(scored, all)))(w);
  return {
    ...linearised(metric, value, own),
    how: "influence",
    unsettled: !influence.settled,
    ...reachOf(metric, truth),
    ...(influence.rocArea && truth.task === "binary" && { rocArea: true }),
    reweigh: (w) => lossOf(metric, scoreWith(weights === undefined ? w : w.map((x, i) => x * weights[i]))),
  };
}

/**
 * Deviations from each class's mean stretched so that the variance of the class is divided by its own size less one, as
 * in DeLong's variance and in that of a mean of class means. Class means stay, so the sum stays 0.
 */
function classwise(influence: Float64Array, codes: Int32Array, classes: number): Float64Array {
  const rows = influence.length;
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    counts[codes[i]]++;
    sums[codes[i]] += influence[i];
  }
  const factor = counts.map((n) => (n > 1 ? Math.sqrt((n * (rows - 1)) / ((n - 1) * rows)) : 1));
  const centre = sums.map((sum, k) => sum / counts[k]);
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const k = codes[i];
    out[i] = centre[k] + (influence[i] - centre[k]) * factor[k];
  }
  return out;
}

function reachOf({ range: [low, high] }: JudgedMetric, truth: Scored["truth"]): Pick<Measured, "reach"> {
  if (!Number.isFinite(high - low)) return {};
  if (truth.task === "regression") return { reach: high - low };
  const { codes } = truth;
  const counts = truth.classes.map(() => 0);
  for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  return { reach: ((high - low) * codes.length) / Math.min(...counts.filter((count) => count > 0)) };
}

function linearised(
  metric: JudgedMetric,
  value: number,
  influence: Float64Array,
): Pick<Measured, "value" | "link" | "best" | "losses"> {
  const sign = metric.direction === "maximize" ? -1 : 1;
  const centre = lossOf(metric, value);
  const losses = new Float64Array(influence.length);
  for (let i = 0; i < losses.length; i++) losses[i] = centre + sign * influence[i];
  const best = metric.direction === "maximize" ? 0 : perfectScore(metric);
  return { value, link: distance(metric), best, losses };
}

/** Leaves out one unit (a row, a group, a stretch of time, or a random part of the rows) at a time. */
function jackknifed(metric: JudgedMetric, scored: Scored, value: number, options: MeasureOptions): Measured {
  const rows = scored.truth.task === "regression" ? scored.truth.values.length : scored.truth.codes.length;
  if (Number.isNaN(value)) {
    return { ...linearised(metric, value, new Float64Array(rows)), how: "jackknife", unsettled: true };
  }
  const unitOf = options.unitOf ?? jackknifeUnits(rows);
  const weights = options.weights ?? new Float64Array(rows).fill(1);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const scoreWith = metric.scorer?.(scored) ?? ((w: Float64Array) => metric.score(scored, w));
  const influence = new Float64Array(rows);
  const kept = weights.slice();
  for (const unit of rowsBy((row) => unitOf[row], rows)) {
    let out = 0;
    for (const row of unit) {
      out += weights[row];
      kept[row] = 0;
    }
    // For a mean this is the mean of the unit's rows less the mean of all.
    const pull = out > 0 ? ((value - scoreWith(kept)) * (total - out)) / out : 0;
    for (const row of unit) {
      influence[row] = (pull * weights[row] * rows) / total;
      kept[row] = weights[row];
    }
  }
  const centre = mean(influence); // the jackknife's estimate of bias: not corrected for
  return {
    ...linearised(
      metric,
      value,
      influence.map((x) => x - centre),
    ),
    how: "jackknife",
    unsettled: true,
    ...reachOf(metric, scored.truth),
    ...(rows > JACKKNIFE_ALL && options.unitOf === undefined ? { unitOf } : {}),
    reweigh: (w) => {
      const both = w.map((x, i) => x * weights[i]);
      return lossOf(metric, scoreWith(both));
    },
  };
}

/** Each row by itself while there are few, else parts of equal size at random. */
function jackknifeUnits(rows: number): Int32Array {
  if (rows <= JACKKNIFE_ALL) return Int32Array.from({ length: rows }, (_, i) => i);
  const units = Int32Array.from({ length: rows }, (_, i) => i % JACKKNIFE_GROUPS);
  return seeded("jackknife").shuffle(units);
}
