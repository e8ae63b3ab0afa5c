/** Two configurations on the same folds, blocks or rows: what their difference is, and how sure that is. */

/** Mean of a - b. */
function meanDifference(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] - b[i];
  return sum / a.length;
}

/** Standard error of the mean of a - b: s / sqrt(n); 0 where there are fewer than two pairs. */
export function pairedError(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  if (n < 2) return 0;
  const mean = meanDifference(a, b);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (a[i] - b[i] - mean) ** 2;
  return Math.sqrt(squares / (n - 1) / n);
}
