/**
 * The logarithm of expected improvement, finite and with a useful slope even where improvement is all but impossible.
 * Source: Ament, Daulton, Eriksson, Balandat & Bakshy, "Unexpected improvements to expected improvement for Bayesian
 * optimization", NeurIPS 2023, section 4.1.
 */
import { logNormalCdf, logNormalDensity, normalCdf, normalDensity } from "../../numeric/normal.ts";

/** ln(phi(z) + z Phi(z)): log expected improvement of a standard normal over its own -z. */
export function logImprovement(z: number): number {
  if (z > -1) return Math.log(normalDensity(z) + z * normalCdf(z));
  const square = z * z;
  // Far out the difference below cancels: Phi(z)/phi(z) = -1/z (1 - 1/z^2 + 3/z^4 - 15/z^6 + 105/z^8 ...).
  const rest =
    z > -30
      ? Math.log1p(z * Math.exp(logNormalCdf(z) - logNormalDensity(z)))
      : Math.log((1 - (3 - (15 - 105 / square) / square) / square) / square);
  return logNormalDensity(z) + rest;
}

/** d logImprovement / dz = Phi(z) / (phi(z) + z Phi(z)). */
export function logImprovementSlope(z: number): number {
  return Math.exp(logNormalCdf(z) - logImprovement(z));
}

/** ln E max(best - f, 0) for f normal with this mean and standard deviation (> 0). */
export function logExpectedImprovement(best: number, mean: number, deviation: number): number {
  return logImprovement((best - mean) / deviation) + Math.log(deviation);
}
