/** The best cut of a row of buckets by sums: variance reduction, binary Gini and second-order boosting gain. */
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import type { Buckets } from "./buckets.ts";

/** The node whose rows are in the buckets, and what its children must hold. */
export interface MomentNode {
  g: number;
  h: number;
  /** Bounds of the value that monotone constraints above allow. */
  lower: number;
  upper: number;
  readonly l2: number;
  /** Least h of a child. */
  readonly minLeaf: number;
}

/** What a scan found; `at` < 0: nothing better. Buckets 0 .. at go left, the missing ones where `missingLeft` says. */
export interface Cut {
  gain: number;
  at: number;
  missingLeft: boolean;
}

/**
 * Walks over the boundaries between buckets, with the missing rows once on either side, and keeps the first cut whose
 * gain beats `cut.gain`. The value v = g / (h + l2) of a side is worth g v, so a cut gains
 *     gl^2 / p + gr^2 / q - g^2 / (h + l2)  =  (gl s - g p)^2 / (p q s) + g^2 / s - g^2 / (h + l2)
 * with p = hl + l2, q = hr + l2 and s = p + q; the second form does not cancel where means are large and close. O(buckets).
 */
export function scanMoments(buckets: Buckets, node: MomentNode, cut: Cut): void {
  cut.at = -1;
  let score = scanSide(buckets, node, 0, 0, scoreOf(cut.gain, node), cut);
  const right = score;
  if (buckets.h[MISSING_BIN] > 0)
    score = scanSide(buckets, node, buckets.g[MISSING_BIN], buckets.h[MISSING_BIN], score, cut);
  cut.missingLeft = score > right;
  if (cut.at >= 0) cut.gain = gainOf(score, node);
}

/** What is compared between the cuts of a node: (gl s - g p)^2 / (p q). */
export function scoreOf(gain: number, node: MomentNode): number {
  return (gain - constantOf(node)) * (node.h + 2 * node.l2);
}

export function gainOf(score: number, node: MomentNode): number {
  return score / (node.h + 2 * node.l2) + constantOf(node);
}

function constantOf({ g, h, l2 }: MomentNode): number {
  return g * (g / (h + 2 * l2)) - g * (g / (h + l2));
}

/** One walk that starts with g0 and h0 on the left. Returns the best score above `beat`, and its place in `cut.at`. */
function scanSide(
  { g, h, size }: Buckets,
  { g: G, h: H, l2, minLeaf }: MomentNode,
  g0: number,
  h0: number,
  beat: number,
  cut: Cut,
): number {
  let best = beat;
  let gl = g0;
  let hl = h0;
  const most = H - minLeaf;
  const S = H + 2 * l2;
  for (let i = 0; i < size; i++) {
    gl += g[i];
    hl += h[i];
    if (hl < minLeaf) continue;
    if (hl > most) break;
    const p = hl + l2;
    const x = gl * S - G * p;
    const score = (x * x) / (p * (S - p));
    if (score > best) {
      best = score;
      cut.at = i;
    }
  }
  return best;
}

/**
 * The same under monotone constraints: values are clipped to the node's bounds, and a cut whose right value is not on
 * the demanded side of its left value (`sign` 1: not below, -1: not above, 0: either) is passed over. O(buckets).
 */
export function scanBounded({ g, h, size }: Buckets, node: MomentNode, sign: number, cut: Cut): void {
  const { g: G, h: H, minLeaf } = node;
  const whole = clippedGain(G, H, node);
  cut.at = -1;
  for (let side = 0; side < (h[MISSING_BIN] > 0 ? 2 : 1); side++) {
    let gl = side * g[MISSING_BIN];
    let hl = side * h[MISSING_BIN];
    for (let i = 0; i < size; i++) {
      gl += g[i];
      hl += h[i];
      if (!(hl >= minLeaf && H - hl >= minLeaf)) continue;
      if (sign * (clippedValue(G - gl, H - hl, node) - clippedValue(gl, hl, node)) < 0) continue;
      const gain = clippedGain(gl, hl, node) + clippedGain(G - gl, H - hl, node) - whole;
      if (!(gain > cut.gain)) continue;
      cut.gain = gain;
      cut.at = i;
      cut.missingLeft = side === 1;
    }
  }
}

export function clippedValue(g: number, h: number, { l2, lower, upper }: MomentNode): number {
  return Math.min(upper, Math.max(lower, g / (h + l2)));
}

/** How much the value lowers the loss, twice: 2 g v - (h + l2) v^2. */
function clippedGain(g: number, h: number, node: MomentNode): number {
  const value = clippedValue(g, h, node);
  return value * (2 * g - (h + node.l2) * value);
}
