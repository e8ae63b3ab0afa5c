/**
 * Factors of the gamma function that would cancel (Stirling's error, the deviance of a count), computed by themselves
 * after C. Loader, "Fast and accurate computation of binomial probabilities", 2000; so tails keep about 14 digits for
 * parameters from 1e-3 to 1e7. Checked against test/reference/distributions.json, made by distributions.py beside it.
 */

/** Coefficients of the asymptotic series of `stirlingError`: B(2k) / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** ln Γ(x + 1) - (x + ½) ln x + x - ½ ln 2π for x > 0: what Stirling's formula leaves out. */
export function stirlingError(x: number): number {
  let shift = 0;
  for (; x < 15; x++) shift += (x + 0.5) * Math.log1p(1 / x) - 1;
  const square = 1 / (x * x);
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) sum = sum * square + STIRLING[k];
  return shift + sum / x;
}

/** count ln(count / mean) + mean - count, without cancellation where the two are close. Both > 0. */
export function countDeviance(count: number, mean: number): number {
  const gap = count - mean;
  if (Math.abs(gap) >= 0.1 * (count + mean)) return count * Math.log(count / mean) - gap;
  const v = gap / (count + mean);
  let sum = gap * v;
  let term = 2 * count * v;
  for (let k = 3; ; k += 2) {
    term *= v * v;
    const next = sum + term / k;
    if (next === sum) return next;
    sum = next;
  }
}
