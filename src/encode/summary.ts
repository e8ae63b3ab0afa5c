import type { CategoryColumn, Dataset, Rows } from "../frame/dataset.ts";

/** What a set of rows knows of a number column: weights, and mean and spread of the cells that are there. */
export interface NumberSummary {
  readonly kind: "number";
  /** Weight of the rows that have a value, and of those that have none. */
  readonly weight: number;
  readonly missing: number;
  readonly mean: number;
  /** Weighted sum of squared differences from the mean. */
  readonly squares: number;
}

/** Weight of the rows at each level: entry 0 for missing, entry level + 1 for a level. */
export interface CategorySummary {
  readonly kind: "category";
  readonly weights: Float64Array;
}

export interface Summary {
  readonly weight: number;
  /** By dataset column; text columns have none. */
  readonly columns: readonly (NumberSummary | CategorySummary | undefined)[];
  /** Of a regression target. */
  readonly target?: NumberSummary;
}

/**
 * Summarises each of some row sets by itself, column by column, so that a column is in the cache for all of them.
 * Cost: a pass over each column's rows, two where its first
 * value lies far out.
 */
export function summarise(data: Dataset, parts: readonly Rows[]): Summary[] {
  const { target, weights } = data;
  const columns = data.columns.map((column) =>
    parts.map((rows) => {
      if (column.kind === "number") return summariseNumbers(column.values, rows, weights);
      return column.kind === "category" ? summariseLevels(column, rows, weights) : undefined;
    }),
  );
  return parts.map((rows, part) => ({
    weight: weightOf(rows, weights),
    columns: columns.map((summaries) => summaries[part]),
    ...(target.task === "regression" && { target: summariseNumbers(target.values, rows, weights) }),
  }));
}

function weightOf(rows: Rows, weights: Float64Array | undefined): number {
  if (weights === undefined) return rows.length;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += weights[rows[i]];
  return sum;
}

function summariseNumbers(values: Float64Array, rows: Rows, weights: Float64Array | undefined): NumberSummary {
  const first = rows.find((row) => !Number.isNaN(values[row])) ?? rows[0];
  const rough = summedAbout(values, rows, weights, values[first]);
  // The sums are exact enough unless the shift was far out: then once more, about the mean.
  const again = rough.squares > FAR_OUT * spreadOf(rough);
  const sums = again ? summedAbout(values, rows, weights, rough.mean) : rough;
  return { kind: "number", weight: sums.weight, missing: sums.missing, mean: sums.mean, squares: spreadOf(sums) };
}

/** The squares about the shift may be this many times those about the mean: three digits of sixteen are lost. */
const FAR_OUT = 1000;

interface ShiftedSums {
  readonly weight: number;
  readonly missing: number;
  readonly mean: number;
  /** Weighted sums of the differences from the shift, and of their squares. */
  readonly sum: number;
  readonly squares: number;
}

function spreadOf({ weight, sum, squares }: ShiftedSums): number {
  return weight > 0 ? Math.max(0, squares - (sum / weight) * sum) : 0;
}

function summedAbout(values: Float64Array, rows: Rows, weights: Float64Array | undefined, shift: number): ShiftedSums {
  return weights === undefined ? plainSums(values, rows, shift) : weightedSums(values, weights, rows, shift);
}

/** Rows a call: short enough to be called, and so compiled, early. */
const RUN = 4096;

function plainSums(values: Float64Array, rows: Rows, shift: number): ShiftedSums {
  const sums = new Float64Array(2);
  let missing = 0;
  for (let from = 0; from < rows.length; from += RUN)
    missing += addRun(values, rows, from, Math.min(rows.length, from + RUN), shift, sums);
  const weight = rows.length - missing;
  return { weight, missing, mean: weight > 0 ? shift + sums[0] / weight : 0, sum: sums[0], squares: sums[1] };
}

/** Adds to the sum and the squares, returns the gaps. Two rows side by side, so that sums need not wait; no branches. */
function addRun(values: Float64Array, rows: Rows, from: number, to: number, shift: number, sums: Float64Array): number {
  let sum0 = 0;
  let sum1 = 0;
  let squares0 = 0;
  let squares1 = 0;
  let missing = 0;
  let i = from;
  for (; i + 2 <= to; i += 2) {
    const x = values[rows[i]] - shift;
    const y = values[rows[i + 1]] - shift;
    const a = x === x ? x : 0;
    const b = y === y ? y : 0;
    missing += (x === x ? 0 : 1) + (y === y ? 0 : 1);
    sum0 += a;
    sum1 += b;
    squares0 += a * a;
    squares1 += b * b;
  }
  if (i < to) {
    const x = values[rows[i]] - shift;
    missing += x === x ? 0 : 1;
    sum0 += x === x ? x : 0;
    squares0 += x === x ? x * x : 0;
  }
  sums[0] += sum0 + sum1;
  sums[1] += squares0 + squares1;
  return missing;
}

function weightedSums(values: Float64Array, weights: Float64Array, rows: Rows, shift: number): ShiftedSums {
  let weight = 0;
  let missing = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < rows.length; i++) {
    const own = weights[rows[i]];
    const x = values[rows[i]] - shift;
    if (x === x) {
      weight += own;
      sum += own * x;
      squares += own * x * x;
    } else missing += own;
  }
  return { weight, missing, mean: weight > 0 ? shift + sum / weight : 0, sum, squares };
}

function summariseLevels(
  { codes, levels }: CategoryColumn,
  rows: Rows,
  weights: Float64Array | undefined,
): CategorySummary {
  const sums = new Float64Array(levels.length + 1);
  if (weights === undefined) for (let i = 0; i < rows.length; i++) sums[codes[rows[i]] + 1]++;
  else for (let i = 0; i < rows.length; i++) sums[codes[rows[i]] + 1] += weights[rows[i]];
  return { kind: "category", weights: sums };
}

/** The summary of disjoint row sets together (means and squares by Chan et al.'s pairwise update), in the order given. */
export function mergeSummaries(parts: readonly Summary[]): Summary {
  if (parts.length === 1) return parts[0];
  const targets = parts.flatMap(({ target }) => target ?? []);
  return {
    weight: parts.reduce((sum, part) => sum + part.weight, 0),
    columns: parts[0].columns.map((first, c) => {
      if (first === undefined) return undefined;
      const all = parts.map((part) => part.columns[c]);
      return first.kind === "number" ? mergeNumbers(all as NumberSummary[]) : mergeLevels(all as CategorySummary[]);
    }),
    ...(targets.length > 0 && { target: mergeNumbers(targets) }),
  };
}

function mergeNumbers(parts: readonly NumberSummary[]): NumberSummary {
  return parts.reduce((a, b) => {
    const weight = a.weight + b.weight;
    const apart = b.mean - a.mean;
    const share = weight > 0 ? b.weight / weight : 0;
    return {
      kind: "number",
      weight,
      missing: a.missing + b.missing,
      mean: a.weight > 0 ? a.mean + apart * share : b.mean,
      squares: a.squares + b.squares + (a.weight > 0 && b.weight > 0 ? apart * apart * a.weight * share : 0),
    };
  });
}

function mergeLevels(parts: readonly CategorySummary[]): CategorySummary {
  const weights = parts[0].weights.slice();
  for (const part of parts.slice(1)) for (let i = 0; i < weights.length; i++) weights[i] += part.weights[i];
  return { kind: "category", weights };
}
