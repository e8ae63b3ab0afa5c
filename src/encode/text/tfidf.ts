import type { SparseRows } from "../../numeric/glm/panel.ts";
import type { Dataset, Rows, TextColumn } from "../../frame/dataset.ts";
import type { TextTerm } from "../encoding.ts";
import { termCounts } from "./term-counts.ts";
import { BUCKETS, type TermKind } from "./terms.ts";

const KINDS: readonly TermKind[] = ["words", "characters"];
/** A term needs this much training weight. */
const LEAST_WEIGHT = 2;
/** At most this many terms of a kind are kept for a column, the most frequent ones. */
const MOST_TERMS = 1 << 16;

/**
 * Learns which terms of the text columns to keep and how rare each is, from the training rows alone: terms that weigh
 * at least 2 rows, at most 65,536 of a kind (the most frequent; of ties the lower bucket), with inverse document
 * frequency ln((1 + n) / (1 + df)) + 1, as in scikit-learn's TfidfVectorizer. An empty text counts as a row.
 * Cost: O(terms in the training rows).
 */
export function learnTexts(data: Dataset, parts: readonly Rows[]): TextTerm[] {
  return data.columns.flatMap((column, c) =>
    column.kind === "text" ? KINDS.map((kind) => learnTerms(column, c, kind, parts, data.weights)) : [],
  );
}

function learnTerms(
  column: TextColumn,
  position: number,
  kind: TermKind,
  parts: readonly Rows[],
  weights: Float64Array | undefined,
): TextTerm {
  const { starts, buckets } = termCounts(column, kind);
  const frequency = new Float64Array(BUCKETS);
  let total = 0;
  for (const rows of parts)
    for (let i = 0; i < rows.length; i++) {
      const weight = weights === undefined ? 1 : weights[rows[i]];
      total += weight;
      for (let e = starts[rows[i]]; e < starts[rows[i] + 1]; e++) frequency[buckets[e]] += weight;
    }
  const found: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket++) if (frequency[bucket] >= LEAST_WEIGHT) found.push(bucket);
  const kept =
    found.length <= MOST_TERMS
      ? found
      : found
          .sort((a, b) => frequency[b] - frequency[a] || a - b)
          .slice(0, MOST_TERMS)
          .sort((a, b) => a - b);
  const idf = kept.map((bucket) => Math.log((1 + total) / (1 + frequency[bucket])) + 1);
  return { column: position, terms: kind, buckets: kept, idf };
}

/** Turns rows into TF-IDF features. */
export type TextEncoder = (data: Dataset, rows: Rows) => SparseRows;

const encoders = new WeakMap<readonly TextTerm[], TextEncoder>();

/**
 * Features of the terms, one column each, in order. A row's share of a term kind is count times inverse document
 * frequency, scaled to length 1 (a text without known terms stays 0). As it holds a table of all buckets, an encoder is
 * made once for a list of terms and kept as long as the list is.
 */
export function textEncoder(terms: readonly TextTerm[]): TextEncoder {
  const encoder = encoders.get(terms) ?? makeEncoder(terms);
  encoders.set(terms, encoder);
  return encoder;
}

function makeEncoder(terms: readonly TextTerm[]): TextEncoder {
  let next = 0;
  const kinds = terms.map((term) => {
    const columns = new Int32Array(BUCKETS).fill(-1);
    for (const [i, bucket] of term.buckets.entries()) columns[bucket] = next + i;
    const own = { ...term, idf: Float64Array.from(term.idf), columns, first: next };
    next += term.buckets.length;
    return own;
  });
  return (data, rows) => {
    const counted = kinds.map(({ column, terms: kind }) => termCounts(data.columns[column] as TextColumn, kind));
    const starts = new Int32Array(rows.length + 1);
    let room = 0;
    for (const { starts: own } of counted)
      for (let i = 0; i < rows.length; i++) room += own[rows[i] + 1] - own[rows[i]];
    const columns = new Int32Array(room);
    const values = new Float64Array(room);
    let size = 0;
    for (let i = 0; i < rows.length; i++) {
      for (const [k, { starts: own, buckets, counts }] of counted.entries()) {
        const { columns: to, idf, first } = kinds[k];
        const from = size;
        let squares = 0;
        for (let e = own[rows[i]]; e < own[rows[i] + 1]; e++) {
          const column = to[buckets[e]];
          if (column < 0) continue;
          const value = counts[e] * idf[column - first];
          squares += value * value;
          columns[size] = column;
          values[size++] = value;
        }
        const scale = 1 / Math.sqrt(squares);
        for (let e = from; e < size; e++) values[e] *= scale;
      }
      starts[i + 1] = size;
    }
    return { starts, columns: columns.subarray(0, size), values: values.subarray(0, size) };
  };
}
