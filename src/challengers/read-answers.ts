/** A file of answers for known rows, as a command writes it. */
import type { Prediction } from "../frame/prediction.ts";
import { DataError } from "../frame/error.ts";
import { readTable } from "../table/read-table.ts";
import { cellText, type Table } from "../frame/table.ts";
import { ANSWERS, numbersIn, recordAnswers, type Asked } from "./record-answers.ts";
import { columnNamed } from "./row-places.ts";
import { ChallengerError } from "./source.ts";
import { counted, whole } from "../words/numbers.ts";

export interface Answered {
  readonly prediction: Prediction;
  readonly labelsOnly: boolean;
  /** How they were read, in clauses. */
  readonly notes: readonly string[];
}

export interface WantedAnswers {
  /** Row numbers, in the order that the prediction is to have. */
  readonly rows: Int32Array;
  readonly artifact: Asked;
  /** Which to take of a file with classes and probabilities. */
  readonly prefer: "labels" | "probabilities";
}

/**
 * Reads `row` and then the columns of answers that a predictions file has. Rows in any order, each wanted row once and no
 * other.
 *
 * @param source What wrote it, for messages.
 * @throws ChallengerError in one sentence with a count, the first offending row and the remedy. Cost: one pass a column.
 */
export async function readAnswers(path: string, source: string, wanted: WantedAnswers): Promise<Answered> {
  const table = await readTable(path, ANSWERS).catch((error: unknown) => {
    if (!(error instanceof DataError)) throw error;
    throw new ChallengerError(`${source}: what it wrote cannot be read: ${error.message}`, { cause: error });
  });
  const { records, name } = recordsOf(table, source, wanted.rows);
  const answers = recordAnswers(table, source, wanted.artifact, wanted.prefer);
  const notes = [...table.warnings.map(({ message }) => message), ...answers.notes];
  return { prediction: answers.at(records, name), labelsOnly: answers.labelsOnly, notes };
}

/** The record of each wanted row. */
function recordsOf(
  table: Table,
  source: string,
  rows: Int32Array,
): { readonly records: Int32Array; readonly name: (record: number) => string } {
  const column = columnNamed(table, "row");
  if (!column)
    throw new ChallengerError(
      `${source}: wanted a column row with the row numbers of {test}, got the columns ${table.columns.map((one) => one.name).join(", ")}`,
    );
  const name = (record: number): string => `row ${cellText(column, record) || "(empty)"}`;
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const numbers = numbersIn(column);
  const records = new Int32Array(rows.length).fill(-1);
  const unknown: number[] = [];
  const again: number[] = [];
  for (let record = 0; record < table.rows; record++) {
    const i = place.get(numbers[record]);
    if (i === undefined) unknown.push(record);
    else if (records[i] >= 0) again.push(record);
    else records[i] = record;
  }
  const remedy = "answer each row of {test} once";
  if (unknown.length > 0)
    throw new ChallengerError(
      `${source}: ${counted(unknown.length, "record")} about rows that were not asked for, first ${name(unknown[0])}; ${remedy}`,
    );
  if (again.length > 0)
    throw new ChallengerError(
      `${source}: ${counted(again.length, "record")} about rows that were answered before, first ${name(again[0])}; ${remedy}`,
    );
  const missing = records.reduce((count, record) => count + (record < 0 ? 1 : 0), 0);
  if (missing > 0)
    throw new ChallengerError(
      `${source}: ${whole(missing)} of ${counted(rows.length, "row")} have no answer, first row ${rows[records.indexOf(-1)]}; ${remedy}`,
    );
  return { records, name };
}
