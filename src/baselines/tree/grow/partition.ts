import type { Bins } from "../../../bins/bins.ts";
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import type { Grown } from "./grown.ts";

/**
 * For each bin of the column at hand: does it go left (1) or right (0)? A constant of the module, so that the compiler
 * needs no check of an index of eight bits; written before each use.
 */
const LEFT = new Uint8Array(256);

/** Bins that go left at the node. */
function fillLeft(tree: Grown, node: number, category: boolean): void {
  if (category) {
    const at = tree.set[node];
    const others = Number(tree.missingLeft[node]);
    for (let bin = 0; bin < MISSING_BIN; bin++) LEFT[bin] = ((tree.sets[at + (bin >>> 5)] >>> (bin & 31)) & 1) ^ others;
  } else {
    LEFT.fill(1, 0, tree.low[node] + 1);
    LEFT.fill(0, tree.low[node] + 1);
  }
  LEFT[MISSING_BIN] = Number(tree.missingLeft[node]);
}

/**
 * Puts the rows of a node that go left before those that go right, both in their old order, and returns where the
 * right ones start. O(rows).
 *
 * @param spare Scratch memory, as many entries as the node has rows or more.
 */
export function partition(bins: Bins, tree: Grown, node: number, spare: Int32Array): number {
  const column = tree.column[node];
  fillLeft(tree, node, bins.columns[column].kind === "category");
  const base = (column >> 2) * bins.rows.length;
  return divide(tree.order, tree.start[node], tree.end[node], bins.words, base, (column & 3) * 8, spare);
}

/** Free of branches: each row is written to both sides, and one of the two ends moves on. */
function divide(
  order: Int32Array,
  start: number,
  end: number,
  words: Uint32Array,
  base: number,
  shift: number,
  spare: Int32Array,
): number {
  let to = start;
  let kept = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    const goes = LEFT[(words[base + row] >>> shift) & 255];
    order[to] = row;
    spare[kept] = row;
    to += goes;
    kept += 1 - goes;
  }
  if (kept > 64) order.set(spare.subarray(0, kept), to);
  else for (let i = 0; i < kept; i++) order[to + i] = spare[i];
  return to;
}
