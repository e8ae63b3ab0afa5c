import type { Design, Panel, SparseRows } from "./panel.ts";

/** How the columns of a design are laid out. */
type Columns = Pick<Design, "dense" | "indicators" | "sparse">;

/**
 * Writes the margins of a panel's rows for one output: out(i) = coefficients . row i.
 * Four rows share each load of a coefficient.
 *
 * @param coefficients The output's coefficients from `at` on, one a design column, then a 0 for codes that are nowhere.
 * @param out Row i goes to `i * outputs + output`.
 * Cost: rows x (dense + codeWidth + sparse entries) multiply-adds.
 */
export function margins(
  { dense, indicators, sparse }: Columns,
  panel: Panel,
  coefficients: Float64Array,
  at: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  const { rows, codes, codeWidth, codesAt } = panel;
  denseMargins(dense, panel, coefficients, at, out, output, outputs);
  if (codeWidth > 0) addCoded(codes, codesAt, codeWidth, rows, coefficients, at, out, output, outputs);
  if (sparse !== undefined)
    addSparse(sparse, panel.first, rows, coefficients, at + dense + indicators, out, output, outputs);
}

/** As `margins`, of the dense columns alone. */
export function denseMargins(
  dense: number,
  { rows, numbers, stride, numbersAt }: Panel,
  coefficients: Float64Array,
  at: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  let i = 0;
  let o = output;
  for (; i + 4 <= rows; i += 4, o += 4 * outputs)
    dotFour(numbers, numbersAt + i * stride, stride, dense, coefficients, at, out, o, outputs);
  for (; i < rows; i++, o += outputs) out[o] = dotOne(numbers, numbersAt + i * stride, dense, coefficients, at);
}

function dotFour(
  x: Float64Array,
  row: number,
  stride: number,
  dense: number,
  b: Float64Array,
  at: number,
  out: Float64Array,
  o: number,
  outputs: number,
): void {
  const row1 = row + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < dense; j++) {
    const v = b[at + j];
    s0 += x[row + j] * v;
    s1 += x[row1 + j] * v;
    s2 += x[row2 + j] * v;
    s3 += x[row3 + j] * v;
  }
  out[o] = s0;
  out[o + outputs] = s1;
  out[o + 2 * outputs] = s2;
  out[o + 3 * outputs] = s3;
}

function dotOne(x: Float64Array, row: number, dense: number, b: Float64Array, at: number): number {
  let sum = 0;
  for (let j = 0; j < dense; j++) sum += x[row + j] * b[at + j];
  return sum;
}

function addCoded(
  codes: Int32Array,
  codesAt: number,
  codeWidth: number,
  rows: number,
  b: Float64Array,
  at: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  let c = codesAt;
  for (let i = 0, o = output; i < rows; i++, o += outputs) {
    let sum = out[o];
    for (const end = c + codeWidth; c < end; c++) sum += b[at + codes[c]];
    out[o] = sum;
  }
}

function addSparse(
  sparse: SparseRows,
  first: number,
  rows: number,
  b: Float64Array,
  at: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  const { starts, columns, values } = sparse;
  for (let i = 0, o = output; i < rows; i++, o += outputs) {
    let sum = out[o];
    const end = starts[first + i + 1];
    for (let e = starts[first + i]; e < end; e++) sum += values[e] * b[at + columns[e]];
    out[o] = sum;
  }
}

/**
 * Adds a panel's share of the gradient for one output: gradient(j) += sum over rows of slope(i) x(i, j).
 *
 * @param slopes Row i's slope at `i * outputs + output`.
 * @param gradient The output's entries from `at` on; the one after the last column gathers what codes put nowhere.
 * Cost: as `margins`.
 */
export function addGradient(
  { dense, indicators, sparse }: Columns,
  panel: Panel,
  slopes: Float64Array,
  output: number,
  outputs: number,
  gradient: Float64Array,
  at: number,
): void {
  const { rows, codes, codeWidth, codesAt } = panel;
  addDenseGradient(dense, panel, slopes, output, outputs, gradient, at);
  if (codeWidth > 0) addToCoded(codes, codesAt, codeWidth, rows, slopes, output, outputs, gradient, at);
  if (sparse !== undefined)
    addToSparse(sparse, panel.first, rows, slopes, output, outputs, gradient, at + dense + indicators);
}

/** As `addGradient`, of the dense columns alone. */
export function addDenseGradient(
  dense: number,
  { rows, numbers, stride, numbersAt }: Panel,
  slopes: Float64Array,
  output: number,
  outputs: number,
  gradient: Float64Array,
  at: number,
): void {
  let i = 0;
  let o = output;
  for (; i + 4 <= rows; i += 4, o += 4 * outputs)
    addFourRows(numbers, numbersAt + i * stride, stride, dense, slopes, o, outputs, gradient, at);
  for (; i < rows; i++, o += outputs) addOneRow(numbers, numbersAt + i * stride, dense, slopes[o], gradient, at);
}

function addFourRows(
  x: Float64Array,
  row: number,
  stride: number,
  dense: number,
  slopes: Float64Array,
  o: number,
  outputs: number,
  gradient: Float64Array,
  at: number,
): void {
  const row1 = row + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  const s0 = slopes[o];
  const s1 = slopes[o + outputs];
  const s2 = slopes[o + 2 * outputs];
  const s3 = slopes[o + 3 * outputs];
  for (let j = 0; j < dense; j++)
    gradient[at + j] += s0 * x[row + j] + s1 * x[row1 + j] + s2 * x[row2 + j] + s3 * x[row3 + j];
}

function addOneRow(
  x: Float64Array,
  row: number,
  dense: number,
  slope: number,
  gradient: Float64Array,
  at: number,
): void {
  for (let j = 0; j < dense; j++) gradient[at + j] += slope * x[row + j];
}

function addToCoded(
  codes: Int32Array,
  codesAt: number,
  codeWidth: number,
  rows: number,
  slopes: Float64Array,
  output: number,
  outputs: number,
  gradient: Float64Array,
  at: number,
): void {
  let c = codesAt;
  for (let i = 0, o = output; i < rows; i++, o += outputs) {
    const slope = slopes[o];
    for (const end = c + codeWidth; c < end; c++) gradient[at + codes[c]] += slope;
  }
}

function addToSparse(
  sparse: SparseRows,
  first: number,
  rows: number,
  slopes: Float64Array,
  output: number,
  outputs: number,
  gradient: Float64Array,
  at: number,
): void {
  const { starts, columns, values } = sparse;
  for (let i = 0, o = output; i < rows; i++, o += outputs) {
    const slope = slopes[o];
    const end = starts[first + i + 1];
    for (let e = starts[first + i]; e < end; e++) gradient[at + columns[e]] += slope * values[e];
  }
}
