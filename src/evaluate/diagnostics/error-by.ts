/** Where a model errs: its mean error by the values of each feature. */
import { gather, present } from "../../numeric/gather.ts";
import { valuesAtPlaces } from "../../numeric/median.ts";
import type { Column, Rows } from "../../frame/dataset.ts";
import type { FeatureErrors } from "./contract.ts";
import { readable } from "../../words/numbers.ts";

/** Groups of a number: quarters. Of a category: its largest levels. */
const QUARTERS = 4;
const LEVELS = 6;
/** Features that are told. */
const MOST = 4;
/** A feature has to explain this share of the spread, and this many standard errors of what chance explains. */
const LEAST_SHARE = 0.01;
const LEAST_ERRORS = 4;

/**
 * The features by whose values the error differs most, strongest first; the first alone where chance explains all that is seen. The
 * share is adjusted R squared of a one-way layout (Ezekiel 1930), which is 0 on average where the groups do not differ.
 *
 * @param rows Rows of the columns that the errors are of, in their order. Cost: O(features x n).
 */
export function errorsByFeature(
  columns: readonly Column[],
  rows: Rows,
  errors: Float64Array,
): readonly FeatureErrors[] {
  const n = errors.length;
  const overall = errors.reduce((sum, one) => sum + one, 0) / n;
  const total = errors.reduce((sum, one) => sum + (one - overall) ** 2, 0);
  if (n < 20 || !(total > 0)) return [];
  const found = columns
    .flatMap((column) => {
      const grouped = groupsOf(column, rows);
      if (grouped === undefined) return [];
      const sums = momentsBy(grouped, errors);
      const kept = sums.filter(({ rows: count }) => count > 0);
      if (kept.length < 2) return [];
      const between = kept.reduce((sum, one) => sum + one.rows * (one.mean - overall) ** 2, 0);
      const freedom = kept.length - 1;
      const explained = 1 - (total - between) / (n - kept.length) / (total / (n - 1));
      const chance = Math.sqrt(2 * freedom) / n; // spread of the share where groups do not differ
      const real = explained >= LEAST_SHARE && explained >= LEAST_ERRORS * chance;
      return [{ real, told: { column: column.name, explained, groups: kept } }];
    })
    .sort((a, b) => b.told.explained - a.told.explained);
  const real = found.filter((one) => one.real).map(({ told }) => told);
  return real.length > 0 ? real.slice(0, MOST) : found.slice(0, 1).map(({ told }) => ({ ...told, byChance: true }));
}

interface Grouped {
  readonly names: readonly string[];
  readonly of: Int32Array;
}

function groupsOf(column: Column, rows: Rows): Grouped | undefined {
  if (column.kind === "text") return undefined;
  if (column.kind === "number") return quarters(column.values, rows);
  const { codes, levels } = column;
  const sizes = new Float64Array(levels.length);
  for (const row of rows) if (codes[row] >= 0) sizes[codes[row]]++;
  const largest = levels
    .map((_, code) => code)
    .filter((code) => sizes[code] > 0)
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, LEVELS);
  const place = new Map(largest.map((code, at) => [code, at]));
  const names = [...largest.map((code) => levels[code]), "other levels", "missing"];
  const groupOf = levels.map((_, code) => place.get(code) ?? largest.length);
  const of = rows.map((row) => (codes[row] < 0 ? largest.length + 1 : groupOf[codes[row]]));
  return { names, of };
}

function quarters(values: Float64Array, rows: Rows): Grouped | undefined {
  const held = present(gather(values, rows));
  if (held.length === 0) return undefined;
  const places = Array.from({ length: QUARTERS }, (_, i) => Math.floor((i * held.length) / QUARTERS));
  const [least, ...ends] = valuesAtPlaces(held, places);
  const cuts = ends.filter((cut, i) => cut > least && cut !== ends[i - 1]);
  const names = [
    ...[...cuts, undefined].map((cut, i) =>
      i === 0
        ? cut === undefined
          ? "any"
          : `below ${readable(cut)}`
        : cut === undefined
          ? `${readable(cuts[i - 1])} and more`
          : `${readable(cuts[i - 1])} to ${readable(cut)}`,
    ),
    "missing",
  ];
  const of = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    let bin = value === value ? 0 : names.length - 1;
    while (bin < cuts.length && value >= cuts[bin]) bin++;
    of[i] = bin;
  }
  return { names, of };
}

function momentsBy({ names, of }: Grouped, errors: Float64Array): FeatureErrors["groups"] {
  const counts = new Float64Array(names.length);
  const sums = new Float64Array(names.length);
  for (let i = 0; i < errors.length; i++) {
    counts[of[i]]++;
    sums[of[i]] += errors[i];
  }
  const squares = new Float64Array(names.length);
  for (let i = 0; i < errors.length; i++) squares[of[i]] += (errors[i] - sums[of[i]] / counts[of[i]]) ** 2;
  return names.map((name, g) => ({
    name,
    rows: counts[g],
    mean: sums[g] / counts[g],
    error: counts[g] > 1 ? Math.sqrt(squares[g] / (counts[g] - 1) / counts[g]) : 0,
  }));
}
