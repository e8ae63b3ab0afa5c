/** A table as tree learners see it: one byte a cell, four columns to a word. */
import type { Column, Dataset, Rows } from "../frame/dataset.ts";
import { assignCodes, assignNumbers, type Assign } from "./assign.ts";
import { binOfCode, levelBins } from "./level-bins.ts";
import { edgeSample, numberBins, type EdgeSample, type NumberBins } from "./number-bins.ts";

export type BinnedColumn =
  | ({ readonly kind: "number"; readonly index: number; readonly bins: number } & NumberBins)
  | {
      readonly kind: "category";
      readonly index: number;
      readonly bins: number;
      /** The level of each bin. */
      readonly codes: Int32Array;
    };

/**
 * Training rows in bins, four columns to a word: column j of the i-th training row is byte j % 4 (lowest first) of word
 * floor(j / 4) * rows + i; bin 255 is missing. `index` of a column is its place in the dataset.
 *
 * Columns are in order of their names, so that no answer depends on the order of columns in the file, and only those
 * that could be split on are here: text and constant columns are left out.
 */
export interface Bins {
  readonly rows: Rows;
  readonly columns: readonly BinnedColumn[];
  readonly groups: number;
  readonly words: Uint32Array;
}

/** Bins made from the given rows and from nothing else. Weights: one for each of `rows`, all above 0; absent: all 1. */
export function binRows(data: Dataset, rows: Rows, weights?: Float64Array): Bins {
  const sample = edgeSample(rows.length);
  const columns = byName(data)
    .map((index) => binColumn(data.columns[index], index, rows, weights, sample))
    .filter((column) => column !== undefined);
  const groups = Math.ceil(columns.length / 4);
  const words = new Uint32Array(rows.length * groups);
  for (const [j, column] of columns.entries())
    assigner(data.columns[column.index], column)(rows, words, (j >> 2) * rows.length, (j & 3) * 8);
  return { rows, columns, groups, words };
}

function byName({ columns }: Dataset): number[] {
  const order = columns.map((_, index) => index);
  return order.sort((a, b) => (columns[a].name < columns[b].name ? -1 : columns[a].name > columns[b].name ? 1 : a - b));
}

/** Nothing when all rows are in the same bin. */
function binColumn(
  column: Column,
  index: number,
  rows: Rows,
  weights: Float64Array | undefined,
  sample: EdgeSample,
): BinnedColumn | undefined {
  if (column.kind === "text") return undefined;
  if (column.kind === "number") {
    const cut = numberBins(column.values, rows, weights, sample);
    if (cut.lows.length === 0 || (cut.lows.length === 1 && !rows.some((row) => Number.isNaN(column.values[row]))))
      return undefined;
    return { kind: "number", index, bins: cut.lows.length, ...cut };
  }
  const codes = levelBins(column.codes, column.levels.length, rows, weights);
  if (codes.length === 0 || (codes.length === 1 && !rows.some((row) => column.codes[row] < 0))) return undefined;
  return { kind: "category", index, bins: codes.length, codes };
}

function assigner(column: Column, binned: BinnedColumn): Assign {
  if (column.kind === "number" && binned.kind === "number") return assignNumbers(column.values, binned.edges);
  if (column.kind === "category" && binned.kind === "category")
    return assignCodes(column.codes, binOfCode(binned.codes, column.levels.length));
  throw new TypeError(`bins: column ${column.name} has changed its kind`);
}
