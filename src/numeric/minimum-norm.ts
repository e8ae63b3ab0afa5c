import { choleskyInPlace, solveCholesky, solveUpper } from "./cholesky.ts";

/** The least squares solution of a symmetric positive semidefinite system. */
export interface MinimumNorm {
  /** Independent columns found. */
  readonly rank: number;
  readonly x: Float64Array;
  /** Diagonal of the pseudo-inverse: with the error variance, the variances of x. */
  readonly inverseDiagonal: () => Float64Array;
}

/**
 * Solves A x = b where A = X'X may be singular (b in its range): of all solutions the one with the smallest sum of
 * squares, which is the limit of ridge regression as its penalty goes to 0 and does not depend on column order.
 *
 * Pivoted Cholesky finds a largest set of independent columns and a basic solution; what that has in the null space is
 * then projected away. A column counts as dependent when the others explain all but `tolerance` of its sum of squares.
 *
 * @param a Symmetric n x n, row-major, lower triangle filled; left alone.
 * Cost: n^3 / 3 multiply-adds, and n x (n - rank)^2 more.
 * Source: Golub & Van Loan, Matrix Computations, 4th ed., sections 4.2.8 and 5.5.
 */
export function minimumNorm(a: Float64Array, n: number, b: Float64Array, tolerance: number = 1e-11): MinimumNorm {
  const scales = Float64Array.from({ length: n }, (_, i) => Math.sqrt(Math.max(a[i * (n + 1)], 0)) || 1);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l[i * n + j] = a[i * n + j] / (scales[i] * scales[j]);
  const rank = pivotedCholesky(l, n, order, tolerance);
  const basis = nullSpace(l, n, rank, order, scales);
  const x = basicSolution(l, n, rank, order, scales, b);
  project(basis, x);
  return { rank, x, inverseDiagonal: () => inverseDiagonal(l, n, rank, order, scales, basis) };
}

/**
 * Factors P A P' in place (lower triangle), largest remaining diagonal first, until none exceeds the tolerance;
 * `order[i]` becomes the column in place i. Returns the rank.
 */
export function pivotedCholesky(l: Float64Array, n: number, order: Int32Array, tolerance: number): number {
  const column = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (l[i * (n + 1)] > l[best * (n + 1)]) best = i;
    if (!(l[best * (n + 1)] > tolerance)) return k;
    if (best !== k) swap(l, n, k, best, order);
    const pivot = Math.sqrt(l[k * (n + 1)]);
    l[k * (n + 1)] = pivot;
    for (let i = k + 1; i < n; i++) column[i] = l[i * n + k] /= pivot;
    for (let i = k + 1; i < n; i++) subtractOuter(l, i * n, k + 1, i, column);
  }
  return n;
}

function subtractOuter(l: Float64Array, row: number, from: number, i: number, column: Float64Array): void {
  const times = column[i];
  if (times !== 0) for (let j = from; j <= i; j++) l[row + j] -= times * column[j];
}

/** Exchanges rows and columns p < q of a matrix of which only the lower triangle is kept. */
function swap(l: Float64Array, n: number, p: number, q: number, order: Int32Array): void {
  const exchange = (i: number, j: number): void => {
    const held = l[i];
    l[i] = l[j];
    l[j] = held;
  };
  for (let j = 0; j < p; j++) exchange(p * n + j, q * n + j);
  for (let i = p + 1; i < q; i++) exchange(i * n + p, q * n + i);
  for (let i = q + 1; i < n; i++) exchange(i * n + p, i * n + q);
  exchange(p * (n + 1), q * (n + 1));
  const held = order[p];
  order[p] = order[q];
  order[q] = held;
}

/** A basis of the null space of A, one vector a dependent column, and the Cholesky factor of their inner products. */
interface NullSpace {
  readonly vectors: readonly Float64Array[];
  readonly factor: Float64Array;
}

function nullSpace(l: Float64Array, n: number, rank: number, order: Int32Array, scales: Float64Array): NullSpace {
  const vectors: Float64Array[] = [];
  for (let d = rank; d < n; d++) {
    const head = Float64Array.from({ length: rank }, (_, j) => -l[d * n + j]); // -L21' column, then solved by L11'
    solveUpper(l, rank, head, n);
    const vector = new Float64Array(n);
    for (let j = 0; j < rank; j++) vector[order[j]] = head[j] / scales[order[j]];
    vector[order[d]] = 1 / scales[order[d]];
    vectors.push(vector);
  }
  const size = vectors.length;
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) factor[i * size + j] = dot(vectors[i], vectors[j]);
  return { vectors, factor: choleskyInPlace(factor, size) };
}

/** The solution that uses the independent columns only. */
function basicSolution(
  l: Float64Array,
  n: number,
  rank: number,
  order: Int32Array,
  scales: Float64Array,
  b: Float64Array,
): Float64Array {
  const head = Float64Array.from({ length: rank }, (_, j) => b[order[j]] / scales[order[j]]);
  solveCholesky(l, rank, head, n);
  const x = new Float64Array(n);
  for (let j = 0; j < rank; j++) x[order[j]] = head[j] / scales[order[j]];
  return x;
}

/** Takes the null space out of x, in place. */
function project({ vectors, factor }: NullSpace, x: Float64Array): void {
  if (vectors.length === 0) return;
  const shares = Float64Array.from(vectors, (vector) => dot(vector, x));
  solveCholesky(factor, vectors.length, shares);
  for (const [i, vector] of vectors.entries()) for (let j = 0; j < x.length; j++) x[j] -= shares[i] * vector[j];
}

function inverseDiagonal(
  l: Float64Array,
  n: number,
  rank: number,
  order: Int32Array,
  scales: Float64Array,
  basis: NullSpace,
): Float64Array {
  const out = new Float64Array(n);
  for (let c = 0; c < rank; c++) {
    const head = new Float64Array(c + 1); // nothing stands below
    head[c] = 1;
    solveUpper(l, c + 1, head, n); // column c of L11'^-1: the basic inverse is the sum of their outer products
    const column = new Float64Array(n);
    for (let j = 0; j <= c; j++) column[order[j]] = head[j] / scales[order[j]];
    project(basis, column);
    for (let j = 0; j < n; j++) out[j] += column[j] * column[j];
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
