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
 * @throws NotPositiveDefinite at the first pivot that is not above 0; rows from there on are then partly overwritten.
 * Cost: n^3 / 6 multiply-adds.
 */
export function choleskyInPlace(a: Float64Array, n: number, stride: number = n): Float64Array {
  const rows = factorRows(a, n, stride);
  if (rows < n) throw new NotPositiveDefinite("cholesky", rows, a[rows * (stride + 1)]);
  return a;
}

/**
 * The same for rows `from` to n, where those before are a factor already, as far as the matrix is positive definite.
 *
 * @param tolerance See `factorRow`. @returns The number of rows factored: n, or the row that could not be.
 * Cost: (n^3 - from^3) / 6 multiply-adds.
 */
export function factorRows(
  a: Float64Array,
  n: number,
  stride: number = n,
  tolerance: number = 0,
  from: number = 0,
): number {
  for (let row = from; row < n; row++) if (!factorRow(a, row, stride, tolerance)) return row;
  return n;
}

/**
 * Adds one row and column to the matrix behind a factor: row `at` of `l` holds the new matrix row (cross terms, then the
 * new diagonal) on entry and the new factor row on return.
 *
 * @param tolerance The pivot must exceed `tolerance` times the diagonal: 0 asks for positive definite only; about 1e-10
 *   also refuses nearly collinear columns.
 * @returns False when it does not; the row then holds solved cross terms and the pivot.
 * Cost: at^2 / 2 multiply-adds.
 */
export function factorRow(l: Float64Array, at: number, stride: number, tolerance: number = 0): boolean {
  const row = at * stride;
  const diagonal = l[row + at];
  let j = 0;
  for (; j + 3 < at; j += 4) solveFour(l, row, j, stride);
  for (; j < at; j++) l[row + j] = (l[row + j] - dot(l, row, j * stride, j)) / l[j * stride + j];
  const pivot = diagonal - dot(l, row, row, at);
  const positive = pivot > tolerance * diagonal && pivot > 0;
  l[row + at] = positive ? Math.sqrt(pivot) : pivot;
  return positive;
}

/** Entries j to j + 3 of a factor's new row, those before them being there: four sums at a time keep the processor busy. */
function solveFour(l: Float64Array, row: number, j: number, stride: number): void {
  const a = j * stride;
  const b = a + stride;
  const c = b + stride;
  const d = c + stride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < j; k++) {
    const x = l[row + k];
    s0 += x * l[a + k];
    s1 += x * l[b + k];
    s2 += x * l[c + k];
    s3 += x * l[d + k];
  }
  const x0 = (l[row + j] - s0) / l[a + j];
  const x1 = (l[row + j + 1] - s1 - x0 * l[b + j]) / l[b + j + 1];
  const x2 = (l[row + j + 2] - s2 - x0 * l[c + j] - x1 * l[c + j + 1]) / l[c + j + 2];
  l[row + j] = x0;
  l[row + j + 1] = x1;
  l[row + j + 2] = x2;
  l[row + j + 3] = (l[row + j + 3] - s3 - x0 * l[d + j] - x1 * l[d + j + 1] - x2 * l[d + j + 2]) / l[d + j + 3];
}

/**
 * Takes row and column `at` out of the matrix behind a factor of n rows: the n - 1 that are left stand in its first rows.
 * The gap is closed by rotations of neighbouring columns, so that nothing is lost.
 * Source: Golub & Van Loan, section 6.5.4. Cost: 2 (n - at)^2 multiply-adds.
 */
export function deleteRow(l: Float64Array, n: number, at: number, stride: number = n): void {
  for (let i = at; i + 1 < n; i++) l.copyWithin(i * stride, (i + 1) * stride, (i + 1) * stride + i + 2);
  for (let k = at; k + 1 < n; k++) {
    const a = l[k * stride + k];
    const b = l[k * stride + k + 1];
    const length = Math.sqrt(a * a + b * b); // above 0: b was on the diagonal
    rotateColumns(l, k, n - 1, stride, a / length, b / length);
  }
}

/** Turns columns k and k + 1 of rows k to n into each other. */
function rotateColumns(l: Float64Array, k: number, n: number, stride: number, cosine: number, sine: number): void {
  for (let at = k * stride + k; at < n * stride; at += stride) {
    const a = l[at];
    const b = l[at + 1];
    l[at] = cosine * a + sine * b;
    l[at + 1] = cosine * b - sine * a;
  }
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
