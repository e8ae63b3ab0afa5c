/**
 * Looking at the head of a delimited text, in this order:
 *  1. foreign.ts        is it another format than a delimited table?
 *  2. front.ts          lines that the user says, Excel's `sep=;`
 *  3. quoting.ts        how cells are quoted, and with it delimiter.ts, what separates them
 *  4. front.ts          titles and remarks before the table
 *  5. header.ts         is the first record a header?
 *  6. second-header.ts  are there more lines of it?
 *  7. names.ts          what the columns are called
 *  8. decimal.ts        what marks decimals
 * The encoding was found before (../encoding.ts), what columns are read as is settled after (../plan.ts).
 */
import { DataError } from "../../frame/error.ts";
import type { Dialect, Origin } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";
import { quoted } from "../../words/texts.ts";
import type { Limits } from "../limits.ts";
import type { ReadOptions } from "../options.ts";
import { evenedText } from "../sources/squeeze.ts";
import { detectDecimal } from "./decimal.ts";
import { JUDGED, reasonOf } from "./delimiter.ts";
import { foreignText } from "./foreign.ts";
import { frontRecords, linesLength, separatorLine } from "./front.ts";
import { detectHeader } from "./header.ts";
import { columnNames, nameColumns, type Names } from "./names.ts";
import { detectQuoting, type QuotedCut } from "./quoting.ts";
import { cutRecords, lineEnds, modalWidth, type SampleRecord } from "./records.ts";
import { joinedNames, secondHeaders } from "./second-header.ts";

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
  /** Most records end in more delimiters than there are columns. */
  readonly padded: boolean;
  /** A record of these cells is the header again; empty: none is. */
  readonly headerCells: readonly string[];
  /** The lines that the user says are no part of the table. */
  readonly skipped: string;
  /** The text between these and the first data record, blanks made even, and how many records it holds. */
  readonly before: string;
  readonly recordsBefore: number;
  /** How many of these stand below the header: they keep their numbers. */
  readonly leftOut: number;
  /** Data records of the head. */
  readonly records: readonly (readonly string[])[];
  /** Mean characters of these. */
  readonly recordLength: number;
  readonly warnings: readonly Warning[];
}

/** The head of a text. */
export interface Head {
  /** For messages. */
  readonly label: string;
  /** Decoded. */
  readonly text: string;
  /** It is the whole text. */
  readonly whole: boolean;
  readonly encoding: string;
}

const DATA_RECORDS = 2000;

/**
 * @returns undefined when the head holds too little to judge by and there is more.
 * @throws DataError when the text holds no record, is another format, or has a header that does not fit its records.
 */
export function sniff(head: Head, options: ReadOptions, limits: Limits): Sample | undefined {
  const { label, text, whole, encoding } = head;
  const { comment = "", skip = 0 } = options;
  const lines = linesLength(text, skip);
  if (lines === undefined && !whole) return undefined;
  const skipped = text.slice(0, lines);
  const rest = text.slice(skipped.length);
  const body = comment === "" ? rest : withoutComments(rest, comment);
  const foreign = options.delimiter === undefined ? foreignText(body) : undefined;
  if (foreign !== undefined) throw new DataError(`${label}: ${foreign}`);
  const named = options.delimiter === undefined ? separatorLine(body) : undefined;
  const line = body.slice(0, named?.length ?? 0);
  const { quoting, delimiter, reasons } = cutOf(body.slice(line.length), whole, options, named?.delimiter, limits);
  const judged = evenedText(body.slice(line.length), delimiter, quoting.quote);
  const extent = { whole, records: DATA_RECORDS + 1, fields: limits.columns };
  const all = cutRecords(judged, delimiter, quoting, extent);
  const width = all[0]?.fields.length ?? 0;
  if (width > limits.columns)
    throw new DataError(
      `${label}: more columns than the limit of ${limits.columns} (the option limits.columns allows more)`,
    );
  if (all.length < 2 && !whole) return undefined;
  if (all.length === 0) throw new DataError(`${label}${judged.trim() === "" ? ": the file is empty" : unclosed(skip)}`);
  const front = frontRecords(all);
  const records = all.slice(front);
  const cells = records.map((record) => record.fields);
  const header =
    options.header === undefined ? detectHeader(cells.slice(0, JUDGED)) : { value: options.header, reason: "as asked" };
  const first = header.value ? cells[0] : undefined;
  const below = header.value ? records.slice(1) : records;
  const odd = options.oddRecords !== "keep";
  const headerCells = odd && first !== undefined && canRepeat(first) ? first : [];
  const repeated = below.length > 0 && isHeader(below[0].fields, headerCells);
  const leftOut = odd && header.value && !repeated ? secondHeaders(below.slice(0, JUDGED)) : 0;
  const data = below.slice(leftOut).filter(({ fields }) => !isHeader(fields, headerCells));
  const moreLines = below.slice(0, leftOut).map(({ fields }) => fields);
  const names =
    options.names === undefined
      ? nameColumns(first && joinedNames(first, moreLines), data)
      : given(label, options.names, data);
  if (names === undefined) {
    const at = skip + lineEnds(line) + lineEnds(judged.slice(0, records[0].start)) + 1;
    throw unfit(comment === "" ? `${label}, line ${at}` : label, records[0], data);
  }
  const decimal =
    options.decimal === undefined
      ? detectDecimal(
          data.map(({ fields }) => fields),
          options.earlier?.decimal,
        )
      : { value: options.decimal, reason: "as asked", seen: true };
  const dialect: Dialect = { encoding, delimiter, ...quoting, comment, header: header.value };
  const warnings = [
    ...frontWarnings(all.slice(0, front)),
    ...quotingWarnings(reasons.quote),
    ...secondHeaderWarnings(below.slice(0, leftOut)),
    ...names.warnings,
  ];
  const start = below[leftOut]?.start ?? records[records.length - 1].end;
  return {
    dialect,
    decimal: decimal.value,
    decimalSeen: decimal.seen,
    reasons: { ...reasons, header: header.reason, decimal: decimal.reason },
    lineEnds: lineEndsOf(judged, records),
    names: names.names,
    unnamed: names.unnamed,
    padded: isMost(data, ({ fields }) => fields.length > names.names.length),
    headerCells,
    skipped,
    before: line + judged.slice(0, start),
    recordsBefore: (line === "" ? 0 : 1) + front + (header.value ? 1 : 0) + leftOut,
    leftOut,
    records: data.map((record) => record.fields),
    recordLength: data.reduce((sum, record) => sum + record.end - record.start, 0) / data.length || 1,
    warnings,
  };
}

