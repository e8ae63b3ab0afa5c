import { factorRows, solveCholesky } from "./cholesky.ts";

/** A reduction to tridiagonal form costs as much as so many Cholesky factors, memory being read more often. */
const FEW = 4;

/**
 * Solves (A + penalty I) x = b. For many penalties at the price of one factorisation: A is reduced once to tridiagonal
 * form by Householder reflections, and each penalty then costs two passes over them. Few have a Cholesky factor each.
 *
 * @param a Symmetric n x n, row-major, lower triangle filled; left alone. A + penalty I must be positive definite.
 * @param expected How many penalties will be asked for, about.
 * @returns What gives the solution at a penalty, each > 0 (see `minimumNorm` for 0).
 * Cost: 2 n^3 / 3 multiply-adds, then 2 n^2 a penalty; n^3 / 6 a penalty where up to four are expected.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., section 8.3.1; Elden, "Algorithms for the regularization of
 * ill-conditioned least squares problems", BIT 17, 1977.
 */
export function ridgeSolver(
  a: Float64Array,
  n: number,
  b: Float64Array,
  expected: number,
): (penalty: number) => Float64Array {
  let reduced: ((penalty: number) => Float64Array) | undefined;
  return (penalty) =>
    (expected <= FEW ? solvedAlone(a, n, b, penalty) : undefined) ?? (reduced ??= reducedSolver(a, n, b))(penalty);
}

/** Undefined where rounding leaves a matrix that is not positive definite. */
function solvedAlone(a: Float64Array, n: number, b: Float64Array, penalty: number): Float64Array | undefined {
  const factor = a.slice();
  for (let j = 0; j < n; j++) factor[j * (n + 1)] += penalty;
  return factorRows(factor, n) === n ? solveCholesky(factor, n, b.slice()) : undefined;
}

function reducedSolver(a: Float64Array, n: number, b: Float64Array): (penalty: number) => Float64Array {
  const { diagonal, beside, reflect } = tridiagonal(a, n);
  const turned = reflect(b.slice(), false);
  return (penalty) => reflect(solveTridiagonal(diagonal, beside, penalty, turned.slice()), true);
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Entry i links i and i + 1. */
  readonly beside: Float64Array;
  /** Applies Q' (or, back, Q) in place, where A = Q T Q'. */
  readonly reflect: (x: Float64Array, back: boolean) => Float64Array;
}

function tridiagonal(a: Float64Array, n: number): Tridiagonal {
  const work = a.slice();
  const vectors = new Float64Array(Math.max(0, n - 2) * n); // row k: reflection k, zero up to k
  const scales = new Float64Array(Math.max(0, n - 2));
  const beside = new Float64Array(Math.max(0, n - 1));
  const product = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    const v = vectors.subarray(k * n, (k + 1) * n);
    for (let i = k + 1; i < n; i++) v[i] = work[i * n + k];
    scales[k] = householder(v, k + 1);
    beside[k] = scales[k] === 0 ? work[(k + 1) * n + k] : v[0]; // householder leaves the new entry there
    v[0] = 0;
    if (scales[k] !== 0) reflectBothSides(work, n, k + 1, v, scales[k], product);
  }
  if (n >= 2) beside[n - 2] = work[(n - 1) * n + n - 2];
  const diagonal = Float64Array.from({ length: n }, (_, i) => work[i * (n + 1)]);
  const reflect = (x: Float64Array, back: boolean): Float64Array => {
    const count = scales.length;
    for (let i = 0; i < count; i++) {
      const k = back ? count - 1 - i : i;
      if (scales[k] === 0) continue;
      const v = vectors.subarray(k * n, (k + 1) * n);
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += v[j] * x[j];
      sum *= scales[k];
      for (let j = k + 1; j < n; j++) x[j] -= sum * v[j];
    }
    return x;
  };
  return { diagonal, beside, reflect };
}

/**
 * Turns v[from ..] into the vector of the reflection I - scale v v' that maps it onto its first axis, and returns the
 * scale; 0 when it lies there already. The length it is mapped to is left in v[0] (from > 0).
 */
function householder(v: Float64Array, from: number): number {
  let largest = 0;
  for (let i = from + 1; i < v.length; i++) largest = Math.max(largest, Math.abs(v[i]));
  if (largest === 0) return 0;
  const head = v[from];
  const unit = Math.max(largest, Math.abs(head));
  let squares = 0;
  for (let i = from; i < v.length; i++) {
    v[i] /= unit;
    squares += v[i] * v[i];
  }
  const length = head > 0 ? -Math.sqrt(squares) : Math.sqrt(squares); // the sign that adds, so that no digits cancel
  v[from] -= length;
  v[0] = length * unit;
  return 1 / (squares - (head / unit) * length);
}

/** A := H A H on rows and columns from `from` on, lower triangle, H = I - scale v v'. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  from: number,
  v: Float64Array,
  scale: number,
  product: Float64Array,
): void {
  product.fill(0);
  for (let i = from; i < n; i++) product[i] += lowerTimes(a, i * n, from, i, v, product);
  let overlap = 0;
  for (let i = from; i < n; i++) {
    product[i] *= scale;
    overlap += product[i] * v[i];
  }
  const half = (scale * overlap) / 2;
  for (let i = from; i < n; i++) product[i] -= half * v[i];
  for (let i = from; i < n; i++) subtractRankTwo(a, i * n, from, i, v[i], product[i], v, product);
}

/** Row i of a lower triangle times v, its mirror image added to the products of the columns before i. */
function lowerTimes(a: Float64Array, row: number, from: number, i: number, v: Float64Array, out: Float64Array): number {
  const own = v[i];
  let sum = a[row + i] * own;
  for (let j = from; j < i; j++) {
    const value = a[row + j];
    sum += value * v[j];
    out[j] += value * own;
  }
  return sum;
}

function subtractRankTwo(
  a: Float64Array,
  row: number,
  from: number,
  i: number,
  vi: number,
  wi: number,
  v: Float64Array,
  w: Float64Array,
): void {
  for (let j = from; j <= i; j++) a[row + j] -= vi * w[j] + wi * v[j];
}

/** Solves (T + penalty I) x = b in place by L D L', T symmetric tridiagonal. */
function solveTridiagonal(
  diagonal: Float64Array,
  beside: Float64Array,
  penalty: number,
  b: Float64Array,
): Float64Array {
  const n = b.length;
  const pivots = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    pivots[i] = diagonal[i] + penalty;
    if (i === 0) continue;
    const ratio = beside[i - 1] / pivots[i - 1];
    pivots[i] -= ratio * beside[i - 1];
    b[i] -= ratio * b[i - 1];
  }
  for (let i = n - 1; i >= 0; i--) {
    b[i] /= pivots[i];
    if (i > 0) b[i - 1] -= beside[i - 1] * b[i];
  }
  return b;
}
