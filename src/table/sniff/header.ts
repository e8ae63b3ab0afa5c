/** Is the first record a header? */
import { isNumeric, isTyped } from "./cell-kind.ts";
import { MISSING, MISSING_NUMBER } from "../markers.ts";
import type { Found } from "./delimiter.ts";

const MISSING_TEXTS = new Set(["", ...MISSING, ...MISSING_NUMBER]);
type Cells = readonly string[];

/**
 * Judges by columns: a word over numbers speaks for a header; a number over numbers, or a word that comes again
 * below it, speaks against one. Nothing to judge by: a header, as most tables have one.
 *
 * @param records Cells of the first records.
 */
export function detectHeader(records: readonly Cells[]): Found<boolean> {
  const [first, ...below] = records;
  if (first === undefined) return { value: true, reason: "no record" };
  if (below.length === 0) {
    const numbers = first.filter(isTyped).length;
    if (numbers > 0) return { value: false, reason: "the only record holds values" };
    return { value: true, reason: "the only record holds names" };
  }
  if (countsUp(first)) return { value: true, reason: "the first record counts up" };
  if (first[0] === "" && first.length > 1 && areRowNumbers(below.map((record) => record[0])))
    return { value: true, reason: "the first column counts the records and has no name" };
  const { over, numeric, repeated, words } = headerEvidence(records);
  if (over > numeric + repeated)
    return { value: true, reason: `${over} of its cells are words over columns of values` };
  if (numeric + repeated > 0)
    return {
      value: false,
      reason:
        numeric >= repeated
          ? `${numeric} cells of the first record are values like those below`
          : `${repeated} cells of the first record come again below`,
    };
  return {
    value: true,
    reason: words > 0 ? "its cells do not come again below" : "nothing speaks against one",
  };
}

/** How many cells of the first record are words over values, values like those below, words that come again, other words. */
export interface HeaderEvidence {
  readonly over: number;
  readonly numeric: number;
  readonly repeated: number;
  readonly words: number;
}

export function headerEvidence([first, ...rest]: readonly Cells[]): HeaderEvidence {
  const found = { over: 0, numeric: 0, repeated: 0, words: 0 };
  const below = withoutRepeats(first, rest);
  first.forEach((cell, c) => {
    if (MISSING_TEXTS.has(cell)) return;
    const column = below.map((record) => record[c] ?? "").filter((text) => !MISSING_TEXTS.has(text));
    const numbers = column.length > 0 && share(column, isNumeric) === 1;
    if (isTyped(cell) && !(numbers && !isNumeric(cell))) {
      if (column.length > 0 && share(column, isTyped) > 0.5 && !isNameOver(cell, column)) found.numeric++;
    } else if (numbers || (column.length > 0 && share(column, isTyped) > 0.9)) found.over++;
    else if (column.includes(cell)) found.repeated++;
    else if (column.length >= FEW && !/\d/.test(cell) && share(column, (text) => /\d/.test(text)) === 1) found.over++;
    else found.words++;
  });
  return found;
}

/** Fewer cells than this have no common form. */
const FEW = 3;

/** The records but for a few that are the first one again: where files are joined, each brings its header. */
function withoutRepeats(first: Cells, rest: readonly Cells[]): readonly Cells[] {
  if (first.length < 2) return rest;
  const others = rest.filter((record) => record.some((cell, c) => cell !== first[c]));
  const repeats = rest.length - others.length;
  return repeats <= others.length / 3 ? others : rest;
}

/** 0, 1, 2, ... or years in a row: numbers that are names all the same. */
function countsUp(first: Cells): boolean {
  const numbers = first.filter((cell) => /^\d+$/.test(cell)).map(Number);
  if (numbers.length < 3 || numbers.some((n, i) => i > 0 && n !== numbers[i - 1] + 1)) return false;
  return numbers[0] === 0 || (isYear(numbers[0]) && isYear(numbers[numbers.length - 1]));
}

/**
 * A number over numbers of another form: with a sign that none of them has, a whole one where all have decimals, or a year
 * where hardly any is one.
 */
function isNameOver(cell: string, column: Cells): boolean {
  if (column.length < FEW) return false;
  if (SIGN.test(cell)) return !column.some((text) => SIGN.test(text));
  if (!/^\d+(\.0)?$/.test(cell)) return false;
  if (!cell.includes(".") && column.every((text) => /\d[.,]\d/.test(text))) return true;
  return isYear(Number(cell)) && share(column, (text) => isYear(Number(text))) < 0.1;
}

const SIGN = /[%$€£¥]/;

function isYear(number: number): boolean {
  return Number.isInteger(number) && number >= 1800 && number <= 2200;
}

/** 0, 1, 2, ... or 1, 2, 3, ... */
function areRowNumbers(cells: Cells): boolean {
  const from = Number(cells[0]);
  return cells.length > 1 && (from === 0 || from === 1) && cells.every((cell, i) => cell === String(from + i));
}

function share(texts: Cells, test: (text: string) => boolean): number {
  return texts.filter(test).length / texts.length;
}
