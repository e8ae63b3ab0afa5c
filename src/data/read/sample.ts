/** Looking at the head of a delimited text: how it is cut, what its columns are called, what they seem to hold. */
import { DataError } from "../error.ts";
import type { Dialect, Origin } from "../table.ts";
import type { Warning } from "../warning.ts";
import { isCommaNumber, isPlainNumber } from "./cell-kind.ts";
import { detectDecimal } from "./decimal.ts";
import { detectDelimiter } from "./delimiter.ts";
import { columnNames, detectHeader, numberedNames } from "./header.ts";
import { areCodes } from "./notation.ts";
import { INFINITE } from "./markers.ts";
import type { ReadOptions } from "./options.ts";
import { BLANKS, cutBy, squeezedText } from "./squeeze.ts";
import { splitRecords, type SampleRecord } from "./records.ts";

export interface Sample {
  readonly dialect: Dialect;
  readonly decimal: "." | ",";
  readonly reasons: Origin["reasons"];
  readonly lineEnds: NonNullable<Origin["lineEnds"]>;
  readonly names: readonly string[];
  /** Which of the last columns have no name of their own: they may be no more than trailing delimiters. */
  readonly unnamed: number;
  /** The text before the first data record, as the reader that takes no part in translation sees it. */
  readonly header: string;
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
  const delimiter = options.delimiter === "tab" ? "\t" : options.delimiter;
  const found =
    delimiter === undefined ? detectDelimiter(bare, quote, whole) : { value: delimiter, reason: "as asked" };
  reasons.delimiter = found.reason;
  const judged = found.value === BLANKS ? squeezedText(bare, quote) : bare;
  const records = splitRecords(judged, { delimiter: cutBy(found.value), quote }, whole, DATA_RECORDS + 1);
  if (records.length < 2 && !whole) return undefined;
  if (records.length === 0)
    throw new DataError(whole && text.trim() !== "" ? unclosed(label) : `${label}: the file is empty`);
  const cells = records.map((record) => record.fields);
  const header =
    options.header === undefined ? detectHeader(cells.slice(0, JUDGED)) : { value: options.header, reason: "as asked" };
  reasons.header = header.reason;
  const data = header.value ? records.slice(1) : records;
  const warnings: Warning[] = [];
  const first = header.value ? records[0].fields : undefined;
  const { names, unnamed } =
    options.names === undefined ? nameColumns(first, data, warnings) : given(label, options.names, records);
  const decimal =
    options.decimal === undefined ? detectDecimal(cells.slice(1)) : { value: options.decimal, reason: "as asked" };
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
    reasons,
    lineEnds: lineEndsOf(judged, records),
    names,
    unnamed,
    header: header.value ? judged.slice(0, records[0].end) : "",
    records: data.map((record) => record.fields),
    recordLength: last === undefined ? 1 : (last.end - data[0].start) / data.length,
    warnings,
  };
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
  const width = modalWidth(data) ?? first?.length ?? 0;
  if (first === undefined) return { names: numberedNames(width), unnamed: width };
  let header = first;
  if (
    width === header.length + 1 &&
    data.some((record) => record.fields.length === width && record.fields[width - 1] !== "")
  ) {
    header = ["", ...header];
    warnings.push({
      code: "row-names",
      message: `records have one field more than the header: the first one is taken for row names and called unnamed_1`,
    });
  } else if (width === header.length - 1 && header[header.length - 1] === "") {
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
      message: `${empty.length} columns have no name and are called ${names[empty[0].i]}${empty.length > 1 ? ", ..." : ""}`,
      count: empty.length,
    });
  const renamed = names.filter((name, i) => header[i] !== "" && header[i] !== name);
  if (renamed.length > 0)
    warnings.push({
      code: "repeated-names",
      message: `${renamed.length} header names come again and are called ${renamed.slice(0, 3).join(", ")}${renamed.length > 3 ? ", ..." : ""}`,
      count: renamed.length,
    });
  let unnamed = 0;
  while (unnamed < header.length && header[header.length - 1 - unnamed] === "") unnamed++;
  return { names, unnamed };
}

function modalWidth(data: readonly SampleRecord[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { fields } of data) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let best: number | undefined;
  for (const [width, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = width;
  return best;
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
  return filled.every((text) => plain(text) || INFINITE.has(text)) && !areCodes(filled);
}
