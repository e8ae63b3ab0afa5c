/** Things that are measured again and again, in blocks of rows: random splits then show a model the thing it is asked about. */
import type { RawColumn } from "../../frame/table.ts";
import { dateValues } from "../dataset/columns.ts";
import { columnsWith, type Checked, type Known } from "./contract.ts";

export interface Panel {
  /** What names the things; each stands in one block of rows. */
  readonly things: Known;
  /** What rises inside every block and starts again in the next: a year, an age, a visit. */
  readonly moments: string;
  /** 3 or more; from 10 on, unless the moments are years or dates. */
  readonly count: number;
  readonly rowsEach: number;
}

/** With fewer things nobody can be judged by them. */
export const ENOUGH_THINGS = 10;
const LEAST = 3;
/** Rows a thing: below, it is hardly measured again. */
const AGAIN = 2.5;
/** Rows in which something has to rise. */
const HEAD = 5000;

/**
 * Undefined where nothing is measured again, or nothing rises meanwhile: rows that are only sorted by a column are no panel.
 * Cost: O(rows) for each column in blocks, which few are, and O(columns) for the first 5,000 rows where there is one.
 */
export function panelOf(checked: Checked): Panel | undefined {
  let moments: readonly Moments[] | undefined;
  for (const things of columnsWith(checked, "feature", "id")) {
    const starts = blockStarts(things.column);
    if (starts === undefined) continue;
    moments ??= columnsWith(checked, "feature").flatMap((known) => momentsOf(checked, known) ?? []);
    const rising = moments.find((one) => one.name !== things.column.name && startsAgain(one, starts));
    if (rising === undefined) continue;
    if (!rising.shared && starts.length < ENOUGH_THINGS) continue;
    if (!rising.calendar && (starts.length < ENOUGH_THINGS || countsUp(things.column, starts))) continue;
    return { things, moments: rising.name, count: starts.length, rowsEach: checked.table.rows / starts.length };
  }
  return undefined;
}

/** Where each value's only block begins; undefined when a value comes back, is missing, or there are too few or too many. */
function blockStarts(column: RawColumn): readonly number[] | undefined {
  const keys = column.kind === "number" ? column.values : column.codes;
  const seen = new Set<number>();
  const starts: number[] = [];
  for (let r = 0; r < keys.length; r++) {
    if (r > 0 && keys[r] === keys[r - 1]) continue;
    const missing = column.kind === "number" ? !Number.isInteger(keys[r]) : keys[r] < 0;
    if (missing || seen.has(keys[r])) return undefined;
    seen.add(keys[r]);
    starts.push(r);
    if (starts.length * AGAIN > r + HEAD) return undefined; // nearly all values are different
  }
  return starts.length < LEAST || starts.length * AGAIN > keys.length ? undefined : starts;
}

interface Moments {
  readonly name: string;
  readonly values: Float64Array;
  /** Dates or years: nothing but things goes round them. */
  readonly calendar: boolean;
  /** Things have the same ones. */
  readonly shared: boolean;
}

/** Dates, and numbers of which the things have the same ones. */
function momentsOf({ table }: Checked, { column, schema }: Known): Moments | undefined {
  const isDate = schema.kind === "date" || schema.kind === "time";
  if (!isDate && (column.kind !== "number" || schema.kind !== "number")) return undefined;
  const all = isDate ? dateValues(column, schema, table, () => undefined) : (column as { values: Float64Array }).values;
  const values = all.subarray(0, HEAD);
  const distinct = new Set(values);
  const shared = 2 * distinct.size <= values.length;
  if (distinct.size < 2 || !(shared || schema.kind === "date")) return undefined;
  const years = Array.from(distinct).every((value) => Number.isInteger(value) && value >= 1500 && value <= 2200);
  return { name: column.name, values, calendar: schema.kind === "date" || years, shared };
}

function startsAgain({ values }: Moments, starts: readonly number[]): boolean {
  let blocks = 1;
  let back = 0;
  for (let r = 1; r < values.length; r++)
    if (r === starts[blocks]) {
      blocks++;
      back += values[r] < values[r - 1] ? 1 : 0;
    } else if (!(values[r] > values[r - 1])) return false;
  return blocks > 1 && back >= 0.9 * (blocks - 1);
}

/** Up by the same step from block to block: a day around hours, not a thing. */
function countsUp(column: RawColumn, starts: readonly number[]): boolean {
  if (column.kind === "text") return false;
  const step = column.values[starts[1]] - column.values[starts[0]];
  return starts.every((start, k) => k === 0 || column.values[start] - column.values[starts[k - 1]] === step);
}
