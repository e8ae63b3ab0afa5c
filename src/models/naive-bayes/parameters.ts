/** A number column as one normal curve a class. */
export interface Curves {
  readonly column: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** A column as the frequencies of its levels, or of bins of its numbers, in each class. */
export interface Frequencies {
  readonly column: number;
  /** Levels or bins x classes; 0s where training saw none. */
  readonly shares: Float64Array;
  /** Of a number column: between its bins. */
  readonly bounds?: Float64Array;
}

export interface NaiveBayesData {
  /** Share of each class; 0 for one that training did not see. */
  readonly prior: Float64Array;
  /** The power that the evidence of the columns is raised to. */
  readonly temper: number;
  /** Of the columns that are used. */
  readonly columns: readonly (Curves | Frequencies)[];
}

/** Mean and variance of a column over all classes, from those of each. */
export function momentsOfAll(
  weight: Float64Array,
  mean: Float64Array,
  square: Float64Array,
): { mean: number; variance: number } {
  const total = weight.reduce((sum, w) => sum + w, 0);
  const origin = mean[weight.findIndex((w) => w > 0)]; // equal means give exactly that mean
  const centre = weight.reduce((sum, w, k) => (w > 0 ? sum + (w / total) * (mean[k] - origin) : sum), origin);
  const variance = weight.reduce((sum, w, k) => sum + (square[k] + w * (mean[k] - centre) ** 2) / total, 0);
  return { mean: centre, variance };
}
