/** The q-quantile, interpolated between order statistics. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Geometric mean, with values below `floor` counted as `floor` so that an optimum found does not decide everything. */
export function geometricMean(values: readonly number[], floor: number): number {
  return Math.exp(average(values.map((value) => Math.log(Math.max(value, floor)))));
}
