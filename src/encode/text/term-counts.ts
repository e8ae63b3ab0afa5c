import type { TextColumn } from "../../frame/dataset.ts";
import { BUCKETS, eachTerm, normalised, type TermKind } from "./terms.ts";

/** How often each row of a text column has each term: entry e of row i is at starts[i] <= e < starts[i + 1]. */
export interface TermCounts {
  /** The bucket of every term of the column, ascending. */
  readonly buckets: Int32Array;
  readonly starts: Int32Array;
  /** Where each entry's bucket stands in `buckets`; ascending within a row. */
  readonly terms: Int32Array;
  readonly counts: Uint16Array;
}

const decoder = new TextDecoder();
const known = new WeakMap<TextColumn, Map<TermKind, TermCounts>>();

/**
 * The terms of every row of a column. Nothing is learnt here, so all rows can be counted at once; the answer is kept as
 * long as the column is, since every fold and every prediction asks for it. Cost: a pass over the text.
 */
export function termCounts(column: TextColumn, kind: TermKind): TermCounts {
  const kinds = known.get(column) ?? new Map<TermKind, TermCounts>();
  known.set(column, kinds);
  const counted = kinds.get(kind) ?? count(column, kind);
  kinds.set(kind, counted);
  return counted;
}

/** The text of a row, as its terms are cut from it. */
export function rowText({ bytes, ends }: TextColumn, row: number): string {
  return normalised(decoder.decode(bytes.subarray(row === 0 ? 0 : ends[row - 1], ends[row])));
}

function count(column: TextColumn, kind: TermKind): TermCounts {
  const rows = column.ends.length;
  const starts = new Int32Array(rows + 1);
  let buckets = new Int32Array(Math.max(16, column.bytes.length >> 1));
  let counts = new Uint16Array(buckets.length);
  let row = new Int32Array(256);
  let size = 0;
  for (let i = 0; i < rows; i++) {
    let terms = 0;
    eachTerm(rowText(column, i), kind, (bucket) => {
      if (terms === row.length) row = grown(row, 2 * terms);
      row[terms++] = bucket;
    });
    if (size + terms > buckets.length) {
      buckets = grown(buckets, 2 * (size + terms));
      counts = grown(counts, buckets.length);
    }
    const sorted = row.subarray(0, terms).sort();
    for (let t = 0; t < terms; t++) {
      if (t > 0 && sorted[t] === sorted[t - 1]) {
        if (counts[size - 1] < 65_535) counts[size - 1]++;
        continue;
      }
      buckets[size] = sorted[t];
      counts[size++] = 1;
    }
    starts[i + 1] = size;
  }
  return { starts, ...numbered(buckets.subarray(0, size)), counts: counts.slice(0, size) };
}

/** All 0 between calls: clearing what was used is far cheaper than a table of all buckets for every small text. */
let places: Int32Array | undefined;

/** The buckets that occur, ascending, and the place of each entry's among them. */
function numbered(entries: Int32Array): { readonly buckets: Int32Array; readonly terms: Int32Array } {
  places ??= new Int32Array(BUCKETS);
  const found: number[] = [];
  for (let e = 0; e < entries.length; e++) if (places[entries[e]]++ === 0) found.push(entries[e]);
  const buckets = Int32Array.from(found).sort();
  for (let i = 0; i < buckets.length; i++) places[buckets[i]] = i;
  const terms = new Int32Array(entries.length);
  for (let e = 0; e < entries.length; e++) terms[e] = places[entries[e]];
  for (let i = 0; i < buckets.length; i++) places[buckets[i]] = 0;
  return { buckets, terms };
}

function grown<T extends Int32Array | Uint16Array>(values: T, length: number): T {
  const out = new (values.constructor as new (length: number) => T)(length);
  out.set(values);
  return out;
}
