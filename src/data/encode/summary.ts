import type { CategoryColumn, Dataset, NumberColumn, Rows } from "../dataset.ts";

/** What a set of rows knows of a number column: weights, and mean and spread of the cells that are there. */
export interface NumberSummary {
  readonly kind: "number";
  /** Weight of the rows that have a value, and of those that have none. */
  readonly weight: number;
  readonly missing: number;
  readonly mean: number;
  /** Weighted sum of squared differences from the mean. */
  readonly squares: number;
  readonly lowest: number;
  readonly highest: number;
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
}

/**
 * Summarises each of some row sets by itself, column by column, so that a column is in the cache for all of them.
 * Cost: two passes over each column's rows.
 */
export function summarise(data: Dataset, parts: readonly Rows[]): Summary[] {
  const { weights } = data;
  const columns = data.columns.map((column) =>
    parts.map((rows) => {
      if (column.kind === "number") return summariseNumbers(column, rows, weights);
      return column.kind === "category" ? summariseLevels(column, rows, weights) : undefined;
    }),
  );
  return parts.map((rows, part) => ({
    weight: weightOf(rows, weights),
    columns: columns.map((summaries) => summaries[part]),
  }));
}

function weightOf(rows: Rows, weights: Float64Array | undefined): number {
  if (weights === undefined) return rows.length;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += weights[rows[i]];
  return sum;
}

function summariseNumbers({ values }: NumberColumn, rows: Rows, weights: Float64Array | undefined): NumberSummary {
  const sums = weights === undefined ? plainSums(values, rows) : weightedSums(values, weights, rows);
  const mean = sums.weight > 0 ? sums.sum / sums.weight : 0;
  const squares =
    weights === undefined ? plainSquares(values, rows, mean) : weightedSquares(values, weights, rows, mean);
  const { weight, missing, lowest, highest } = sums;
  return { kind: "number", weight, missing, mean, squares, lowest, highest };
}

interface Sums {
  readonly weight: number;
  readonly missing: number;
  readonly sum: number;
  readonly lowest: number;
  readonly highest: number;
}

function plainSums(values: Float64Array, rows: Rows): Sums {
  let sum = 0;
  let present = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value !== value) continue;
    present++;
    sum += value;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { weight: present, missing: rows.length - present, sum, lowest, highest };
}

function weightedSums(values: Float64Array, weights: Float64Array, rows: Rows): Sums {
  let sum = 0;
  let weight = 0;
  let missing = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const value = values[row];
    if (value !== value) {
      missing += weights[row];
      continue;
    }
    weight += weights[row];
    sum += weights[row] * value;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { weight, missing, sum, lowest, highest };
}

function plainSquares(values: Float64Array, rows: Rows, mean: number): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const apart = values[rows[i]] - mean;
    if (apart === apart) sum += apart * apart;
  }
  return sum;
}

function weightedSquares(values: Float64Array, weights: Float64Array, rows: Rows, mean: number): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const apart = values[rows[i]] - mean;
    if (apart === apart) sum += weights[rows[i]] * apart * apart;
  }
  return sum;
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
  return {
    weight: parts.reduce((sum, part) => sum + part.weight, 0),
    columns: parts[0].columns.map((first, c) => {
      if (first === undefined) return undefined;
      const all = parts.map((part) => part.columns[c]);
      return first.kind === "number" ? mergeNumbers(all as NumberSummary[]) : mergeLevels(all as CategorySummary[]);
    }),
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
      lowest: Math.min(a.lowest, b.lowest),
      highest: Math.max(a.highest, b.highest),
    };
  });
}

function mergeLevels(parts: readonly CategorySummary[]): CategorySummary {
  const weights = parts[0].weights.slice();
  for (const part of parts.slice(1)) for (let i = 0; i < weights.length; i++) weights[i] += part.weights[i];
  return { kind: "category", weights };
}
