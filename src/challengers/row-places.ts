/** Which rows of a benchmark the records of a predictions file speak of, in any order. */
import { classOf } from "../schema/levels.ts";
import { cellText, findColumn, levelTexts, type RawColumn, type Table } from "../frame/table.ts";
import type { Rows } from "../frame/dataset.ts";
import { indexOf } from "../folder/answers-table.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { numbersIn } from "./record-answers.ts";
import { ChallengerError } from "./source.ts";
import { counted, whole } from "../words/numbers.ts";
import { inList } from "../words/texts.ts";

/** The record that answers for each row asked for; a part that the file leaves out as a whole is absent. */
export interface RowPlaces {
  /** In the order of the held-out rows. */
  readonly held?: Int32Array;
  /** In the order of the folded rows, all repeats end to end. */
  readonly folds?: Int32Array;
  /** Records about rows that nobody asks for: without a target, or in no fold. */
  readonly ignored: number;
  /** How people call the row of a record. */
  readonly name: (record: number) => string;
}

/** The column of a name, whatever its case and the blanks around it; the exact name goes first. */
export function columnNamed(table: Table, name: string): RawColumn | undefined {
  const lower = name.toLowerCase();
  return findColumn(table, name) ?? table.columns.find((column) => column.name.trim().toLowerCase() === lower);
}

/**
 * Finds each record's row by `row`, by the benchmark's id column, or by both, which then must agree.
 * @throws ChallengerError for rows that are unknown, given twice or missing. Cost: one pass over the records.
 */
export function rowPlaces(table: Table, path: string, opened: OpenBenchmark): RowPlaces {
  const { known, held, folded } = opened;
  const rows = rowOfRecords(table, path, opened);
  const { name } = rows;
  const repeats = repeatOfRecords(table, path, opened, rows);
  const heldAt = placesIn(held, known.rowNumber.length);
  const entryAt: Int32Array[] = [];
  let entries = 0;
  for (const list of folded.rows) {
    entryAt.push(placesIn(list, known.rowNumber.length, entries));
    entries += list.length;
  }
  const heldBy = new Int32Array(held.length).fill(-1);
  const foldsBy = new Int32Array(entries).fill(-1);
  let [ignored, twice, firstTwice] = [0, 0, -1];
  for (let record = 0; record < table.rows; record++) {
    const row = rows.of[record];
    const inHeld = heldAt[row] >= 0;
    const slots = inHeld ? heldBy : foldsBy;
    const place = inHeld ? heldAt[row] : entryAt[repeats?.[record] ?? 0][row];
    if (place < 0) ignored++;
    else if (slots[place] < 0) slots[place] = record;
    else if (twice++ === 0) firstTwice = record;
  }
  if (twice > 0)
    throw new ChallengerError(
      `${path}: ${whole(twice)} of ${counted(table.rows, "record")} ${twice === 1 ? "gives" : "give"} a row again, first ${name(firstTwice)}; give every row once`,
    );
  const label = (row: number): string => `row ${known.rowNumber[row]}${idOf(opened, row)}`;
  const heldPart = known.splits.part[held[0]];
  const numbering = otherNumbering(rows.of, heldAt);
  const given = {
    held: complete(heldBy, (i) => label(held[i]), path, "held-out rows", `part ${heldPart}${numbering}`),
    folds: complete(
      foldsBy,
      (i) => {
        const { row, repeat } = folded.part;
        return `${label(row[i])}${folded.rows.length > 1 ? ` of repeat ${repeat[i]}` : ""}`;
      },
      path,
      "out-of-fold rows",
      "a fold",
    ),
  };
  if (!given.held && !given.folds)
    throw new ChallengerError(
      `${path}: none of its ${counted(table.rows, "record")} is about a row that is scored; splits.csv says which rows are held out and which are in folds`,
    );
  return { ...(given.held && { held: given.held }), ...(given.folds && { folds: given.folds }), ignored, name };
}

