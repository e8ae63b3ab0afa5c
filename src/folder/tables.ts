/** The two tables of a benchmark folder that challengers are judged by: splits.csv and predictions.csv. */
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Target } from "../frame/dataset.ts";
import type { Part, Splits } from "../evaluate/splits/contract.ts";
import { csvCell, csvNumber, freeName, writeTable } from "./table-file.ts";

/** Answers of one rung. */
export interface RungAnswers {
  readonly rung: string;
  /** One a repeat: answers for all rows of the dataset, NaN where there is none. */
  readonly outOfFold: readonly Prediction[];
  /** For the held-out rows, in their order. */
  readonly held: Prediction;
}

export interface RowFacts {
  readonly splits: Splits;
  readonly rowNumber: (row: number) => number;
  readonly ids?: { readonly name: string; readonly at: (row: number) => string };
  /** The rows: what is said of them is their target, and which belong together. */
  readonly data: Dataset;
}

/** Above this many rows, out-of-fold answers are written for the champion only. */
export const MANY_ROWS = 200_000;

/**
 * `row,repeat,part,fold`, then, where the benchmark has them, `group` (0, 1, ...; -1: none), `time` (rank), `weight` and the id:
 * which rows anyone else must train and score on, and all that a comparison must know of them without the table.
 */
export function writeSplits(path: string, { splits, rowNumber, ids, data }: RowFacts): void {
  const rows = splits.part.length;
  const { groups, time, weights } = data;
  const facts: readonly (readonly [name: string, cell: (row: number) => string])[] = [
    ...(groups ? [["group", (row: number) => String(groups[row])] as const] : []),
    ...(time ? [["time", (row: number) => String(time[row])] as const] : []),
    ...(weights ? [["weight", (row: number) => String(weights[row])] as const] : []),
  ];
  const ours = ["row", "repeat", "part", "fold", ...facts.map(([name]) => name)];
  const header = ids === undefined ? ours : [...ours, freeName(ids.name, ours, [])];
  writeTable(path, header, rows * splits.repeats, (line) => {
    const repeat = Math.floor(line / rows);
    const row = line % rows;
    let text = `${rowNumber(row)},${repeat},${splits.part[row]},${foldText(splits, repeat, row)}`;
    for (const [, cell] of facts) text += `,${cell(row)}`;
    return ids === undefined ? text : `${text},${csvCell(ids.at(row))}`;
  });
}

function foldText(splits: Splits, repeat: number, row: number): string {
  const fold = splits.fold[repeat][row];
  return fold < 0 ? "" : String(fold);
}

/** Names of a rung's columns: its own for a number, one a class for probabilities, the positive class only when there are two. */
export function answerColumns(rung: string, target: Target): readonly string[] {
  if (target.task === "regression") return [rung];
  const classes = target.task === "binary" ? target.classes.slice(1) : target.classes;
  return classes.map((name) => `${rung}:proba_${name}`);
}

export interface AnswerOptions {
  readonly champion: string;
  /** Which rows: all with an answer, only those held out, or only those not held out. */
  readonly parts: readonly Part[];
  readonly held: Int32Array;
}

/** `row,repeat,part,fold,truth`, then each rung's answers. Rows without any answer are left out. */
export function writePredictions(
  path: string,
  facts: RowFacts,
  rungs: readonly RungAnswers[],
  options: AnswerOptions,
): void {
  const { splits, rowNumber } = facts;
  const { target } = facts.data;
  const rows = splits.part.length;
  const lines = answeredLines(splits, rungs, options, rows);
  const heldAt = new Int32Array(rows).fill(-1);
  options.held.forEach((row, i) => (heldAt[row] = i));
  const header = [
    "row",
    "repeat",
    "part",
    "fold",
    "truth",
    ...rungs.flatMap(({ rung }) => answerColumns(rung, target)),
  ];
  const width = target.task === "regression" ? 1 : target.classes.length;
  const shown = target.task === "binary" ? [1] : Array.from({ length: width }, (_, k) => k);
  const truths = target.task === "regression" ? undefined : target.classes.map(csvCell);
  writeTable(path, header, lines.length, (line) => {
    const row = lines[line] % rows;
    const repeat = Math.floor(lines[line] / rows);
    const at = heldAt[row];
    const truth = target.task === "regression" ? csvNumber(target.values[row]) : truths![target.codes[row]];
    let text = `${rowNumber(row)},${repeat},${splits.part[row]},${foldText(splits, repeat, row)},${truth}`;
    for (const { rung, outOfFold, held } of rungs) {
      const skipped = at < 0 && rows > MANY_ROWS && rung !== options.champion;
      const { values } = at < 0 ? outOfFold[repeat] : held;
      for (const k of shown) text += `,${skipped ? "" : csvNumber(values[(at < 0 ? row : at) * width + k])}`;
    }
    return text;
  });
}

/** repeat x rows + row, for every line that has something to say. */
function answeredLines(
  splits: Splits,
  rungs: readonly RungAnswers[],
  options: AnswerOptions,
  rows: number,
): readonly number[] {
  const lines: number[] = [];
  const wanted = new Set(options.parts);
  for (let repeat = 0; repeat < splits.repeats; repeat++)
    for (let row = 0; row < rows; row++) {
      const part = splits.part[row];
      if (!wanted.has(part)) continue;
      if (part === "holdout" || part === "test") {
        if (repeat === 0) lines.push(row);
      } else if (part === "train") {
        const { values } = rungs[0].outOfFold[repeat];
        if (!Number.isNaN(values[(row * values.length) / rows])) lines.push(repeat * rows + row);
      }
    }
  return lines;
}
