/** Folds made elsewhere: a table with `fold`, and optionally `row`, `repeat` and `part`, becomes splits. */
import type { Dataset } from "../frame/dataset.ts";
import { DataError } from "../frame/error.ts";
import { cellText, findColumn, type RawColumn, type Table } from "../frame/table.ts";
import type { Part, Splits } from "../evaluate/splits/contract.ts";
import { usableRows } from "../evaluate/splits/make.ts";

const PARTS: readonly Part[] = ["train", "holdout", "test", "unused"];

/** What the splits table is laid over. */
export interface SplitTarget {
  readonly data: Dataset;
  /** Rows of the table itself, before those of a test table. */
  readonly own: number;
  readonly rowNumber: (row: number) => number;
  readonly seed: string;
  readonly scheme: Splits["scheme"];
}

/**
 * Reads splits out of a table: one line a data row in file order, or with a `row` column in any order. A fold of -1 or
 * none is in no fold. Without `part` there is no holdout. Rows without a target are unused whatever the file says.
 *
 * @throws DataError for a missing or doubled row, an unknown row or part, a fold that is no whole number from -1.
 */
export function splitsFromTable(table: Table, target: SplitTarget): Splits {
  const name = table.origin.name;
  const folds = findColumn(table, "fold");
  if (!folds)
    throw new DataError(`${name}: wanted a column named fold, found ${table.columns.map((c) => c.name).join(", ")}`);
  const rows = findColumn(table, "row");
  const parts = findColumn(table, "part");
  const repeatColumn = findColumn(table, "repeat");
  if (!rows && table.rows !== target.own)
    throw new DataError(
      `${name}: without a row column there must be one line a data row, ${target.own} in all; got ${table.rows}`,
    );
  const places = rowPlaces(target);
  const repeats = repeatColumn ? repeatCount(repeatColumn, table.rows, name) : 1;
  const fold = Array.from({ length: repeats }, () => new Int32Array(target.data.rows).fill(-1));
  const seen = Array.from({ length: repeats }, () => new Uint8Array(target.own));
  const part: Part[] = Array.from({ length: target.data.rows }, (_, row) => (row < target.own ? "train" : "test"));
  for (let line = 0; line < table.rows; line++) {
    const where = `${name}, data row ${line}`;
    const said = parts && cellText(parts, line);
    if (said !== undefined && !(PARTS as readonly string[]).includes(said))
      throw new DataError(`${where}: part must be one of ${PARTS.join(", ")}, got ${JSON.stringify(said)}`);
    if (said === "test") continue; // rows of another table, numbered there
    const row = rows ? places.get(cellText(rows, line)) : line;
    if (row === undefined)
      throw new DataError(`${where}: there is no row ${rows && cellText(rows, line)} in the table`);
    const repeat = repeatColumn ? Number(cellText(repeatColumn, line)) : 0;
    if (seen[repeat][row])
      throw new DataError(`${where}: row ${target.rowNumber(row)} comes again in repeat ${repeat}`);
    seen[repeat][row] = 1;
    fold[repeat][row] = foldNumber(cellText(folds, line), where);
    if (said !== undefined) part[row] = said as Part;
  }
  seen.forEach((rowsSeen, repeat) => {
    const row = rowsSeen.indexOf(0);
    if (row >= 0)
      throw new DataError(
        `${name}: row ${target.rowNumber(row)} is missing in repeat ${repeat}; every data row needs a line`,
      );
  });
  return finished(part, fold, target, name);
}

function finished(part: Part[], fold: Int32Array[], { data, own, seed, scheme }: SplitTarget, name: string): Splits {
  const usable = new Uint8Array(data.rows);
  for (const row of usableRows(data)) usable[row] = 1;
  for (let row = 0; row < data.rows; row++) {
    if (!usable[row] || (row < own && part[row] === "train" && fold.every((f) => f[row] < 0))) part[row] = "unused";
    if (part[row] !== "train") for (const f of fold) f[row] = -1;
  }
  const folds = renumbered(fold);
  requireScored(fold, scheme, name);
  if (own < data.rows && part.includes("holdout"))
    throw new DataError(
      `${name}: a test table takes the place of rows held out; leave --test out, or the part holdout`,
    );
  return { kind: "given", scheme, seed, folds, repeats: fold.length, part, fold, reason: `taken from ${name}` };
}

/** Numbers the folds that have rows 0, 1, ... in their order, in place; returns how many there are. */
function renumbered(fold: readonly Int32Array[]): number {
  const used = new Set<number>();
  for (const one of fold) for (const number of one) if (number >= 0) used.add(number);
  const place = new Map([...used].sort((a, b) => a - b).map((number, k) => [number, k]));
  for (const one of fold) for (let row = 0; row < one.length; row++) one[row] = place.get(one[row]) ?? -1;
  return used.size;
}

/** @throws DataError unless each repeat has folds to train on and to score, and two are scored in all. */
function requireScored(fold: readonly Int32Array[], scheme: Splits["scheme"], name: string): void {
  const least = scheme === "expanding" && fold.length === 1 ? 3 : 2; // the first of an expanding window is never scored
  for (const [repeat, one] of fold.entries()) {
    const folds = new Set(one.filter((number) => number >= 0)).size;
    if (folds >= least) continue;
    const where = fold.length > 1 ? ` in repeat ${repeat}` : "";
    const words = least === 3 ? "three folds, the first of which is only trained on," : "two folds";
    throw new DataError(`${name}: wanted at least ${words} with rows that have a target, got ${folds}${where}`);
  }
}

/** Row by its number in the file, as text. */
function rowPlaces({ own, rowNumber }: SplitTarget): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: own }, (_, row) => [String(rowNumber(row)), row]));
}

function repeatCount(column: RawColumn, lines: number, name: string): number {
  let top = -1;
  for (let line = 0; line < lines; line++) {
    const repeat = Number(cellText(column, line));
    if (!Number.isInteger(repeat) || repeat < 0)
      throw new DataError(
        `${name}, data row ${line}: repeat must be a whole number from 0, got ${JSON.stringify(cellText(column, line))}`,
      );
    top = Math.max(top, repeat);
  }
  return top + 1;
}

function foldNumber(text: string, where: string): number {
  if (text === "") return -1;
  const fold = Number(text);
  if (Number.isInteger(fold) && fold >= -1) return fold;
  throw new DataError(
    `${where}: fold must be a whole number from 0 (or -1 or empty: in no fold), got ${JSON.stringify(text)}`,
  );
}
