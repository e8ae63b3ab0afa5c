/** Lists of row numbers put together. */
import type { Rows } from "./dataset.ts";

/** Lists end to end, in their order. */
export function joined(lists: readonly Rows[]): Rows {
  const out = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let from = 0;
  for (const list of lists) {
    out.set(list, from);
    from += list.length;
  }
  return out;
}

/** The union of disjoint lists, ascending. O(n log n). */
export function merged(lists: readonly Rows[]): Rows {
  return joined(lists).sort();
}
