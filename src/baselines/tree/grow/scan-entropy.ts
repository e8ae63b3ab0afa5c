/** The best cut of a row of buckets by the entropy of two classes: g is the weight of the second one, h that of both. */
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import type { Buckets } from "./buckets.ts";
import type { Cut, MomentNode } from "./scan-moments.ts";

/** As `purity` by entropy, of two classes. */
export function twoClassPurity(second: number, weight: number): number {
  const first = weight - second;
  let sum = 0;
  if (first > 0) sum += first * Math.log(first / weight);
  if (second > 0) sum += second * Math.log(second / weight);
  return sum;
}

/**
 * As `scanClasses`, whose gains these are. Logarithms cost more than all else, so where weights are whole, x log x is looked up
 * and a cut that falls behind by more than the lookup can be wrong is passed over. O(buckets).
 *
 * @param terms `timesLogs` of the node's weight; absent: weights are not whole.
 */
export function scanEntropy(buckets: Buckets, node: MomentNode, terms: Float64Array | undefined, cut: Cut): void {
  const { g, h } = buckets;
  cut.at = -1;
  for (let side = 0; side < (h[MISSING_BIN] > 0 ? 2 : 1); side++) {
    const beat = cut.gain;
    walk(buckets, node, terms, side * g[MISSING_BIN], side * h[MISSING_BIN], cut);
    if (cut.gain > beat) cut.missingLeft = side === 1;
  }
}

/** One walk that starts with g0 and h0 on the left: the first cut with the largest gain above that of `cut`. */
function walk(
  { g, h, size }: Buckets,
  { g: G, h: H, minLeaf }: MomentNode,
  terms: Float64Array | undefined,
  g0: number,
  h0: number,
  cut: Cut,
): void {
  const whole = twoClassPurity(G, H);
  const most = H - minLeaf;
  const behind = terms === undefined ? 0 : whole - LOOKUP_ERROR * terms[H];
  let gl = g0;
  let hl = h0;
  for (let i = 0; i < size; i++) {
    gl += g[i];
    hl += h[i];
    if (hl < minLeaf) continue;
    if (hl > most) break;
    if (terms !== undefined && lookedUp(terms, gl, hl) + lookedUp(terms, G - gl, H - hl) <= cut.gain + behind) continue;
    const gain = twoClassPurity(gl, hl) + twoClassPurity(G - gl, H - hl) - whole;
    if (!(gain > cut.gain)) continue;
    cut.gain = gain;
    cut.at = i;
  }
}

/** Many times the rounding of six terms of at most x log x each. */
const LOOKUP_ERROR = 1e-14;

function lookedUp(terms: Float64Array, second: number, weight: number): number {
  return terms[second] + terms[weight - second] - terms[weight];
}
