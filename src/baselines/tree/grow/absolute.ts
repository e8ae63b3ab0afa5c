/** The measure of regression by absolute error: leaves are medians, gains are exact. */
import { argsort } from "../../../numeric/argsort.ts";
import type { Bins } from "../../../bins/bins.ts";
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import { setCut, type Candidate } from "./candidate.ts";
import type { Measure } from "./measure.ts";
import { allMoveRight, fillSides, measureSide, moveLeft, newTwoSides, wholeMedian, type Side } from "./two-sides.ts";

/**
 * The statistic of a node is its weight. At every boundary between bins the medians of both sides are looked up, so
 * a column costs O(rows log rows) at a node.
 *
 * @param targets Target of each training row. @param weights Weight of each. @param products Weight times
 * target. Weights and products add up exactly.
 */
export function absoluteMeasure(
  bins: Bins,
  targets: Float64Array,
  weights: Float64Array,
  products: Float64Array,
  minLeaf: number,
  monotone?: Int8Array,
): Measure {
  const count = bins.rows.length;
  const { words, columns } = bins;
  const byTarget = argsort(targets);
  const rank = new Int32Array(count);
  for (let i = 0; i < count; i++) rank[byTarget[i]] = i;
  const ranks = new Int32Array(count); // of the node's rows, ascending
  const sides = newTwoSides(count);
  const grouped = newGroups(count);
  const sorted = new Int32Array(count); // the node's rows in order of their targets
  const whole: Side = { median: 0, loss: 0 };
  const left: Side = { median: 0, loss: 0 };
  const right: Side = { median: 0, loss: 0 };
  const bounds = { lower: 0, upper: 0 };
  const clip = (value: number): number => Math.min(bounds.upper, Math.max(bounds.lower, value));

  const load = (order: Int32Array, start: number, end: number): void => {
    const size = end - start;
    for (let i = 0; i < size; i++) ranks[i] = rank[order[start + i]];
    ranks.subarray(0, size).sort();
    for (let i = 0; i < size; i++) {
      sorted[i] = byTarget[ranks[i]];
      sides.y[i] = targets[byTarget[ranks[i]]];
      sides.w[i] = weights[byTarget[ranks[i]]];
      sides.wy[i] = products[byTarget[ranks[i]]];
    }
    fillSides(sides, size);
    measureSide(sides, false, whole);
  };

  const scan = (column: number, missingLeft: boolean, best: Candidate): void => {
    const { bin, size, starts, places } = grouped;
    const missing = starts[MISSING_BIN + 1] - starts[MISSING_BIN];
    const move = (b: number): void => {
      for (let i = starts[b]; i < starts[b + 1]; i++) moveLeft(sides, places[i]);
    };
    allMoveRight(sides);
    if (missingLeft) move(MISSING_BIN);
    for (let i = 0; i < size; i++) {
      move(bin[i]);
      if (!(sides.leftWeight >= minLeaf && sides.weight - sides.leftWeight >= minLeaf)) continue;
      measureSide(sides, true, left);
      measureSide(sides, false, right);
      const gain = whole.loss - left.loss - right.loss;
      if (!(gain > best.gain)) continue;
      if (monotone !== undefined && monotone[column] * (clip(right.median) - clip(left.median)) < 0) continue;
      best.gain = gain;
      best.column = column;
      best.left[0] = sides.leftWeight;
      best.missingLeft = missing > 0 ? missingLeft : 2 * sides.leftWeight >= sides.weight;
      setCut(best, columns[column].kind === "category", bin, i, size);
    }
  };

  return {
    width: 0,
    stats: 1,
    keepsHistograms: false,
    root: (order, rows) => {
      let weight = 0;
      for (let i = 0; i < rows; i++) weight += weights[order[i]];
      return Float64Array.of(weight);
    },
    weight: (stats, at) => stats[at],
    isPure: (order, start, end) => {
      for (let i = start + 1; i < end; i++) if (targets[order[i]] !== targets[order[start]]) return false;
      return true;
    },
    value: (_stats, _at, order, start, end) => {
      load(order, start, end);
      return wholeMedian(sides);
    },
    load,
    addToHistogram: () => undefined,
    enter: (_stats, _at, lower, upper) => {
      bounds.lower = lower;
      bounds.upper = upper;
    },
    searchHistogram: () => undefined,
    searchRows: (column, _order, start, end, best) => {
      const base = (column >> 2) * count;
      const shift = (column & 3) * 8;
      const rows = end - start;
      for (let i = 0; i < rows; i++) grouped.binAt[i] = (words[base + sorted[i]] >>> shift) & 255;
      groupByBin(grouped, rows);
      if (columns[column].kind === "category") orderByMedian(grouped, sides.y, sides.w);
      scan(column, false, best);
      if (grouped.starts[MISSING_BIN + 1] > grouped.starts[MISSING_BIN]) scan(column, true, best);
    },
  };
}

/** Rows of a node grouped by their bin in one column. */
interface Groups {
  /** Bin of the row at each place in the order of targets. */
  readonly binAt: Uint8Array;
  /** Places grouped by bin, ascending within each: those of bin b from starts[b] to starts[b + 1]. */
  readonly places: Int32Array;
  readonly starts: Int32Array;
  /** Bins with rows, in the order in which they are scanned. */
  readonly bin: Int32Array;
  size: number;
}

function newGroups(most: number): Groups {
  return {
    binAt: new Uint8Array(most),
    places: new Int32Array(most),
    starts: new Int32Array(257),
    bin: new Int32Array(256),
    size: 0,
  };
}

function groupByBin(groups: Groups, rows: number): void {
  const { binAt, places, starts, bin } = groups;
  starts.fill(0);
  for (let i = 0; i < rows; i++) starts[binAt[i] + 1]++;
  groups.size = 0;
  for (let b = 0; b < 256; b++) {
    if (starts[b + 1] > 0 && b !== MISSING_BIN) bin[groups.size++] = b;
    starts[b + 1] += starts[b];
  }
  const next = starts.slice();
  for (let i = 0; i < rows; i++) places[next[binAt[i]]++] = i;
}

/** Puts the bins in order of the weighted medians of their rows; ties by bin. */
function orderByMedian(groups: Groups, y: Float64Array, w: Float64Array): void {
  const { places, starts, bin, size } = groups;
  const medians = new Float64Array(256);
  for (let i = 0; i < size; i++) {
    const from = starts[bin[i]];
    const to = starts[bin[i] + 1];
    let half = 0;
    for (let k = from; k < to; k++) half += w[places[k]] / 2;
    let k = from;
    for (let below = w[places[k]]; below < half && k + 1 < to; below += w[places[k]]) k++;
    medians[bin[i]] = y[places[k]];
  }
  bin.subarray(0, size).sort((a, b) => medians[a] - medians[b] || a - b);
}
