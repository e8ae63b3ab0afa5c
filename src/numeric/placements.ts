/**
 * Rankings of cases by score, and placement values: for every positive case the share of negatives scored below it, for every
 * negative the share of positives scored above it (ties count half). Their means are the area under the ROC curve, their
 * spread its variance.
 */
import { argsort } from "./argsort.ts";

/** Cases in ascending order of score. */
export interface Ranking {
  /** Rows in order: all of them, or those that take part. */
  readonly order: Int32Array;
  /** 1 for a positive case, 0 for a negative one, in that order. */
  readonly labels: Uint8Array;
  /** For each place, the place after the last case with the same score. */
  readonly ends: Int32Array;
}

/**
 * @param positive 1 for a positive case, 0 for a negative one.
 * @param order The rows that take part, by score; default: all. Cost: O(n), and a sort where no order is given.
 */
export function rankingOf(positive: Uint8Array, scores: Float64Array, order: Int32Array = argsort(scores)): Ranking {
  const labels = new Uint8Array(order.length);
  const sorted = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) {
    labels[k] = positive[order[k]];
    sorted[k] = scores[order[k]];
  }
  return { order, labels, ends: runEnds(sorted) };
}

/** For each place of sorted values, the place after the last equal one. */
function runEnds(sorted: Float64Array): Int32Array {
  const ends = new Int32Array(sorted.length);
  let end = sorted.length;
  for (let k = sorted.length - 1; k >= 0; k--) {
    if (k + 1 < sorted.length && sorted[k] !== sorted[k + 1]) end = k + 1;
    ends[k] = end;
  }
  return ends;
}

export interface Placements {
  readonly auc: number;
  /** One value a place of the ranking. */
  readonly values: Float64Array;
  /** Weight of all negatives, and of all positives. */
  readonly totals: readonly [negative: number, positive: number];
}

/**
 * @param weights Of rows, not negative; absent: all 1.
 * @returns NaN where a class has no weight. Cost: O(n).
 * Source: X. Sun & W. Xu, IEEE Signal Processing Letters 21, 2014 (the fast form of DeLong, DeLong & Clarke-Pearson 1988).
 */
export function placements({ order, labels, ends }: Ranking, weights?: Float64Array): Placements {
  const totals: [number, number] = [0, 0];
  for (let k = 0; k < order.length; k++) totals[labels[k]] += weights === undefined ? 1 : weights[order[k]];
  const values = new Float64Array(order.length);
  let below = 0; // weight of negatives scored lower
  let passed = 0; // weight of positives scored lower
  let sum = 0;
  for (let start = 0; start < order.length;) {
    const end = ends[start];
    let tiedNegative = 0;
    let tiedPositive = 0;
    for (let k = start; k < end; k++) {
      const w = weights === undefined ? 1 : weights[order[k]];
      if (labels[k] === 1) tiedPositive += w;
      else tiedNegative += w;
    }
    const placedPositive = (below + 0.5 * tiedNegative) / totals[0];
    const placedNegative = (totals[1] - passed - 0.5 * tiedPositive) / totals[1];
    for (let k = start; k < end; k++) values[k] = labels[k] === 1 ? placedPositive : placedNegative;
    sum += tiedPositive * placedPositive;
    below += tiedNegative;
    passed += tiedPositive;
    start = end;
  }
  return { auc: sum / totals[1], values, totals };
}

/** Values by place of the ranking as values by row; rows left out have NaN. */
export function byRow({ order }: Ranking, values: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(rows).fill(Number.NaN);
  for (let k = 0; k < order.length; k++) out[order[k]] = values[k];
  return out;
}
