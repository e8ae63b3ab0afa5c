/** Medians and other order statistics by selection, for columns too long to sort. */
import { argsort } from "./argsort.ts";

/**
 * The median: the middle value, or the mean of the two middle ones. Reorders `values`, which must hold no NaN.
 * NaN for an empty array. Cost: O(n) expected, about 1.5 n comparisons.
 * Source: Floyd & Rivest, "Expected time bounds for selection", CACM 18, 1975.
 */
export function medianInPlace(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const middle = n >> 1;
  select(values, middle, 0, n - 1);
  if (n % 2 === 1) return values[middle];
  return halfway(largestOf(values, middle), values[middle]);
}

/**
 * The median of values that stand for `weights[i]` copies each: the smallest value at which half of the weight is
 * reached, or the mean of it and the next one where exactly half is. Entries of weight 0 do not count; NaN when all
 * weights are 0. Without weights the median. `values` are left alone. Cost: O(n).
 */
export function weightedMedian(values: Float64Array, weights?: Float64Array): number {
  if (weights === undefined) return medianInPlace(values.slice());
  const order = argsort(values).filter((i) => weights[i] > 0);
  const half = order.reduce((sum, i) => sum + weights[i], 0) / 2;
  let reached = 0;
  for (let k = 0; k < order.length; k++) {
    reached += weights[order[k]];
    const past = reached - half;
    if (Math.abs(past) <= 1e-12 * half && k + 1 < order.length) return halfway(values[order[k]], values[order[k + 1]]);
    if (past > 0 || k === order.length - 1) return values[order[k]];
  }
  return Number.NaN;
}

/**
 * The values that would stand at some places if all were sorted; -0 counts as 0. Reorders `values`, which must hold no NaN.
 * Cost: O(n log places) expected.
 */
export function valuesAtPlaces(values: Float64Array, places: readonly number[]): readonly number[] {
  const ascending = [...new Set(places)].sort((a, b) => a - b);
  selectAll(values, ascending, 0, values.length - 1);
  return places.map((place) => values[place] + 0);
}

/** Puts the right values at all of the places (ascending) from left to right. */
function selectAll(values: Float64Array, places: readonly number[], left: number, right: number): void {
  if (places.length === 0) return;
  const middle = places.length >> 1;
  const place = places[middle];
  select(values, place, left, right);
  selectAll(values, places.slice(0, middle), left, place - 1);
  selectAll(values, places.slice(middle + 1), place + 1, right);
}

/** The mean of two values, without overflow. */
function halfway(a: number, b: number): number {
  return a / 2 + b / 2;
}

function largestOf(values: Float64Array, end: number): number {
  let largest = values[0];
  for (let i = 1; i < end; i++) if (values[i] > largest) largest = values[i];
  return largest;
}

/** Puts the k-th smallest of values[left .. right] at k, smaller ones before it and larger ones after it. */
function select(values: Float64Array, k: number, left: number, right: number): void {
  while (right > left) {
    if (right - left > 600) {
      // Narrow the range with a sample around the place where the answer is expected.
      const n = right - left + 1;
      const place = k - left + 1;
      const z = Math.log(n);
      const size = 0.5 * Math.exp((2 * z) / 3);
      const spread = 0.5 * Math.sqrt((z * size * (n - size)) / n) * Math.sign(place - n / 2);
      select(
        values,
        k,
        Math.max(left, Math.floor(k - (place * size) / n + spread)),
        Math.min(right, Math.floor(k + ((n - place) * size) / n + spread)),
      );
    }
    const pivot = values[k];
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (j < k) left = i;
    if (k < i) right = j;
  }
}
