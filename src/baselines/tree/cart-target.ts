/** What each criterion makes of a target: the measure to grow by, the risk to scale by, the values to predict. */
import { allRows, type Target } from "../../frame/dataset.ts";
import { FitError } from "../contract.ts";
import type { Bins } from "../../bins/bins.ts";
import { sum } from "../../numeric/moments.ts";
import { absoluteMeasure } from "./grow/absolute.ts";
import { classMeasure } from "./grow/classes.ts";
import type { Grown } from "./grow/grown.ts";
import type { Measure } from "./grow/measure.ts";
import { momentMeasure, type Moments } from "./grow/moments.ts";
import { smoothed } from "./smoothing.ts";
import { purity, type Impurity } from "./grow/scan-classes.ts";
import { twoClassPurity } from "./grow/scan-entropy.ts";
import { codesOf, scaledTargets, weighted, type Training } from "./training.ts";

export type Criterion = Impurity | "squared" | "absolute";

export interface CartTarget {
  readonly measure: Measure;
  /** Risk of the root, in the unit of the measure's gains. */
  readonly risk: number;
  /** Risk of any node: the most that all splits below it can gain. */
  readonly riskOf: (grown: Grown, node: number) => number;
  /** Numbers in a value: one for regression, one for two classes (the share of the second), else one a class. */
  readonly width: number;
  /** Values of all nodes, `width` numbers each; each is drawn to its parent's with the weight `smoothing`. */
  readonly values: (grown: Grown, smoothing: number) => Float64Array;
}

/** What is asked of every leaf, and of the bins' columns. */
export interface CartLimits {
  readonly minLeaf: number;
  readonly monotone: Int8Array | undefined;
}

/** @throws FitError when the criterion is not one for the task. */
export function cartTarget(
  target: Target,
  training: Training,
  bins: Bins,
  criterion: Criterion,
  limits: CartLimits,
): CartTarget {
  if (target.task === "regression" && criterion === "squared") return squared(target.values, training, bins, limits);
  if (target.task === "regression" && criterion === "absolute") return absolute(target.values, training, bins, limits);
  if (target.task !== "regression" && (criterion === "gini" || criterion === "entropy")) {
    const codes = codesOf(target, training.rows);
    return target.classes.length === 2
      ? twoClasses(codes, criterion, training, bins, limits)
      : classes(codes, target.classes.length, criterion, training, bins, limits);
  }
  const wanted = target.task === "regression" ? "squared or absolute" : "gini or entropy";
  throw new FitError(`tree: for ${target.task} the criterion must be ${wanted}, got ${criterion}`);
}

const MOMENTS = { l2: 0, levelSmoothing: 0, lightestLevel: 0 };

function squared(values: Float64Array, training: Training, bins: Bins, limits: CartLimits): CartTarget {
  const { centre, scale, y } = scaledTargets(values, training);
  const { weights } = training;
  const g = weighted(training, y, 1);
  const measure = momentMeasure(bins, { form: "pairs", g, h: weights }, { ...MOMENTS, ...limits });
  const mean = sum(g) / training.total;
  const squares = (centre: number, order: Int32Array, start: number, end: number): number => {
    let sum = 0;
    for (let i = start; i < end; i++) sum += weights[order[i]] * (y[order[i]] - centre) ** 2;
    return sum;
  };
  return {
    measure,
    risk: squares(mean, allRows(y.length), 0, y.length),
    riskOf: ({ stats, order, start, end }, node) =>
      squares(stats[node * 2] / stats[node * 2 + 1], order, start[node], end[node]),
    width: 1,
    values: (grown, smoothing) =>
      smoothed(grown, measure, [mean], smoothing, (node) => grown.stats[node * 2]).map((v) => centre + scale * v),
  };
}

/** Medians are not drawn to anything. */
function absolute(values: Float64Array, training: Training, bins: Bins, limits: CartLimits): CartTarget {
  const { centre, scale, y } = scaledTargets(values, training);
  const { weights } = training;
  const measure = absoluteMeasure(bins, y, weights, weighted(training, y, 1), limits.minLeaf, limits.monotone);
  const order = allRows(y.length);
  const distances = (stats: Float64Array, node: number, order: Int32Array, start: number, end: number): number => {
    const median = measure.value(stats, node, order, start, end);
    let sum = 0;
    for (let i = start; i < end; i++) sum += weights[order[i]] * Math.abs(y[order[i]] - median);
    return sum;
  };
  return {
    measure,
    risk: distances(new Float64Array(1), 0, order, 0, order.length),
    riskOf: ({ stats, order, start, end }, node) => distances(stats, node, order, start[node], end[node]),
    width: 1,
    values: ({ stats, column, order, start, end }) =>
      Float64Array.from(
        column,
        (_, node) => centre + scale * measure.value(stats, node, order, start[node], end[node]),
      ),
  };
}

function twoClasses(
  codes: Int32Array,
  impurity: Impurity,
  training: Training,
  bins: Bins,
  limits: CartLimits,
): CartTarget {
  const { weights, total } = training;
  const entropy = impurity === "entropy";
  const options = { ...MOMENTS, ...limits, twoClasses: true, entropy };
  const measure = momentMeasure(bins, twoClassMoments(codes, training), options);
  let second = 0;
  for (let i = 0; i < codes.length; i++) second += weights[i] * codes[i];
  const riskOf = (second: number, weight: number): number =>
    entropy ? -twoClassPurity(second, weight) : (second / weight) * (weight - second);
  return {
    measure,
    risk: riskOf(second, total),
    riskOf: ({ stats }, node) => riskOf(stats[node * 2], stats[node * 2 + 1]),
    width: 1,
    values: (grown, smoothing) => smoothed(grown, measure, [0.5], smoothing, (node) => grown.stats[node * 2]),
  };
}

/** g is the weight of the second class, h that of both. Whole weights fit into one number. */
export function twoClassMoments(
  codes: Int32Array,
  { weights, whole, total }: Pick<Training, "weights" | "whole" | "total">,
): Moments {
  const g = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) g[i] = weights[i] * codes[i];
  if (!whole || total > MOST_PACKED) return { form: "pairs", g, h: weights };
  const unit = 2 * MOST_PACKED;
  for (let i = 0; i < g.length; i++) g[i] += unit * weights[i];
  return { form: "packed", packed: g, unit, scale: 1 };
}

const MOST_PACKED = 2 ** 25;

function classes(
  codes: Int32Array,
  count: number,
  impurity: Impurity,
  training: Training,
  bins: Bins,
  limits: CartLimits,
): CartTarget {
  const { weights, total } = training;
  const measure = classMeasure(bins, codes, weights, count, impurity, limits.minLeaf);
  const shares = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) shares[codes[i]] += weights[i];
  const prior = Array.from({ length: count }, () => 1 / count);
  const riskOf = (sums: Float64Array, at: number, weight: number): number =>
    (impurity === "gini" ? weight : 0) - purity(impurity, sums, at, count);
  return {
    measure,
    risk: riskOf(shares, 0, total),
    riskOf: ({ stats }, node) => riskOf(stats, node * count, measure.weight(stats, node * count)),
    width: count,
    values: (grown, smoothing) =>
      smoothed(grown, measure, prior, smoothing, (node, k) => grown.stats[node * count + k]),
  };
}
