import * as v from "valibot";
import type { Dataset, Rows, Shape, Target } from "../frame/dataset.ts";
import { DataError } from "../frame/error.ts";
import { answersFault, predictionOf } from "./answers.ts";
import type { Explanation, Fault, Kind, Predictor } from "./contract.ts";
import { count, doubles, finite } from "./parts.ts";
import { plainReasons } from "./reasons.ts";
import { percent, readable } from "../words/numbers.ts";

const NAME = "rule";

/** What a forecast of classes is: the name of a class, 1 or 0 for the positive class or not, or its probability. */
export type Meaning = (typeof MEANINGS)[number];
const MEANINGS = ["label", "truth", "probability"] as const;

/** What is said where the forecast of a value is missing. */
export interface ValueRuleData {
  readonly mean: number;
  /** Training rows without a forecast. */
  readonly missing: number;
}

export interface ClassRuleData {
  readonly meaning: Meaning;
  /** Shares of the classes when the answer is each class: answers x classes. Empty for probabilities. */
  readonly shares: Float64Array;
  /** Shares of the classes where the forecast is missing or names no class. */
  readonly prior: Float64Array;
  readonly missing: number;
}

export type RuleData = ValueRuleData | ClassRuleData;

/** What the user's own rule or column says, the dataset's `forecast`; classes with the shares behind each answer. O(n). */
export const ruleKind: Kind<RuleData> = {
  name: NAME,
  version: 1,
  schema: v.union(
    [
      v.strictObject({ mean: finite, missing: count }),
      v.strictObject({ meaning: v.picklist(MEANINGS), shares: doubles(), prior: doubles(), missing: count }),
    ],
    `wanted "mean" and "missing", or "meaning" (${MEANINGS.join(", ")}), "shares", "prior" and "missing"`,
  ),
  faultIn,
  complexity: () => ({ count: 1, unit: "rules" }),
  notes: (data) => ({
    trainingRowsWithoutForecast: data.missing,
    ...("meaning" in data && { forecastMeans: data.meaning }),
  }),
  predictor: predictorOf,
  explain: (data, shape) => ("mean" in data ? valueExplanation(data) : classExplanation(data, shape)),
  reasons: (data, _shape, table, row) =>
    plainReasons(predictorOf(data), table, row, `the status quo says ${forecastText(table, row)}`),
};

function predictorOf(data: RuleData): Predictor {
  return "mean" in data ? valuePredictor(data) : classPredictor(data);
}

function forecastText(table: Dataset, row: number): string {
  const forecast = forecastOf(table);
  const said = forecast.kind === "number" ? forecast.values[row] : forecast.levels[forecast.codes[row]];
  return said === undefined || Number.isNaN(said) ? "nothing" : String(said);
}

function faultIn(data: RuleData, shape: Shape): Fault {
  if ("mean" in data !== (shape.task === "regression")) return `answers are not those of a ${shape.task} task`;
  if ("mean" in data) return undefined;
  const classes = shape.classes.length;
  if (data.meaning !== "label" && classes !== 2) return `meaning: ${data.meaning} needs two classes, got ${classes}`;
  const answers = data.meaning === "probability" ? 0 : classes;
  return answersFault("shares", data.shares, answers, shape) ?? answersFault("prior", data.prior, 1, shape);
}

/** @throws DataError when the table has none. */
export function forecastOf(data: Dataset): NonNullable<Dataset["forecast"]> {
  if (data.forecast === undefined) throw new DataError(`${NAME}: the table has no forecast (--rule or --rule-column)`);
  return data.forecast;
}

/** The class that a text names: the same but for blanks around it, or the same number. -1: none. */
export function matchingClass(text: string, classes: readonly string[]): number {
  const same = classes.findIndex((name) => name.trim() === text.trim());
  return same >= 0 || Number.isNaN(asNumber(text))
    ? same
    : classes.findIndex((name) => asNumber(name) === asNumber(text));
}

/** NaN where it is none. */
export function asNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** The class that each row's forecast names (for probabilities: 0), -1 where it is missing or names none. */
export function answersOf(data: Dataset, rows: Rows, meaning: Meaning): Int32Array {
  const { classes } = data.target as Exclude<Target, { task: "regression" }>;
  const forecast = forecastOf(data);
  if (forecast.kind === "category") {
    const classOf = forecast.levels.map((level) => matchingClass(level, classes));
    return rows.map((row) => (forecast.codes[row] < 0 ? -1 : classOf[forecast.codes[row]]));
  }
  const { values } = forecast;
  if (meaning === "probability") return rows.map((row) => (values[row] >= 0 && values[row] <= 1 ? 0 : -1));
  if (meaning === "truth") return rows.map((row) => (values[row] === 0 ? 0 : values[row] === 1 ? 1 : -1));
  const byNumber = new Map(classes.map((name, k) => [asNumber(name), k]));
  return rows.map((row) => byNumber.get(values[row]) ?? -1);
}

function valuePredictor({ mean }: ValueRuleData): Predictor {
  return (data, rows) => {
    const forecast = forecastOf(data);
    const values = Float64Array.from(rows, (row) => (forecast.kind === "number" ? forecast.values[row] : Number.NaN));
    return predictionOf(
      values.map((value) => (Number.isNaN(value) ? mean : value)),
      1,
    );
  };
}

function classPredictor({ meaning, shares, prior }: ClassRuleData): Predictor {
  const classes = prior.length;
  return (data, rows) => {
    const answers = answersOf(data, rows, meaning);
    const forecast = forecastOf(data);
    const values = new Float64Array(rows.length * classes);
    for (let i = 0; i < rows.length; i++) {
      if (answers[i] < 0) values.set(prior, i * classes);
      else if (meaning === "probability" && forecast.kind === "number") {
        values[2 * i + 1] = forecast.values[rows[i]];
        values[2 * i] = 1 - values[2 * i + 1];
      } else values.set(shares.subarray(answers[i] * classes, (answers[i] + 1) * classes), i * classes);
    }
    return predictionOf(values, classes);
  };
}

function valueExplanation({ mean }: ValueRuleData): Explanation {
  return {
    summary: `The status quo's own value; ${readable(mean)}, the mean of the training rows, where it has none.`,
    lines: [],
  };
}

function classExplanation({ meaning, shares, prior }: ClassRuleData, { classes }: Shape): Explanation {
  const mix = (from: number, of: Float64Array): string =>
    classes.map((name, k) => `${name} ${percent(of[from + k])}`).join(", ");
  return {
    summary:
      meaning === "probability"
        ? `The status quo's own probability of ${classes[1]}.`
        : "The status quo's own label, with the class shares of the training rows that it gave this label.",
    lines: [
      ...Array.from(
        { length: shares.length / classes.length },
        (_, a) => `${classes[a]}: ${mix(a * classes.length, shares)}`,
      ),
      `no answer: ${mix(0, prior)}`,
    ],
  };
}
