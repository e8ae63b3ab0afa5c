/**
 * Margins and gradients of several outputs for columns that a row has few of: indicators and sparse columns. Each entry of
 * a row is read once for four outputs, whose numbers stand side by side: column j of output k at `j * fours(outputs) + k`.
 * Sums are those of `margins` and `addGradient`, in the same order.
 */
import type { Design, Panel } from "./panel.ts";

type Columns = Pick<Design, "dense" | "indicators" | "sparse">;

/** Numbers of a column: one an output, padded to whole fours. */
export function fours(outputs: number): number {
  return (outputs + 3) & ~3;
}

/**
 * Adds to the margins of a panel's rows what their indicators and sparse columns say.
 * @param beside Coefficients side by side, 0 for codes that are nowhere.
 * @param out Output k of row i at `i * outputs + k`; three numbers longer than its rows.
 */
export function addMargins(
  { dense, indicators, sparse }: Columns,
  { rows, first, codes, codesAt, codeWidth }: Panel,
  beside: Float64Array,
  out: Float64Array,
  outputs: number,
): void {
  const stride = fours(outputs);
  const base = (dense + indicators) * stride;
  for (let i = 0; i < rows; i++) {
    const from = codesAt + i * codeWidth;
    for (let k = 0; k < outputs; k += 4) {
      const o = i * outputs + k;
      let s0 = out[o];
      let s1 = out[o + 1];
      let s2 = out[o + 2];
      let s3 = out[o + 3];
      for (let c = from; c < from + codeWidth; c++) {
        const at = codes[c] * stride + k;
        s0 += beside[at];
        s1 += beside[at + 1];
        s2 += beside[at + 2];
        s3 += beside[at + 3];
      }
      if (sparse !== undefined) {
        const { columns, values } = sparse;
        const end = sparse.starts[first + i + 1];
        for (let e = sparse.starts[first + i]; e < end; e++) {
          const at = base + columns[e] * stride + k;
          const value = values[e];
          s0 += value * beside[at];
          s1 += value * beside[at + 1];
          s2 += value * beside[at + 2];
          s3 += value * beside[at + 3];
        }
      }
      const left = outputs - k;
      out[o] = s0;
      if (left > 1) out[o + 1] = s1;
      if (left > 2) out[o + 2] = s2;
      if (left > 3) out[o + 3] = s3;
    }
  }
}

/**
 * Adds a panel's share of the gradient, side by side; what stands beyond the last output says nothing.
 * @param slopes As `out` above.
 */
export function addGradients(
  { dense, indicators, sparse }: Columns,
  { rows, first, codes, codesAt, codeWidth }: Panel,
  slopes: Float64Array,
  beside: Float64Array,
  outputs: number,
): void {
  const stride = fours(outputs);
  const base = (dense + indicators) * stride;
  for (let i = 0; i < rows; i++) {
    const from = codesAt + i * codeWidth;
    for (let k = 0; k < outputs; k += 4) {
      const o = i * outputs + k;
      const s0 = slopes[o];
      const s1 = slopes[o + 1];
      const s2 = slopes[o + 2];
      const s3 = slopes[o + 3];
      for (let c = from; c < from + codeWidth; c++) {
        const at = codes[c] * stride + k;
        beside[at] += s0;
        beside[at + 1] += s1;
        beside[at + 2] += s2;
        beside[at + 3] += s3;
      }
      if (sparse === undefined) continue;
      const { columns, values } = sparse;
      const end = sparse.starts[first + i + 1];
      for (let e = sparse.starts[first + i]; e < end; e++) {
        const at = base + columns[e] * stride + k;
        const value = values[e];
        beside[at] += s0 * value;
        beside[at + 1] += s1 * value;
        beside[at + 2] += s2 * value;
        beside[at + 3] += s3 * value;
      }
    }
  }
}
