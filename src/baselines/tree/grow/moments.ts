/** The measure of targets that are summed: regression, two classes by Gini, and the gradients of boosting. */
import type { Bins } from "../bins/bins.ts";
import { MISSING_BIN } from "../bins/number-bins.ts";
import {
  clearListed,
  listOccupied,
  listTouched,
  newBuckets,
  orderLevels,
  readPacked,
  readPairs,
  readTriples,
  readTwoClasses,
} from "./buckets.ts";
import { setCut, type Candidate } from "./candidate.ts";
import {
  addClasses,
  addClasses4,
  addPairs,
  addPairs4,
  addTriples,
  gather,
  gatherCodes,
  gatherNegated,
} from "./histogram.ts";
import type { Measure } from "./measure.ts";
import { clippedValue, scanBounded, scanMoments, type Cut, type MomentNode } from "./scan-moments.ts";

/**
 * Statistics of the training rows, in one of four forms. All are multiples of powers of two that add up exactly.
 * - pairs: g and h, where h is the row's weight;
 * - packed: g, and h + unit * weight in one number, for weights that are whole and h below unit / total weight;
 * - triples: g, h and weight apart; slower;
 * - classes: code 0 or 1 and weight; g is the weight of code 1.
 */
export type Moments =
  | { readonly form: "pairs"; readonly g: Float64Array; readonly h: Float64Array }
  | { readonly form: "packed"; readonly g: Float64Array; readonly h: Float64Array; unit: number }
  | { readonly form: "triples"; readonly g: Float64Array; readonly h: Float64Array; readonly weights: Float64Array }
  | { readonly form: "classes"; readonly codes: Int32Array; readonly weights: Float64Array };

export interface MomentOptions {
  readonly l2: number;
  readonly minLeaf: number;
  /** Least sum of h in a child. */
  readonly minHessian: number;
  /** Levels of a category are ordered by g / (h + smoothing); those lighter than `lightestLevel` go with the missing. */
  readonly levelSmoothing: number;
  readonly lightestLevel: number;
  /** Direction of each of the bins' columns: 1 rising, -1 falling, 0 free; absent: all free. */
  readonly monotone?: Int8Array | undefined;
}

/** The statistics of a node are its sums of g, h and weight. */
export function momentMeasure(bins: Bins, moments: Moments, options: MomentOptions): Measure {
  const count = bins.rows.length;
  const { words, columns } = bins;
  const groups = Math.ceil(columns.length / 4);
  const width = moments.form === "triples" ? 3 : 2;
  const buckets = newBuckets(moments.form === "packed" || moments.form === "triples");
  const scratch = new Float64Array(256 * width);
  const touched = new Int32Array(8);
  const key = new Float64Array(256);
  const a = new Float64Array(count);
  const b = new Float64Array(count);
  const extra = new Float64Array(moments.form === "triples" ? count : 0);
  const codes = new Int32Array(moments.form === "classes" ? count : 0);
  const node: MomentNode = { g: 0, h: 0, c: 0, lower: 0, upper: 0, ...options };
  const cut: Cut = { gain: 0, at: -1, missingLeft: false };

  const read = (histogram: Float64Array, at: number): void => {
    if (moments.form === "pairs") readPairs(histogram, at, buckets);
    else if (moments.form === "packed") readPacked(histogram, at, moments.unit, buckets);
    else if (moments.form === "triples") readTriples(histogram, at, buckets);
    else readTwoClasses(histogram, at, buckets);
  };

  const search = (column: number, best: Candidate): void => {
    const category = columns[column].kind === "category";
    if (category) orderLevels(buckets, options.levelSmoothing, options.lightestLevel, key);
    cut.gain = best.gain;
    if (options.monotone === undefined) scanMoments(buckets, node, cut);
    else scanBounded(buckets, node, options.monotone[column], cut);
    if (cut.at < 0) return;
    best.gain = cut.gain;
    best.column = column;
    const { left } = best;
    left.fill(0);
    for (let i = 0; i <= cut.at; i++) addBucket(left, i);
    best.missingLeft = buckets.c[MISSING_BIN] > 0 ? cut.missingLeft : 2 * left[2] >= node.c;
    setCut(best, category, buckets.bin, cut.at, buckets.size);
    if (best.missingLeft) addBucket(left, MISSING_BIN);
  };
  const addBucket = (to: Float64Array, i: number): void => {
    to[0] += buckets.g[i];
    to[1] += buckets.h[i];
    to[2] += buckets.c[i];
  };

  return {
    width,
    stats: 3,
    keepsHistograms: moments.form !== "triples",
    root: (order, rows) => rootSums(moments, order, rows),
    weight: (stats, at) => stats[at + 2],
    value: (stats, at) => {
      enter(node, stats, at, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      return clippedValue(node.g, node.h, node);
    },
    load: (order, start, end, sign) => {
      const copy = sign === 1 ? gather : gatherNegated;
      if (moments.form === "classes") {
        gatherCodes(moments.codes, order, start, end, codes);
        copy(moments.weights, order, start, end, a);
        return;
      }
      copy(moments.g, order, start, end, a);
      copy(moments.h, order, start, end, b);
      if (moments.form === "triples") copy(moments.weights, order, start, end, extra);
    },
    addToHistogram: (histogram, order, start, end) => {
      for (let q = 0; q < groups; q++)
        if (moments.form === "classes")
          addClasses4(histogram, q * 2048, words, q * count, order, start, end, codes, a, 2);
        else addPairs4(histogram, q * 2048, words, q * count, order, start, end, a, b);
    },
    enter: (stats, at, lower, upper) => enter(node, stats, at, lower, upper),
    searchHistogram: (column, histogram, best) => {
      const at = column * 512;
      buckets.size = listOccupied(histogram, at, 2, columns[column].bins, buckets.bin);
      read(histogram, at);
      search(column, best);
    },
    searchRows: (column, order, start, end, best) => {
      const base = (column >> 2) * count;
      const shift = (column & 3) * 8;
      if (moments.form === "classes") addClasses(scratch, touched, words, base, shift, order, start, end, codes, a, 2);
      else if (moments.form === "triples")
        addTriples(scratch, touched, words, base, shift, order, start, end, a, b, extra);
      else addPairs(scratch, touched, words, base, shift, order, start, end, a, b);
      buckets.size = listTouched(touched, buckets.bin);
      read(scratch, 0);
      clearListed(scratch, 0, width, buckets.bin, buckets.size);
      search(column, best);
    },
  };
}

function enter(node: MomentNode, stats: Float64Array, at: number, lower: number, upper: number): void {
  node.g = stats[at];
  node.h = stats[at + 1];
  node.c = stats[at + 2];
  node.lower = lower;
  node.upper = upper;
}

function rootSums(moments: Moments, order: Int32Array, rows: number): Float64Array {
  const sums = new Float64Array(3);
  for (let i = 0; i < rows; i++) {
    const row = order[i];
    if (moments.form === "classes") {
      sums[0] += moments.codes[row] * moments.weights[row];
      sums[1] += moments.weights[row];
      continue;
    }
    sums[0] += moments.g[row];
    sums[1] += moments.h[row];
    if (moments.form === "triples") sums[2] += moments.weights[row];
  }
  if (moments.form === "packed") {
    sums[2] = Math.floor(sums[1] / moments.unit);
    sums[1] -= sums[2] * moments.unit;
  } else if (moments.form !== "triples") sums[2] = sums[1];
  return sums;
}
