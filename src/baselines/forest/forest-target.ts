/** What a forest makes of a target: one measure whose statistics are written anew for each tree's bootstrap sample. */
import type { Target } from "../../frame/dataset.ts";
import { FitError } from "../contract.ts";
import type { Bins } from "../../bins/bins.ts";
import { classMeasure } from "../tree/grow/classes.ts";
import type { Grown } from "../tree/grow/grown.ts";
import type { Measure } from "../tree/grow/measure.ts";
import { momentMeasure, type Moments } from "../tree/grow/moments.ts";
import { smoothed } from "../tree/smoothing.ts";
import { codesOf, scaledTargets, type Training } from "../tree/training.ts";
import { exactSpacing, roundedTo } from "../tree/grow/exact.ts";

export interface ForestTarget {
  readonly measure: Measure;
  /** Numbers in a value: one for regression, one for two classes (the share of the second), else one a class. */
  readonly width: number;
  /** Takes over how often each training row is in the sample. */
  readonly resample: (counts: Float64Array) => void;
  /** Values of all nodes of a tree, each drawn to its parent's with the weight `smoothing`. */
  readonly values: (grown: Grown, smoothing: number) => Float64Array;
}

/** @param minLeaf Least weight of the rows of a sample in a leaf. */
export function forestTarget(target: Target, training: Training, bins: Bins, minLeaf: number): ForestTarget {
  // A sample may draw the heaviest row every time, and sums must be exact even so.
  const most = training.weights.length * training.weights.reduce((top, weight) => Math.max(top, weight), 0);
  const weights = roundedTo(exactSpacing(most), training.weights);
  if (target.task === "regression") {
    const { centre, scale, y } = scaledTargets(target.values, { ...training, total: most });
    // Predictions add up what the trees say.
    if (!(Math.abs(centre) + scale < LARGEST))
      throw new FitError("forest: the target's values are too large to be added up");
    const products = roundedTo(
      exactSpacing(2 * most),
      y.map((value, i) => value * weights[i]),
    );
    const { measure, resample } = momentSampler(bins, products, weights, { packed: false, twoClasses: false, minLeaf });
    const mean = products.reduce((sum, value) => sum + value, 0) / training.total;
    const values = (grown: Grown, smoothing: number): Float64Array =>
      smoothed(grown, measure, [mean], smoothing, (node) => grown.stats[2 * node]).map((v) => centre + scale * v);
    return { measure, width: 1, resample, values };
  }
  const codes = codesOf(target, training.rows);
  const count = target.classes.length;
  if (count === 2) {
    const second = weights.map((weight, i) => weight * codes[i]);
    const packed = training.whole && most <= MOST_PACKED;
    const { measure, resample } = momentSampler(bins, second, weights, { packed, twoClasses: true, minLeaf });
    const values = (grown: Grown, smoothing: number): Float64Array =>
      smoothed(grown, measure, [0.5], smoothing, (node) => grown.stats[2 * node]);
    return { measure, width: 1, resample, values };
  }
  const drawn = weights.slice();
  const measure = classMeasure(bins, codes, drawn, count, "gini", minLeaf);
  const prior = Array.from({ length: count }, () => 1 / count);
  return {
    measure,
    width: count,
    resample: (counts) => multiply(weights, counts, drawn),
    values: (grown, smoothing) =>
      smoothed(grown, measure, prior, smoothing, (node, k) => grown.stats[node * count + k]),
  };
}

const LARGEST = 1e300;

/** Up to this weight of a sample, both statistics of two classes fit into one number. */
const MOST_PACKED = 2 ** 25;

/** A measure of g and h, times how often each row is drawn. */
function momentSampler(
  bins: Bins,
  g: Float64Array,
  h: Float64Array,
  { packed, twoClasses, minLeaf }: { packed: boolean; twoClasses: boolean; minLeaf: number },
): { measure: Measure; resample: ForestTarget["resample"] } {
  const options = { l2: 0, minLeaf, levelSmoothing: 0, lightestLevel: 0, twoClasses };
  const unit = 2 * MOST_PACKED;
  const base = packed ? g.map((value, i) => value + unit * h[i]) : g;
  const first = base.slice();
  const second = h.slice();
  const moments: Moments = packed
    ? { form: "packed", packed: first, unit, scale: 1 }
    : { form: "pairs", g: first, h: second };
  return {
    measure: momentMeasure(bins, moments, options),
    resample: (counts) => {
      multiply(base, counts, first);
      if (!packed) multiply(h, counts, second);
    },
  };
}

function multiply(values: Float64Array, counts: Float64Array, out: Float64Array): void {
  for (let i = 0; i < values.length; i++) out[i] = values[i] * counts[i];
}
