/** A benchmark's own predictions.csv, read back: the truth, and what every rung said. */
import type { Prediction } from "../frame/prediction.ts";
import type { Target } from "../frame/dataset.ts";
import { readTable } from "../table/read-table.ts";
import { classOf } from "../schema/levels.ts";
import { levelTexts, type RawColumn, type Table } from "../frame/table.ts";
import type { Artifact } from "../report/artifact.ts";
import { damaged, type SplitRows } from "./splits-table.ts";
import { answerColumns, MANY_ROWS, type RungAnswers } from "./tables.ts";

/** Collects what one or several files of answers say. */
export interface AnswerBook {
  /** Of all rows; missing where no file says it. */
  readonly target: Target;
  /** In the order of the ladder. `held` answers for the held-out rows; NaN: never said. */
  readonly answers: readonly RungAnswers[];
}

/** An empty book for the rungs of a benchmark. @param held The rows that are scored on, ascending. */
export function openBook(artifact: Artifact, rows: number, held: Int32Array): AnswerBook {
  const { task, classes } = artifact;
  const name = artifact.target.name;
  const target: Target =
    task === "regression"
      ? { task, name, values: new Float64Array(rows).fill(Number.NaN) }
      : { task, name, codes: new Int32Array(rows).fill(-1), classes };
  const blank = (count: number): Prediction =>
    task === "regression"
      ? { kind: "value", values: new Float64Array(count).fill(Number.NaN) }
      : {
          kind: "probability",
          classes: classes.length,
          values: new Float64Array(count * classes.length).fill(Number.NaN),
        };
  const { repeats } = artifact.splits;
  const answers = artifact.ladder.map(({ rung }) => ({
    rung,
    outOfFold: Array.from({ length: rows > MANY_ROWS && rung !== artifact.champion.rung ? 0 : repeats }, () =>
      blank(rows),
    ),
    held: blank(held.length),
  }));
  return { target, answers };
}

/**
 * Enters `predictions.csv`, or the sealed file of the held-out rows. @throws FolderError when it is not of this benchmark.
 * Cost: one pass a column.
 */
export async function enterAnswers(
  path: string,
  artifact: Artifact,
  known: SplitRows,
  held: Int32Array,
  book: AnswerBook,
): Promise<void> {
  const types: Record<string, "category"> = { part: "category" };
  if (artifact.task !== "regression") types.truth = "category";
  const table = await readTable(path, { header: true, types, defaultNa: false });
  const columns = artifact.ladder.flatMap(({ rung }) => answerColumns(rung, book.target));
  const expected = ["row", "repeat", "part", "fold", "truth"];
  const found = table.columns.slice(0, expected.length).map(({ name }) => name);
  if (found.join() !== expected.join() || table.columns.length !== expected.length + columns.length)
    throw damaged(path, `it has ${table.columns.length} columns, not those of the ${artifact.ladder.length} rungs`);
  const places = placesOf(path, table, known, held);
  enterTruth(path, table.columns[4], places.row, book.target);
  const width = columns.length / artifact.ladder.length;
  const numbers = table.columns
    .slice(expected.length)
    .map((column, i) => numbersOf(path, column, columns[i], table.rows));
  book.answers.forEach((answer, k) => {
    const own = numbers.slice(k * width, (k + 1) * width);
    if (answer.held.kind === "value") enterClass(own[0], 0, 1, places, answer);
    else if (width === 1) enterBinary(own[0], places, answer);
    else own.forEach((values, c) => enterClass(values, c, width, places, answer));
  });
}

/** Of each line: its row, its repeat, and its place among the held-out rows (-1: not one of them). */
interface Places {
  readonly row: Int32Array;
  readonly repeat: Int32Array;
  readonly held: Int32Array;
}

