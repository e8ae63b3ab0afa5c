/** Tables from values in memory: records, rows, or columns. */
import { DataError } from "../../frame/error.ts";
import type { RawColumn, Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { ByteDictionary } from "../../frame/byte-dictionary.ts";
import { sharedDoubles, sharedInts } from "../../frame/shared.ts";
import { conventionFacts, conventionsOf, type Conventions } from "../conventions.ts";
import { finishNumbers, finishTexts } from "../finish.ts";
import { JUDGED } from "../sniff/delimiter.ts";
import { headerEvidence } from "../sniff/header.ts";
import { columnNames, named, numberedNames } from "../sniff/names.ts";
import { typesOf, type GivenKind, type ReadOptions } from "../options.ts";

/**
 * Values in memory, in one of three shapes. Cells are numbers, bigints, strings, booleans, Dates; null, undefined, NaN
 * and "" are missing. Strings are looked at as a file's cells are.
 */
export type MemoryTable =
  /** One object a row; the columns are all their own keys, in order of first appearance; absent is missing. */
  | readonly object[]
  /**
   * One array a row, all equally long; named by `options.names`, else by the first row where it holds texts over columns of
   * values, or `options.header` says so, else c1, c2, ...
   */
  | readonly (readonly unknown[])[]
  /** One array a column, all equally long. */
  | ReadonlyMap<string, ArrayLike<unknown>>
  | Readonly<Record<string, ArrayLike<unknown>>>;

/** Why the first row was taken for names. */
interface Reasons {
  header?: string;
}

/** @throws DataError when rows or columns differ in length or a cell is no value. Cost: O(cells). */
export function tableFromMemory(source: MemoryTable, options: ReadOptions): Table {
  if (typeof source !== "object" || (source as unknown) === null)
    throw new DataError(
      `readTable: wanted a path, bytes, rows or columns, got ${source === null ? "null" : typeof source}`,
    );
  if (
    !Array.isArray(source) &&
    !(source instanceof Map) &&
    (Symbol.iterator in source || Symbol.asyncIterator in source)
  )
    throw new DataError(
      "readTable: wanted rows in an array or columns by name, got an iterator; collect its rows in an array first",
    );
  const warnings: Warning[] = [];
  const reasons: Reasons = {};
  const columns = columnsOf(source, options, warnings, reasons);
  if (columns.size === 0) throw new DataError("readTable: the table in memory has no column");
  const lengths = new Map([...columns].map(([name, values]) => [values.length, name]));
  if (lengths.size > 1) {
    const [[a, first], [b, second]] = [...lengths];
    throw new DataError(
      `readTable: column ${JSON.stringify(first)} has ${a} values, column ${JSON.stringify(second)} ${b}`,
    );
  }
  if (lengths.has(0)) throw new DataError("readTable: the table in memory has no rows");
  const conventions = conventionsOf(options, options.decimal ?? ".", [...columns.keys()]);
  const types = typesOf(options);
  const raw = [...columns].map(([name, values]) =>
    columnOfValues(name, values, conventions, types.get(name), (warning) => warnings.push(warning)),
  );
  return {
    rows: [...lengths.keys()][0],
    columns: raw,
    origin: {
      name: options.name ?? "memory",
      format: "memory",
      bytes: 0,
      sha256: "",
      compression: "none",
      reasons,
      ...conventionFacts(options),
      skipped: 0,
    },
    warnings,
  };
}

type Columns = Map<string, ArrayLike<unknown>>;

function columnsOf(source: MemoryTable, options: ReadOptions, warnings: Warning[], reasons: Reasons): Columns {
  if (source instanceof Map) return new Map(source);
  if (!Array.isArray(source)) return new Map(Object.entries(source as Record<string, ArrayLike<unknown>>));
  if (source.length === 0 || !source.every((row) => Array.isArray(row)))
    return fromRecords(source as Record<string, unknown>[]);
  const rows = source as unknown[][];
  const header = options.header ?? (options.names === undefined && looksLikeHeader(rows));
  if (header) reasons.header = options.header ? "as asked" : "texts over columns of values";
  const first = header ? rows[0].map((cell, c) => textOf(cell, `c${c + 1}`, 0)) : undefined;
  return fromRows(header ? rows.slice(1) : rows, namesOf(options.names, first, rows[0].length, warnings));
}

function namesOf(
  given: readonly string[] | undefined,
  header: readonly string[] | undefined,
  width: number,
  warnings: Warning[],
): readonly string[] {
  if (given !== undefined) return columnNames(given);
  return header === undefined ? numberedNames(width) : named(header, warnings).names;
}

/** Only texts, one of which stands over a column of values and none over its like: arrays have no other sign of a header. */
function looksLikeHeader(rows: readonly (readonly unknown[])[]): boolean {
  if (!rows[0].every((cell) => typeof cell === "string" && cell.trim() !== "")) return false;
  const { over, numeric, repeated } = headerEvidence(
    rows.slice(0, JUDGED).map((row) => row.map((cell, c) => textOf(cell, `c${c + 1}`, 0))),
  );
  return over > 0 && numeric + repeated === 0;
}

function fromRows(rows: readonly (readonly unknown[])[], names: readonly string[]): Map<string, unknown[]> {
  rows.forEach((row, r) => {
    if (row.length !== names.length)
      throw new DataError(`readTable: row ${r} has ${row.length} values where ${names.length} are wanted`);
  });
  return new Map(names.map((name, c) => [name, rows.map((row) => row[c])]));
}

function fromRecords(records: readonly Readonly<Record<string, unknown>>[]): Map<string, unknown[]> {
  const columns = new Map<string, unknown[]>();
  records.forEach((record, r) => {
    if (typeof record !== "object" || record === null)
      throw new DataError(`readTable: row ${r} is ${record === null ? "null" : typeof record}, not an object`);
    for (const [name, value] of Object.entries(record)) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = Array.from<unknown>({ length: records.length })));
      column[r] = value;
    }
  });
  return columns;
}

