import { MISSING, POOLED, type Encoding } from "../../encode/encoding.ts";
import { addScores } from "../../encode/score.ts";
import { textFeatures } from "../../encode/text/tfidf.ts";
import type { Dataset, Rows } from "../../frame/dataset.ts";

/** Encoded columns times coefficients: what linear and logistic models have in common. */
export interface WeightedSums {
  readonly encoding: Encoding;
  /** Where the encoding has text terms: written forms of those with the largest effects, most important first. */
  readonly phrases?: readonly Phrase[];
  /** One an output (regression and binary: one; else one a class). */
  readonly outputs: readonly Output[];
}

export interface Output {
  /** The answer where every encoded column is 0: numbers at their training means, no level, no missing value. */
  readonly intercept: number;
  /** One an encoded column: the effect of one standard deviation of a number, of a flag, of a level, of a term. */
  readonly coefficients: Float64Array;
}

export interface Phrase {
  /** Encoded column. */
  readonly column: number;
  readonly term: string;
}

/** What an intercept is. */
export const START = "numbers at their training means, before any level counts";

/** Splits the coefficients of a fit (output by output, intercept first) into outputs. */
export function outputsOf(x: Float64Array, outputs: number): Output[] {
  const width = x.length / outputs;
  return Array.from({ length: outputs }, (_, k) => ({
    intercept: x[k * width],
    coefficients: x.slice(k * width + 1, (k + 1) * width),
  }));
}

/** Margins of the given rows, row by row: rows x outputs. */
export function marginsOf({ encoding, outputs }: WeightedSums, data: Dataset, rows: Rows): Float64Array {
  const out = new Float64Array(rows.length * outputs.length);
  const features = encoding.texts.length > 0 ? textFeatures(encoding.texts, data, rows) : undefined;
  for (const [k, { intercept, coefficients }] of outputs.entries()) {
    for (let i = k; i < out.length; i += outputs.length) out[i] = intercept;
    addScores(encoding, coefficients, data, rows, features, out, k, outputs.length);
  }
  return out;
}

/** What each column adds to each margin of one row: by output, then by column of the table. O(columns x encoded columns). */
export function columnParts(sums: WeightedSums, data: Dataset, row: number): Float64Array[] {
  const { encoding, outputs } = sums;
  const parts = outputs.map(() => new Float64Array(data.columns.length));
  const owners = ownersOf(encoding);
  for (const column of new Set(owners))
    for (const [k, margin] of marginsOf(ofColumn(sums, owners, column), data, Int32Array.of(row)).entries())
      parts[k][column] = margin;
  return parts;
}

/** The column of the table that each encoded column is made of. */
function ownersOf({ numbers, flags, categories, texts }: Encoding): number[] {
  return [
    ...numbers.map(({ column }) => column),
    ...flags.map(({ column }) => column),
    ...categories.flatMap(({ column, levels }) => levels.map(() => column)),
    ...texts.flatMap(({ column, buckets }) => buckets.map(() => column)),
  ];
}

/** The sums of one column alone, without intercepts. */
function ofColumn({ encoding, outputs }: WeightedSums, owners: readonly number[], column: number): WeightedSums {
  const own = <T extends { readonly column: number }>(terms: readonly T[]): readonly T[] =>
    terms.filter((term) => term.column === column);
  const { numbers, flags, categories, texts } = encoding;
  return {
    encoding: { numbers: own(numbers), flags: own(flags), categories: own(categories), texts: own(texts) },
    outputs: outputs.map(({ coefficients }) => ({
      intercept: 0,
      coefficients: coefficients.filter((_, i) => owners[i] === column),
    })),
  };
}

/** Coefficients that are not 0, intercepts among them. */
export function countCoefficients({ outputs }: WeightedSums): number {
  let count = 0;
  for (const { coefficients } of outputs) for (const value of coefficients) if (value !== 0) count++;
  return count + outputs.length;
}

/** An entry of a category's levels in words. */
export function levelName(code: number, names: readonly string[]): string {
  return code === MISSING ? "(missing)" : code === POOLED ? "(other levels)" : names[code];
}

/** What a column does to the margins over the training rows. */
export interface ColumnEffect {
  /** Position among the dataset's columns. */
  readonly column: number;
  /** Standard deviation of its contribution, root mean square over outputs. */
  readonly spread: number;
}

/** The effect of every column that has one, largest first (the first of ties first). */
export function columnEffects({ encoding, outputs }: WeightedSums): ColumnEffect[] {
  const variances = new Map<number, number>();
  for (const { coefficients } of outputs)
    for (const [column, variance] of outputVariances(encoding, coefficients))
      variances.set(column, (variances.get(column) ?? 0) + variance / outputs.length);
  return [...variances]
    .filter(([, variance]) => variance > 0)
    .map(([column, variance]) => ({ column, spread: Math.sqrt(variance) }))
    .sort((a, b) => b.spread - a.spread || a.column - b.column);
}

function outputVariances(encoding: Encoding, coefficients: Float64Array): Map<number, number> {
  const { numbers, flags, categories, texts } = encoding;
  const variances = new Map<number, number>();
  for (const [i, { column }] of numbers.entries()) variances.set(column, coefficients[i] ** 2);
  for (const [i, { column, share }] of flags.entries()) {
    const effect = coefficients[numbers.length + i];
    const at = numbers.findIndex((term) => term.column === column);
    const own = at < 0 ? 0 : coefficients[at];
    const gap = at < 0 ? 0 : (numbers[at].fill - numbers[at].mean) / numbers[at].scale;
    const together = own ** 2 + share * (1 - share) * effect ** 2 + 2 * own * effect * share * gap;
    variances.set(column, Math.max(0, together));
  }
  let next = numbers.length + flags.length;
  for (const { column, shares } of categories) {
    let mean = 0;
    let squares = 0;
    for (const share of shares) {
      const effect = coefficients[next++];
      mean += share * effect;
      squares += share * effect * effect;
    }
    variances.set(column, Math.max(0, squares - mean * mean));
  }
  for (const { column, idf } of texts) {
    // Rows have length 1; a term's share of it is about its frequency times its squared weight.
    const sizes = idf.map((value) => Math.exp(-value) * value * value);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let squares = 0;
    for (const size of sizes) squares += (size / total) * coefficients[next++] ** 2;
    variances.set(column, (variances.get(column) ?? 0) + squares);
  }
  return variances;
}
