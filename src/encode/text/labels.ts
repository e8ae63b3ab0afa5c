import type { Dataset, Rows, TextColumn } from "../../frame/dataset.ts";
import type { TextTerm } from "../encoding.ts";
import { rowText, termCounts } from "./term-counts.ts";
import { eachTerm } from "./terms.ts";

/**
 * The written form of some terms, found again in the training rows: the first that has its hash. Runs of characters
 * are given with their blanks.
 *
 * @param wanted Places of terms, counted through all kinds and columns.
 * Cost: a pass over the counted terms of the training rows, and the text of the rows where a wanted one is first.
 */
export function termLabels(data: Dataset, rows: Rows, texts: readonly TextTerm[], wanted: readonly number[]): string[] {
  const labels = new Map<number, string>();
  let first = 0;
  for (const { column, terms: kind, buckets } of texts) {
    const own = wanted.filter((place) => place >= first && place < first + buckets.length);
    const text = data.columns[column] as TextColumn;
    const unseen = new Map(own.map((place) => [buckets[place - first], place]));
    const counted = termCounts(text, kind);
    for (let i = 0; i < rows.length && unseen.size > 0; i++) {
      if (!hasOne(counted, rows[i], unseen)) continue;
      const written = rowText(text, rows[i]);
      eachTerm(written, kind, (bucket, from, to) => {
        const place = unseen.get(bucket);
        if (place === undefined) return;
        labels.set(place, written.slice(from, to));
        unseen.delete(bucket);
      });
    }
    first += buckets.length;
  }
  return wanted.map((place) => labels.get(place) ?? "");
}

function hasOne(
  { starts, terms, buckets }: ReturnType<typeof termCounts>,
  row: number,
  unseen: ReadonlyMap<number, number>,
): boolean {
  for (let e = starts[row]; e < starts[row + 1]; e++) if (unseen.has(buckets[terms[e]])) return true;
  return false;
}
