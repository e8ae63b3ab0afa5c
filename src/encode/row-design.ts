import { panelRows, strideOf, type Design, type Panel, type SparseRows } from "../numeric/glm/panel.ts";
import type { CategoryColumn, Dataset, NumberColumn, Rows } from "../frame/dataset.ts";
import { firstColumns, slotsOf, type Encoding } from "./encoding.ts";
import { textFeatures } from "./text/tfidf.ts";

/** A dense column of a design: (value - centre) x factor, and `gap` where the value is missing. */
export interface DenseSource {
  readonly values: Float64Array;
  readonly centre: number;
  readonly factor: number;
  readonly gap: number;
}

/** A group of indicator columns of which a row has at most one: by level code, or by whether a number is missing. */
export type CodeSource =
  | { readonly codes: Int32Array; readonly slots: Int32Array }
  | { readonly numbers: Float64Array; readonly slot: number };

export interface DesignSources {
  /** Without the ones. */
  readonly dense: readonly DenseSource[];
  /** Slots are design columns; the design's width where a level has none. */
  readonly codes: readonly CodeSource[];
  readonly indicators: number;
  /** By place among the rows, not by row number. */
  readonly sparse?: SparseRows;
  readonly sparseWidth?: number;
}

/** Designs up to this many numbers are laid out once and kept (32 MiB); larger ones are read from the columns at every pass. */
const KEEP = 1 << 22;

/**
 * The given rows of a dataset as a design, encoded: the ones, then the encoded columns in their order. Columns are not
 * copied beyond a panel (or `KEEP`).
 */
export function encodedDesign(data: Dataset, rows: Rows, encoding: Encoding): Design {
  const { numbers, flags, categories, texts } = encoding;
  const first = firstColumns(encoding);
  const textWidth = texts.reduce((sum, term) => sum + term.buckets.length, 0);
  const indicators = flags.length + categories.reduce((sum, term) => sum + term.levels.length, 0);
  const width = 1 + numbers.length + indicators + textWidth;
  const valuesOf = (column: number): Float64Array => (data.columns[column] as NumberColumn).values;
  return rowDesign(rows, {
    dense: numbers.map(({ column, fill, mean, scale }) => ({
      values: valuesOf(column),
      centre: mean,
      factor: 1 / scale,
      gap: (fill - mean) / scale,
    })),
    codes: [
      ...flags.map(({ column }, i) => ({ numbers: valuesOf(column), slot: 1 + numbers.length + i })),
      ...categories.map((term, i) => {
        const { codes, levels } = data.columns[term.column] as CategoryColumn;
        return { codes, slots: slotsOf(term, levels.length, 1 + first.categories[i], width) };
      }),
    ],
    indicators,
    ...(texts.length > 0 && { sparse: textFeatures(texts, data, rows), sparseWidth: textWidth }),
  });
}

/** A design that reads the given rows of its sources. */
export function rowDesign(rows: Rows, sources: DesignSources): Design {
  const { dense, width, indicators, stride } = shapeOfSources(sources);
  const most = panelRows(dense);
  const panels = Math.ceil(rows.length / most);
  const kept = rows.length * (stride + sources.codes.length) <= KEEP;
  const read = panelReader(sources, width, 1, kept ? rows.length : most);
  const filled: Panel[] = [];
  const panel = (index: number): Panel => {
    const known = filled[index];
    if (known !== undefined) return known;
    const first = index * most;
    const panel = read(rows, first, Math.min(most, rows.length - first), kept ? first : 0);
    if (kept) filled[index] = panel;
    return panel;
  };
  const take = (places: Int32Array): Design =>
    rowDesign(
      picked(rows, places),
      sources.sparse === undefined ? sources : { ...sources, sparse: takeSparse(sources.sparse, places) },
    );
  const select = (columns: Int32Array): Design => rowDesign(rows, selected(sources, columns));
  const shape = { rows: rows.length, width, dense, indicators, panels };
  return { ...shape, panel, take, select, ...(sources.sparse !== undefined && { sparse: sources.sparse }) };
}

/** The sources of some columns of a design alone. */
function selected(sources: DesignSources, columns: Int32Array): DesignSources {
  const { dense, width } = shapeOfSources(sources);
  const kept = columns.filter((column) => column < dense);
  const to = new Int32Array(width + 1).fill(columns.length + 1);
  for (const [i, column] of columns.entries()) to[column] = i + 1;
  return {
    dense: Array.from(kept, (column) => sources.dense[column - 1]),
    codes: sources.codes.map((source) =>
      "codes" in source
        ? { codes: source.codes, slots: source.slots.map((slot) => to[slot]) }
        : { numbers: source.numbers, slot: to[source.slot] },
    ),
    indicators: columns.length - kept.length,
  };
}

function shapeOfSources({ dense, indicators, sparseWidth = 0 }: DesignSources): {
  readonly dense: number;
  readonly indicators: number;
  readonly width: number;
  readonly stride: number;
} {
  const all = 1 + dense.length;
  return { dense: all, indicators, width: all + indicators + sparseWidth, stride: strideOf(all) };
}

/** Lays out `count` rows from the `first` on, starting at row `at` of the reader's buffers. */
export type PanelReader = (rows: Rows, first: number, count: number, at: number) => Panel;

