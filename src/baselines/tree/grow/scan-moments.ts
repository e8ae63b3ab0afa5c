/** The best cut of a row of buckets by sums: variance reduction, binary Gini and second-order boosting gain. */
import { MISSING_BIN } from "../bins/number-bins.ts";
import type { Buckets } from "./buckets.ts";

/** The node whose rows are in the buckets, and what its children must hold. */
export interface MomentNode {
  g: number;
  h: number;
  c: number;
  /** Bounds of the value that monotone constraints above allow. */
  lower: number;
  upper: number;
  readonly l2: number;
  readonly minLeaf: number;
  readonly minHessian: number;
}

/** What a scan found; `at` < 0: nothing better. Buckets 0 .. at go left, the missing ones where `missingLeft` says. */
export interface Cut {
  gain: number;
  at: number;
  missingLeft: boolean;
}

/**
 * Walks over the boundaries between buckets, with the missing rows once on either side, and keeps the first cut whose
 * gain beats `cut.gain`. The gain of a value v = g / (h + l2) is g v, so a cut gains
 *     gl^2 / (hl + l2) + gr^2 / (hr + l2) - g^2 / (h + l2)
 *       = (gl q - gr p)^2 / (p q (p + q)) + const   with p = hl + l2, q = hr + l2,
 * and the second form does not cancel where the means are large and close. O(buckets).
 */
export function scanMoments(buckets: Buckets, node: MomentNode, cut: Cut): void {
  const { g, h, c, size } = buckets;
  const { g: G, h: H, c: C, l2, minLeaf, minHessian } = node;
  const shift = G * (G / (H + 2 * l2)) - G * (G / (H + l2));
  const gm = g[MISSING_BIN];
  const hm = h[MISSING_BIN];
  const cm = c[MISSING_BIN];
  let best = (cut.gain - shift) * (H + 2 * l2);
  let found = -1;
  let gl = 0;
  let hl = 0;
  let cl = 0;
  for (let i = 0; i < size; i++) {
    gl += g[i];
    hl += h[i];
    cl += c[i];
    if (cl >= minLeaf && C - cl >= minLeaf && hl >= minHessian && H - hl >= minHessian) {
      const p = hl + l2;
      const q = H - hl + l2;
      const x = gl * q - (G - gl) * p;
      const score = (x * x) / (p * q);
      if (score > best) {
        best = score;
        found = i << 1;
      }
    }
    if (cm > 0 && cl + cm >= minLeaf && C - cl - cm >= minLeaf && hl + hm >= minHessian && H - hl - hm >= minHessian) {
      const p = hl + hm + l2;
      const q = H - hl - hm + l2;
      const x = (gl + gm) * q - (G - gl - gm) * p;
      const score = (x * x) / (p * q);
      if (score > best) {
        best = score;
        found = (i << 1) | 1;
      }
    }
  }
  if (found < 0) {
    cut.at = -1;
    return;
  }
  cut.gain = best / (H + 2 * l2) + shift;
  cut.at = found >> 1;
  cut.missingLeft = (found & 1) === 1;
}

/**
 * The same under monotone constraints: values are clipped to the node's bounds, and a cut whose right value is not on
 * the demanded side of its left value (`sign` 1: not below, -1: not above, 0: either) is passed over. O(buckets).
 */
export function scanBounded(buckets: Buckets, node: MomentNode, sign: number, cut: Cut): void {
  const { g, h, c, size } = buckets;
  const { g: G, h: H, c: C, minLeaf, minHessian } = node;
  const whole = clippedGain(G, H, node);
  const sides = c[MISSING_BIN] > 0 ? 2 : 1;
  let gl = 0;
  let hl = 0;
  let cl = 0;
  cut.at = -1;
  for (let i = 0; i < size; i++) {
    gl += g[i];
    hl += h[i];
    cl += c[i];
    for (let side = 0; side < sides; side++) {
      const gLeft = gl + side * g[MISSING_BIN];
      const hLeft = hl + side * h[MISSING_BIN];
      const cLeft = cl + side * c[MISSING_BIN];
      if (!(cLeft >= minLeaf && C - cLeft >= minLeaf && hLeft >= minHessian && H - hLeft >= minHessian)) continue;
      if (sign * (clippedValue(G - gLeft, H - hLeft, node) - clippedValue(gLeft, hLeft, node)) < 0) continue;
      const gain = clippedGain(gLeft, hLeft, node) + clippedGain(G - gLeft, H - hLeft, node) - whole;
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
