import { MISSING_BIN } from "../bins/number-bins.ts";
import type { Grown } from "./grown.ts";

/** For each bin: does it go left at the node? (1, 0). */
export function leftTable(tree: Grown, node: number, category: boolean, out: Uint8Array): void {
  if (category) {
    const at = tree.set[node];
    const others = Number(tree.missingLeft[node]);
    for (let bin = 0; bin < MISSING_BIN; bin++) out[bin] = ((tree.sets[at + (bin >>> 5)] >>> (bin & 31)) & 1) ^ others;
  } else {
    out.fill(1, 0, tree.low[node] + 1);
    out.fill(0, tree.low[node] + 1);
  }
  out[MISSING_BIN] = Number(tree.missingLeft[node]);
}

/**
 * Puts the rows order[start .. end) that go left before those that go right, both in their old order, and returns
 * where the right ones start. Free of branches: each row is written to both sides and one of the two ends moves on.
 *
 * @param base Place of the column's words; its byte is at `shift`.
 * @param left 1 for each bin that goes left, 0 for the others (256 entries).
 * @param spare Scratch memory, end - start entries or more.
 */
export function partition(
  order: Int32Array,
  start: number,
  end: number,
  words: Uint32Array,
  base: number,
  shift: number,
  left: Uint8Array,
  spare: Int32Array,
): number {
  let to = start;
  let kept = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    const goes = left[(words[base + row] >>> shift) & 255];
    order[to] = row;
    spare[kept] = row;
    to += goes;
    kept += 1 - goes;
  }
  if (kept > 64) order.set(spare.subarray(0, kept), to);
  else for (let i = 0; i < kept; i++) order[to + i] = spare[i];
  return to;
}
