/** What columns held in the rows a model was fitted on: what later rows are held against. Plain JSON. */
import { gather, present } from "../numeric/gather.ts";
import { valuesAtPlaces } from "../numeric/median.ts";
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

/** Profiles of some rows. Cost: a few passes over each number column, one over each other. */
export function profilesOf(columns: readonly (Column | undefined)[], rows: Rows): (ColumnProfile | undefined)[] {
  return columns.map((column) => {
    if (column === undefined) return undefined;
    if (column.kind === "number") return numbersProfile(gather(column.values, rows));
    if (column.kind === "category") return levelsProfile(column, rows);
    const { ends } = column;
    return { missing: rows.reduce((sum, row) => sum + (ends[row] === (row === 0 ? 0 : ends[row - 1]) ? 1 : 0), 0) };
  });
}

/** @param values NaN is missing. */
export function numbersProfile(values: Float64Array): ColumnProfile {
  const held = present(values);
  const missing = values.length - held.length;
  if (held.length === 0) return { missing };
  const quantiles = quantilesOf(held);
  const min = quantiles[0];
  const max = quantiles[quantiles.length - 1];
  const constant = missing === 0 && min === max;
  return {
    missing,
    min,
    max,
    ...(held.every(Number.isInteger) && { whole: true }),
    quantiles,
    ...(constant && { constant: min }),
  };
}

/** Quantiles at `QUANTILES`, interpolated (type 7 of Hyndman and Fan, the default of R and NumPy). Reorders the values. */
function quantilesOf(values: Float64Array): readonly number[] {
  const last = values.length - 1;
  const places = QUANTILES.map((q) => q * last);
  const neighbours = places.flatMap((at) => [Math.floor(at), Math.min(Math.floor(at) + 1, last)]);
  const found = valuesAtPlaces(values, neighbours);
  return places.map((at, i) => {
    const [low, high] = [found[2 * i], found[2 * i + 1]];
    return low === high ? low : low + (at - Math.floor(at)) * (high - low);
  });
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
