/** Looking at the head of a delimited text: how it is cut, what its columns are called, what they seem to hold. */
import { DataError } from "../error.ts";
import type { Dialect, Origin } from "../table.ts";
import type { Warning } from "../warning.ts";
import { counted, listed } from "../words.ts";
import { isCommaNumber, isPlainNumber } from "./cell-kind.ts";
import { areCodes, areExponentCodes } from "./codes.ts";
import { detectDecimal } from "./decimal.ts";
import { detectDelimiter, type Found } from "./delimiter.ts";
import { frontRecords, modalWidth, separatorLine } from "./front.ts";
import { columnNames, detectHeader, numberedNames } from "./header.ts";
import { INFINITE } from "./markers.ts";
import type { ReadOptions } from "./options.ts";
import { BLANKS, cutBy, squeezedText } from "./squeeze.ts";
import { splitRecords, type SampleRecord } from "./records.ts";

export interface Sample {
  readonly dialect: Dialect;
  readonly decimal: "." | ",";
  /** Cells show it and no other, or it was asked for. */
  readonly decimalSeen: boolean;
  readonly reasons: Origin["reasons"];
  readonly lineEnds: NonNullable<Origin["lineEnds"]>;
  readonly names: readonly string[];
  /** Which of the last columns have no name of their own: they may be no more than trailing delimiters. */
  readonly unnamed: number;
  /** The text before the first data record, blanks made even, and how many records it holds. */
  readonly before: string;
  readonly recordsBefore: number;
  /** Data records of the head. */
  readonly records: readonly (readonly string[])[];
  /** Mean characters of these. */
  readonly recordLength: number;
  readonly warnings: readonly Warning[];
}

const DATA_RECORDS = 2000;
const JUDGED = 200;

/**
 * @param text The head of the text, decoded.
 * @param whole It is the whole text.
 * @returns undefined when the head holds too little to judge by and there is more.
 * @throws DataError when the text holds no record.
 */
export function inspectHead(
  label: string,
  text: string,
  whole: boolean,
  encoding: string,
  options: ReadOptions,
): Sample | undefined {
  const quote = options.quote ?? '"';
  const comment = options.comment ?? "";
  const bare = comment === "" ? text : withoutComments(text, comment);
  const reasons: { -readonly [K in keyof Origin["reasons"]]: string } = {};
  const named = options.delimiter === undefined ? separatorLine(bare) : undefined;
  const prefix = bare.slice(0, named?.length ?? 0);
  const body = bare.slice(prefix.length);
  const found = delimiterOf(body, quote, whole, options.delimiter, named?.delimiter);
  reasons.delimiter = found.reason;
  const judged = found.value === BLANKS ? squeezedText(body, quote) : body;
  const all = splitRecords(judged, { delimiter: cutBy(found.value), quote }, whole, DATA_RECORDS + 1);
  if (all.length < 2 && !whole) return undefined;
  if (all.length === 0)
    throw new DataError(whole && text.trim() !== "" ? unclosed(label) : `${label}: the file is empty`);
  const front = frontRecords(all);
  const records = all.slice(front);
  const warnings: Warning[] = [];
  if (front > 0)
    warnings.push({
      code: "front-lines",
      message: `${counted(front, "line")} before the table left out: ${JSON.stringify(all[0].fields[0].slice(0, 60))}${front > 1 ? ", ..." : ""}`,
      count: front,
    });
  const cells = records.map((record) => record.fields);
  const header =
    options.header === undefined ? detectHeader(cells.slice(0, JUDGED)) : { value: options.header, reason: "as asked" };
  reasons.header = header.reason;
  const data = header.value ? records.slice(1) : records;
  const first = header.value ? records[0].fields : undefined;
  const { names, unnamed } =
    options.names === undefined ? nameColumns(first, data, warnings) : given(label, options.names, records);
  const decimal =
    options.decimal === undefined
      ? detectDecimal(cells.slice(1), options.earlier?.decimal)
      : { value: options.decimal, reason: "as asked", seen: true };
  reasons.decimal = decimal.reason;
  const dialect: Dialect = {
    encoding,
    delimiter: found.value,
    quote,
    escape: options.escape ?? quote,
    comment,
    header: header.value,
  };
  const last = data[data.length - 1];
  return {
    dialect,
    decimal: decimal.value,
    decimalSeen: decimal.seen,
    reasons,
    lineEnds: lineEndsOf(judged, records),
    names,
    unnamed,
    before: prefix + judged.slice(0, header.value ? records[0].end : records[0].start),
    recordsBefore: front + (prefix === "" ? 0 : 1) + (header.value ? 1 : 0),
    records: data.map((record) => record.fields),
    recordLength: last === undefined ? 1 : (last.end - data[0].start) / data.length,
    warnings,
  };
}

