/**
 * One model's metric as a mean of row losses. Additive metrics are that already; metrics with a common base are one sum over
 * another; smooth ones are linearised by their influence values; the rest are taken apart by a jackknife. From here on
 * every metric is judged in the same way.
 */
import type { Metric, Scored } from "../metrics/contract.ts";
import { mean } from "../numeric/moments.ts";
import { seeded } from "../numeric/rng.ts";
import { requireFinite } from "./contract.ts";
import { commonBase } from "./influence/common-base.ts";
import { smoothMetrics } from "./influence/registry.ts";
import { otherLosses, type OtherLosses } from "./other-losses.ts";
import { rowsBy } from "./subset.ts";

/** The facts of a metric that decide how it is judged. */
export type JudgedMetric = Pick<
  Metric,
  "name" | "direction" | "range" | "score" | "scorer" | "losses" | "fromMeanLoss" | "refuses"
>;

/** How the mean loss becomes the metric. */
export interface Shape {
  readonly kind: "identity" | "complement" | "root" | "other";
  toMetric(loss: number): number;
}

export interface Measured {
  /** The metric; NaN where it is not defined. */
  readonly value: number;
  /** Lower is better; Σ losses / Σ base (or rows) is the metric's loss. */
  readonly losses: Float64Array;
  readonly base?: Float64Array;
  readonly shape: Shape;
  /** The loss of a perfect score, from which relative gains are counted; for the shape "other" on the metric's own scale. */
  readonly best: number;
  readonly how: "mean" | "common-base" | "influence" | "jackknife";
  /** Influence values whose normality is not to be relied on in small samples. */
  readonly unsettled: boolean;
  /** The area under one ROC curve, whose law is DeLong's normal one. */
  readonly rocArea?: boolean;
  /** The jackknife left these units out, one at a time; rows of a unit are not independent witnesses. */
  readonly unitOf?: Int32Array;
  /** What the rows could have cost otherwise: of metrics that are sums of row losses. */
  readonly other?: OtherLosses;
  /** The loss at other row weights, for the bootstrap. */
  reweigh?(weights: Float64Array): number;
}

export interface MeasureOptions {
  /** Of rows, in the metric (not of training). */
  readonly weights?: Float64Array;
  /** Units the jackknife leaves out together. */
  readonly unitOf?: Int32Array;
}

/** Delete-one up to here, then as many groups of rows. */
const JACKKNIFE_ALL = 1000;
const JACKKNIFE_GROUPS = 200;

/** @throws RangeError naming the first loss that is not finite. Cost: one pass, or a sort, or (jackknife) 200 to 1,000 scores. */
export function measure(metric: JudgedMetric, scored: Scored, options: MeasureOptions = {}): Measured {
  if (metric.losses !== undefined) return additive(metric, scored, metric.losses.bind(metric), options);
  const value = metric.score(scored, options.weights);
  return (
    withBase(metric, scored, value, options) ??
    smooth(metric, scored, value, options) ??
    jackknifed(metric, scored, value, options)
  );
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

function distance(metric: JudgedMetric): Shape {
  if (metric.direction === "minimize") return { kind: "identity", toMetric: (loss) => loss };
  const top = perfectScore(metric);
  return { kind: "complement", toMetric: (loss) => top - loss };
}

type Losses = (scored: Scored) => Float64Array;

function additive(metric: JudgedMetric, scored: Scored, lossesOf: Losses, { weights }: MeasureOptions): Measured {
  const losses = lossesOf(scored);
  requireFinite("measure", `losses of ${metric.name}`, losses, 1);
  const shape = shapeOf(metric.fromMeanLoss?.bind(metric) ?? ((loss) => loss));
  const sums = weighed(losses, undefined, weights);
  const value = shape.toMetric(mean(sums.losses) / (sums.base === undefined ? 1 : mean(sums.base)));
  return {
    value,
    shape,
    best: bestLoss(metric, shape),
    how: "mean",
    unsettled: false,
    other: weighedLabels(otherLosses(scored, lossesOf), weights),
    ...sums,
  };
}

function bestLoss(metric: JudgedMetric, shape: Shape): number {
  if (shape.kind === "complement") return shape.toMetric(0) - perfectScore(metric);
  if (shape.kind === "root") return perfectScore(metric) ** 2;
  return metric.direction === "maximize" ? -perfectScore(metric) : perfectScore(metric);
}

function withBase(
  metric: JudgedMetric,
  scored: Scored,
  value: number,
  { weights }: MeasureOptions,
): Measured | undefined {
  const sums = commonBase(metric.name, scored, weights);
  if (sums === undefined) return undefined;
  return {
    value,
    shape: distance(metric),
    best: metric.direction === "maximize" ? 0 : perfectScore(metric),
    how: "common-base",
    unsettled: false,
    other: otherLosses(scored, (other) => commonBase(metric.name, other)?.losses ?? new Float64Array(0)),
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

/** Which of the known maps from mean loss to metric this is, by trying it. */
export function shapeOf(toMetric: (loss: number) => number): Shape {
  const tries = [0, 0.25, 0.5, 1];
  const is = (f: (x: number) => number): boolean => tries.every((x) => Math.abs(toMetric(x) - f(x)) < 1e-12);
  const zero = toMetric(0);
  if (is((x) => x)) return { kind: "identity", toMetric };
  if (is((x) => zero - x)) return { kind: "complement", toMetric };
  if (is(Math.sqrt)) return { kind: "root", toMetric };
  return { kind: "other", toMetric };
}

/** Only where the formula reproduces the metric's own score: a metric of the same name but another definition is not ours. */
function smooth(
  metric: JudgedMetric,
  scored: Scored,
  value: number,
  { weights }: MeasureOptions,
): Measured | undefined {
  const record = smoothMetrics.find(({ metrics }) => metrics.includes(metric.name));
  const ready = record?.prepare(metric.name, scored);
  if (record === undefined || ready === undefined) return undefined;
  const own = ready.both(weights);
  if (!(Math.abs(own.value - value) <= 1e-9 * Math.max(1, Math.abs(value)))) return undefined;
  return {
    ...linearised(metric, value, own.influence),
    how: "influence",
    unsettled: !record.settled,
    ...(metric.name === "roc_auc" && scored.truth.task === "binary" ? { rocArea: true } : {}),
    reweigh: (w) => lossOf(metric, ready.value(weights === undefined ? w : w.map((x, i) => x * weights[i]))),
  };
}

function linearised(
  metric: JudgedMetric,
  value: number,
  influence: Float64Array,
): Pick<Measured, "value" | "shape" | "best" | "losses"> {
  const sign = metric.direction === "maximize" ? -1 : 1;
  const centre = lossOf(metric, value);
  const losses = new Float64Array(influence.length);
  for (let i = 0; i < losses.length; i++) losses[i] = centre + sign * influence[i];
  const best = metric.direction === "maximize" ? 0 : perfectScore(metric);
  return { value, shape: distance(metric), best, losses };
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
