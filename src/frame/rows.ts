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

/** The union of disjoint lists, ascending. O(n), or O(n log n) where the rows are few of those up to the last one. */
export function merged(lists: readonly Rows[]): Rows {
  const rows = joined(lists);
  let last = -1;
  for (let i = 0; i < rows.length; i++) if (rows[i] > last) last = rows[i];
  if (last >= WORTH_MARKING * rows.length) return rows.sort();
  const marked = new Uint8Array(last + 1);
  for (let i = 0; i < rows.length; i++) marked[rows[i]] = 1;
  for (let row = 0, i = 0; row <= last; row++) if (marked[row] === 1) rows[i++] = row;
  return rows;
}

/** Looking through so many rows for one that is there costs less than sorting. */
const WORTH_MARKING = 16;
