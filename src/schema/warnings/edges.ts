/** The ends of a number column, where values that are no measurements stand. */

export interface Edges {
  readonly min: number;
  readonly minCount: number;
  /** The smallest value above min, NaN when there is none. */
  readonly aboveMin: number;
  readonly max: number;
  readonly maxCount: number;
  readonly belowMax: number;
}

/** O(rows). Infinities and missing cells do not count. */
export function edgesOf(values: Float64Array): Edges {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let above = Number.POSITIVE_INFINITY;
  let below = Number.NEGATIVE_INFINITY;
  let minCount = 0;
  let maxCount = 0;
  for (let r = 0; r < values.length; r++) {
    const x = values[r];
    if (x - x !== 0) continue;
    if (x < min) {
      above = min;
      min = x;
      minCount = 1;
    } else if (x === min) minCount++;
    else if (x < above) above = x;
    if (x > max) {
      below = max;
      max = x;
      maxCount = 1;
    } else if (x === max) maxCount++;
    else if (x > below) below = x;
  }
  const finite = (x: number): number => (x - x === 0 ? x : Number.NaN);
  return { min, minCount, aboveMin: finite(above), max, maxCount, belowMax: finite(below) };
}

/** Up to `most` finite values at even steps, sorted. */
export function sortedSample(values: Float64Array, most: number): Float64Array {
  const step = Math.max(1, Math.ceil(values.length / most));
  const kept = new Float64Array(Math.ceil(values.length / step));
  let size = 0;
  for (let r = 0; r < values.length; r += step) if (values[r] - values[r] === 0) kept[size++] = values[r];
  return kept.subarray(0, size).sort();
}
