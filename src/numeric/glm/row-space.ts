import { pivotedCholesky } from "../minimum-norm.ts";
import type { Design, Panel, SparseRows } from "./panel.ts";
import { addGradient } from "./row-pass.ts";

/** A design's rows in as few coordinates as there are rows. */
export interface RowSpace {
  /** Coordinate c of row i at `columns[c][i]`; their inner products are those of the design's rows. */
  readonly columns: readonly Float64Array[];
  /**
   * Turns coefficients of the coordinates into the design's (the intercept's place first, 0): the same margins, and the
   * same sum of squares.
   */
  readonly lift: (coefficients: Float64Array) => Float64Array;
}

/**
 * More columns than rows: a model whose penalty is a sum of squares lies in the space that the rows span, so it can be
 * fitted on a square root Z of the matrix of row products, X X' = Z Z' (ones left out), and lifted back. Exact.
 *
 * Cost: rows^2 x columns / 2 for the products (of a sparse column: its entries^2 / 2), rows^3 / 3 for the root.
 * Source: Hastie & Tibshirani, "Efficient quadratic regularization for expression arrays", Biostatistics 5, 2004.
 */
export function rowSpace(design: Design): RowSpace {
  const { rows } = design;
  const root = rowProducts(design);
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  let largest = 0;
  for (let i = 0; i < rows; i++) largest = Math.max(largest, root[i * (rows + 1)]);
  const rank = pivotedCholesky(root, rows, order, 1e-13 * largest);
  const columns = Array.from({ length: rank }, (_, c) => {
    const column = new Float64Array(rows);
    for (let i = c; i < rows; i++) column[order[i]] = root[i * rows + c];
    return column;
  });
  return { columns, lift: (coefficients) => lifted(design, root, order, coefficients) };
}

/** b = X'a, where a is zero but for the pivot rows, on which L'a = coefficients. */
function lifted(design: Design, root: Float64Array, order: Int32Array, coefficients: Float64Array): Float64Array {
  const { rows, width } = design;
  const shares = coefficients.slice();
  for (let c = shares.length - 1; c >= 0; c--) {
    shares[c] /= root[c * (rows + 1)];
    for (let k = 0; k < c; k++) shares[k] -= root[c * rows + k] * shares[c];
  }
  const byRow = new Float64Array(rows);
  for (let c = 0; c < shares.length; c++) byRow[order[c]] = shares[c];
  const out = new Float64Array(width + 1);
  for (let p = 0; p < design.panels; p++) {
    const panel = design.panel(p);
    addGradient(design, panel, byRow.subarray(panel.first, panel.first + panel.rows), 0, 1, out, 0);
  }
  out[0] = 0;
  return out.subarray(0, width);
}

/** X X', lower triangle, over all columns but the ones. */
function rowProducts(design: Design): Float64Array {
  const { rows } = design;
  const out = new Float64Array(rows * rows);
  const again = design.take(Int32Array.from({ length: rows }, (_, i) => i)); // buffers of its own
  for (let p = 0; p < design.panels; p++) {
    const own = design.panel(p);
    for (let q = 0; q <= p; q++) addPanelProducts(out, design, own, again.panel(q));
  }
  if (design.sparse !== undefined) addSparseProducts(out, design.sparse, design.width);
  return out;
}

/**
 * Adds the products of sparse rows to the lower triangle: a row meets those before it by the columns they share, as most
 * columns are held by few.
 */
function addSparseProducts(out: Float64Array, { starts, columns, values }: SparseRows, width: number): void {
  const rows = starts.length - 1;
  const ends = new Int32Array(width + 1); // first the counts by column, then where the next entry of each goes
  for (const column of columns) ends[column + 1]++;
  for (let j = 0; j < width; j++) ends[j + 1] += ends[j];
  const firsts = ends.slice();
  const owners = new Int32Array(columns.length);
  const held = new Float64Array(columns.length);
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    sums.fill(0, 0, i + 1);
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const column = columns[e];
      const value = values[e];
      const end = ends[column]++;
      owners[end] = i;
      held[end] = value;
      for (let o = firsts[column]; o <= end; o++) sums[owners[o]] += held[o] * value;
    }
    for (let k = 0; k <= i; k++) out[i * rows + k] += sums[k];
  }
}

/** Fills the products of one panel's rows with another's; entries above the diagonal may be written too. */
function addPanelProducts(out: Float64Array, { rows, dense, width }: Design, a: Panel, b: Panel): void {
  const blocked = (count: number): number => count & ~3;
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < b.rows; k++) {
      const place = (a.first + i) * rows + b.first + k;
      const at = a.numbersAt + i * a.stride;
      const other = b.numbersAt + k * b.stride;
      if (i >= blocked(a.rows) || k >= blocked(b.rows)) out[place] = dotRows(a.numbers, at, b.numbers, other, dense);
      else if (i % 4 === 0 && k % 4 === 0)
        dotBlock(out, place, rows, a.numbers, at, a.stride, b.numbers, other, b.stride, dense);
    }
  if (a.codeWidth === 0) return;
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < b.rows; k++)
      out[(a.first + i) * rows + b.first + k] += sharedCodes(
        a,
        a.codesAt + i * a.codeWidth,
        b,
        b.codesAt + k * b.codeWidth,
        width,
      );
}

/** Four rows by four rows, two at a time: eight sums in registers for six loads. The ones are skipped throughout. */
function dotBlock(
  out: Float64Array,
  place: number,
  outStride: number,
  x: Float64Array,
  at: number,
  stride: number,
  y: Float64Array,
  other: number,
  otherStride: number,
  count: number,
): void {
  for (let r = 0; r < 4; r += 2) {
    const x0 = at + r * stride;
    const x1 = x0 + stride;
    let s00 = 0;
    let s01 = 0;
    let s02 = 0;
    let s03 = 0;
    let s10 = 0;
    let s11 = 0;
    let s12 = 0;
    let s13 = 0;
    for (let j = 1, o = other + 1; j < count; j++, o++) {
      const a = x[x0 + j];
      const b = x[x1 + j];
      const c0 = y[o];
      const c1 = y[o + otherStride];
      const c2 = y[o + 2 * otherStride];
      const c3 = y[o + 3 * otherStride];
      s00 += a * c0;
      s01 += a * c1;
      s02 += a * c2;
      s03 += a * c3;
      s10 += b * c0;
      s11 += b * c1;
      s12 += b * c2;
      s13 += b * c3;
    }
    const row = place + r * outStride;
    out[row] = s00;
    out[row + 1] = s01;
    out[row + 2] = s02;
    out[row + 3] = s03;
    out[row + outStride] = s10;
    out[row + outStride + 1] = s11;
    out[row + outStride + 2] = s12;
    out[row + outStride + 3] = s13;
  }
}

/** Four sums side by side, so that one addition need not wait for another. */
function dotRows(x: Float64Array, at: number, y: Float64Array, other: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 1;
  for (; j + 4 <= count; j += 4) {
    s0 += x[at + j] * y[other + j];
    s1 += x[at + j + 1] * y[other + j + 1];
    s2 += x[at + j + 2] * y[other + j + 2];
    s3 += x[at + j + 3] * y[other + j + 3];
  }
  for (; j < count; j++) s0 += x[at + j] * y[other + j];
  return s0 + s1 + (s2 + s3);
}

function sharedCodes(a: Panel, at: number, b: Panel, other: number, nowhere: number): number {
  let shared = 0;
  for (let c = 0; c < a.codeWidth; c++)
    if (a.codes[at + c] === b.codes[other + c] && a.codes[at + c] < nowhere) shared++;
  return shared;
}
