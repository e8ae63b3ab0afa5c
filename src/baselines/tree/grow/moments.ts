/** The measure of targets that are summed: regression, two classes, and the derivatives of boosting. */
import type { Bins } from "../../../bins/bins.ts";
import { timesLogs } from "../../../numeric/times-log.ts";
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import {
  clearListed,
  listOccupied,
  listTouched,
  moveTouched,
  newBuckets,
  orderLevels,
  readPacked,
  readPairs,
} from "./buckets.ts";
import { setCut, type Candidate } from "./candidate.ts";
import { addPairs, addSingles, addUnmarked, gather, MET, SUMS } from "./column-sums.ts";
import { addPairs4, addSingles4 } from "./histogram.ts";
import type { Measure } from "./measure.ts";
import { scanEntropy } from "./scan-entropy.ts";
import { nextOccupied, scanPacked, scanPairs, type HistogramCut } from "./scan-histogram.ts";
import { clippedValue, scanBounded, scanMoments, type Cut, type MomentNode } from "./scan-moments.ts";

/**
 * Two statistics of every training row: g, what is fitted, and h above 0, what divides it. Both are multiples of powers
 * of two, such that sums over any rows are exact.
 * - pairs: two numbers;
 * - packed: one number g + unit * k, where k is a whole number, h = scale * k, and sums of g over any rows are smaller
 *   than half a unit in size. Half the memory and less work, where both have bits enough.
 */
export type Moments =
  | { readonly form: "pairs"; readonly g: Float64Array; readonly h: Float64Array }
  | { readonly form: "packed"; readonly packed: Float64Array; unit: number; scale: number };

export interface MomentOptions {
  /** Added to the sum of h where it divides. */
  readonly l2: number;
  /** Least sum of h in a leaf. */
  readonly minLeaf: number;
  /** Levels of a category are ordered by g / (h + smoothing); those with a smaller h than `lightestLevel` go with the missing. */
  readonly levelSmoothing: number;
  readonly lightestLevel: number;
  /** Direction of each of the bins' columns: 1 rising, -1 falling, 0 free; absent: all free. */
  readonly monotone?: Int8Array | undefined;
  /** Whether g of every row is 0 or its h, and l2 is 0: then a split into two pure children is perfect. Default: no. */
  readonly twoClasses?: boolean;
  /** Whether cuts gain by the entropy of the two classes, to which monotone constraints do not apply, instead of by squares. Default: no. */
  readonly entropy?: boolean;
}

/** From so many rows on, looking through all bins is cheaper than noting which ones are met. */
const MANY_ROWS = 256;

