import { argsort } from "../../numeric/argsort.ts";
import type { TrainingRows } from "../training-rows.ts";

/** The training rows of a number column by ascending value, those without a value apart. Rows are named by their place in `rows`. */
export interface SortedColumn {
  readonly values: Float64Array;
  readonly at: Int32Array;
  readonly missing: Int32Array;
}

/** O(n). */
export function sortedColumn(column: Float64Array, { rows }: TrainingRows): SortedColumn {
  const values = new Float64Array(rows.length);
  let known = 0;
  for (let i = 0; i < rows.length; i++) {
    values[i] = column[rows[i]];
    if (values[i] === values[i]) known++;
  }
  const order = argsort(values); // missing values are last
  const at = order.subarray(0, known);
  return { values: inOrder(values, at), at, missing: order.subarray(known) };
}

/** Row i of the result is values[order[i]]. */
export function inOrder<T extends Int32Array | Float64Array>(values: T, order: Int32Array): T {
  const out = new (values.constructor as new (n: number) => T)(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]];
  return out;
}
