/**
 * The covariance of two configurations: Matérn-5/2 over numbers with a length scale for each (ARD), times an
 * exponential of the mismatches over categories,
 *   k(x, x') = s (1 + t + t^2/3) exp(-t) exp(-sum_c w_c [x_c != x'_c]),  t = sqrt(5 sum_i w_i (x_i - x'_i)^2).
 * Coordinates are places in the unit cube; w is an inverse squared length scale. Source: Rasmussen & Williams,
 * Gaussian Processes for Machine Learning, 2006, eq. 4.17 and section 5.1; Roustant et al., SIAM/ASA JUQ 8, 2020.
 */

/** Which coordinates are compared by distance (0) and which only as same or different (1). */
export type Nominal = Uint8Array;

/** `log` values of: one weight a dimension, then the signal variance s, then the noise variance. */
export type Hyperparameters = Float64Array;

/**
 * Squared distances (0 or 1 for nominal coordinates) of all pairs of rows, dimension by dimension:
 * pair (i, j), i > j, of dimension k is at `k * pairs + i (i - 1) / 2 + j`. Made once a fit. Cost: O(d n^2).
 */
export function pairDistances(x: Float64Array, n: number, nominal: Nominal): Float64Array {
  const d = nominal.length;
  const pairs = (n * (n - 1)) / 2;
  const out = new Float64Array(d * pairs);
  for (let k = 0; k < d; k++) {
    let at = k * pairs;
    for (let i = 1; i < n; i++)
      for (let j = 0; j < i; j++) {
        const difference = x[i * d + k] - x[j * d + k];
        out[at++] = nominal[k] === 1 ? (difference === 0 ? 0 : 1) : difference * difference;
      }
  }
  return out;
}

/** Adds `weight` times one dimension's distances to the running exponents. */
export function accumulate(out: Float64Array, distances: Float64Array, from: number, weight: number): void {
  for (let p = 0; p < out.length; p++) out[p] += weight * distances[from + p];
}

/**
 * Turns squared distances and mismatch sums into covariances, in place of the squared distances.
 * @param slope Receives dk / d(r^2) of every pair.
 */
export function covariances(squared: Float64Array, mismatch: Float64Array, signal: number, slope: Float64Array): void {
  for (let p = 0; p < squared.length; p++) {
    const t = Math.sqrt(5 * squared[p]);
    const e = signal * Math.exp(-t - mismatch[p]);
    slope[p] = (-5 / 6) * (1 + t) * e;
    squared[p] = (1 + t + (t * t) / 3) * e;
  }
}

/** Covariances of one point with rows 0 .. n - 1 of x, into `out`. Cost: O(n d) and n exponentials. */
export function crossCovariances(
  out: Float64Array,
  point: Float64Array,
  x: Float64Array,
  n: number,
  weights: Float64Array,
  nominal: Nominal,
  signal: number,
): void {
  const d = nominal.length;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    let mismatch = 0;
    for (let k = 0; k < d; k++) {
      const difference = point[k] - x[i * d + k];
      if (nominal[k] === 0) squared += weights[k] * difference * difference;
      else if (difference !== 0) mismatch += weights[k];
    }
    const t = Math.sqrt(5 * squared);
    out[i] = signal * (1 + t + (t * t) / 3) * Math.exp(-t - mismatch);
  }
}

/**
 * Adds to `out` the derivative by the point's coordinate k of sum_i weight_i k(point, x_i), for every numeric k.
 * Nominal coordinates get nothing.
 */
export function addCrossGradient(
  out: Float64Array,
  share: Float64Array,
  point: Float64Array,
  x: Float64Array,
  n: number,
  weights: Float64Array,
  nominal: Nominal,
  signal: number,
): void {
  const d = nominal.length;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    let mismatch = 0;
    for (let k = 0; k < d; k++) {
      const difference = point[k] - x[i * d + k];
      if (nominal[k] === 0) squared += weights[k] * difference * difference;
      else if (difference !== 0) mismatch += weights[k];
    }
    const t = Math.sqrt(5 * squared);
    const slope = share[i] * signal * (-5 / 3) * (1 + t) * Math.exp(-t - mismatch); // 2 dk/d(r^2)
    for (let k = 0; k < d; k++) if (nominal[k] === 0) out[k] += slope * weights[k] * (point[k] - x[i * d + k]);
  }
}
