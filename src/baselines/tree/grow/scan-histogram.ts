/**
 * The best cut of a number column straight from its histogram, without listing the bins that have rows. An empty bin
 * scores as the bin before it, so it never is the first of equal ones.
 */
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import { roundingConstant } from "./exact.ts";
import { gainOf, scoreOf, type MomentNode } from "./scan-moments.ts";

/** A cut of a histogram; `bin` < 0: nothing better than `gain`. Bins 0 .. bin go left, the missing ones by `missingLeft`. */
export interface HistogramCut {
  gain: number;
  bin: number;
  missingLeft: boolean;
  /** Sums of what goes left. */
  g: number;
  h: number;
}

/** As `scanMoments`, over pairs (g, h) from `at`. O(bins). */
export function scanPairs(
  histogram: Float64Array,
  at: number,
  bins: number,
  node: MomentNode,
  cut: HistogramCut,
): void {
  const missingG = histogram[at + 2 * MISSING_BIN];
  const missingH = histogram[at + 2 * MISSING_BIN + 1];
  let score = scoreOf(cut.gain, node);
  cut.bin = -1;
  for (let side = 0; side < (missingH > 0 ? 2 : 1); side++) {
    const bin = walkPairs(histogram, at, bins, node, side * missingG, side * missingH, score);
    if (bin < 0) continue;
    let g = side * missingG;
    let h = side * missingH;
    for (let k = at; k <= at + 2 * bin; k += 2) {
      g += histogram[k];
      h += histogram[k + 1];
    }
    score = keepBetter(cut, score, bin, side === 1, g, h, node);
  }
  if (cut.bin >= 0) cut.gain = gainOf(score, node);
}

/** As `scanMoments`, over single numbers g + unit * k from `at`, where h = scale * k. O(bins). */
export function scanPacked(
  histogram: Float64Array,
  at: number,
  bins: number,
  unit: number,
  scale: number,
  node: MomentNode,
  cut: HistogramCut,
): void {
  const missing = histogram[at + MISSING_BIN];
  let score = scoreOf(cut.gain, node);
  cut.bin = -1;
  for (let side = 0; side < (missing !== 0 ? 2 : 1); side++) {
    const bin = walkPacked(histogram, at, bins, unit, scale, node, side * missing, score);
    if (bin < 0) continue;
    let sum = side * missing;
    for (let k = at; k <= at + bin; k++) sum += histogram[k];
    const whole = Math.floor(sum / unit + 0.5);
    score = keepBetter(cut, score, bin, side === 1, sum - whole * unit, whole * scale, node);
  }
  if (cut.bin >= 0) cut.gain = gainOf(score, node);
}

/**
 * Takes up the cut a walk found, with these sums on the left, and returns its score. A score so small that only the
 * units of the walk could tell it from `beat` stays behind.
 */
function keepBetter(
  cut: HistogramCut,
  beat: number,
  bin: number,
  missingLeft: boolean,
  gl: number,
  hl: number,
  { g, h, l2 }: MomentNode,
): number {
  const p = hl + l2;
  const x = gl * (h + 2 * l2) - g * p;
  const score = (x * x) / (p * (h + 2 * l2 - p));
  if (!(score > beat)) return beat;
  cut.bin = bin;
  cut.missingLeft = missingLeft;
  cut.g = gl;
  cut.h = hl;
  return score;
}

/** One walk that starts with g and h on the left: the first bin with the best score above `beat`, or -1. */
function walkPairs(
  histogram: Float64Array,
  at: number,
  bins: number,
  { g: G, h: H, l2, minLeaf }: MomentNode,
  g: number,
  h: number,
  beat: number,
): number {
  const most = H - minLeaf;
  const S = H + 2 * l2;
  let best = beat;
  let found = -1;
  let gl = g;
  let hl = h;
  let bin = 0;
  while (bin < bins && histogram[at + 2 * bin + 1] === 0) bin++;
  for (; bin < bins; bin++) {
    gl += histogram[at + 2 * bin];
    hl += histogram[at + 2 * bin + 1];
    if (hl < minLeaf) continue;
    if (hl > most) break;
    const p = hl + l2;
    const x = gl * S - G * p;
    const pq = p * (S - p);
    if (x * x > best * pq && (x * x) / pq > best) {
      best = (x * x) / pq;
      found = bin;
    }
  }
  return found;
}

/** As `walkPairs`; all is measured in units of `unit` and `scale`, which are powers of two, so this rounds nothing. */
function walkPacked(
  histogram: Float64Array,
  at: number,
  bins: number,
  unit: number,
  scale: number,
  node: MomentNode,
  packed: number,
  beat: number,
): number {
  const inverse = 1 / unit;
  const G = node.g * inverse;
  const l2 = node.l2 / scale;
  const S = (node.h + 2 * node.l2) / scale;
  const least = node.minLeaf / scale;
  const most = (node.h - node.minLeaf) / scale;
  let best = beat * inverse * inverse;
  let found = -1;
  let sum = packed * inverse;
  let bin = 0;
  while (bin < bins && histogram[at + bin] === 0) bin++;
  for (; bin < bins; bin++) {
    sum += histogram[at + bin] * inverse;
    const hl = sum + WHOLE - WHOLE;
    if (hl < least) continue;
    if (hl > most) break;
    const p = hl + l2;
    const x = (sum - hl) * S - G * p;
    const pq = p * (S - p);
    if (x * x > best * pq && (x * x) / pq > best) {
      best = (x * x) / pq;
      found = bin;
    }
  }
  return found;
}

/** Added and taken away again, it rounds a number to the nearest whole one. */
const WHOLE = roundingConstant(1);

/** The next bin above `bin` that has rows; -1: none. @param width Numbers a bin, the last of which is 0 where it is empty. */
export function nextOccupied(histogram: Float64Array, at: number, width: number, bins: number, bin: number): number {
  for (let next = bin + 1; next < bins; next++) if (histogram[at + next * width + width - 1] !== 0) return next;
  return -1;
}