/**
 * A reader with buffers for `room` rows.
 * @param ones Columns of ones before the dense sources: 1 for a design, else 0.
 */
export function panelReader(
  { dense, codes: sources }: DesignSources,
  nowhere: number,
  ones: 0 | 1,
  room: number,
): PanelReader {
  const stride = strideOf(ones + dense.length);
  const codeWidth = sources.length;
  const numbers = new Float64Array(room * stride);
  const codes = new Int32Array(room * codeWidth);
  if (ones === 1) for (let i = 0; i < room; i++) numbers[i * stride] = 1;
  return (rows, first, count, at) => {
    fillNumbers(numbers, at * stride + ones, stride, dense, rows, first, count);
    fillCodes(codes, at * codeWidth, codeWidth, sources, nowhere, rows, first, count);
    return { rows: count, first, numbers, stride, numbersAt: at * stride, codes, codeWidth, codesAt: at * codeWidth };
  };
}

function picked(rows: Rows, places: Int32Array): Rows {
  const out = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) out[i] = rows[places[i]];
  return out;
}

function fillNumbers(
  out: Float64Array,
  at: number,
  stride: number,
  sources: readonly DenseSource[],
  rows: Rows,
  first: number,
  count: number,
): void {
  let j = 0;
  for (; j + 4 <= sources.length; j += 4)
    gatherFour(out, at + j, stride, sources[j], sources[j + 1], sources[j + 2], sources[j + 3], rows, first, count);
  for (; j < sources.length; j++) gatherOne(out, at + j, stride, sources[j], rows, first, count);
}

/** Four columns share the look-up of each row number. */
function gatherFour(
  out: Float64Array,
  at: number,
  stride: number,
  s0: DenseSource,
  s1: DenseSource,
  s2: DenseSource,
  s3: DenseSource,
  rows: Rows,
  first: number,
  count: number,
): void {
  const v0 = s0.values;
  const v1 = s1.values;
  const v2 = s2.values;
  const v3 = s3.values;
  const c0 = s0.centre;
  const c1 = s1.centre;
  const c2 = s2.centre;
  const c3 = s3.centre;
  const f0 = s0.factor;
  const f1 = s1.factor;
  const f2 = s2.factor;
  const f3 = s3.factor;
  const g0 = s0.gap;
  const g1 = s1.gap;
  const g2 = s2.gap;
  const g3 = s3.gap;
  let o = at;
  for (let i = first; i < first + count; i++) {
    const row = rows[i];
    const x0 = v0[row];
    const x1 = v1[row];
    const x2 = v2[row];
    const x3 = v3[row];
    out[o] = x0 === x0 ? (x0 - c0) * f0 : g0;
    out[o + 1] = x1 === x1 ? (x1 - c1) * f1 : g1;
    out[o + 2] = x2 === x2 ? (x2 - c2) * f2 : g2;
    out[o + 3] = x3 === x3 ? (x3 - c3) * f3 : g3;
    o += stride;
  }
}

function gatherOne(
  out: Float64Array,
  at: number,
  stride: number,
  { values, centre, factor, gap }: DenseSource,
  rows: Rows,
  first: number,
  count: number,
): void {
  let o = at;
  for (let i = first; i < first + count; i++) {
    const x = values[rows[i]];
    out[o] = x === x ? (x - centre) * factor : gap;
    o += stride;
  }
}

function fillCodes(
  out: Int32Array,
  at: number,
  codeWidth: number,
  sources: readonly CodeSource[],
  nowhere: number,
  rows: Rows,
  first: number,
  count: number,
): void {
  for (const [c, source] of sources.entries())
    if ("codes" in source) gatherCodes(out, at + c, codeWidth, source.codes, source.slots, rows, first, count);
    else gatherGaps(out, at + c, codeWidth, source.numbers, source.slot, nowhere, rows, first, count);
}

function gatherCodes(
  out: Int32Array,
  at: number,
  codeWidth: number,
  codes: Int32Array,
  slots: Int32Array,
  rows: Rows,
  first: number,
  count: number,
): void {
  let o = at;
  for (let i = first; i < first + count; i++) {
    out[o] = slots[codes[rows[i]] + 1];
    o += codeWidth;
  }
}

function gatherGaps(
  out: Int32Array,
  at: number,
  codeWidth: number,
  numbers: Float64Array,
  slot: number,
  nowhere: number,
  rows: Rows,
  first: number,
  count: number,
): void {
  let o = at;
  for (let i = first; i < first + count; i++) {
    const x = numbers[rows[i]];
    out[o] = x === x ? nowhere : slot;
    o += codeWidth;
  }
}

function takeSparse({ starts, columns, values }: SparseRows, places: Int32Array): SparseRows {
  const ends = new Int32Array(places.length + 1);
  for (const [i, place] of places.entries()) ends[i + 1] = ends[i] + starts[place + 1] - starts[place];
  const outColumns = new Int32Array(ends[places.length]);
  const outValues = new Float64Array(ends[places.length]);
  for (const [i, place] of places.entries()) {
    outColumns.set(columns.subarray(starts[place], starts[place + 1]), ends[i]);
    outValues.set(values.subarray(starts[place], starts[place + 1]), ends[i]);
  }
  return { starts: ends, columns: outColumns, values: outValues };
}
