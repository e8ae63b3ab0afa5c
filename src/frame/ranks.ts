import { sharedDoubles } from "./shared.ts";

/** The rank of each value among the different ones, from 0. O(n log n). */
export function ranks(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort();
  let size = 0;
  for (let i = 0; i < sorted.length; i++) if (size === 0 || sorted[i] !== sorted[size - 1]) sorted[size++] = sorted[i];
  const out = sharedDoubles(values.length);
  for (let r = 0; r < values.length; r++) {
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < values[r]) low = middle + 1;
      else high = middle;
    }
    out[r] = low;
  }
  return out;
}
