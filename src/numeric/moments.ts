/** Means and central moments of samples. */

export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Divided by count - 1; NaN for fewer than two values. */
  readonly variance: number;
  /** Population skewness: third central moment over second^1.5, both divided by count; 0 where the second is 0. */
  readonly skewness: number;
  /** Population kurtosis (3 for the normal); 3 where the second moment is 0. */
  readonly kurtosis: number;
}

/** Left to right. NaN where a value is. */
export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/**
 * The first four moments in two passes: the mean, then powers of the deviations from it, so that a large shift costs no
 * digits. All values equal gives variance exactly 0. Missing values (NaN) give NaN. Cost: O(count), no allocation.
 */
export function moments(values: ArrayLike<number>): Moments {
  const count = values.length;
  const centre = mean(values);
  let drift = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < count; i++) {
    const d = values[i] - centre;
    const square = d * d;
    drift += d;
    second += square;
    third += square * d;
    fourth += square * square;
  }
  // The rounding error of the mean, taken out again (Chan, Golub & LeVeque 1983).
  const slip = drift / count;
  const m2 = second / count - slip * slip;
  const m3 = third / count - 3 * slip * m2;
  if (!(m2 > 0)) return { count, mean: centre, variance: count > 1 ? m2 : Number.NaN, skewness: 0, kurtosis: 3 };
  return {
    count,
    mean: centre + slip,
    variance: count > 1 ? (m2 * count) / (count - 1) : Number.NaN,
    skewness: m3 / m2 ** 1.5,
    kurtosis: fourth / count / (m2 * m2),
  };
}

/** The mean; NaN of nothing. Equal values give exactly that value. */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) return Number.NaN;
  const origin = values[0];
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - origin;
  return origin + sum / values.length;
}
