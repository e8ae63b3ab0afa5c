/**
 * How the columns of a table become numbers, as learnt from training rows: the linear families' view of the data.
 * Plain data, saved with the model. Encoded columns are numbered: numbers first, then flags of missing numbers, then
 * category levels; text features follow (`text/tfidf.ts`).
 */
export interface Encoding {
  readonly numbers: readonly NumberTerm[];
  readonly flags: readonly FlagTerm[];
  readonly categories: readonly CategoryTerm[];
  readonly texts: readonly TextTerm[];
}

/** Encoded as (value - mean) / scale; a missing cell takes the value `fill`. One encoded column. */
export interface NumberTerm {
  /** Position among the dataset's columns. */
  readonly column: number;
  /** Training median when training rows had gaps; else the mean, so that a gap seen later counts for nothing. */
  readonly fill: number;
  /** Of the training rows, gaps filled: mean and (population) standard deviation, in the column's unit. */
  readonly mean: number;
  readonly scale: number;
}

/** 1 where a number is missing; there when training rows had gaps. One encoded column. */
export interface FlagTerm {
  readonly column: number;
  /** Share of the training weight that is missing. */
  readonly share: number;
}

/** One encoded column for each entry of `levels`; a row holds a 1 in at most one of them. */
export interface CategoryTerm {
  readonly column: number;
  /** Codes with a column of their own, ascending; then -1 when missing has one; then -2 when the pooled rest has one. */
  readonly levels: readonly number[];
  /** Share of the training weight in each. */
  readonly shares: readonly number[];
}

export const MISSING = -1;
export const POOLED = -2;

/** Hashed terms of a text column; one encoded column for each. */
export interface TextTerm {
  readonly column: number;
  /** Which terms: whole words, or runs of characters inside words. */
  readonly terms: "words" | "characters";
  /** Hash buckets, ascending. */
  readonly buckets: readonly number[];
  /** Inverse document frequency of each bucket. */
  readonly idf: readonly number[];
}

/** Encoded columns in all. */
export function encodedWidth({ numbers, flags, categories, texts }: Encoding): number {
  let width = numbers.length + flags.length;
  for (const term of categories) width += term.levels.length;
  for (const term of texts) width += term.buckets.length;
  return width;
}

/** Position of the first encoded column of each category term and of each text term. */
export function firstColumns({ numbers, flags, categories, texts }: Encoding): {
  readonly categories: readonly number[];
  readonly texts: readonly number[];
} {
  let next = numbers.length + flags.length;
  const place = (count: number): number => (next += count) - count;
  return {
    categories: categories.map((term) => place(term.levels.length)),
    texts: texts.map((term) => place(term.buckets.length)),
  };
}

/** The encoded column of each level of a category: entry code + 1, `nowhere` where it has none. */
export function slotsOf(term: CategoryTerm, levels: number, first: number, nowhere: number): Int32Array {
  const pooled = term.levels.indexOf(POOLED);
  const slots = new Int32Array(levels + 1).fill(pooled < 0 ? nowhere : first + pooled);
  slots[0] = nowhere;
  for (const [i, code] of term.levels.entries()) if (code !== POOLED) slots[code + 1] = first + i;
  return slots;
}