/** The statistics of a node are its sums of g and h; its weight is h, its value g / (h + l2). */
export function momentMeasure(bins: Bins, moments: Moments, options: MomentOptions): Measure {
  const { words, columns, groups } = bins;
  const count = bins.rows.length;
  const width = moments.form === "pairs" ? 2 : 1;
  const buckets = newBuckets();
  const moved = new Float64Array(256 * width);
  const key = new Float64Array(256);
  const a = new Float64Array(count);
  const b = new Float64Array(moments.form === "pairs" ? count : 0);
  const node: MomentNode = { g: 0, h: 0, lower: 0, upper: 0, l2: options.l2, minLeaf: options.minLeaf };
  const cut: Cut = { gain: 0, at: -1, missingLeft: false };
  let terms: Float64Array | undefined;
  const numberCut: HistogramCut = { gain: 0, bin: -1, missingLeft: false, g: 0, h: 0 };

  const enter = (stats: Float64Array, at: number, lower: number, upper: number): void => {
    node.g = stats[at];
    node.h = stats[at + 1];
    node.lower = lower;
    node.upper = upper;
  };
  const read = (histogram: Float64Array, at: number): void => {
    if (moments.form === "packed") readPacked(histogram, at, moments.unit, moments.scale, buckets);
    else readPairs(histogram, at, buckets);
  };
  /** Sums of the column's bins stand at `at` of the histogram, one bin after the other or, where `bin` is given, those only. */
  const searchNumber = (
    column: number,
    histogram: Float64Array,
    at: number,
    size: number,
    bin: Int32Array | undefined,
    best: Candidate,
  ): void => {
    numberCut.gain = best.gain;
    if (moments.form === "pairs") scanPairs(histogram, at, size, node, numberCut);
    else scanPacked(histogram, at, size, moments.unit, moments.scale, node, numberCut);
    if (numberCut.bin < 0) return;
    const high = nextOccupied(histogram, at, width, size, numberCut.bin);
    best.gain = numberCut.gain;
    best.column = column;
    best.low = bin === undefined ? numberCut.bin : bin[numberCut.bin];
    best.high = bin === undefined || high < 0 ? high : bin[high];
    best.left[0] = numberCut.g;
    best.left[1] = numberCut.h;
    best.missingLeft =
      histogram[at + (MISSING_BIN + 1) * width - 1] !== 0 ? numberCut.missingLeft : 2 * numberCut.h >= node.h;
    best.perfect = isPerfect(best.left);
  };
  const search = (column: number, best: Candidate): void => {
    const category = columns[column].kind === "category";
    if (category) orderLevels(buckets, options.levelSmoothing, options.lightestLevel, key);
    cut.gain = best.gain;
    if (options.entropy === true) scanEntropy(buckets, node, terms, cut);
    else if (options.monotone === undefined) scanMoments(buckets, node, cut);
    else scanBounded(buckets, node, options.monotone[column], cut);
    if (cut.at < 0) return;
    best.gain = cut.gain;
    best.column = column;
    const { left } = best;
    left.fill(0);
    for (let i = 0; i <= cut.at; i++) addBucket(left, i);
    best.missingLeft = buckets.h[MISSING_BIN] > 0 ? cut.missingLeft : 2 * left[1] >= node.h;
    if (best.missingLeft) addBucket(left, MISSING_BIN);
    best.perfect = isPerfect(left);
    setCut(best, category, buckets.bin, cut.at, buckets.size);
  };
  const isPlain = (column: number): boolean =>
    columns[column].kind === "number" && options.monotone === undefined && options.entropy !== true;
  const isPerfect = ([g, h]: Float64Array): boolean =>
    options.twoClasses === true && (g === 0 ? node.g === node.h - h : g === h && node.g === h);
  const addBucket = (to: Float64Array, i: number): void => {
    to[0] += buckets.g[i];
    to[1] += buckets.h[i];
  };

  return {
    width,
    stats: 2,
    keepsHistograms: true,
    root: (order, rows) => {
      const sums = rootSums(moments, order, rows);
      if (options.entropy === true && moments.form === "packed") terms = timesLogs(sums[1]);
      return sums;
    },
    weight: (stats, at) => stats[at + 1],
    isPure: (order, start, end) =>
      moments.form === "pairs"
        ? sameRatio(moments.g, moments.h, order, start, end)
        : samePacked(moments.packed, moments.unit, order, start, end),
    value: (stats, at) => {
      enter(stats, at, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      return clippedValue(node.g, node.h, node);
    },
    addToHistogram: (histogram, order, start, end, sign) => {
      if (moments.form === "packed") addSingles4(histogram, words, groups, order, start, end, moments.packed, sign);
      else addPairs4(histogram, words, groups, order, start, end, moments.g, moments.h, sign);
    },
    enter,
    searchHistogram: (column, histogram, best) => {
      const at = column * 256 * width;
      const { bins: size } = columns[column];
      if (isPlain(column)) return searchNumber(column, histogram, at, size, undefined, best);
      buckets.size = listOccupied(histogram, at, width, size, buckets.bin);
      read(histogram, at);
      search(column, best);
    },
    load: (order, start, end) => {
      gather(moments.form === "packed" ? moments.packed : moments.g, order, start, end, a);
      if (moments.form === "pairs") gather(moments.h, order, start, end, b);
    },
    searchRows: (column, order, start, end, best) => {
      const base = (column >> 2) * count;
      const shift = (column & 3) * 8;
      const { bins: size } = columns[column];
      const marks = end - start <= MANY_ROWS || moments.form === "pairs";
      if (moments.form === "pairs") addPairs(words, base, shift, order, start, end, a, b);
      else if (marks) addSingles(words, base, shift, order, start, end, a);
      else addUnmarked(words, base, shift, order, start, end, a);
      if (!isPlain(column)) {
        buckets.size = marks ? listTouched(MET, buckets.bin) : listOccupied(SUMS, 0, 1, size, buckets.bin);
        read(SUMS, 0);
        clearListed(SUMS, 0, width, buckets.bin, buckets.size);
        search(column, best);
      } else if (marks) {
        const met = moveTouched(MET, SUMS, width, buckets.bin, moved);
        searchNumber(column, moved, 0, met, buckets.bin, best);
      } else {
        searchNumber(column, SUMS, 0, size, undefined, best);
        SUMS.fill(0, 0, 256);
      }
    },
  };
}

/** Whether g / h is the same for all rows. */
function sameRatio(g: Float64Array, h: Float64Array, order: Int32Array, start: number, end: number): boolean {
  const g0 = g[order[start]];
  const h0 = h[order[start]];
  for (let i = start + 1; i < end; i++) if (g[order[i]] * h0 !== g0 * h[order[i]]) return false;
  return true;
}

function samePacked(packed: Float64Array, unit: number, order: Int32Array, start: number, end: number): boolean {
  const first = packed[order[start]];
  const k0 = Math.floor(first / unit + 0.5);
  const g0 = first - k0 * unit;
  for (let i = start + 1; i < end; i++) {
    const value = packed[order[i]];
    if (value === first) continue;
    const k = Math.floor(value / unit + 0.5);
    if ((value - k * unit) * k0 !== g0 * k) return false;
  }
  return true;
}

function rootSums(moments: Moments, order: Int32Array, rows: number): Float64Array {
  let g = 0;
  let h = 0;
  if (moments.form === "pairs")
    for (let i = 0; i < rows; i++) {
      g += moments.g[order[i]];
      h += moments.h[order[i]];
    }
  else {
    let packed = 0;
    for (let i = 0; i < rows; i++) packed += moments.packed[order[i]];
    const whole = Math.floor(packed / moments.unit + 0.5);
    g = packed - whole * moments.unit;
    h = whole * moments.scale;
  }
  return Float64Array.of(g, h);
}
