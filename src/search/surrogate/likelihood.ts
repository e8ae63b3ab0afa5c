/**
 * How well hyperparameters explain the losses seen: the negative log marginal likelihood of a Gaussian process plus
 * weak priors, with its analytic gradient, and the fit that minimises it (maximum a posteriori).
 * Source: Rasmussen & Williams 2006, eq. 2.30 and 5.9; priors on signal and noise as in Optuna's GPSampler; length-scale
 * prior growing with the square root of the dimension after Hvarfner, Hellsten & Nardi, ICML 2024.
 */
import { factorRows, invertCholesky, logDeterminant, solveCholesky } from "../../numeric/cholesky.ts";
import { lbfgs } from "../../numeric/lbfgs.ts";
import { accumulate, covariances, type Hyperparameters, type Nominal, pairDistances } from "./kernel.ts";

/** What is known of one branch: `n` configurations in the unit cube with standardised losses. */
export interface Evidence {
  readonly n: number;
  readonly nominal: Nominal;
  /** n x d places. */
  readonly x: Float64Array;
  /** Standardised losses. */
  readonly y: Float64Array;
  /** Known noise variance of each loss, in the same units squared; 0 where none is known. */
  readonly known: Float64Array;
}

export const NOISE_FLOOR = 1e-7;
const MEAN_PRECISION = 1; // prior of the constant mean: N(0, 1) in units of the standardised losses
const BOUND = 12; // of the logs of weights and signal: beyond e^12 nothing changes any more

/** The constant mean that balances its prior against the data. */
export function profiledMean(y: Float64Array, inverseOnes: Float64Array): number {
  let top = 0;
  let bottom = MEAN_PRECISION;
  for (let i = 0; i < y.length; i++) {
    top += inverseOnes[i] * y[i];
    bottom += inverseOnes[i];
  }
  return top / bottom;
}

/**
 * Builds the objective: value at log hyperparameters, gradient written out. NaN where the covariance is not positive
 * definite. Cost: about n^3 + d n^2 multiply-adds a call.
 */
export function negativeLogPosterior({
  n,
  nominal,
  x,
  y,
  known,
}: Evidence): (theta: Hyperparameters, gradient: Float64Array) => number {
  const d = nominal.length;
  const pairs = (n * (n - 1)) / 2;
  const distances = pairDistances(x, n, nominal);
  const k = new Float64Array(pairs);
  const mismatch = new Float64Array(pairs);
  const slope = new Float64Array(pairs);
  const matrix = new Float64Array(n * n);
  const ones = new Float64Array(n);
  const alpha = new Float64Array(n);

  return (theta, gradient) => {
    const signal = Math.exp(theta[d]);
    const noise = Math.exp(theta[d + 1]);
    k.fill(0);
    mismatch.fill(0);
    for (let j = 0; j < d; j++) accumulate(nominal[j] === 1 ? mismatch : k, distances, j * pairs, Math.exp(theta[j]));
    covariances(k, mismatch, signal, slope);
    fillLower(matrix, k, n, signal + noise, known);
    if (!factor(matrix, n)) return Number.NaN;
    solveCholesky(matrix, n, ones.fill(1));
    const mean = profiledMean(y, ones);
    for (let i = 0; i < n; i++) alpha[i] = y[i] - mean;
    solveCholesky(matrix, n, alpha);
    let value = 0.5 * logDeterminant(matrix, n) + 0.5 * MEAN_PRECISION * mean * mean;
    for (let i = 0; i < n; i++) value += 0.5 * alpha[i] * (y[i] - mean);

    const inverse = invertCholesky(matrix, n);
    let onDiagonal = 0;
    for (let i = 0; i < n; i++) onDiagonal += 0.5 * (inverse[i * n + i] - alpha[i] * alpha[i]);
    const offDiagonal = residualWeights(inverse, alpha, n, pairs);
    for (let j = 0; j < d; j++)
      gradient[j] =
        Math.exp(theta[j]) *
        (nominal[j] === 1
          ? -tripleDot(offDiagonal, k, distances, j * pairs)
          : tripleDot(offDiagonal, slope, distances, j * pairs));
    gradient[d] = onDiagonal * signal;
    for (let p = 0; p < pairs; p++) gradient[d] += offDiagonal[p] * k[p];
    gradient[d + 1] = onDiagonal * noise;
    return value + addPriors(theta, gradient, nominal);
  };
}

