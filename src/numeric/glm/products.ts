import type { Panel, SparseColumns } from "./panel.ts";

/**
 * Adds the weighted products of all dense and indicator columns over a panel's rows to a running sum:
 * sums(j, k) += sum over rows of weight x_j x_k, lower triangle (k <= j), row-major with row length `width`.
 *
 * @param width Columns of `sums`; codes of `width` or more are nowhere.
 * @param weights By place in the panel; absent: all 1.
 * @param scratch At least rows x stride numbers; holds the weighted rows.
 * @param sparse The design's sparse columns, its last; absent: they are not read, and `width` counts the others alone.
 * Cost: rows x (dense^2 / 2 + held dense + held^2 / 2) multiply-adds, held the codes and sparse entries of a row.
 */
export function addProducts(
  sums: Float64Array,
  width: number,
  dense: number,
  panel: Panel,
  weights: Float64Array | undefined,
  scratch: Float64Array,
  sparse?: SparseColumns,
): void {
  const { rows, numbers, numbersAt, stride, codes, codeWidth, codesAt } = panel;
  let own = numbers;
  let at = numbersAt;
  if (weights !== undefined) {
    scaleRows(scratch, numbers, at, stride, rows, weights);
    own = scratch;
    at = 0;
  }
  for (let j = 0; j < dense; j += 4)
    for (let k = 0; k <= j; k += 4)
      addBlock(sums, width, dense, own, at + j, numbers, numbersAt + k, stride, rows, j, k);
  if (codeWidth === 0 && sparse === undefined) return;
  const held = new Int32Array(codeWidth);
  for (let i = 0; i < rows; i++) {
    const count = heldCodes(codes, codesAt + i * codeWidth, codeWidth, width, held);
    const weight = weights === undefined ? 1 : weights[i];
    addIndicators(sums, width, dense, own, at + i * stride, held, count, weight);
    if (sparse !== undefined)
      addSparse(sums, width, dense, own, at + i * stride, held, count, sparse, panel.first + i, weight);
  }
}

function scaleRows(
  out: Float64Array,
  numbers: Float64Array,
  at: number,
  stride: number,
  rows: number,
  weights: Float64Array,
): void {
  let o = 0;
  for (let i = 0; i < rows; i++) {
    const weight = weights[i];
    for (const end = o + stride; o < end; o += 4) {
      out[o] = weight * numbers[at + o];
      out[o + 1] = weight * numbers[at + o + 1];
      out[o + 2] = weight * numbers[at + o + 2];
      out[o + 3] = weight * numbers[at + o + 3];
    }
  }
}

/** A 4 x 4 block of products of x's columns with y's: sixteen sums in registers for eight loads a row. */
function addBlock(
  sums: Float64Array,
  width: number,
  dense: number,
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
  stride: number,
  rows: number,
  j: number,
  k: number,
): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  let a = xAt;
  let b = yAt;
  for (let i = 0; i < rows; i++) {
    const a0 = x[a];
    const a1 = x[a + 1];
    const a2 = x[a + 2];
    const a3 = x[a + 3];
    const b0 = y[b];
    const b1 = y[b + 1];
    const b2 = y[b + 2];
    const b3 = y[b + 3];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
    a += stride;
    b += stride;
  }
  addRow(sums, j * width, dense - j, k, j - k, s00, s01, s02, s03);
  addRow(sums, (j + 1) * width, dense - j - 1, k, j + 1 - k, s10, s11, s12, s13);
  addRow(sums, (j + 2) * width, dense - j - 2, k, j + 2 - k, s20, s21, s22, s23);
  addRow(sums, (j + 3) * width, dense - j - 3, k, j + 3 - k, s30, s31, s32, s33);
}

/** Writes what of a block row lies in the matrix (`left` rows are left) and not above the diagonal (`reach` columns on). */
function addRow(
  sums: Float64Array,
  row: number,
  left: number,
  k: number,
  reach: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  if (left <= 0) return;
  sums[row + k] += s0;
  if (reach >= 1) sums[row + k + 1] += s1;
  if (reach >= 2) sums[row + k + 2] += s2;
  if (reach >= 3) sums[row + k + 3] += s3;
}

/** Collects the codes of a row that are somewhere; returns how many. */
function heldCodes(codes: Int32Array, at: number, codeWidth: number, nowhere: number, held: Int32Array): number {
  let count = 0;
  for (let c = at; c < at + codeWidth; c++) if (codes[c] < nowhere) held[count++] = codes[c];
  return count;
}

/** Products of a row's indicators with its (weighted) numbers and with one another. */
function addIndicators(
  sums: Float64Array,
  width: number,
  dense: number,
  numbers: Float64Array,
  at: number,
  held: Int32Array,
  count: number,
  weight: number,
): void {
  for (let a = 0; a < count; a++) {
    const row = held[a] * width;
    for (let j = 0; j < dense; j++) sums[row + j] += numbers[at + j];
    for (let b = 0; b <= a; b++) sums[row + held[b]] += weight;
  }
}

/** Products of a row's sparse entries with its (weighted) numbers, with its indicators and with one another. */
function addSparse(
  sums: Float64Array,
  width: number,
  dense: number,
  numbers: Float64Array,
  at: number,
  held: Int32Array,
  count: number,
  { rows: { starts, columns, values }, first }: SparseColumns,
  place: number,
  weight: number,
): void {
  const from = starts[place];
  for (let e = from; e < starts[place + 1]; e++) {
    const value = values[e];
    const row = (first + columns[e]) * width;
    for (let j = 0; j < dense; j++) sums[row + j] += value * numbers[at + j];
    const weighted = weight * value;
    for (let b = 0; b < count; b++) sums[row + held[b]] += weighted;
    for (let f = from; f <= e; f++) sums[row + first + columns[f]] += weighted * values[f];
  }
}
