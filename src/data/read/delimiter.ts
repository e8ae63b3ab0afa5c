/**
 * Which character parts the cells. The idea is that of van den Burg, Nazabal & Sutton, "Wrangling messy CSV files by
 * detecting row and type patterns" (Data Mining and Knowledge Discovery 33, 2019): the right cut gives records of one
 * length and cells that have a type.
 */
import { frontRecords, modalWidth, typedShare } from "./front.ts";
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
/** By how much blanks must fit better than a delimiter that fits. */
const MARGIN = 0.1;
/** So many lines of prose do not have one number of words. */
const MANY = 10;

/** The delimiter of a sample; blanks where these fit better or nothing else does, a comma when nothing parts it. */
export function detectDelimiter(sample: string, quote: string, whole: boolean): Found<string> {
  let best: (Cut & { delimiter: string }) | undefined;
  for (const delimiter of CANDIDATES) {
    if (!sample.includes(delimiter)) continue;
    const records = splitRecords(sample, { delimiter, quote }, whole, RECORDS);
    const cut = judge(records);
    if (cut === undefined) continue;
    if (best === undefined || cut.score > best.score + 1e-9) best = { delimiter, ...cut };
  }
  const blanks = byBlanks(sample, quote, whole);
  if (
    blanks !== undefined &&
    (best === undefined || (blanks.fields > best.fields && blanks.score > best.score + MARGIN))
  )
    best = blanks;
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

/** Words are parted by blanks too, so cells must mostly be values here, or many records of one length. */
function byBlanks(sample: string, quote: string, whole: boolean): (Cut & { delimiter: string }) | undefined {
  if (!/[ \t]/.test(sample)) return undefined;
  const head = sample.slice(0, BLANKS_HEAD);
  const all = whole && head.length === sample.length;
  const records = splitRecords(squeezedText(head, quote), { delimiter: "\t", quote }, all, RECORDS);
  const cut = judge(records);
  if (cut === undefined) return undefined;
  const even = cut.share === 1 && cut.fields > 2 && records.length >= MANY;
  return even || cut.score - cut.share > 0.5 ? { delimiter: BLANKS, ...cut } : undefined;
}

/** How well a cut fits: undefined when it does not. */
function judge(all: readonly SampleRecord[]): Cut | undefined {
  const records = all.slice(frontRecords(all));
  const fields = modalWidth(records);
  if (fields < 2) return undefined;
  const share = records.filter((record) => record.fields.length === fields).length / records.length;
  if (share < CONSISTENT) return undefined;
  if (Math.abs(records[0].fields.length - fields) > 1) return undefined; // a header has as many, or one more or less
  const data = records.length > 1 ? records.slice(1) : records; // the first one may be a header
  return { fields, share, score: share + typedShare(data) };
}

/** A delimiter in words. */
function delimiterName(delimiter: string): string {
  return NAMES.get(delimiter) ?? JSON.stringify(delimiter);
}
