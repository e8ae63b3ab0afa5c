/** The measure of class targets by impurity. Two classes go by `moments`, which is the same and quicker. */
import { allRows } from "../../../frame/dataset.ts";
import type { Bins } from "../../../bins/bins.ts";
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import { sum } from "../../../numeric/moments.ts";
import { timesLogs } from "../../../numeric/times-log.ts";
import { clearListed, listTouched } from "./buckets.ts";
import { setCut, type Candidate } from "./candidate.ts";
import { addClasses, gather, gatherCodes, MET } from "./column-sums.ts";
import { addClasses4 } from "./histogram.ts";
import { orderByComponent } from "./level-order.ts";
import type { Measure } from "./measure.ts";
import { scanClasses, type ClassBuckets, type Impurity } from "./scan-classes.ts";
import type { Cut } from "./scan-moments.ts";

/** Most numbers in a histogram of all columns that is still kept. */
const MOST_KEPT = 2 ** 21;

/**
 * The statistics of a node are its class weights. Monotone constraints do not apply to it.
 *
 * @param codes Class of each training row. @param weights Weight of each, such that they add up exactly.
 */
export function classMeasure(
  bins: Bins,
  codes: Int32Array,
  weights: Float64Array,
  classes: number,
  impurity: Impurity,
  minLeaf: number,
): Measure {
  const count = bins.rows.length;
  const { words, columns, groups } = bins;
  const buckets: ClassBuckets = { size: 0, bin: new Int32Array(256), counts: new Float64Array(256 * classes) };
  const scratch = new Float64Array(256 * classes);
  const nodeCodes = new Int32Array(count);
  const nodeWeights = new Float64Array(count);
  const total = new Float64Array(classes);
  /** Classes that a node has rows of, ascending: what is searched row by row is searched for them alone. */
  const present = new Int32Array(classes);
  const placeOf = new Int32Array(classes);
  let here = 0;
  const totalHere = new Float64Array(classes);
  const every = allRows(classes);
  const spare = new Float64Array(2 * classes);
  const cut: Cut = { gain: 0, at: -1, missingLeft: false };
  const terms = impurity === "entropy" && weights.every(Number.isInteger) ? timesLogs(sum(weights)) : undefined;

  const read = (histogram: Float64Array, at: number, width: number): void => {
    for (let i = 0; i <= buckets.size; i++) {
      const from = at + (i < buckets.size ? buckets.bin[i] : MISSING_BIN) * width;
      const to = (i < buckets.size ? i : MISSING_BIN) * width;
      for (let k = 0; k < width; k++) buckets.counts[to + k] = histogram[from + k];
    }
  };
  /** @param classOf The classes that the buckets count. @param totals Their weights in the node. */
  const search = (column: number, best: Candidate, classOf: Int32Array, totals: Float64Array): void => {
    const width = totals.length;
    const { counts } = buckets;
    const category = columns[column].kind === "category";
    if (category) orderByComponent(buckets, width);
    cut.gain = best.gain;
    scanClasses(buckets, impurity, totals, minLeaf, spare, cut, terms);
    if (cut.at < 0) return;
    const goLeft = (i: number): void => {
      for (let k = 0; k < width; k++) best.left[classOf[k]] += counts[i * width + k];
    };
    best.gain = cut.gain;
    best.column = column;
    best.left.fill(0);
    for (let i = 0; i <= cut.at; i++) goLeft(i);
    const missing = sum(counts.subarray(MISSING_BIN * width, (MISSING_BIN + 1) * width));
    best.missingLeft = missing > 0 ? cut.missingLeft : 2 * sum(best.left) >= sum(total);
    setCut(best, category, buckets.bin, cut.at, buckets.size);
    if (best.missingLeft) goLeft(MISSING_BIN);
    best.perfect = areBothPure(best.left, total);
  };

  return {
    width: classes,
    stats: classes,
    keepsHistograms: 1024 * groups * classes <= MOST_KEPT,
    root: (order, rows) => {
      const sums = new Float64Array(classes);
      for (let i = 0; i < rows; i++) sums[codes[order[i]]] += weights[order[i]];
      return sums;
    },
    weight: (stats, at) => {
      let all = 0;
      for (let k = at; k < at + classes; k++) all += stats[k];
      return all;
    },
    isPure: (order, start, end) => {
      for (let i = start + 1; i < end; i++) if (codes[order[i]] !== codes[order[start]]) return false;
      return true;
    },
    value: () => 0,
    load: (order, start, end) => {
      gatherCodes(codes, order, start, end, nodeCodes);
      placeOf.fill(-1);
      for (let i = 0; i < end - start; i++) placeOf[nodeCodes[i]] = 0;
      here = 0;
      for (let k = 0; k < classes; k++)
        if (placeOf[k] === 0) {
          placeOf[k] = here;
          present[here] = k;
          totalHere[here++] = total[k];
        }
      for (let i = 0; i < end - start; i++) nodeCodes[i] = placeOf[nodeCodes[i]];
      gather(weights, order, start, end, nodeWeights);
    },
    addToHistogram: (histogram, order, start, end, sign) =>
      addClasses4(histogram, words, groups, order, start, end, codes, weights, classes, sign),
    enter: (stats, at) => total.set(stats.subarray(at, at + classes)),
    searchHistogram: (column, histogram, best) => {
      const at = column * 256 * classes;
      buckets.size = listClasses(histogram, at, classes, columns[column].bins, buckets.bin);
      read(histogram, at, classes);
      search(column, best, every, total);
    },
    searchRows: (column, order, start, end, best) => {
      const base = (column >> 2) * count;
      const shift = (column & 3) * 8;
      addClasses(scratch, words, base, shift, order, start, end, nodeCodes, nodeWeights, here);
      buckets.size = listTouched(MET, buckets.bin);
      read(scratch, 0, here);
      clearListed(scratch, 0, here, buckets.bin, buckets.size);
      search(column, best, present, totalHere.subarray(0, here));
    },
  };
}

/** Whether each side has rows of one class only. */
function areBothPure(left: Float64Array, total: Float64Array): boolean {
  let onLeft = 0;
  let onRight = 0;
  for (let k = 0; k < total.length; k++) {
    if (left[k] > 0) onLeft++;
    if (total[k] > left[k]) onRight++;
  }
  return onLeft <= 1 && onRight <= 1;
}

/** Lists the bins 0 .. bins - 1 that have rows of any class, ascending; returns how many. */
function listClasses(histogram: Float64Array, at: number, classes: number, bins: number, out: Int32Array): number {
  let size = 0;
  for (let bin = 0; bin < bins; bin++) {
    const from = at + bin * classes;
    for (let k = from; k < from + classes; k++)
      if (histogram[k] !== 0) {
        out[size++] = bin;
        break;
      }
  }
  return size;
}
