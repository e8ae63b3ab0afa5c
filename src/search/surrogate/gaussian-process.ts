/** A Gaussian process over one branch: posterior mean and variance of the true loss anywhere in the unit cube. */
import { factorRow, solveCholesky, solveLower, solveUpper } from "../../numeric/cholesky.ts";
import { addCrossGradient, crossCovariances, type Hyperparameters, type Nominal } from "./kernel.ts";
import { type Evidence, factor, fitHyperparameters, NOISE_FLOOR, profiledMean } from "./likelihood.ts";

export interface Posterior {
  readonly mean: number;
  /** Of the noise-free loss. */
  readonly variance: number;
}

export interface GaussianProcess {
  readonly evidence: Evidence;
  readonly hyperparameters: Hyperparameters;
  /** Posterior at a place of the cube. Cost: O(n d + n^2 / 2). */
  at(place: Float64Array): Posterior;
  /** The same, and its derivatives by the numeric coordinates (0 for nominal ones). Cost: O(n d + n^2). */
  withGradient(place: Float64Array, meanGradient: Float64Array, varianceGradient: Float64Array): Posterior;
  /** Posterior means at the configurations it was made from, in order. */
  means(): Float64Array;
}

/** The hyperparameters, or the data, gave a covariance that could not be factored. */
export class UnfittableError extends Error {
  override readonly name = "UnfittableError";
}

/**
 * Fits hyperparameters and conditions on the evidence.
 *
 * @param believed Places (m x d) that are being evaluated: each in turn is given the posterior mean as if it had been
 *   seen there (kriging believer), so that variance falls around it. Hyperparameters are fitted without them.
 * @throws UnfittableError when no noise up to 1 makes the covariance positive definite.
 * Cost: about 40 n^3 for the fit.
 */
export function gaussianProcess(
  evidence: Evidence,
  believed: Float64Array = new Float64Array(0),
  hyperparameters: Hyperparameters = fitHyperparameters(evidence),
): GaussianProcess {
  const { nominal } = evidence;
  const d = nominal.length;
  const extra = d === 0 ? 0 : believed.length / d;
  const grown = condition(evidence, hyperparameters, extra);
  for (let e = 0; e < extra; e++) believe(grown, believed.subarray(e * d, (e + 1) * d));
  return predictor(evidence, hyperparameters, grown, nominal);
}

/** A factored covariance with room to grow. */
interface Conditioned {
  n: number;
  readonly stride: number;
  readonly x: Float64Array;
  readonly factor: Float64Array;
  readonly y: Float64Array;
  readonly mean: number;
  /** K^-1 (y - mean) */
  alpha: Float64Array;
  readonly weights: Float64Array;
  readonly signal: number;
  readonly nominal: Nominal;
}

function condition(evidence: Evidence, theta: Hyperparameters, extra: number): Conditioned {
  const { n, nominal, known } = evidence;
  const d = nominal.length;
  const stride = n + extra;
  const weights = theta.slice(0, d).map(Math.exp);
  const signal = Math.exp(theta[d]);
  const x = new Float64Array(stride * d);
  x.set(evidence.x);
  const y = new Float64Array(stride);
  y.set(evidence.y);
  const row = new Float64Array(n);
  for (let noise = Math.exp(theta[d + 1]); noise <= 1; noise *= 10) {
    const square = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      crossCovariances(row, x.subarray(i * d, (i + 1) * d), x, i, weights, nominal, signal);
      square.set(row.subarray(0, i), i * n);
      square[i * n + i] = signal + noise + known[i];
    }
    if (!factor(square, n)) continue;
    const ones = solveCholesky(square, n, new Float64Array(n).fill(1));
    const mean = profiledMean(evidence.y, ones);
    const alpha = solveCholesky(
      square,
      n,
      evidence.y.map((value) => value - mean),
    );
    const wide = new Float64Array(stride * stride);
    for (let i = 0; i < n; i++) wide.set(square.subarray(i * n, i * n + i + 1), i * stride);
    return { n, stride, x, factor: wide, y, mean, alpha, weights, signal, nominal };
  }
  throw new UnfittableError(`gaussianProcess: no noise makes the covariance of ${n} configurations positive definite`);
}

/** Adds a place with its own posterior mean as the loss. A place that cannot be told from one already there adds nothing. */
function believe(g: Conditioned, place: Float64Array): void {
  const d = g.nominal.length;
  const cross = new Float64Array(g.n);
  crossCovariances(cross, place, g.x, g.n, g.weights, g.nominal, g.signal);
  g.x.set(place, g.n * d);
  g.y[g.n] = g.mean + dot(cross, g.alpha, g.n);
  g.factor.set(cross, g.n * g.stride);
  g.factor[g.n * g.stride + g.n] = g.signal + NOISE_FLOOR;
  if (!factorRow(g.factor, g.n, g.stride)) return;
  g.n++;
  const centred = g.y.subarray(0, g.n).map((value) => value - g.mean);
  g.alpha = solveCholesky(g.factor, g.n, centred, g.stride);
}

function predictor(
  evidence: Evidence,
  hyperparameters: Hyperparameters,
  g: Conditioned,
  nominal: Nominal,
): GaussianProcess {
  const { n, stride, x, weights, signal } = g;
  const cross = new Float64Array(n);
  const solved = new Float64Array(n);
  const at = (place: Float64Array): Posterior => {
    crossCovariances(cross, place, x, n, weights, nominal, signal);
    solved.set(cross);
    solveLower(g.factor, n, solved, stride);
    return {
      mean: g.mean + dot(cross, g.alpha, n),
      variance: Math.max(signal - dot(solved, solved, n), 1e-12 * signal),
    };
  };
  return {
    evidence,
    hyperparameters,
    at,
    withGradient(place, meanGradient, varianceGradient) {
      const posterior = at(place); // leaves L^-1 k in `solved`
      solveUpper(g.factor, n, solved, stride);
      for (let i = 0; i < n; i++) solved[i] *= -2;
      addCrossGradient(meanGradient.fill(0), g.alpha, place, x, n, weights, nominal, signal);
      addCrossGradient(varianceGradient.fill(0), solved, place, x, n, weights, nominal, signal);
      return posterior;
    },
    means() {
      const d = nominal.length;
      return Float64Array.from({ length: evidence.n }, (_, i) => at(x.subarray(i * d, (i + 1) * d)).mean);
    },
  };
}

function dot(a: Float64Array, b: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}
