/** Some rows of what was asked and answered. */
import type { Scored } from "../metrics/contract.ts";

export function rowCount(truth: Scored["truth"]): number {
  return truth.task === "regression" ? truth.values.length : truth.codes.length;
}

/** Row numbers by key, keys in order of first appearance. */
export function rowsBy(key: (row: number) => number, rows: number): Int32Array[] {
  const known = new Map<number, number>();
  const listOf = new Int32Array(rows);
  const sizes: number[] = [];
  for (let row = 0; row < rows; row++) {
    const k = key(row);
    let list = known.get(k);
    if (list === undefined) {
      list = known.size;
      known.set(k, list);
      sizes.push(0);
    }
    listOf[row] = list;
    sizes[list]++;
  }
  const lists = sizes.map((count) => new Int32Array(count));
  const filled = new Int32Array(lists.length);
  for (let row = 0; row < rows; row++) lists[listOf[row]][filled[listOf[row]]++] = row;
  return lists;
}
