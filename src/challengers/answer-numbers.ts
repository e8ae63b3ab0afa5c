/** Numbers in a column of answers, as people and programs write them. */
import { readingOf, twoMeanings } from "../schema/second/numbers.ts";
import { levelTexts, type Notation, type RawColumn, type Table } from "../frame/table.ts";
import { ChallengerError } from "./source.ts";

export interface AnswerNumbers {
  /** NaN where a cell holds none. */
  readonly values: Float64Array;
  /** Clauses about how they were read. */
  readonly notes: readonly string[];
}

/**
 * Values on the scale of the target: its unit may stand at them, and no other.
 *
 * @param target How the target's numbers were written in training.
 * @throws ChallengerError when a number can be read in two ways.
 */
export function valuesIn(column: RawColumn, table: Table, path: string, target: Notation | undefined): AnswerNumbers {
  return { values: read(column, table, path, { ...target, decimal: "." }), notes: [] };
}

/** Probabilities as shares of 1; those in percent are divided by 100, and that is noted. @throws ChallengerError as `valuesIn`. */
export function sharesIn(column: RawColumn, table: Table, path: string): AnswerNumbers {
  const inPercent = column.kind === "text" && levelTexts(column.levels).some((text) => text.includes("%"));
  if (!inPercent) return { values: read(column, table, path, { decimal: "." }), notes: [] };
  const values = read(column, table, path, { decimal: ".", unit: "%" }).map((value) => value / 100);
  return { values, notes: [`the probabilities in ${column.name} are in percent, and were divided by 100`] };
}

function read(column: RawColumn, { origin }: Table, path: string, before: Notation): Float64Array {
  if (column.kind === "number") return column.values;
  const texts = levelTexts(column.levels);
  const counts = new Int32Array(texts.length).fill(1);
  const hints = { before, origin, missing: new Set<string>() };
  const found = readingOf(texts, counts, hints, before);
  if (found === "ambiguous")
    throw new ChallengerError(
      `${path}: ${twoMeanings(column.name, texts, hints)}; write decimals with a point, and no other marks`,
    );
  return Float64Array.from(column.codes, (code) => found?.values[code] ?? Number.NaN);
}
