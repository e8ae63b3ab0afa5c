/**
 * Cholesky factors of symmetric positive definite matrices: A = L L', L lower triangular.
 *
 * Matrices are row-major `Float64Array`s; element (i, j) is at `i * stride + j`, and `stride` (default n) may exceed n
 * so that a factor can grow in place. Only the lower triangle is read or written. Every solve works in place on its
 * right-hand side. Source: Golub & Van Loan, Matrix Computations, 4th ed., section 4.2.
 */

/** A pivot was not above its tolerance: the matrix is not (numerically) positive definite. */
export class NotPositiveDefinite extends Error {
  override readonly name = "NotPositiveDefinite";
  /** The row (and column) at which the factorisation stopped. */
  readonly row: number;
  /** What was left of the diagonal there. */
  readonly pivot: number;
  constructor(where: string, row: number, pivot: number) {
    super(`${where}: the matrix is not positive definite, pivot ${pivot} at row ${row}`);
    this.row = row;
    this.pivot = pivot;
  }
}

/**
 * Replaces the lower triangle of A by its Cholesky factor L and returns the same array.
 *
 * @param a Symmetric n x n, lower triangle filled.
 * @param tolerance A pivot must exceed `tolerance` times its own diagonal entry: 0 asks for positive definite only;
 *   about 1e-10 also refuses nearly collinear columns.
 * @throws NotPositiveDefinite at the first pivot that is not; rows from there on are then partly overwritten.
 * Cost: n^3 / 3 multiply-adds.
 */
export function choleskyInPlace(a: Float64Array, n: number, stride: number = n, tolerance: number = 0): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * stride;
    const diagonal = a[row + i];
    for (let j = 0; j < i; j++) a[row + j] = (a[row + j] - dot(a, row, j * stride, j)) / a[j * stride + j];
    const pivot = diagonal - dot(a, row, row, i);
    if (!(pivot > tolerance * diagonal && pivot > 0)) throw new NotPositiveDefinite("cholesky", i, pivot);
    a[row + i] = Math.sqrt(pivot);
  }
  return a;
}

/** The factor of A in an array of its own (n x n, upper triangle zero); A is left alone. See `choleskyInPlace`. */
export function cholesky(a: Float64Array, n: number, stride: number = n, tolerance: number = 0): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) factor[i * n + j] = a[i * stride + j];
  return choleskyInPlace(factor, n, n, tolerance);
}

/**
 * Adds one row and column to the matrix behind a factor: row n of `l` holds the new matrix row (n cross terms, then
 * the new diagonal) on entry and the new factor row on return.
 *
 * @param stride At least n + 1.
 * @throws NotPositiveDefinite when the grown matrix is not; row n then holds solved cross terms and the old diagonal.
 * Cost: n^2 / 2 multiply-adds, against n^3 / 3 for factoring afresh.
 */
export function extendCholesky(l: Float64Array, n: number, stride: number): void {
  const row = n * stride;
  for (let j = 0; j < n; j++) l[row + j] = (l[row + j] - dot(l, row, j * stride, j)) / l[j * stride + j];
  const pivot = l[row + n] - dot(l, row, row, n);
  if (!(pivot > 0)) throw new NotPositiveDefinite("extendCholesky", n, pivot);
  l[row + n] = Math.sqrt(pivot);
}

/** Solves L x = b in place. Cost: n^2 / 2. */
export function solveLower(l: Float64Array, n: number, b: Float64Array, stride: number = n): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * stride;
    let sum = b[i];
    for (let j = 0; j < i; j++) sum -= l[row + j] * b[j];
    b[i] = sum / l[row + i];
  }
  return b;
}

/** Solves L' x = b in place. Cost: n^2 / 2. */
export function solveUpper(l: Float64Array, n: number, b: Float64Array, stride: number = n): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    const row = i * stride;
    const x = (b[i] /= l[row + i]);
    for (let j = 0; j < i; j++) b[j] -= l[row + j] * x; // by rows of L, so that memory is read in order
  }
  return b;
}

/** Solves A x = b in place from the factor of A. Cost: n^2. */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array, stride: number = n): Float64Array {
  return solveUpper(l, n, solveLower(l, n, b, stride), stride);
}

/** ln |A| from the factor of A. */
export function logDeterminant(l: Float64Array, n: number, stride: number = n): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(l[i * stride + i]);
  return 2 * sum;
}

/**
 * The inverse of A from its factor, n x n with both triangles filled.
 * Cost: 2 n^3 / 3 multiply-adds; prefer `solveCholesky` where a few right-hand sides are enough.
 */
export function invertCholesky(l: Float64Array, n: number, stride: number = n): Float64Array {
  const upper = transposedInverse(l, n, stride);
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = dotFrom(upper, i * n, j * n, i, n); // (L'^-1 L^-1)(i, j): rows of L'^-1 start at their diagonal
      inverse[i * n + j] = value;
      inverse[j * n + i] = value;
    }
  return inverse;
}

/** The transpose of L^-1, so that its rows are columns of L^-1. */
function transposedInverse(l: Float64Array, n: number, stride: number): Float64Array {
  const upper = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const row = j * n;
    upper[row + j] = 1 / l[j * stride + j];
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += l[i * stride + k] * upper[row + k];
      upper[row + i] = -sum / l[i * stride + i];
    }
  }
  return upper;
}

/** Inner product of `length` entries from two offsets of the same array. */
function dot(a: Float64Array, first: number, second: number, length: number): number {
  return dotFrom(a, first, second, 0, length);
}

function dotFrom(a: Float64Array, first: number, second: number, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += a[first + k] * a[second + k];
  return sum;
}
