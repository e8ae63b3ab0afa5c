/** What each criterion makes of a target: the measure to grow by, the risk to scale by, the values to predict. */
import { allRows, type Target } from "../../frame/dataset.ts";
import { FitError } from "../contract.ts";
import type { Bins } from "../../bins/bins.ts";
import { absoluteMeasure } from "./grow/absolute.ts";
import { classMeasure } from "./grow/classes.ts";
import type { Grown } from "./grow/grown.ts";
import type { Measure } from "./grow/measure.ts";
import { momentMeasure, type Moments } from "./grow/moments.ts";
import { smoothed } from "./smoothing.ts";
import { purity, type Impurity } from "./grow/scan-classes.ts";
import { codesOf, scaledTargets, weighted, type Training } from "./training.ts";

export type Criterion = Impurity | "squared" | "absolute";

export interface CartTarget {
  readonly measure: Measure;
  /** Risk of the root, in the unit of the measure's gains. */
  readonly risk: number;
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
    return criterion === "gini" && target.classes.length === 2
      ? twoClasses(codes, training, bins, limits)
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
  const mean = sumOf(g) / training.total;
  let risk = 0;
  for (let i = 0; i < y.length; i++) risk += weights[i] * (y[i] - mean) ** 2;
  return {
    measure,
    risk,
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
  const median = measure.value(new Float64Array(1), 0, order, 0, order.length);
  let risk = 0;
  for (let i = 0; i < y.length; i++) risk += weights[i] * Math.abs(y[i] - median);
  return {
    measure,
    risk,
    width: 1,
    values: ({ stats, column, order, start, end }) =>
      Float64Array.from(
        column,
        (_, node) => centre + scale * measure.value(stats, node, order, start[node], end[node]),
      ),
  };
}

function twoClasses(codes: Int32Array, training: Training, bins: Bins, limits: CartLimits): CartTarget {
  const { weights, total } = training;
  const measure = momentMeasure(bins, twoClassMoments(codes, training), { ...MOMENTS, ...limits, twoClasses: true });
  let second = 0;
  for (let i = 0; i < codes.length; i++) second += weights[i] * codes[i];
  return {
    measure,
    risk: (second / total) * (total - second),
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
  const width = count === 2 ? 1 : count;
  const first = count - width;
  const prior = Array.from({ length: width }, () => 1 / count);
  return {
    measure,
    risk: impurity === "gini" ? total - purity(impurity, shares, 0, count) : -purity(impurity, shares, 0, count),
    width,
    values: (grown, smoothing) =>
      smoothed(grown, measure, prior, smoothing, (node, k) => grown.stats[node * count + first + k]),
  };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
