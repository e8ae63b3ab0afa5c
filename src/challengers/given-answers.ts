/** Answers of a program in memory, checked as those of a file are. */
import { allRows } from "../frame/dataset.ts";
import { readTable } from "../table/read-table.ts";
import type { Answered } from "./read-answers.ts";
import { ANSWERS, recordAnswers, type Asked } from "./record-answers.ts";
import { ChallengerError } from "./source.ts";
import { inList } from "../words/texts.ts";

/** One answer a row, in the order of the rows. */
export type Answers =
  /** Values, or classes. */
  | ArrayLike<number | string | boolean>
  | { readonly prediction: ArrayLike<number | string | boolean> }
  /** Of the positive class. */
  | { readonly probability: ArrayLike<number> }
  /** One list a row, in the order of the classes. */
  | { readonly probabilities: ArrayLike<ArrayLike<number>> };

/** @param source What gave them, for messages. @throws ChallengerError when there is not one usable answer a row. */
export async function answersOf(
  answers: Answers,
  source: string,
  artifact: Asked,
  rows: number,
  rowName: (i: number) => string,
): Promise<Answered> {
  const columns = columnsOf(answers, artifact.classes, source);
  for (const values of columns.values())
    if (values.length !== rows)
      throw new ChallengerError(`${source}: wanted ${rows} answers, one a row, got ${values.length}`);
  const table = await readTable(columns, ANSWERS);
  const read = recordAnswers(table, source, artifact, "probabilities");
  return { prediction: read.at(allRows(rows), rowName), labelsOnly: read.labelsOnly, notes: read.notes };
}

/** The columns that a file with the same answers would have. */
function columnsOf(answers: Answers, classes: readonly string[], source: string): Map<string, ArrayLike<unknown>> {
  const given: unknown = answers;
  if (typeof given !== "object" || given === null)
    throw new ChallengerError(
      `${source}: wanted an array of answers, or an object with prediction, probability or probabilities, got ${given === null ? "null" : typeof given}`,
    );
  if ("prediction" in answers) return new Map([["prediction", answers.prediction]]);
  if ("probability" in answers) return new Map([["probability", answers.probability]]);
  if (!("probabilities" in answers)) return new Map([["prediction", answers as ArrayLike<unknown>]]);
  const lists = Array.from(answers.probabilities);
  const odd = lists.findIndex((list) => list.length !== classes.length);
  if (odd >= 0)
    throw new ChallengerError(
      `${source}: wanted ${classes.length} probabilities a row, one a class (${classes.map(inList).join(", ")}), got ${lists[odd].length} at position ${odd}`,
    );
  return new Map(classes.map((name, k) => [`proba_${name}`, lists.map((list) => list[k])]));
}
