import type { SparseRows } from "../../numeric/glm/panel.ts";
import type { Dataset, Rows, TextColumn } from "../../frame/dataset.ts";
import type { TextTerm } from "../encoding.ts";
import { termCounts } from "./term-counts.ts";
import type { TermKind } from "./terms.ts";

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
  const { buckets, starts, terms } = termCounts(column, kind);
  const frequency = new Float64Array(buckets.length);
  let total = 0;
  for (const rows of parts)
    for (let i = 0; i < rows.length; i++) {
      const weight = weights === undefined ? 1 : weights[rows[i]];
      total += weight;
      for (let e = starts[rows[i]]; e < starts[rows[i] + 1]; e++) frequency[terms[e]] += weight;
    }
  const found: number[] = [];
  for (let term = 0; term < buckets.length; term++) if (frequency[term] >= LEAST_WEIGHT) found.push(term);
  const kept =
    found.length <= MOST_TERMS
      ? found
      : found
          .sort((a, b) => frequency[b] - frequency[a] || a - b)
          .slice(0, MOST_TERMS)
          .sort((a, b) => a - b);
  const idf = kept.map((term) => Math.log((1 + total) / (1 + frequency[term])) + 1);
  return { column: position, terms: kind, buckets: kept.map((term) => buckets[term]), idf };
}

interface Features {
  readonly data: Dataset;
  readonly rows: Rows;
  readonly features: SparseRows;
}

const known = new WeakMap<readonly TextTerm[], Features>();

/**
 * TF-IDF features of the given rows, by place: one column for each of the terms, in order. A row's share of a term kind
 * is count times inverse document frequency, scaled to length 1 (a text without known terms stays 0). The last rows asked
 * for are remembered with a list of terms, as all models of a path share one. Cost: O(terms of the column and the rows).
 */
export function textFeatures(terms: readonly TextTerm[], data: Dataset, rows: Rows): SparseRows {
  const last = known.get(terms);
  if (last?.data === data && last.rows === rows) return last.features;
  const features = featuresOf(terms, data, rows);
  known.set(terms, { data, rows, features });
  return features;
}

function featuresOf(texts: readonly TextTerm[], data: Dataset, rows: Rows): SparseRows {
  let next = 0;
  const kinds = texts.map(({ column, terms: kind, buckets, idf }) => {
    const counted = termCounts(data.columns[column] as TextColumn, kind);
    const first = next;
    next += buckets.length;
    return { ...counted, idf: Float64Array.from(idf), first, places: placesIn(buckets, counted.buckets) };
  });
  const starts = new Int32Array(rows.length + 1);
  let room = 0;
  for (const { starts: own } of kinds) for (let i = 0; i < rows.length; i++) room += own[rows[i] + 1] - own[rows[i]];
  const columns = new Int32Array(room);
  const values = new Float64Array(room);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    for (const { starts: own, terms, counts, idf, first, places } of kinds) {
      const from = size;
      let squares = 0;
      for (let e = own[rows[i]]; e < own[rows[i] + 1]; e++) {
        const place = places[terms[e]];
        if (place < 0) continue;
        const value = counts[e] * idf[place];
        squares += value * value;
        columns[size] = first + place;
        values[size++] = value;
      }
      const scale = 1 / Math.sqrt(squares);
      for (let e = from; e < size; e++) values[e] *= scale;
    }
    starts[i + 1] = size;
  }
  return { starts, columns: columns.subarray(0, size), values: values.subarray(0, size) };
}

/** Of each of `wanted`, where it stands among `sorted`, or -1; both ascending. */
function placesIn(sorted: readonly number[], wanted: Int32Array): Int32Array {
  const places = new Int32Array(wanted.length).fill(-1);
  let at = 0;
  for (let w = 0; w < wanted.length && at < sorted.length; w++) {
    while (sorted[at] < wanted[w]) at++;
    if (sorted[at] === wanted[w]) places[w] = at;
  }
  return places;
}
