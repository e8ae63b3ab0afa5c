/** From what a model said, in whatever form, to a prediction that can be judged; or why it cannot. */
import type { Prediction } from "../../baselines/contract.ts";
import type { Task } from "../../data/dataset.ts";
import { classOf } from "../../data/schema/levels.ts";
import { counted, listed } from "../../data/words.ts";
import { ChallengerError } from "./contract.ts";

/** What is asked: how many answers, of which kind. */
export interface Asked {
  readonly task: Task;
  /** In order, the positive one last; empty for regression. */
  readonly classes: readonly string[];
  readonly rows: number;
  /** Where the answers come from: a file, a function. */
  readonly source: string;
  /** Names a row in messages: `row 17`. */
  readonly rowName: (i: number) => string;
}

export interface Answered {
  readonly prediction: Prediction;
  /** Classes without probabilities: certain answers, fit for the label metric alone. */
  readonly labelsOnly: boolean;
}

/** Probabilities may miss a sum of 1 by so much (three digits of rounding, single precision); they are then scaled to 1. */
export const SUM_TOLERANCE = 1e-3;
/** Single precision may leave [0, 1] by a hair. */
const EDGE = 1e-6;

/** Values of a regression target. @throws ChallengerError for one that is missing or not finite. */
export function valuesAnswered(values: ArrayLike<number>, asked: Asked): Answered {
  requireCount(values.length, asked);
  const out = Float64Array.from(values);
  refuse(
    asked,
    "is no finite number",
    "write one number a row",
    (i) => !Number.isFinite(out[i]),
    (i) => out[i],
  );
  return { prediction: { kind: "value", values: out }, labelsOnly: false };
}

/** Class labels. Numeric classes match numerically. @throws ChallengerError for a class the benchmark does not know. */
export function labelsAnswered(
  labels: ArrayLike<string | number | boolean | null | undefined>,
  asked: Asked,
): Answered {
  requireCount(labels.length, asked);
  const { classes } = asked;
  const index = new Map(classes.map((text, code) => [text, code]));
  const codes = Int32Array.from({ length: asked.rows }, (_, i) => index.get(classOf(String(labels[i] ?? ""))) ?? -1);
  refuse(
    asked,
    "is none of the benchmark's classes",
    `the classes are ${listed(classes.map((name) => JSON.stringify(name)))}`,
    (i) => codes[i] < 0,
    (i) => labels[i],
  );
  const values = new Float64Array(asked.rows * classes.length);
  codes.forEach((code, i) => (values[i * classes.length + code] = 1));
  return { prediction: { kind: "probability", values, classes: classes.length }, labelsOnly: true };
}

/** The positive class's probability of a binary target. */
export function positiveAnswered(probability: ArrayLike<number>, asked: Asked): Answered {
  if (asked.task !== "binary")
    throw new ChallengerError(
      `${asked.source}: one probability a row suits two classes, there are ${asked.classes.length}; give one a class`,
    );
  requireCount(probability.length, asked);
  const values = new Float64Array(2 * asked.rows);
  for (let i = 0; i < asked.rows; i++) {
    values[2 * i] = 1 - probability[i];
    values[2 * i + 1] = probability[i];
  }
  return probabilitiesAnswered(values, asked);
}

/**
 * One probability a class, row by row, in the order of the classes.
 * @throws ChallengerError when one is missing or outside [0, 1], or a row's do not sum to 1 within 0.001.
 */
export function probabilitiesAnswered(given: Float64Array, asked: Asked): Answered {
  const { classes, rows } = asked;
  const width = classes.length;
  requireCount(given.length / width, asked);
  const values = given.slice();
  const cell = (i: number, bad: (p: number) => boolean): number => {
    for (let k = i * width; k < (i + 1) * width; k++) if (bad(values[k])) return values[k];
    return Number.NaN;
  };
  const outside = (p: number): boolean => !(p >= -EDGE && p <= 1 + EDGE);
  const anyOutside = (i: number): boolean => {
    for (let k = i * width; k < (i + 1) * width; k++) if (outside(values[k])) return true;
    return false;
  };
  refuse(asked, "is no probability from 0 to 1", "write probabilities, not scores or logits", anyOutside, (i) =>
    cell(i, outside),
  );
  const sum = (i: number): number => {
    let total = 0;
    for (let k = i * width; k < (i + 1) * width; k++) total += values[k];
    return total;
  };
  refuse(
    asked,
    "is what the row's probabilities sum to, not 1",
    `they may miss it by ${SUM_TOLERANCE}; normalise them`,
    (i) => !(Math.abs(sum(i) - 1) <= SUM_TOLERANCE),
    sum,
  );
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let k = i * width; k < (i + 1) * width; k++) total += values[k] = Math.min(1, Math.max(0, values[k]));
    for (let k = i * width; k < (i + 1) * width; k++) values[k] /= total;
  }
  return { prediction: { kind: "probability", values, classes: width }, labelsOnly: false };
}

function requireCount(count: number, { rows, source }: Asked): void {
  if (count !== rows)
    throw new ChallengerError(`${source}: wanted ${counted(rows, "answer")}, one a row, got ${count}`);
}

/** Counts the rows that are bad and names the first. */
function refuse(
  { rows, source, rowName }: Asked,
  what: string,
  remedy: string,
  isBad: (i: number) => boolean,
  shown: (i: number) => unknown,
): void {
  let count = 0;
  let first = -1;
  for (let i = 0; i < rows; i++) {
    if (!isBad(i)) continue;
    if (count === 0) first = i;
    count++;
  }
  if (count === 0) return;
  const value = shown(first);
  const text =
    value === undefined || value === null || value === "" || Number.isNaN(value) ? "nothing" : JSON.stringify(value);
  throw new ChallengerError(
    `${source}: ${counted(count, "answer")} cannot be used, the first for ${rowName(first)}: ${text} ${what}; ${remedy}`,
  );
}
