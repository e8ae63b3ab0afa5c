/**
 * Which character separates the cells. The idea is that of van den Burg, Nazabal & Sutton, "Wrangling messy CSV files by
 * detecting row and type patterns" (Data Mining and Knowledge Discovery 33, 2019): the right cut gives records of one
 * length and cells that have a type.
 */
import { BLANKS } from "../sources/squeeze.ts";
import { frontRecords, typedShare } from "./front.ts";
import { cutRecords, fits, modalWidth, type Extent, type Quoting, type SampleRecord } from "./records.ts";

/** In order of preference where two cut equally well. */
const CANDIDATES = [",", "\t", ";", "|", ":", "~", "^", "\u0001"] as const;
/** Taken where the character never separates cells alone. */
const DOUBLED = ["||", "::"] as const;
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

/** How well a delimiter cuts a sample. */
export interface Cutting {
  readonly delimiter: string;
  /** How many records were cut, and how many fields most of them have. */
  readonly records: number;
  readonly fields: number;
  /** Of the records: those with so many fields. */
  readonly share: number;
  /** The first line has so many. */
  readonly headed: boolean;
  readonly score: number;
  readonly malformed: number;
}

export const JUDGED = 200;
const BLANKS_HEAD = 2 ** 17;
/** So many of the records have one number of fields, at least; fewer, when the first one has it too and nothing else fits. */
const CONSISTENT = 0.8;
const LEAST = 0.5;
/** By how much blanks must fit better than a delimiter that fits. */
const MARGIN = 0.1;
/** A header that does not fit its records makes a delimiter less likely. */
const HEADLESS = 0.5;
/** What malformed cells take off, at most. */
const MALFORMED = 0.25;
/** So many lines of prose do not have one number of words. */
const MANY = 10;
/** At most so many footnotes below a table. */
const FOOTNOTES = 3;

/** The delimiter that cuts a sample best: blanks where these do better or nothing else does, undefined when none does. */
export function bestCut(text: string, quoting: Quoting, extent: Extent): Cutting | undefined {
  const doubled = DOUBLED.filter((two) => text.includes(two) && separatesDoubled(text, two[0], quoting, extent));
  const single = CANDIDATES.filter((one) => text.includes(one) && !(one === ":" && holdsTimes(text)));
  const candidates = [...single.filter((one) => !doubled.some((two) => two.startsWith(one))), ...doubled];
  const cuts = candidates
    .flatMap((delimiter) => cutWith(text, delimiter, quoting, extent) ?? [])
    .filter(({ delimiter, headed }) => headed || delimiter !== ":"); // colons stand within values more often than between
  const even = cuts.filter(({ share }) => share >= CONSISTENT);
  const best = bestOf(even);
  if (best?.share === 1 && separates(text, best.delimiter)) return best;
  const blanks = byBlanks(text, quoting, extent);
  if (blanks === undefined) return best ?? bestOf(cuts.filter(({ headed }) => headed));
  if (best === undefined) return blanks;
  return blanks.fields > best.fields && blanks.score > best.score + MARGIN ? blanks : best;
}

/** Is every second cell empty that a character cuts? */
function separatesDoubled(text: string, one: string, quoting: Quoting, extent: Extent): boolean {
  return cutRecords(text, one, quoting, extent).every(({ fields }) =>
    fields.every((cell, c) => c % 2 === 0 || cell === ""),
  );
}

/** The first of the best. */
function bestOf(cuts: readonly Cutting[]): Cutting | undefined {
  return cuts.reduce<Cutting | undefined>(
    (best, cut) => (best === undefined || cut.score > best.score + 1e-9 ? cut : best),
    undefined,
  );
}

/** How a delimiter cuts a sample; undefined when it gives no columns. */
export function cutWith(text: string, delimiter: string, quoting: Quoting, extent: Extent): Cutting | undefined {
  const cut = judge(cutRecords(text, delimiter, quoting, extent));
  return cut && { delimiter, ...cut };
}

/** Why a delimiter was taken. */
export function reasonOf({ delimiter, fields, share }: Cutting): string {
  const which =
    share === 1 ? "every record of the head has" : `${Math.floor(100 * share)} % of the head's records have`;
  return `${NAMES.get(delimiter) ?? JSON.stringify(delimiter)}: ${which} ${fields} fields`;
}

/** Words are separated by blanks too, so cells must mostly be values here, or many records of one length. */
function byBlanks(text: string, quoting: Quoting, extent: Extent): Cutting | undefined {
  if (!/[ \t]/.test(text)) return undefined;
  const head = text.slice(0, BLANKS_HEAD);
  const whole = extent.whole && head.length === text.length;
  const cut = cutWith(head, BLANKS, quoting, { ...extent, whole });
  if (cut === undefined || cut.share < CONSISTENT) return undefined;
  const even = cut.share === 1 && cut.fields > 2 && cut.records >= MANY;
  return even || cut.score - cut.share > 0.5 ? cut : undefined;
}

/** Whether a delimiter that fits can be nothing else: a tab may line columns up beside blanks, a comma mark decimals. */
function separates(text: string, delimiter: string): boolean {
  return delimiter !== "\t" && !(delimiter === "," && !/(?<!\d),|,(?!\d)/.test(text));
}

/** Are the colons of most lines those of times or addresses? */
function holdsTimes(text: string): boolean {
  const lines = text.split(/[\r\n]+/, JUDGED).filter((line) => line.includes(":"));
  const telling = /(?<![\d:])([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(?![\d:])|[a-z]:\/\/|:[ \t]/i;
  return lines.filter((line) => telling.test(line)).length > lines.length / 2;
}

/** How well a cut fits: undefined when it does not. */
function judge(all: readonly SampleRecord[]): Omit<Cutting, "delimiter"> | undefined {
  const records = withoutRemarks(all.slice(frontRecords(all)));
  const fields = modalWidth(records);
  if (fields < 2) return undefined;
  const share = records.filter((record) => fits(record, fields)).length / records.length;
  if (share < LEAST) return undefined;
  const data = records.length > 1 ? records.slice(1) : records; // the first one may be a header
  // a header has as many fields, or one more or less
  const headless = Math.abs(records[0].fields.length - fields) > 1 && !fits(records[0], fields);
  const malformed = all.reduce((sum, record) => sum + record.malformed, 0);
  const score = share + typedShare(data) - (headless ? HEADLESS : 0) - MALFORMED * Math.min(1, malformed / all.length);
  return { records: all.length, fields, share, headed: fits(all[0], fields), score, malformed };
}

/** Remarks in a table, and few lines of one field below one of more, are no reason for another delimiter. They still do not fit. */
function withoutRemarks(all: readonly SampleRecord[]): readonly SampleRecord[] {
  const records = all.filter(({ fields }) => fields.length > 1 || !fields[0].startsWith("#"));
  let end = records.length;
  while (end > 2 && records.length - end < FOOTNOTES && records[end - 1].fields.length === 1) end--;
  return modalWidth(records.slice(0, end)) > 2 ? records.slice(0, end) : records.length > 1 ? records : all;
}
