import type { Dataset, Rows, TextColumn } from "../../frame/dataset.ts";
import type { TextTerm } from "../encoding.ts";
import { rowText } from "./term-counts.ts";
import { BUCKETS, eachTerm } from "./terms.ts";

/**
 * The written form of each term, found again in the training rows: the first that has its hash. Runs of characters
 * are given with their blanks. Cost: a pass over the training text.
 */
export function termLabels(data: Dataset, rows: Rows, terms: readonly TextTerm[]): string[] {
  return terms.flatMap(({ column, terms: kind, buckets }) => {
    const places = new Int32Array(BUCKETS).fill(-1);
    for (const [i, bucket] of buckets.entries()) places[bucket] = i;
    const labels = buckets.map(() => "");
    for (let i = 0; i < rows.length; i++) {
      const text = rowText(data.columns[column] as TextColumn, rows[i]);
      eachTerm(text, kind, (bucket, from, to) => {
        const place = places[bucket];
        if (place >= 0 && labels[place] === "") labels[place] = text.slice(from, to);
      });
    }
    return labels;
  });
}
