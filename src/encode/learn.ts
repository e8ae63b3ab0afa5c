import { medianInPlace, weightedMedian } from "../numeric/median.ts";
import type { Dataset, NumberColumn, Rows, Shape } from "../frame/dataset.ts";
import type { CategoryTerm, Encoding, FlagTerm, NumberTerm } from "./encoding.ts";
import { MISSING, POOLED } from "./encoding.ts";
import { learnTexts } from "./text/tfidf.ts";
import type { CategorySummary, NumberSummary, Summary } from "./summary.ts";

/** A level, or a flag of missing values, needs this much training weight for a column of its own. */
const LEAST_WEIGHT = 5;
/** At most this many level columns in all: `LEAST_WEIGHT` is doubled until they fit. */
const MOST_LEVELS = 1000;
/** A column whose spread is less than this share of its mean is constant, but for rounding. */
const CONSTANT = 1e-13;
/** Spreads below this leave no digits when squared: constant too. */
const SMALLEST = 1e-150;

/**
 * Learns an encoding from the summary of the training rows, and for medians and texts from the rows themselves.
 *
 * Numbers: gaps filled with the (weighted) median, then standardised; a flag of its own where gaps weigh at least 5.
 * Constant and empty columns have no term; an empty one has no flag either. Categories: a column for each level with a training weight of at least 5
 * (doubled until all categories together have at most 1,000 columns), one for missing on the same terms, and one for
 * all other levels pooled, if those weigh enough together; a level never seen in training counts as pooled, or as
 * nothing. A category with a single such column is constant and has no term.
 *
 * Texts: see `learnTexts`.
 *
 * @param parts The training rows, in any number of disjoint parts.
 * Cost: O(columns), plus O(rows) for each number column with gaps.
 */
export function learnEncoding(data: Dataset, summary: Summary, parts: readonly Rows[]): Encoding {
  const numbers: NumberTerm[] = [];
  const flags: FlagTerm[] = [];
  for (const [column, known] of summary.columns.entries()) {
    if (known?.kind !== "number" || !(known.weight > 0)) continue;
    const fill =
      known.missing > 0
        ? medianOf(data.columns[column] as NumberColumn, parts, data.weights, known.weight)
        : known.mean;
    const term = standardised(column, known, fill);
    if (term !== undefined) numbers.push(term);
    if (known.missing >= LEAST_WEIGHT) flags.push({ column, share: known.missing / (known.weight + known.missing) });
  }
  return { numbers, flags, categories: learnLevels(summary), texts: learnTexts(data, parts) };
}

/** The most columns, texts apart, that any rows of such a table are encoded in. */
export function mostEncodedColumns({ columns }: Shape, rows: number): number {
  let numbers = 0;
  let levels = 0;
  for (const { kind, levels: own } of columns)
    if (kind === "number") numbers++;
    else if (kind === "category") levels += Math.min(own.length, Math.floor(rows / LEAST_WEIGHT));
  return numbers + Math.min(levels, MOST_LEVELS);
}

function medianOf(
  { values }: NumberColumn,
  parts: readonly Rows[],
  weights: Float64Array | undefined,
  most: number,
): number {
  const present = new Float64Array(weights === undefined ? most : parts.reduce((sum, part) => sum + part.length, 0));
  const own = weights === undefined ? undefined : new Float64Array(present.length);
  let count = 0;
  for (const rows of parts)
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]];
      if (value !== value) continue;
      if (own !== undefined && weights !== undefined) own[count] = weights[rows[i]];
      present[count++] = value;
    }
  return own === undefined
    ? medianInPlace(present)
    : weightedMedian(present.subarray(0, count), own.subarray(0, count));
}

/** Mean and spread once the gaps are filled; undefined when nothing varies. */
function standardised(column: number, known: NumberSummary, fill: number): NumberTerm | undefined {
  const { weight, missing } = known;
  const total = weight + missing;
  const apart = fill - known.mean;
  const mean = known.mean + apart * (missing / total);
  const scale = Math.sqrt((known.squares + apart * apart * weight * (missing / total)) / total);
  return scale > Math.max(SMALLEST, CONSTANT * Math.abs(mean)) ? { column, fill, mean, scale } : undefined;
}

function learnLevels(summary: Summary): CategoryTerm[] {
  const all = summary.columns
    .map((known, column) => ({ column, known }))
    .filter((entry): entry is { column: number; known: CategorySummary } => entry.known?.kind === "category");
  for (let least = LEAST_WEIGHT; ; least *= 2) {
    const terms = all.map(({ column, known }) => keptLevels(column, known.weights, summary.weight, least));
    const kept = terms.filter((term) => term.levels.length > 1);
    if (kept.reduce((sum, term) => sum + term.levels.length, 0) <= MOST_LEVELS) return kept;
  }
}

function keptLevels(column: number, weights: Float64Array, total: number, least: number): CategoryTerm {
  const levels: number[] = [];
  const shares: number[] = [];
  let pooled = 0;
  for (let code = 0; code + 1 < weights.length; code++) {
    const weight = weights[code + 1];
    if (weight >= least) {
      levels.push(code);
      shares.push(weight / total);
    } else pooled += weight;
  }
  for (const [code, weight] of [
    [MISSING, weights[0]],
    [POOLED, pooled],
  ])
    if (weight >= least) {
      levels.push(code);
      shares.push(weight / total);
    }
  return { column, levels, shares };
}