function placesOf(path: string, table: Table, { rowNumber, splits }: SplitRows, held: Int32Array): Places {
  const [rows, repeats, part] = table.columns;
  const test = part.kind === "text" ? levelTexts(part.levels).map((text) => text === "test") : [];
  const own = new Map<boolean, Int32Array>([
    [false, indexOf(rowNumber, (row) => splits.part[row] !== "test")],
    [true, indexOf(rowNumber, (row) => splits.part[row] === "test")],
  ]);
  const heldAt = new Int32Array(rowNumber.length).fill(-1);
  held.forEach((row, i) => (heldAt[row] = i));
  const places = {
    row: new Int32Array(table.rows),
    repeat: Int32Array.from(numbersOf(path, repeats, "repeat", table.rows)),
    held: new Int32Array(table.rows),
  };
  const numbers = numbersOf(path, rows, "row", table.rows);
  const codes = part.kind === "text" ? part.codes : new Int32Array(table.rows);
  for (let line = 0; line < table.rows; line++) {
    const row = own.get(test[codes[line]] ?? false)?.[numbers[line]] ?? -1;
    if (row < 0 || !(places.repeat[line] < splits.repeats))
      throw damaged(path, `line ${line + 2} speaks of row ${numbers[line]}, which splits.csv does not have`);
    places.row[line] = row;
    places.held[line] = heldAt[row];
  }
  return places;
}

/** Row by its number in its file; -1 where there is none. */
export function indexOf(rowNumber: Int32Array, wanted: (row: number) => boolean): Int32Array {
  let top = -1;
  for (let row = 0; row < rowNumber.length; row++) if (wanted(row) && rowNumber[row] > top) top = rowNumber[row];
  const out = new Int32Array(top + 1).fill(-1);
  for (let row = 0; row < rowNumber.length; row++) if (wanted(row)) out[rowNumber[row]] = row;
  return out;
}

function enterTruth(path: string, column: RawColumn, row: Int32Array, target: Target): void {
  if (target.task === "regression") {
    if (column.kind !== "number") throw damaged(path, "its truth holds something else than numbers");
    for (let line = 0; line < row.length; line++) target.values[row[line]] = column.values[line];
    return;
  }
  const index = new Map(target.classes.map((text, code) => [text, code]));
  if (column.kind === "number") throw damaged(path, "its truth holds no classes");
  const code = levelTexts(column.levels).map((text) => index.get(classOf(text)) ?? -1);
  if (code.includes(-1)) throw damaged(path, "its truth holds other classes");
  for (let line = 0; line < row.length; line++) target.codes[row[line]] = code[column.codes[line]];
}

function numbersOf(path: string, column: RawColumn, name: string, rows: number): Float64Array {
  if (column.kind === "number") return column.values;
  if (column.codes.every((code) => code < 0)) return new Float64Array(rows).fill(Number.NaN);
  throw damaged(path, `column ${name} holds something else than numbers`);
}

/** The positive class's probability; the other is what is left of 1. */
function enterBinary(values: Float64Array, { row, repeat, held }: Places, answer: RungAnswers): void {
  const folds = answer.outOfFold.map((one) => one.values);
  for (let line = 0; line < values.length; line++) {
    const inHeld = held[line] >= 0;
    const to = inHeld ? answer.held.values : folds[repeat[line]];
    if (to === undefined) continue;
    const at = 2 * (inHeld ? held[line] : row[line]);
    to[at] = 1 - values[line];
    to[at + 1] = values[line];
  }
}

/** One of `width` numbers a row. */
function enterClass(
  values: Float64Array,
  k: number,
  width: number,
  { row, repeat, held }: Places,
  answer: RungAnswers,
): void {
  const folds = answer.outOfFold.map((one) => one.values);
  for (let line = 0; line < values.length; line++) {
    const inHeld = held[line] >= 0;
    const to = inHeld ? answer.held.values : folds[repeat[line]];
    if (to !== undefined) to[(inHeld ? held[line] : row[line]) * width + k] = values[line];
  }
}
