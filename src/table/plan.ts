/** What is settled before the first cell is read: how the text is cut, and what each column is read as. */
import { DataError } from "../frame/error.ts";
import { NUMBER, STRING, type Layout } from "./scan/block.ts";
import { isCommaNumber, isPlainNumber } from "./sniff/cell-kind.ts";
import { areCodes, areExponentCodes } from "./sniff/codes.ts";
import { conventionsOf, type Conventions } from "./conventions.ts";
import { decodedText, NotUtf8, startsAsUtf8, type Encoding } from "./sources/encoding.ts";
import type { Limits } from "./limits.ts";
import { INFINITE } from "./markers.ts";
import { typesOf, type GivenKind, type ReadOptions } from "./options.ts";
import { sniff, type Sample } from "./sniff/sniff.ts";
import type { Peeked } from "./sources/source.ts";
import { separatorOf } from "./sources/squeeze.ts";
import { needsTranslation, PLAIN } from "./sources/translate.ts";
import { memorySize } from "../words/numbers.ts";

/** Bytes of the head to look at; more where two records need more. */
export const HEAD: number = 2 ** 18;
/** A byte that no text holds. */
const NONE = 256;

/** How the work is done; the table is the same for all. */
export interface Tuning {
  /** Bytes of a block. */
  readonly blockBytes?: number;
  /** Have `csv-parse` cut the records even where the fast reader could. */
  readonly translate?: boolean;
}

/** Everything that is settled before the first cell is read. */
export interface Plan {
  /** Unpacked, in its own encoding. */
  readonly source: Peeked;
  readonly encoding: Encoding;
  readonly options: ReadOptions;
  readonly limits: Limits;
  readonly tuning: Tuning;
  /** What the head told, without its cells: these are not held while the table is read. */
  readonly sample: Omit<Sample, "records">;
  /** What each column is read as at first. */
  readonly kinds: Uint8Array;
  /** By `csv-parse`. */
  readonly translate: boolean;
  readonly types: ReadonlyMap<string, GivenKind>;
  readonly conventions: Conventions;
}

/** @throws DataError when there are no records, too many columns or too long lines; NotUtf8 when the head is not. */
export async function planFor(
  source: Peeked,
  encoding: Encoding,
  options: ReadOptions,
  limits: Limits,
  tuning: Tuning,
): Promise<Plan> {
  const { records, ...sample } = await lookAtHead(source, encoding, options, limits);
  const conventions = conventionsOf(options, sample.decimal, sample.names);
  const translate = tuning.translate === true || needsTranslation(sample.dialect);
  const types = typesOf(options);
  const kinds = firstKinds(sample, records, types, conventions);
  return { source, encoding, options, limits, tuning, sample, kinds, translate, types, conventions };
}

/** Takes as much of the head as is needed to hold two records. */
async function lookAtHead(source: Peeked, encoding: Encoding, options: ReadOptions, limits: Limits): Promise<Sample> {
  for (let most = HEAD; ; most *= 8) {
    const bytes = await source.head(most);
    const whole = bytes.length < most;
    if (encoding.name === "utf8" && !startsAsUtf8(bytes, whole)) throw new NotUtf8(source.label);
    const text = await decodedText(bytes, encoding, whole);
    const sample = sniff({ label: source.label, text, whole, encoding: encoding.name }, options, limits);
    if (sample !== undefined) return sample;
    if (most > limits.lineBytes)
      throw new DataError(
        `${source.label}: the first two records are longer than ${memorySize(limits.lineBytes)}; is this a table, or is a quote opened that is never closed (--quote)? (the option limits.lineBytes allows more)`,
      );
  }
}

/** More records than this that do not fit are no bad lines of a table, but a table read wrongly. */
const MOST_BAD = 1_000_000;
/** More of them than this are no lines below a table. */
export const MOST_BELOW = 20;

/** The layout of the first pass. */
export function layoutOf(plan: Plan): Layout {
  const { conventions, options, translate } = plan;
  const { dialect, decimal } = plan.sample;
  const { delimiter, quote } = translate ? PLAIN : dialect;
  return {
    delimiter: separatorOf(delimiter).charCodeAt(0),
    quote: quote === "" ? NONE : quote.charCodeAt(0),
    decimal: decimal === delimiter ? NONE : decimal.charCodeAt(0), // "2,6" in quotes: read as text, then as a number
    plan: plan.kinds,
    markers: [...conventions.missingNumber],
    header: plan.sample.headerCells.map((cell) => Buffer.from(cell)),
    padded: plan.sample.padded,
    mostBad: options.skipBadLines === true ? MOST_BAD : MOST_BELOW,
  };
}

/** Columns whose head holds numbers, or nothing yet, are read as numbers, the others as text. */
function firstKinds(
  { names, decimal, dialect }: Plan["sample"],
  records: Sample["records"],
  types: Plan["types"],
  conventions: Conventions,
): Uint8Array {
  const mark = decimal === dialect.delimiter ? undefined : decimal;
  return Uint8Array.from(names, (name, c) => {
    const kind = types.get(name);
    if ((kind !== undefined && kind !== "number") || conventions.ownKept.has(name)) return STRING;
    const texts = records.map((record) => record[c] ?? "");
    return looksNumeric(texts, mark, conventions.missingNumber) ? NUMBER : STRING;
  });
}

/**
 * Whether a column of the head may be read as plain numbers: if not, it is read as text from the start.
 *
 * @param decimal undefined: whole numbers only.
 */
function looksNumeric(texts: readonly string[], decimal: "." | "," | undefined, missing: ReadonlySet<string>): boolean {
  const filled = texts.filter((text) => text !== "" && !missing.has(text));
  const whole = (text: string): boolean => /^[+-]?\d+([eE][+-]?\d+)?$/.test(text);
  const plain =
    decimal === "." ? isPlainNumber : (text: string) => whole(text) || (decimal === "," && isCommaNumber(text));
  if (!filled.every((text) => plain(text) || INFINITE.has(text))) return false;
  return !areCodes(filled) && !areExponentCodes(filled);
}
