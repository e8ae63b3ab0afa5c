/**
 * A glance at the histogram of a number column: does any cut beat what has been found? Most columns of a node do not,
 * and are done with after one walk over the raw numbers; only the others have their buckets listed and scanned. The
 * scores are those of `scanMoments`, to the bit.
 */
import { MISSING_BIN } from "../bins/number-bins.ts";
import type { MomentNode } from "./scan-moments.ts";

/** Over pairs (g, h) from `at`. */
export function glanceAtPairs(
  histogram: Float64Array,
  at: number,
  bins: number,
  node: MomentNode,
  beat: number,
): boolean {
  const g = histogram[at + 2 * MISSING_BIN];
  const h = histogram[at + 2 * MISSING_BIN + 1];
  return (
    walkPairs(histogram, at, bins, node, 0, 0, beat) || (h > 0 && walkPairs(histogram, at, bins, node, g, h, beat))
  );
}

/** Over single numbers g + unit * k from `at`, where h = scale * k. */
export function glanceAtPacked(
  histogram: Float64Array,
  at: number,
  bins: number,
  unit: number,
  scale: number,
  node: MomentNode,
  beat: number,
): boolean {
  const missing = histogram[at + MISSING_BIN];
  return (
    walkPacked(histogram, at, bins, unit, scale, node, 0, beat) ||
    (missing > 0 && walkPacked(histogram, at, bins, unit, scale, node, missing, beat))
  );
}

function walkPairs(
  histogram: Float64Array,
  at: number,
  bins: number,
  { g: G, h: H, l2, minLeaf }: MomentNode,
  g: number,
  h: number,
  beat: number,
): boolean {
  const most = H - minLeaf;
  const end = at + 2 * bins;
  let gl = g;
  let hl = h;
  for (let k = at; k < end; k += 2) {
    gl += histogram[k];
    hl += histogram[k + 1];
    if (hl < minLeaf) continue;
    if (hl > most) return false;
    const p = hl + l2;
    const q = H - hl + l2;
    const x = gl * q - (G - gl) * p;
    if (x * x > beat * (p * q)) return true;
  }
  return false;
}

function walkPacked(
  histogram: Float64Array,
  at: number,
  bins: number,
  unit: number,
  scale: number,
  { g: G, h: H, l2, minLeaf }: MomentNode,
  packed: number,
  beat: number,
): boolean {
  const inverse = 1 / unit; // a power of two, so exact
  const most = H - minLeaf;
  const end = at + bins;
  let sum = packed;
  for (let k = at; k < end; k++) {
    sum += histogram[k];
    const whole = Math.floor(sum * inverse + 0.5);
    const hl = whole * scale;
    if (hl < minLeaf) continue;
    if (hl > most) return false;
    const gl = sum - whole * unit;
    const p = hl + l2;
    const q = H - hl + l2;
    const x = gl * q - (G - gl) * p;
    if (x * x > beat * (p * q)) return true;
  }
  return false;
}
