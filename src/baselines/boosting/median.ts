import { argsort } from "../../numeric/argsort.ts";

/**
 * The weighted median of at least one value: half of the weight is at or below it; the middle of two values where half
 * is reached exactly between them. Without weights by selection (Hoare, "Algorithm 65: find", CACM 4, 1961), O(n) on
 * average, which puts the values in another order.
 */
export function weightedMedian(values: Float64Array, weights?: Float64Array): number {
  if (weights === undefined) return plainMedian(values.slice());
  const order = argsort(values);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let i = 0;
  let below = weights[order[0]];
  while (i + 1 < order.length && below < half) below += weights[order[++i]];
  const here = values[order[i]];
  return below === half && i + 1 < order.length ? here / 2 + values[order[i + 1]] / 2 : here;
}

function plainMedian(values: Float64Array): number {
  const upper = values.length >> 1;
  select(values, upper);
  if (values.length % 2 === 1) return values[upper];
  let lower = values[0];
  for (let i = 1; i < upper; i++) lower = Math.max(lower, values[i]);
  return lower / 2 + values[upper] / 2;
}

/** Puts the value that belongs at place k there, none larger before it and none smaller after it. */
function select(values: Float64Array, k: number): void {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low], values[(low + high) >>> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
