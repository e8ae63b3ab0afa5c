/** Histograms kept for nodes that wait to be split: given back and used again, within a bound on memory. */
export interface HistogramPool {
  /** A histogram of zeros, or nothing when the memory is used up. */
  take(): Float64Array | undefined;
  give(histogram: Float64Array): void;
}

/** @param size Numbers in a histogram. @param bytes Most memory that all of them may take. */
export function histogramPool(size: number, bytes: number): HistogramPool {
  const free: Float64Array[] = [];
  let left = Math.floor(bytes / (8 * Math.max(1, size)));
  return {
    take: () => {
      const used = free.pop();
      if (used !== undefined) return used.fill(0);
      return left-- > 0 ? new Float64Array(size) : undefined;
    },
    give: (histogram) => {
      free.push(histogram);
    },
  };
}
