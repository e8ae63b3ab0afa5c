import type { SparseRows } from "../numeric/glm/panel.ts";
import type { CategoryColumn, Dataset, NumberColumn, Rows } from "../frame/dataset.ts";
import { firstColumns, slotsOf, type Encoding } from "./encoding.ts";

/**
 * Adds what the encoded columns say of the given rows to `out`: row i gets, at `i * outputs + output`, the sum of
 * coefficient times encoded column. Column by column, without copying any.
 *
 * @param coefficients One an encoded column.
 * @param text The rows' text features (by place), where the encoding has text terms.
 */
export function addScores(
  encoding: Encoding,
  coefficients: Float64Array,
  data: Dataset,
  rows: Rows,
  text: SparseRows | undefined,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  const first = firstColumns(encoding);
  const { numbers, flags, categories, texts } = encoding;
  for (const [i, { column, fill, mean, scale }] of numbers.entries()) {
    const slope = coefficients[i] / scale;
    const { values } = data.columns[column] as NumberColumn;
    if (slope !== 0) addNumbers(values, rows, slope, mean, slope * (fill - mean), out, output, outputs);
  }
  for (const [i, { column }] of flags.entries()) {
    const { values } = data.columns[column] as NumberColumn;
    addGaps(values, rows, coefficients[numbers.length + i], out, output, outputs);
  }
  for (const [i, term] of categories.entries()) {
    const { codes, levels } = data.columns[term.column] as CategoryColumn;
    const slots = slotsOf(term, levels.length, first.categories[i], -1);
    addLevels(
      codes,
      rows,
      Float64Array.from(slots, (slot) => (slot < 0 ? 0 : coefficients[slot])),
      out,
      output,
      outputs,
    );
  }
  if (text !== undefined && texts.length > 0) addTexts(text, coefficients, first.texts[0], out, output, outputs);
}

function addNumbers(
  values: Float64Array,
  rows: Rows,
  slope: number,
  mean: number,
  gap: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let i = 0, o = output; i < rows.length; i++, o += outputs) {
    const x = values[rows[i]];
    out[o] += x === x ? slope * (x - mean) : gap;
  }
}

function addGaps(
  values: Float64Array,
  rows: Rows,
  effect: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let i = 0, o = output; i < rows.length; i++, o += outputs) {
    const x = values[rows[i]];
    if (x !== x) out[o] += effect;
  }
}

function addLevels(
  codes: Int32Array,
  rows: Rows,
  effects: Float64Array,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let i = 0, o = output; i < rows.length; i++, o += outputs) out[o] += effects[codes[rows[i]] + 1];
}

function addTexts(
  { starts, columns, values }: SparseRows,
  coefficients: Float64Array,
  at: number,
  out: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let i = 0, o = output; i + 1 < starts.length; i++, o += outputs) {
    let sum = out[o];
    for (let e = starts[i]; e < starts[i + 1]; e++) sum += values[e] * coefficients[at + columns[e]];
    out[o] = sum;
  }
}
