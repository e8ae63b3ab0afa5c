/**
 * Cuts ascending values into buckets of equal weight: the places (exclusive) where they end, each the first between two
 * different values at or after an equal share of the weight. Fewer than `buckets` where values repeat.
 * `weightBefore(i)`: the weight of the first i values. O(n).
 */
export function equalWeightEnds(
  values: Float64Array,
  weightBefore: (end: number) => number,
  buckets: number,
): Int32Array {
  const ends: number[] = [];
  const total = weightBefore(values.length);
  let end = 0;
  for (let b = 1; b <= buckets && end < values.length; b++) {
    const wanted = ((total * b) / buckets) * (1 - 1e-12);
    end++;
    while (end < values.length && (weightBefore(end) < wanted || values[end] === values[end - 1])) end++;
    ends.push(end);
  }
  return Int32Array.from(ends);
}