/** A column of values of any kind. Owned by the table: the values are copied. @throws DataError for lists and objects. */
export function columnOfValues(
  name: string,
  values: ArrayLike<unknown>,
  conventions: Conventions,
  kind: GivenKind | undefined,
  warn: (warning: Warning) => void,
): RawColumn {
  if ((kind === undefined || kind === "number") && areNumbers(values))
    return finishNumbers(name, doublesOf(values), [], conventions);
  const codes = sharedInts(values.length);
  const dictionary = new ByteDictionary();
  for (let r = 0; r < values.length; r++) {
    const text = textOf(values[r], name, r);
    codes[r] = text === "" ? -1 : dictionary.addText(text);
  }
  return finishTexts(name, codes, dictionary.levels(), conventions, kind, warn);
}

function areNumbers(values: ArrayLike<unknown>): boolean {
  for (let r = 0; r < values.length; r++) {
    const value = values[r];
    if (typeof value === "number" || value === null || value === undefined) continue;
    if (typeof value !== "bigint" || value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return false;
  }
  return true;
}

function doublesOf(values: ArrayLike<unknown>): Float64Array {
  const doubles = sharedDoubles(values.length);
  for (let r = 0; r < values.length; r++) {
    const value = values[r];
    const double = value === null || value === undefined ? Number.NaN : Number(value);
    doubles[r] = double === double ? double : Number.NaN; // one NaN for all, so that equal tables have equal bytes
  }
  return doubles;
}

function textOf(value: unknown, name: string, row: number): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return value === value ? String(value) : "";
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return dateText(value);
  throw new DataError(
    `readTable: column ${JSON.stringify(name)}, row ${row}: a cell must be a number, string, boolean, bigint or Date, got ${Array.isArray(value) ? "an array" : `a value of type ${typeof value}`}`,
  );
}

/** ISO text; a whole day when it is midnight UTC. An invalid date is missing. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, -14) : text;
}