/** What the numbers of its records seem to count, where they are no numbers of held-out rows. */
function otherNumbering(rows: Int32Array, heldAt: Int32Array): string {
  const shiftedBy = (by: number): boolean => rows.every((row) => heldAt[row - by] >= 0);
  if (shiftedBy(1)) return "; its rows seem to be numbered from 1, not 0";
  if (shiftedBy(2)) return "; its rows seem to be numbered by the lines of the file: take 2 from them";
  const counts = rows.every((row, record) => row - record === rows[0]) && rows[0] <= 1;
  return counts ? "; its rows seem to count the held-out rows: give the numbers that splits.csv has for them" : "";
}

/** Place of each row in a list of rows, counted from `from`; -1: not in it. */
function placesIn(list: Rows, rows: number, from = 0): Int32Array {
  const out = new Int32Array(rows).fill(-1);
  for (let i = 0; i < list.length; i++) out[list[i]] = from + i;
  return out;
}

/** All slots filled, or none of them. */
function complete(
  slots: Int32Array,
  label: (place: number) => string,
  path: string,
  what: string,
  where: string,
): Int32Array | undefined {
  let [missing, first] = [0, -1];
  for (let i = 0; i < slots.length; i++) if (slots[i] < 0 && missing++ === 0) first = i;
  if (missing === slots.length) return undefined;
  if (missing === 0) return slots;
  throw new ChallengerError(
    `${path}: ${whole(missing)} of ${counted(slots.length, what.slice(0, -1), what)} ${missing === 1 ? "is" : "are"} missing, first ${label(first)}; give each row that splits.csv puts in ${where}`,
  );
}

function idOf({ known: { ids } }: OpenBenchmark, row: number): string {
  return ids === undefined ? "" : ` (${ids.name} ${cellText(ids.texts, row)})`;
}

interface RecordRows {
  /** The row of each record. */
  readonly of: Int32Array;
  readonly name: (record: number) => string;
}

function rowOfRecords(table: Table, path: string, opened: OpenBenchmark): RecordRows {
  const { ids } = opened.known;
  const byNumber = columnNamed(table, "row");
  const byId = ids && columnNamed(table, ids.name);
  if (byNumber !== undefined && byId !== undefined && byId !== byNumber) {
    const numbers = rowsByNumber(byNumber, table, path, opened);
    const own = rowsById(byId, table, path, opened);
    const differ = numbers.of.findIndex((row, record) => row !== own.of[record]);
    if (differ < 0) return numbers;
    throw new ChallengerError(
      `${path}: ${numbers.name(differ)} is not ${own.name(differ)}: row and ${byId.name} must agree; leave one of them out`,
    );
  }
  if (byNumber !== undefined) return rowsByNumber(byNumber, table, path, opened);
  if (byId !== undefined) return rowsById(byId, table, path, opened);
  const found = table.columns.map((column) => inList(column.name)).join(", ");
  throw new ChallengerError(
    `${path}: wanted a column row${ids ? ` or ${ids.name}` : ""} that says which row each record is about (numbered from 0, as in splits.csv), got the columns ${found}`,
  );
}

function rowsByNumber(column: RawColumn, table: Table, path: string, opened: OpenBenchmark): RecordRows {
  const { rowNumber, splits } = opened.known;
  const name = (record: number): string => `row ${cellText(column, record) || "(empty)"}`;
  const index = [false, true].map((test) => indexOf(rowNumber, (row) => (splits.part[row] === "test") === test));
  const inTest = testRecords(table, opened);
  const numbers = numbersIn(column);
  const of = new Int32Array(table.rows);
  let [unknown, first] = [0, -1];
  for (let record = 0; record < table.rows; record++) {
    const number = numbers[record];
    const list = index[inTest(record) ? 1 : 0];
    of[record] = number >= 0 && number < list.length && Number.isInteger(number) ? list[number] : -1;
    if (of[record] < 0 && unknown++ === 0) first = record;
  }
  refuseUnknown(
    unknown,
    table,
    path,
    first < 0 ? "" : name(first),
    "rows are numbered from 0, as in the column row of splits.csv",
  );
  return { of, name };
}

