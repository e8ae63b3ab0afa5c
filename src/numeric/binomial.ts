/** The binomial distribution. Checked against test/reference/distributions.json. */
import { incompleteBeta } from "./beta.ts";
import { countDeviance, stirlingError } from "./gamma.ts";

/** P(X = k) for X ~ Binomial(n, p). */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p === 0 || p === 1) return (p === 0 ? k === 0 : k === n) ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return p ** n;
  const error = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  const deviance = countDeviance(k, n * p) + countDeviance(n - k, n * (1 - p));
  return Math.sqrt(n / (2 * Math.PI * k * (n - k))) * Math.exp(error - deviance);
}

/** P(X <= k). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(k + 1, n - k, p).upper;
}

/** P(X >= k). */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : incompleteBeta(k, n - k + 1, p).lower;
}