function delimiterOf(
  text: string,
  quote: string,
  whole: boolean,
  asked: string | undefined,
  named: string | undefined,
): Found<string> {
  if (asked !== undefined) return { value: asked === "tab" ? "\t" : asked, reason: "as asked" };
  if (named !== undefined) return { value: named, reason: "the first line says so" };
  return detectDelimiter(text, quote, whole);
}

function unclosed(label: string): string {
  return `${label}, line 1: a quote is opened and never closed; close it, or say which character quotes (--quote)`;
}

function withoutComments(text: string, comment: string): string {
  return text
    .split(/(?<=\n|\r(?!\n))/)
    .filter((line) => !line.startsWith(comment))
    .join("");
}

function given(
  label: string,
  names: readonly string[],
  records: readonly SampleRecord[],
): { names: string[]; unnamed: number } {
  const width = modalWidth(records);
  if (width !== names.length)
    throw new DataError(`${label}: ${names.length} names are given, but the records have ${width} fields`);
  return { names: columnNames(names), unnamed: 0 };
}

/** The names, made to fit the records: a header may lack the name of row names in front, or end in a delimiter. */
function nameColumns(
  first: readonly string[] | undefined,
  data: readonly SampleRecord[],
  warnings: Warning[],
): { names: string[]; unnamed: number } {
  const width = data.length === 0 ? (first?.length ?? 0) : modalWidth(data);
  if (first === undefined) return { names: numberedNames(width), unnamed: width };
  let header = first;
  const fits = data.some((record) => record.fields.length === header.length);
  if (
    !fits &&
    width === header.length + 1 &&
    data.some((record) => record.fields.length === width && record.fields[width - 1] !== "")
  ) {
    header = ["", ...header];
    warnings.push({
      code: "row-names",
      message: `records have one field more than the header: the first one is taken for row names and called unnamed_1`,
    });
  } else if (!fits && width === header.length - 1 && header[header.length - 1] === "") {
    header = header.slice(0, -1);
    warnings.push({
      code: "trailing-delimiter",
      message: "the header ends in a delimiter that the records do not have",
    });
  }
  const names = columnNames(header);
  const empty = header.map((name, i) => ({ name, i })).filter(({ name }) => name === "");
  if (empty.length > 0)
    warnings.push({
      code: "unnamed-columns",
      message: `${counted(empty.length, "column")} without a name: called ${listed(empty.map(({ i }) => names[i]))}`,
      count: empty.length,
    });
  const renamed = names.filter((name, i) => header[i] !== "" && header[i] !== name);
  if (renamed.length > 0)
    warnings.push({
      code: "repeated-names",
      message: `${counted(renamed.length, "header name")} that came before: called ${listed(renamed)}`,
      count: renamed.length,
    });
  let unnamed = 0;
  while (unnamed < header.length && header[header.length - 1 - unnamed] === "") unnamed++;
  return { names, unnamed };
}

/** How records end; line ends within quotes do not count. */
function lineEndsOf(text: string, records: readonly SampleRecord[]): NonNullable<Origin["lineEnds"]> {
  const kinds = new Set(
    records.map(({ end }) => {
      if (text[end - 1] === "\n") return text[end - 2] === "\r" ? "CRLF" : "LF";
      return text[end - 1] === "\r" ? "CR" : undefined; // undefined: the last record may end with the text
    }),
  );
  kinds.delete(undefined);
  return kinds.size > 1 ? "mixed" : ([...kinds][0] ?? "LF");
}

/**
 * Whether a column of the head may be read as plain numbers: if not, it is read as text from the start.
 *
 * @param decimal undefined: whole numbers only.
 */
export function looksNumeric(
  texts: readonly string[],
  decimal: "." | "," | undefined,
  missing: ReadonlySet<string>,
): boolean {
  const filled = texts.filter((text) => text !== "" && !missing.has(text));
  const whole = (text: string): boolean => /^[+-]?\d+([eE][+-]?\d+)?$/.test(text);
  const plain =
    decimal === "." ? isPlainNumber : (text: string) => whole(text) || (decimal === "," && isCommaNumber(text));
  if (!filled.every((text) => plain(text) || INFINITE.has(text))) return false;
  return !areCodes(filled) && !areExponentCodes(filled);
}
