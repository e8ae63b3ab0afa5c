/** Rows by what a column says of them: slices, and protected groups. */
import { compareLevels } from "../schema/levels.ts";
import { findColumn, levelTexts, type RawColumn } from "../frame/table.ts";
import type { Rows } from "../frame/dataset.ts";
import { didYouMean, OptionError } from "../error.ts";
import { figure } from "../words/numbers.ts";
import type { Loaded } from "../intake/load.ts";

/** A column's levels, and which of them each asked row has; -1: missing. */
export interface RowLevels {
  readonly column: string;
  readonly levels: readonly string[];
  readonly codes: Int32Array;
}

/** Numbers with more distinct values than this are cut at their quartiles. */
const FEW = 8;
/** More levels than this are no slices. */
const MOST = 200;

/**
 * The levels of a column for some rows of the benchmark, numbers in quarters where they are many.
 * @param option Who asks, for messages. @throws OptionError when there is no such column, or it has too many texts.
 */
export function rowLevels({ table, testTable, testFrom }: Loaded, rows: Rows, name: string, option: string): RowLevels {
  const names = table.columns.map((column) => column.name);
  const own = findColumn(table, name);
  const other = testTable && findColumn(testTable, name);
  if (own === undefined || (testTable !== undefined && other === undefined))
    throw new OptionError(
      `${option}: there is no column ${JSON.stringify(name)}${didYouMean(name, names)}; the columns are ${names.join(", ")}`,
    );
  if (own.kind === "number" && other?.kind !== "text") return ofNumbers(name, valuesAt(own, other, testFrom, rows));
  const texts = textsAt(own, other, testFrom, rows);
  const levels = [...new Set(texts)].filter((text) => text !== "").sort(compareLevels);
  if (levels.length > MOST)
    throw new OptionError(
      `${option}: ${name} has ${levels.length} different texts, at most ${MOST} can be judged apart`,
    );
  const codeOf = new Map(levels.map((text, code) => [text, code]));
  return { column: name, levels, codes: Int32Array.from(texts, (text) => codeOf.get(text) ?? -1) };
}

function valuesAt(own: RawColumn, other: RawColumn | undefined, testFrom: number, rows: Rows): Float64Array {
  const [a, b] = [own, other].map((column) => (column?.kind === "number" ? column.values : new Float64Array(0)));
  return Float64Array.from(rows, (row) => (row < testFrom ? a[row] : b[row - testFrom]));
}

function textsAt(own: RawColumn, other: RawColumn | undefined, testFrom: number, rows: Rows): string[] {
  const [a, b] = [own, other].map(reader);
  return Array.from(rows, (row) => (row < testFrom ? a(row) : b(row - testFrom)));
}

function reader(column: RawColumn | undefined): (row: number) => string {
  if (column === undefined) return () => "";
  if (column.kind === "number") return (row) => (Number.isNaN(column.values[row]) ? "" : String(column.values[row]));
  const texts = levelTexts(column.levels);
  return (row) => texts[column.codes[row]] ?? "";
}

function ofNumbers(column: string, values: Float64Array): RowLevels {
  const sorted = values.filter((x) => !Number.isNaN(x)).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= FEW) {
    const codeOf = new Map(distinct.map((value, code) => [value, code]));
    return { column, levels: distinct.map(figure), codes: Int32Array.from(values, (x) => codeOf.get(x) ?? -1) };
  }
  const cuts = [...new Set([0.25, 0.5, 0.75].map((q) => sorted[Math.floor(q * sorted.length)]))];
  const levels = [...cuts, Infinity].map((cut, k) => {
    if (k === 0) return `below ${figure(cut)}`;
    return cut === Infinity ? `from ${figure(cuts[k - 1])}` : `${figure(cuts[k - 1])} to ${figure(cut)}`;
  });
  const codes = Int32Array.from(values, (x) => (Number.isNaN(x) ? -1 : cuts.filter((cut) => x >= cut).length));
  return { column, levels, codes };
}
