/** The chi-square distribution. Checked against test/reference/distributions.json. */
import { incompleteGamma } from "./gamma.ts";
import { normalQuantile } from "./normal.ts";
import { brentRoot } from "./roots.ts";

/** P(X > x) with df > 0 degrees of freedom. */
export function chiSquareUpperTail(x: number, df: number): number {
  return x <= 0 ? 1 : incompleteGamma(df / 2, x / 2).upper;
}

/** P(X <= x). */
export function chiSquareCdf(x: number, df: number): number {
  return x <= 0 ? 0 : incompleteGamma(df / 2, x / 2).lower;
}

/** The x with P(X <= x) = p, 0 < p < 1: Wilson and Hilferty's cube, then a root of the log odds. */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) return p === 0 ? 0 : p === 1 ? Infinity : Number.NaN;
  const cube = 1 - 2 / (9 * df) + normalQuantile(p) * Math.sqrt(2 / (9 * df));
  const start = Math.max(df * cube ** 3, 1e-8 * df);
  const logOdds = Math.log(p) - Math.log1p(-p);
  const miss = (logX: number): number => {
    const { lower, upper } = incompleteGamma(df / 2, Math.exp(logX) / 2);
    return Math.log(Math.max(lower, 1e-300)) - Math.log(Math.max(upper, 1e-300)) - logOdds;
  };
  let low = Math.log(start) - 0.1;
  let high = Math.log(start) + 0.1;
  for (let reach = 0.2; miss(low) > 0; reach *= 2) low -= reach;
  for (let reach = 0.2; miss(high) < 0; reach *= 2) high += reach;
  return Math.exp(brentRoot(miss, low, high));
}
