/** A file of answers for known rows, as a command or a person writes it. */
import { DataError } from "../../data/error.ts";
import { readTable } from "../../data/read/read-table.ts";
import { classOf } from "../../data/schema/levels.ts";
import { cellText, findColumn, levelTexts, type RawColumn, type Table } from "../../data/table.ts";
import { counted, listed } from "../../data/words.ts";
import type { Task } from "../../data/dataset.ts";
import {
  labelsAnswered,
  positiveAnswered,
  probabilitiesAnswered,
  valuesAnswered,
  type Answered,
  type Asked,
} from "./answers.ts";
import { ChallengerError } from "./contract.ts";

export interface WantedAnswers {
  /** Row numbers, in the order that the prediction is to have. */
  readonly rows: Int32Array;
  readonly task: Task;
  readonly classes: readonly string[];
}

/**
 * Reads `row` and then `prediction` (a value or a class), `proba_<class>` for each class, or `probability` of the positive
 * class. Rows in any order, each wanted row once and no other.
 *
 * @throws ChallengerError in one sentence with a count, the first offending row and the remedy. Cost: one pass a column.
 */
export async function readAnswers(path: string, source: string, wanted: WantedAnswers): Promise<Answered> {
  const table = await readTable(path, { header: true, defaultNa: false, name: source }).catch((error: unknown) => {
    if (error instanceof DataError) throw new ChallengerError(`${source}: ${error.message}`, { cause: error });
    throw error;
  });
  const lines = linesOf(table, source, wanted.rows);
  const { task, classes, rows } = wanted;
  const asked: Asked = { task, classes, rows: rows.length, source, rowName: (i) => `row ${rows[i]}` };
  if (task !== "regression") {
    const shares = table.columns.filter(({ name }) => name.startsWith("proba_"));
    if (shares.length > 0) return probabilitiesAnswered(sharesOf(shares, lines, asked), asked);
    const positive = findColumn(table, "probability");
    if (positive) return positiveAnswered(numbersAt(positive, lines, asked), asked);
  }
  const prediction = findColumn(table, "prediction");
  if (!prediction)
    throw new ChallengerError(
      `${source}: wanted a column prediction${task === "regression" ? "" : ", or proba_<class> for each class"}, found ${listed(table.columns.map(({ name }) => name))}`,
    );
  if (task === "regression") return valuesAnswered(numbersAt(prediction, lines, asked), asked);
  return labelsAnswered(
    Array.from(lines, (line) => cellText(prediction, line)),
    asked,
  );
}

/** The line of each wanted row. */
function linesOf(table: Table, source: string, rows: Int32Array): Int32Array {
  const column = findColumn(table, "row");
  if (!column)
    throw new ChallengerError(
      `${source}: wanted a column row with the row numbers of the test file, found ${listed(table.columns.map(({ name }) => name))}`,
    );
  const place = new Map<number, number>();
  rows.forEach((row, i) => place.set(row, i));
  const lines = new Int32Array(rows.length).fill(-1);
  let unknown = 0;
  let twice = 0;
  let firstUnknown = "";
  let firstTwice = "";
  for (let line = 0; line < table.rows; line++) {
    const text = cellText(column, line);
    const i = text === "" ? undefined : place.get(Number(text));
    if (i === undefined) {
      if (unknown++ === 0) firstUnknown = text === "" ? `none in line ${line + 2}` : text;
    } else if (lines[i] >= 0) {
      if (twice++ === 0) firstTwice = text;
    } else lines[i] = line;
  }
  if (unknown > 0)
    throw new ChallengerError(
      `${source}: ${counted(unknown, "line")} for rows that were not asked for, the first: ${firstUnknown}; answer each row of the test file once`,
    );
  if (twice > 0)
    throw new ChallengerError(
      `${source}: ${counted(twice, "line")} for rows that were answered before, the first: ${firstTwice}; answer each row of the test file once`,
    );
  const missing = lines.reduce((count, line) => count + (line < 0 ? 1 : 0), 0);
  if (missing > 0)
    throw new ChallengerError(
      `${source}: ${counted(missing, "row")} of ${rows.length} without an answer, the first: ${rows[lines.indexOf(-1)]}; answer each row of the test file once`,
    );
  return lines;
}

/** Probabilities row by row, in the order of the classes. */
function sharesOf(columns: readonly RawColumn[], lines: Int32Array, asked: Asked): Float64Array {
  const { classes, source } = asked;
  const width = classes.length;
  const given = columns.map(({ name }) => classOf(name.slice("proba_".length)));
  const other = given.findIndex((name) => !classes.includes(name));
  if (other >= 0)
    throw new ChallengerError(
      `${source}: column ${columns[other].name} is of no class of the benchmark; the classes are ${listed(classes)}`,
    );
  const absent = classes.filter((name) => !given.includes(name));
  if (absent.length > 0 || given.length > width)
    throw new ChallengerError(
      `${source}: wanted one column proba_<class> for each of the ${width} classes, ${absent.length > 0 ? `missing ${listed(absent.map((name) => `proba_${name}`))}` : "some come twice"}`,
    );
  const values = new Float64Array(lines.length * width);
  given.forEach((name, c) => {
    const k = classes.indexOf(name);
    const numbers = numbersAt(columns[c], lines, asked);
    for (let i = 0; i < lines.length; i++) values[i * width + k] = numbers[i];
  });
  return values;
}

/** Numbers of the wanted rows; NaN for an empty cell. */
function numbersAt(column: RawColumn, lines: Int32Array, { source, rowName }: Asked): Float64Array {
  const values = new Float64Array(lines.length);
  if (column.kind === "number") {
    for (let i = 0; i < lines.length; i++) values[i] = column.values[lines[i]];
    return values;
  }
  const texts = levelTexts(column.levels);
  const numbers = texts.map((text) => (/^nan$/i.test(text) ? Number.NaN : Number(text)));
  for (let i = 0; i < lines.length; i++) {
    const code = column.codes[lines[i]];
    values[i] = code < 0 ? Number.NaN : numbers[code];
    if (code >= 0 && Number.isNaN(values[i]) && !/^nan$/i.test(texts[code]))
      throw new ChallengerError(
        `${source}: column ${column.name} must hold numbers, ${rowName(i)} has ${JSON.stringify(texts[code])}`,
      );
  }
  return values;
}