interface Settled {
  readonly quoting: QuotedCut["quoting"];
  readonly delimiter: string;
  readonly reasons: { readonly delimiter: string; readonly quote?: string };
}

/** How the text is cut: as asked, as its first line says, or as found. */
function cutOf(
  text: string,
  whole: boolean,
  { delimiter, quote, escape }: ReadOptions,
  named: string | undefined,
  limits: Limits,
): Settled {
  const asked = {
    ...(quote !== undefined && { quote }),
    ...(escape !== undefined && { escape }),
    ...(delimiter !== undefined && { delimiter: delimiter === "tab" ? "\t" : delimiter }),
    ...(named !== undefined && { delimiter: named }),
  };
  const { quoting, cut, reason } = detectQuoting(text, asked, { whole, records: JUDGED, fields: limits.columns });
  const why = reason === undefined ? {} : { quote: reason };
  if (asked.delimiter !== undefined)
    return {
      quoting,
      delimiter: asked.delimiter,
      reasons: { delimiter: named === undefined ? "as asked" : "the first line says so", ...why },
    };
  if (cut === undefined)
    return { quoting, delimiter: ",", reasons: { delimiter: "no delimiter found: one column", ...why } };
  return { quoting, delimiter: cut.delimiter, reasons: { delimiter: reasonOf(cut), ...why } };
}

function unclosed(skip: number): string {
  return `, line ${skip + 1}: a quote is opened and never closed; close it, or say which character quotes (--quote, '' for none)`;
}

/** The header and the records differ in the number of fields: one of them is not what it was taken for. */
function unfit(where: string, header: SampleRecord, data: readonly SampleRecord[]): DataError {
  const names = header.fields.length;
  return new DataError(
    `${where}: the header has ${counted(names, "name")}, but the records have ${counted(modalWidth(data), "field")}; mend it, or say which lines stand before the table (--skip), how its cells are cut (--delimiter, --quote, --escape) or that there is no header (--no-header)`,
  );
}

/** Numbers alone may come again as data. */
function canRepeat(header: readonly string[]): boolean {
  return header.length > 1 && header.some((cell) => cell !== "" && !/^[\d.,]+$/.test(cell));
}

function isHeader(fields: readonly string[], headerCells: readonly string[]): boolean {
  return fields.length === headerCells.length && fields.every((cell, c) => cell === headerCells[c]);
}

function isMost<T>(of: readonly T[], test: (one: T) => boolean): boolean {
  return of.filter(test).length > of.length / 2;
}

function withoutComments(text: string, comment: string): string {
  return text
    .split(/(?<=\n|\r(?!\n))/)
    .filter((line) => !line.startsWith(comment))
    .join("");
}

function given(label: string, names: readonly string[], records: readonly SampleRecord[]): Names {
  const width = modalWidth(records);
  if (width !== names.length)
    throw new DataError(`${label}: ${names.length} names are given, but the records have ${width} fields`);
  return { names: columnNames(names), unnamed: 0, warnings: [] };
}

function frontWarnings(front: readonly SampleRecord[]): Warning[] {
  if (front.length === 0) return [];
  const text = front.flatMap(({ fields }) => fields).find((cell) => cell !== "") ?? "";
  return [
    {
      code: "front-lines",
      message: `${counted(front.length, "line")} before the table left out: ${JSON.stringify(text.slice(0, 60))}${front.length > 1 ? ", ..." : ""}`,
      count: front.length,
    },
  ];
}

function quotingWarnings(reason: string | undefined): Warning[] {
  if (reason === undefined) return [];
  return [{ code: "quoting-guessed", message: `${reason}; --quote and --escape override it` }];
}

function secondHeaderWarnings(records: readonly SampleRecord[]): Warning[] {
  if (records.length === 0) return [];
  const texts = records.flatMap(({ fields }) => fields).filter((cell) => cell !== "");
  return [
    {
      code: "second-header",
      message: `${counted(records.length, "record")} below the header left out: words that fit no record below (${quoted(texts)}), as a second line of a header or units have them; --odd-records keep reads them as data`,
      count: records.length,
      evidence: { texts: texts.slice(0, 5) },
    },
  ];
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
