import { argsort } from "./argsort.ts";

/**
 * Ranks from 1 in ascending order; equal values share the mean of their ranks. NaN is not allowed. `order`: where it is
 * already known. Cost: one sort.
 */
export function midRanks(values: Float64Array, order: Int32Array = argsort(values)): Float64Array {
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
