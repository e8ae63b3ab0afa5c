/** What columns held in the rows a model was fitted on: what later rows are held against. Plain JSON. */
import { gather, present } from "../numeric/gather.ts";
import { sorted, sortSpace, type SortSpace } from "../numeric/sort.ts";
import type { CategoryColumn, Column, Rows } from "../frame/dataset.ts";
import { QUANTILES } from "./json.ts";

/** What some rows hold of one column. */
export interface ColumnProfile {
  /** Rows without a value. */
  readonly missing: number;
  /** Of numbers; dates are days since 1970, times of day hours. Absent when no row has a value. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** No value has a fraction. */
  readonly whole?: true | undefined;
  /** At `QUANTILES`, interpolated between neighbours. */
  readonly quantiles?: readonly number[] | undefined;
  /** Of categories: the most frequent ones, with their shares of the rows that have a value. */
  readonly levels?: readonly { readonly level: string; readonly share: number }[] | undefined;
  /** The share of all levels that are not listed; 0 when all are. */
  readonly rest?: number | undefined;
  /** The one value of all rows. */
  readonly constant?: string | number | undefined;
}

/** Levels that a profile lists. */
const LISTED = 100;

/** Profiles of some rows. Cost: a sort of each number column, one pass over each other. */
export function profilesOf(columns: readonly (Column | undefined)[], rows: Rows): (ColumnProfile | undefined)[] {
  const space = sortSpace(rows.length);
  return columns.map((column) => {
    if (column === undefined) return undefined;
    if (column.kind === "number") return numbersProfile(gather(column.values, rows), space);
    if (column.kind === "category") return levelsProfile(column, rows);
    const { ends } = column;
    return { missing: rows.reduce((sum, row) => sum + (ends[row] === (row === 0 ? 0 : ends[row - 1]) ? 1 : 0), 0) };
  });
}

/** @param values NaN is missing. */
export function numbersProfile(values: Float64Array, space: SortSpace = sortSpace(values.length)): ColumnProfile {
  const held = present(values);
  const missing = values.length - held.length;
  if (held.length === 0) return { missing };
  const order = sorted(held, space);
  const min = order[0] + 0;
  const max = order[order.length - 1] + 0;
  const constant = missing === 0 && min === max;
  return {
    missing,
    min,
    max,
    ...(order.every(Number.isInteger) && { whole: true }),
    quantiles: QUANTILES.map((q) => quantile(order, q)),
    ...(constant && { constant: min }),
  };
}

/** The quantile of ascending values, interpolated (type 7 of Hyndman and Fan, the default of R and NumPy). */
function quantile(order: Float64Array, q: number): number {
  const at = q * (order.length - 1);
  const below = Math.floor(at);
  const low = order[below] + 0;
  const high = order[Math.min(below + 1, order.length - 1)];
  return low === high ? low : low + (at - below) * (high - low);
}

function levelsProfile({ codes, levels }: CategoryColumn, rows: Rows): ColumnProfile {
  const counts = new Float64Array(levels.length);
  let missing = 0;
  for (const row of rows) {
    if (codes[row] < 0) missing++;
    else counts[codes[row]]++;
  }
  const held = rows.length - missing;
  if (held === 0) return { missing };
  const seen = [...counts.keys()].filter((code) => counts[code] > 0).sort((a, b) => counts[b] - counts[a] || a - b);
  const listed = seen.slice(0, LISTED);
  const others = seen.slice(LISTED).reduce((sum, code) => sum + counts[code], 0);
  return {
    missing,
    levels: listed.map((code) => ({ level: levels[code], share: counts[code] / held })),
    rest: others / held,
    ...(missing === 0 && seen.length === 1 && { constant: levels[seen[0]] }),
  };
}

/** A profile that tells nothing of single rows: no level, no extreme, no value. */
export function redactedProfile({ missing }: ColumnProfile): ColumnProfile {
  return { missing };
}
