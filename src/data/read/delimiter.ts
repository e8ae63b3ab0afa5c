/**
 * Which character parts the cells. The idea is that of van den Burg, Nazabal & Sutton, "Wrangling messy CSV files by
 * detecting row and type patterns" (Data Mining and Knowledge Discovery 33, 2019): the right cut gives records of one
 * length and cells that have a type.
 */
import { isTyped } from "./cell-kind.ts";
import { BLANKS, squeezedText } from "./squeeze.ts";
import { splitRecords, type SampleRecord } from "./records.ts";

/** In order of preference where two cut equally well. */
const CANDIDATES = [",", "\t", ";", "|", ":"] as const;
const NAMES = new Map([
  [",", "comma"],
  ["\t", "tab"],
  [";", "semicolon"],
  ["|", "bar"],
  [":", "colon"],
  [BLANKS, "blanks"],
]);

export interface Found<T> {
  readonly value: T;
  readonly reason: string;
}

const RECORDS = 200;
const BLANKS_HEAD = 2 ** 17;
const CONSISTENT = 0.8;

/** The delimiter of a sample; blanks when nothing else parts it, and a comma when these do not either. */
export function detectDelimiter(sample: string, quote: string, whole: boolean): Found<string> {
  let best: (Cut & { delimiter: string }) | undefined;
  for (const delimiter of CANDIDATES) {
    if (!sample.includes(delimiter)) continue;
    const records = splitRecords(sample, { delimiter, quote }, whole, RECORDS);
    const cut = judge(records);
    if (cut === undefined) continue;
    if (best === undefined || cut.score > best.score + 1e-9) best = { delimiter, ...cut };
  }
  best ??= byBlanks(sample, quote, whole);
  if (best === undefined) return { value: ",", reason: "no delimiter found: one column" };
  const { delimiter, fields, share } = best;
  const which =
    share === 1 ? "every record of the head has" : `${Math.floor(100 * share)} % of the head's records have`;
  return { value: delimiter, reason: `${delimiterName(delimiter)}: ${which} ${fields} fields` };
}

interface Cut {
  readonly fields: number;
  readonly share: number;
  readonly score: number;
}

/** Words are parted by blanks too, so cells must mostly be values here. */
function byBlanks(sample: string, quote: string, whole: boolean): (Cut & { delimiter: string }) | undefined {
  if (!/[ \t]/.test(sample)) return undefined;
  const head = sample.slice(0, BLANKS_HEAD);
  const all = whole && head.length === sample.length;
  const cut = judge(splitRecords(squeezedText(head, quote), { delimiter: "\t", quote }, all, RECORDS));
  return cut !== undefined && cut.score - cut.share > 0.5 ? { delimiter: BLANKS, ...cut } : undefined;
}

/** How well a cut fits: undefined when it does not. */
function judge(records: readonly SampleRecord[]): Cut | undefined {
  if (records.length === 0) return undefined;
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const [fields, count] = [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] > a[0]) ? b : a));
  const share = count / records.length;
  if (fields < 2 || share < CONSISTENT) return undefined;
  if (Math.abs(records[0].fields.length - fields) > 1) return undefined; // a header has as many, or one more or less
  let typed = 0;
  let filled = 0;
  for (const record of records.length > 1 ? records.slice(1) : records)
    // the first one may be a header
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
