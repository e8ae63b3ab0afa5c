import * as v from "valibot";
import type { Shape } from "../frame/dataset.ts";
import { answersFault, mostFrequent, predictionOf } from "./answers.ts";
import type { Explanation, Kind, Notes } from "./contract.ts";
import { bucketsOf, cutFault, cutSchema, type Cut } from "./cut.ts";
import { doubles, notes } from "./parts.ts";
import { rulesDrawing } from "./rules-drawing.ts";
import { percent, readable } from "../words/numbers.ts";
import { alternatives } from "../words/texts.ts";

/** One column, cut into buckets, and what is said in each. */
export interface BucketRule {
  readonly cut: Cut;
  /** Weight of the training rows in each bucket. */
  readonly weights: Float64Array;
  /** Buckets x width: a value, or a probability for each class. */
  readonly answers: Float64Array;
  /** Where no bucket applies (a level or a missing value that training did not see); its length is the width. */
  readonly fallback: Float64Array;
}

export interface OneRuleData extends BucketRule {
  readonly notes: Notes;
}

const MOST_LINES = 40;

/** One column decides: predicts in O(log buckets) a row. */
export const oneRuleKind: Kind<OneRuleData> = {
  name: "one-rule",
  version: 1,
  schema: v.strictObject({
    cut: cutSchema,
    weights: doubles({ low: 0 }),
    answers: doubles(),
    fallback: doubles(),
    notes,
  }),
  faultIn: ({ cut, weights, answers, fallback }, shape) =>
    cutFault(cut, weights.length, shape) ??
    answersFault("answers", answers, weights.length, shape) ??
    answersFault("fallback", fallback, 1, shape),
  complexity: ({ weights }) => ({ count: weights.length, unit: "buckets" }),
  notes: (data) => data.notes,
  predictor: ({ cut, answers, fallback }) => {
    const width = fallback.length;
    return (data, rows) => {
      const values = new Float64Array(rows.length * width);
      const buckets = bucketsOf(cut, data, rows);
      for (let i = 0; i < buckets.length; i++)
        for (let k = 0; k < width; k++)
          values[i * width + k] = buckets[i] < 0 ? fallback[k] : answers[buckets[i] * width + k];
      return predictionOf(values, width);
    };
  },
  explain,
  reasons: ({ cut, weights, answers, fallback }, shape, table, row) => {
    const [bucket] = bucketsOf(cut, table, Int32Array.of(row));
    const { name } = shape.columns[cut.column];
    const width = fallback.length;
    if (bucket < 0) return { steps: [`${name} holds what training did not see`], answer: [...fallback] };
    return {
      steps: [
        `${name} ${bucketNames(cut, shape, weights.length)[bucket]} (${readable(weights[bucket])} training rows)`,
      ],
      answer: [...answers.subarray(bucket * width, (bucket + 1) * width)],
    };
  },
  turns: ({ cut }, _shape, _table, _row, column) => (column === cut.column && "bounds" in cut ? [...cut.bounds] : []),
};

function explain({ cut, weights, answers, fallback }: OneRuleData, shape: Shape): Explanation {
  const { name } = shape.columns[cut.column];
  const width = fallback.length;
  const conditions = bucketNames(cut, shape, weights.length);
  const says = (b: number): string =>
    width === 1 ? readable(answers[b]) : shape.classes[mostFrequent(answers, b * width, width)];
  const sure = (b: number): string =>
    width === 1 ? "" : `, ${percent(answers[b * width + mostFrequent(answers, b * width, width)])}`;
  const rows = (b: number): string => `${readable(weights[b])} ${weights[b] === 1 ? "row" : "rows"}`;
  const parts = conditions.map((condition, b) => `${condition}: ${says(b)}`);
  const shown = parts.length <= 6 ? parts : [...parts.slice(0, 5), `and ${parts.length - 5} more`];
  const lines = conditions.map((condition, b) => `${name} ${condition}: ${says(b)} (${rows(b)}${sure(b)})`);
  return {
    summary: `By ${name} alone: ${shown.join("; ")}.`,
    lines:
      lines.length <= MOST_LINES
        ? lines
        : [...lines.slice(0, MOST_LINES - 1), `... and ${lines.length - MOST_LINES + 1} more`],
    importance: [{ column: name, share: 1 }],
    drawing: rulesDrawing(
      conditions.map((condition) => `${name} ${condition}`),
      answers,
      weights,
      shape,
    ),
  };
}

/** The condition of each bucket in words, without the column's name. */
function bucketNames(cut: Cut, shape: Shape, buckets: number): string[] {
  const names: string[] = Array.from({ length: buckets }, () => "");
  if ("bounds" in cut) {
    const { bounds } = cut;
    if (bounds.length === 0 && buckets > (cut.missing < 0 ? 0 : 1)) names[0] = "with any value";
    bounds.forEach((bound, b) => (names[b] = `up to ${readable(bound)}`));
    if (bounds.length > 0) names[bounds.length] = `above ${readable(bounds[bounds.length - 1])}`;
  } else {
    const { levels } = shape.columns[cut.column];
    for (let b = 0; b < buckets; b++)
      names[b] = alternatives(
        levels.filter((_, level) => cut.bucketOf[level] === b),
        4,
      );
  }
  if (cut.missing >= 0) names[cut.missing] = "missing";
  return names;
}