function rowsById(column: RawColumn, table: Table, path: string, opened: OpenBenchmark): RecordRows {
  const ids = opened.known.ids!;
  const texts = levelTexts(ids.texts.levels);
  // Numbers match as numbers (7 is 7.0) unless that would make two ids one (7 and 007).
  const plain = new Set(texts.map(classOf)).size === texts.length ? classOf : (text: string) => text.trim();
  const rowOf = new Map<string, number>();
  ids.texts.codes.forEach((code, row) => {
    if (code < 0) return;
    const text = plain(texts[code]);
    const before = rowOf.get(text);
    if (before !== undefined)
      throw new ChallengerError(
        `${path}: rows ${opened.known.rowNumber[before]} and ${opened.known.rowNumber[row]} share the ${ids.name} ${texts[code]}, so it does not tell rows apart; add a column row`,
      );
    rowOf.set(text, row);
  });
  const name = (record: number): string => `${ids.name} ${cellText(column, record) || "(empty)"}`;
  const ofLevel = column.kind === "text" ? levelTexts(column.levels).map((text) => rowOf.get(plain(text)) ?? -1) : [];
  const of = Int32Array.from({ length: table.rows }, (_, record) =>
    column.kind === "text"
      ? (ofLevel[column.codes[record]] ?? -1)
      : (rowOf.get(plain(String(column.values[record]))) ?? -1),
  );
  const first = of.indexOf(-1);
  const unknown = of.reduce((sum, row) => sum + (row < 0 ? 1 : 0), 0);
  refuseUnknown(unknown, table, path, first < 0 ? "" : name(first), `the column ${ids.name} of splits.csv lists them`);
  return { of, name };
}

function refuseUnknown(unknown: number, table: Table, path: string, first: string, remedy: string): void {
  if (unknown === 0) return;
  throw new ChallengerError(
    `${path}: ${whole(unknown)} of ${counted(table.rows, "record")} ${unknown === 1 ? "is" : "are"} about rows that this benchmark does not have, first ${first}; ${remedy}`,
  );
}

/**
 * Which records are about the separate test table, whose rows have numbers of their own: the column `part` says it; without
 * one the whole file is about it, unless it has as many records as there are out-of-fold rows.
 */
function testRecords(table: Table, { known, held, folded }: OpenBenchmark): (record: number) => boolean {
  if (!known.splits.part.includes("test")) return () => false;
  const part = columnNamed(table, "part");
  if (part?.kind === "text") {
    const isTest = levelTexts(part.levels).map((text) => text === "test");
    return (record) => isTest[part.codes[record]] ?? false;
  }
  const all = table.rows === held.length || table.rows !== folded.part.row.length;
  return () => all;
}

/** The repeat of each record; undefined where there is one only. */
function repeatOfRecords(
  table: Table,
  path: string,
  { known, held }: OpenBenchmark,
  rows: RecordRows,
): Int32Array | undefined {
  const { repeats } = known.splits;
  if (repeats === 1) return undefined;
  const isHeld = placesIn(held, known.rowNumber.length);
  const column = columnNamed(table, "repeat");
  const given = column && numbersIn(column);
  const out = new Int32Array(table.rows);
  for (let record = 0; record < table.rows; record++) {
    if (isHeld[rows.of[record]] >= 0) continue;
    const repeat = given?.[record] ?? Number.NaN;
    if (!(Number.isInteger(repeat) && repeat >= 0 && repeat < repeats)) {
      const got = column === undefined ? "no such column" : cellText(column, record) || "an empty cell";
      throw new ChallengerError(
        `${path}: cross-validation was repeated ${repeats} times, so out-of-fold rows need a column repeat with 0 to ${repeats - 1}, got ${got} at ${rows.name(record)}`,
      );
    }
    out[record] = repeat;
  }
  return out;
}
