/** A table as read: typed columns without meaning yet, and the facts about where they came from. */
import type { Levels } from "./byte-dictionary.ts";
import type { Warning } from "./warning.ts";

export type { Levels };

/** How often a text such as `NA` was read as a missing cell. */
export interface MarkerCount {
  readonly text: string;
  readonly count: number;
}

/** How the text of a column's numbers was written, where it was not plain. */
export interface Notation {
  readonly decimal: "." | ",";
  /** Absent: none. */
  readonly thousands?: string;
  /** A currency sign or code, or `%`, that stood at every number. */
  readonly unit?: string;
  /** Letters for thousands, millions and billions (K, M, B) are worked in. */
  readonly magnitudes?: true;
  /** Signs that stood at some of them: bounds, footnote marks, brackets, a minus behind, sides of the books. */
  readonly marks?: readonly string[];
}

interface ColumnFacts {
  readonly name: string;
  /** Texts read as missing, the empty one left out, most frequent first. */
  readonly markers: readonly MarkerCount[];
}

/** Plain numbers. NaN is missing; infinities are kept. */
export interface RawNumbers extends ColumnFacts {
  readonly kind: "number";
  readonly values: Float64Array;
  readonly notation?: Notation;
}

/** Anything else: each cell's text, trimmed, by its code among the distinct texts. -1 is missing. */
export interface RawTexts extends ColumnFacts {
  readonly kind: "text";
  readonly codes: Int32Array;
  /** In order of first appearance. */
  readonly levels: Levels;
}

export type RawColumn = RawNumbers | RawTexts;

/** How the text was cut into cells: what was found or asked for. */
export interface Dialect {
  /** As `iconv-lite` names it. */
  readonly encoding: string;
  readonly delimiter: string;
  /** Empty: none. */
  readonly quote: string;
  /** What makes a quote inside a quoted cell plain; mostly the quote itself. */
  readonly escape: string;
  /** Lines that start with it are left out; empty: none. */
  readonly comment: string;
  readonly header: boolean;
}

/** Where a table came from. */
export interface Origin {
  /** The file's name without its folder, `stdin` or `memory`. */
  readonly name: string;
  readonly format: "delimited" | "parquet" | "memory";
  /** Of the bytes as they lie on the disk, compressed or not; 0 and empty for tables from memory. */
  readonly bytes: number;
  readonly sha256: string;
  readonly compression: "gzip" | "none";
  readonly dialect?: Dialect;
  readonly lineEnds?: "LF" | "CRLF" | "CR" | "mixed";
  /** Why each part of the dialect was taken, in words. */
  readonly reasons: Readonly<Partial<Record<"delimiter" | "quote" | "header" | "encoding" | "decimal", string>>>;
  /** What was taken for missing, beside the empty cell: the user's texts, and whether the usual ones (NA, ?, ...) too. */
  readonly na: readonly string[];
  readonly defaultNa: boolean;
  /** The user's texts that are values all the same. */
  readonly keepNa: readonly string[];
  /** Decimal mark and digit grouping (empty: found out column by column) that numbers in text were read by. */
  readonly decimal: "." | ",";
  readonly thousands: string;
  /** The table's own cells show the decimal mark, and no other; or it was asked for. */
  readonly decimalSeen: boolean;
  /** Records that were left out: they did not fit (`skipBadLines`), or were no data (`oddRecords`). */
  readonly skipped: number;
}

export interface Table {
  readonly rows: number;
  /** Names are unique. */
  readonly columns: readonly RawColumn[];
  /** The 0-based number of each row's record in the file; absent when that is the row's own number. */
  readonly rowNumbers?: Int32Array;
  readonly origin: Origin;
  /** What reading has to tell. */
  readonly warnings: readonly Warning[];
}

/** The column of that name, or undefined. O(columns). */
export function findColumn(table: Table, name: string): RawColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** All distinct texts of a column, by code. O(bytes). */
export function levelTexts({ bytes, ends }: Levels): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from(ends, (end, i) => buffer.toString("utf8", i === 0 ? 0 : ends[i - 1], end));
}

/** One distinct text. */
export function levelText({ bytes, ends }: Levels, code: number): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString("utf8", code === 0 ? 0 : ends[code - 1], ends[code]);
}

/** The distinct texts of a column, finite numbers in their shortest form. O(rows). */
export function distinctTexts(column: RawColumn): string[] {
  if (column.kind === "text") return levelTexts(column.levels);
  return [...new Set(column.values)].filter(Number.isFinite).map(String);
}

/** Whether a cell holds nothing, or no finite number. */
export function isMissing(column: RawColumn, row: number): boolean {
  return column.kind === "number" ? !Number.isFinite(column.values[row]) : column.codes[row] < 0;
}

/** The text of a cell, numbers in their shortest form; empty when missing. */
export function cellText(column: RawColumn, row: number): string {
  if (column.kind === "text") {
    const code = column.codes[row];
    return code < 0 ? "" : levelText(column.levels, code);
  }
  const value = column.values[row];
  return value !== value ? "" : String(value);
}
