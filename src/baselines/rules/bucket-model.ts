import { allRows, type Dataset, type Shape } from "../../data/dataset.ts";
import type { Explanation, Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { mostFrequent } from "../../models/answers.ts";
import { listed, percent, readable } from "../../models/wording.ts";
import { bucketsOf, cutFromJSON, cutToJSON, type Cut } from "./cut.ts";

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

const VERSION = 1;
const MOST_LINES = 40;

/** The model of a rule: predicts in O(log buckets) a row. */
export function bucketModel(kind: string, rule: BucketRule, notes: Model["notes"]): Model {
  const { cut, weights, answers, fallback } = rule;
  const width = fallback.length;
  return Object.freeze({
    complexity: { count: weights.length, unit: "buckets" },
    notes,
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const values = new Float64Array(rows.length * width);
      const buckets = bucketsOf(cut, data, rows);
      for (let i = 0; i < buckets.length; i++)
        for (let k = 0; k < width; k++)
          values[i * width + k] = buckets[i] < 0 ? fallback[k] : answers[buckets[i] * width + k];
      return width === 1 ? { kind: "value", values } : { kind: "probability", values, classes: width };
    },
    explain: (shape: Shape) => explanation(rule, shape),
    toJSON: () => ({
      kind,
      version: VERSION,
      cut: cutToJSON(cut),
      weights: [...weights],
      answers: [...answers],
      fallback: [...fallback],
      notes,
    }),
  });
}

/** @throws TypeError when the JSON is not such a model for that shape. */
export function bucketModelFromJSON(kind: string, json: unknown, shape: Shape): Model {
  const saved = readModel(json, kind, VERSION);
  const numbers = (name: string, length?: number): Float64Array => {
    const list = saved[name];
    if (!Array.isArray(list) || !list.every(Number.isFinite) || (length !== undefined && list.length !== length))
      throw new TypeError(`${kind}: the saved model's ${name} are not ${length ?? "some"} finite numbers`);
    return Float64Array.from(list as number[]);
  };
  const weights = numbers("weights");
  const width = Math.max(1, shape.classes.length);
  const cut = cutFromJSON(kind, saved.cut, shape, weights.length);
  const answers = numbers("answers", weights.length * width);
  const rule = { cut, weights, answers, fallback: numbers("fallback", width) };
  return bucketModel(kind, rule, (saved.notes ?? {}) as Model["notes"]);
}

function explanation({ cut, weights, answers, fallback }: BucketRule, shape: Shape): Explanation {
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
  };
}

/** The condition of each bucket in words, without the column's name. */
function bucketNames(cut: Cut, shape: Shape, buckets: number): string[] {
  const names: string[] = Array.from({ length: buckets }, () => "");
  if (cut.kind === "number") {
    const { bounds } = cut;
    if (bounds.length === 0 && buckets > (cut.missing < 0 ? 0 : 1)) names[0] = "with any value";
    bounds.forEach((bound, b) => (names[b] = `up to ${readable(bound)}`));
    if (bounds.length > 0) names[bounds.length] = `above ${readable(bounds[bounds.length - 1])}`;
  } else {
    const { levels } = shape.columns[cut.column];
    for (let b = 0; b < buckets; b++)
      names[b] = listed(
        levels.filter((_, level) => cut.bucketOf[level] === b),
        4,
      );
  }
  if (cut.missing >= 0) names[cut.missing] = "missing";
  return names;
}