/** d(value)/dK of each pair (both triangles together): the inverse less the outer product of alpha. */
function residualWeights(inverse: Float64Array, alpha: Float64Array, n: number, pairs: number): Float64Array {
  const out = new Float64Array(pairs);
  let p = 0;
  for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) out[p++] = inverse[i * n + j] - alpha[i] * alpha[j];
  return out;
}

function tripleDot(a: Float64Array, b: Float64Array, c: Float64Array, from: number): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p] * b[p] * c[from + p];
  return sum;
}

function fillLower(matrix: Float64Array, k: Float64Array, n: number, diagonal: number, known: Float64Array): void {
  let p = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) matrix[i * n + j] = k[p++];
    matrix[i * n + i] = diagonal + known[i];
  }
}

/** False when the matrix is not positive definite. */
export function factor(matrix: Float64Array, n: number): boolean {
  return factorRows(matrix, n) === n;
}

/** Typical log weight: a length scale of half the cube's diagonal per dimension, or a correlation of e^-1/2 across categories. */
function typicalLogWeight(nominal: Nominal, dimension: number): number {
  return nominal[dimension] === 1 ? Math.log(0.5) : -2 * Math.log(0.5 * Math.sqrt(numericCount(nominal)));
}

function numericCount(nominal: Nominal): number {
  return nominal.reduce((count, flag) => count + (flag === 0 ? 1 : 0), 0);
}

/** Normal priors on log weights; Gamma(2, 1) on the signal and Gamma(1.1, 30) on the noise variance. */
function addPriors(theta: Hyperparameters, gradient: Float64Array, nominal: Nominal): number {
  const d = nominal.length;
  const spread = 2; // of a log weight: a factor e in length scale is one standard deviation
  let value = 0;
  for (let j = 0; j < d; j++) {
    const z = (theta[j] - typicalLogWeight(nominal, j)) / spread;
    value += 0.5 * z * z;
    gradient[j] += z / spread;
  }
  const signal = Math.exp(theta[d]);
  const noise = Math.exp(theta[d + 1]);
  gradient[d] += signal - 1;
  gradient[d + 1] += 30 * noise - 0.1;
  return value + signal - theta[d] + 30 * noise - 0.1 * theta[d + 1];
}

/** Hyperparameters are fitted to at most this many configurations: more make them hardly better, and cost n^3 a step. */
const MOST_FITTED = 128;

/** The most probable hyperparameters, by L-BFGS from typical ones. Deterministic: no earlier fit is needed. */
export function fitHyperparameters(evidence: Evidence): Hyperparameters {
  const { nominal } = evidence;
  const d = nominal.length;
  const objective = negativeLogPosterior(thinned(evidence));
  const lower = new Float64Array(d + 2).fill(-BOUND);
  const upper = new Float64Array(d + 2).fill(BOUND);
  lower[d + 1] = Math.log(NOISE_FLOOR);
  upper[d + 1] = 2;
  const start = Float64Array.from({ length: d + 2 }, (_, j) =>
    j < d ? typicalLogWeight(nominal, j) : j === d ? 0 : Math.log(1e-3),
  );
  return lbfgs(objective, start, { lower, upper, gradientTolerance: 1e-2, valueTolerance: 1e-4, maxIterations: 60 }).x;
}

/** The better half of what is allowed from the best configurations, the rest evenly from the others. */
function thinned(evidence: Evidence): Evidence {
  const { n, nominal, x, y, known } = evidence;
  if (n <= MOST_FITTED) return evidence;
  const order = Array.from(y.keys()).sort((a, b) => y[a] - y[b] || a - b);
  const best = MOST_FITTED / 2;
  const chosen = Array.from(
    { length: MOST_FITTED },
    (_, i) => order[i < best ? i : best + Math.floor(((i - best) * (n - best)) / (MOST_FITTED - best))],
  ).sort((a, b) => a - b);
  const d = nominal.length;
  const rows = new Float64Array(chosen.length * d);
  for (const [row, i] of chosen.entries()) rows.set(x.subarray(i * d, (i + 1) * d), row * d);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(chosen, (i) => values[i]);
  return { n: chosen.length, nominal, x: rows, y: pick(y), known: pick(known) };
}
