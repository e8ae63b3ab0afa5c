/**
 * Which character parts the cells. The idea is that of van den Burg, Nazabal & Sutton, "Wrangling messy CSV files by
 * detecting row and type patterns" (Data Mining and Knowledge Discovery 33, 2019): the right cut gives records of one
 * length and cells that have a type.
 */
import { isTyped } from "./cell-kind.ts";
import { splitRecords, type SampleRecord } from "./records.ts";

/** In order of preference where two cut equally well. */
const CANDIDATES = [",", "\t", ";", "|", ":"] as const;
const NAMES = new Map([
  [",", "comma"],
  ["\t", "tab"],
  [";", "semicolon"],
  ["|", "bar"],
  [":", "colon"],
  [" ", "blank"],
]);

export interface Found<T> {
  readonly value: T;
  readonly reason: string;
}

const RECORDS = 200;
const CONSISTENT = 0.8;

/** The delimiter of a sample; a comma when no candidate parts anything. */
export function detectDelimiter(sample: string, quote: string, whole: boolean): Found<string> {
  let best: { delimiter: string; fields: number; score: number; share: number } | undefined;
  for (const delimiter of CANDIDATES) {
    if (!sample.includes(delimiter)) continue;
    const records = splitRecords(sample, { delimiter, quote }, whole, RECORDS);
    const cut = judge(records);
    if (cut === undefined) continue;
    if (best === undefined || cut.score > best.score + 1e-9) best = { delimiter, ...cut };
  }
  if (best === undefined) return { value: ",", reason: "no delimiter found: one column" };
  const share = best.share === 1 ? "every" : `${Math.floor(100 * best.share)} % of the`;
  return {
    value: best.delimiter,
    reason: `${delimiterName(best.delimiter)}: ${share} record${best.share === 1 ? "" : "s"} of the head ha${best.share === 1 ? "s" : "ve"} ${best.fields} fields`,
  };
}

/** How well a cut fits: undefined when it does not. */
function judge(records: readonly SampleRecord[]): { fields: number; score: number; share: number } | undefined {
  if (records.length === 0) return undefined;
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const [fields, count] = [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a));
  const share = count / records.length;
  if (fields < 2 || share < CONSISTENT) return undefined;
  if (Math.abs(records[0].fields.length - fields) > 1) return undefined; // a header has as many, or one more or less
  let typed = 0;
  let filled = 0;
  for (const record of records)
    for (const cell of record.fields)
      if (cell !== "") {
        filled++;
        if (isTyped(cell)) typed++;
      }
  return { fields, share, score: share + typed / Math.max(1, filled) };
}

/** A delimiter in words. */
export function delimiterName(delimiter: string): string {
  return NAMES.get(delimiter) ?? JSON.stringify(delimiter);
}
