import { allRows, type Dataset, type Rows, type Shape, type Target, type View } from "../data/dataset.ts";
import { FitError, type Estimator } from "./contract.ts";
import type { Explanation, Model, Prediction } from "../models/contract.ts";
import { readModel } from "./model-json.ts";
import { smoothedShares, withMode } from "./shares.ts";
import { trainingRows } from "./training-rows.ts";
import { percent, readable } from "../models/wording.ts";

const NAME = "rule";
const VERSION = 1;
/** Rows' worth of the overall class shares that are added to the counts behind each answer. */
const STRENGTH = 2;

/** What a forecast of classes is: the name of a class, 1 or 0 for the positive class or not, or its probability. */
type Meaning = "label" | "truth" | "probability";
const MEANINGS: readonly unknown[] = ["label", "truth", "probability"];

interface Answers {
  readonly meaning: Meaning;
  /** Shares of the classes when the answer is each class: answers x classes. Empty for probabilities. */
  readonly shares: Float64Array;
  readonly prior: Float64Array;
}

/**
 * The status quo: what the user's own rule or column says (the dataset's `forecast`), as it is. Regression: its value.
 * Classification: a number between 0 and 1 is the probability of the positive class; labels (texts or numbers that name
 * classes, or nothing but 0 and 1) get the class shares of the training rows with that answer, smoothed, in which the
 * answer itself is made the most frequent class where it is not (see `withMode`), so that the rule's labels are the rule's own.
 * Where the forecast is missing or names no class: the training mean, or the class shares of all training rows. O(n).
 */
export const statusQuo: Estimator<{}> = {
  name: NAME,
  family: "rule",
  title: "Status quo",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["forecast"],
  space: () => ({}),
  fit,
  fromJSON,
};

function fit(view: View): Model {
  const { data } = view;
  const { rows, weights, total } = trainingRows(NAME, view);
  const forecast = forecastOf(data);
  if (data.target.task === "regression") {
    if (forecast.kind !== "number")
      throw new FitError(
        `${NAME}: for regression the forecast must be numbers, got texts such as ${forecast.levels[0]}`,
      );
    let mean = 0;
    for (let i = 0; i < rows.length; i++) mean += ((weights?.[i] ?? 1) / total) * data.target.values[rows[i]];
    return valueModel(
      mean,
      rows.reduce((count, row) => count + (Number.isNaN(forecast.values[row]) ? 1 : 0), 0),
    );
  }
  const { codes, classes } = data.target;
  const meaning = meaningOf(forecast, rows, classes);
  const answers = answersOf(data, rows, meaning);
  const counts = new Float64Array(classes.length ** 2);
  const prior = new Float64Array(classes.length);
  let missing = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights?.[i] ?? 1;
    prior[codes[rows[i]]] += weight / total;
    if (answers[i] < 0) missing++;
    else if (meaning !== "probability") counts[answers[i] * classes.length + codes[rows[i]]] += weight;
  }
  const shares = new Float64Array(meaning === "probability" ? 0 : counts.length);
  for (let a = 0; a < shares.length / classes.length; a++)
    shares.set(withMode(smoothedShares(counts, a * classes.length, prior, STRENGTH), a), a * classes.length);
  return classModel({ meaning, shares, prior }, missing);
}

function forecastOf(data: Dataset): NonNullable<Dataset["forecast"]> {
  if (data.forecast === undefined) throw new FitError(`${NAME}: the table has no forecast (--rule or --rule-column)`);
  return data.forecast;
}

/** @throws FitError when the forecasts of the rows are neither classes nor probabilities. */
function meaningOf(forecast: NonNullable<Dataset["forecast"]>, rows: Rows, classes: readonly string[]): Meaning {
  const named = `${classes.slice(0, 5).join(", ")}${classes.length > 5 ? ", ..." : ""}`;
  if (forecast.kind === "category") {
    const classOf = forecast.levels.map((level) => matchingClass(level, classes));
    const said = rows.filter((row) => forecast.codes[row] >= 0);
    if (said.length === 0) throw new FitError(`${NAME}: the forecast is missing in all training rows`);
    if (said.some((row) => classOf[forecast.codes[row]] >= 0)) return "label";
    const first = forecast.levels[forecast.codes[said[0]]];
    throw new FitError(`${NAME}: none of the forecasts names a class (${named}), got ${first}`);
  }
  const said = rows.filter((row) => !Number.isNaN(forecast.values[row]));
  if (said.length === 0) throw new FitError(`${NAME}: the forecast is missing in all training rows`);
  const classNumbers = new Set(classes.map(asNumber));
  if (said.every((row) => classNumbers.has(forecast.values[row]))) return "label";
  const odd = said.find((row) => !(forecast.values[row] >= 0 && forecast.values[row] <= 1));
  if (classes.length !== 2 || odd !== undefined)
    throw new FitError(
      `${NAME}: forecasts must name a class (${named})${classes.length === 2 ? " or be probabilities from 0 to 1" : ""}, ` +
        `got ${forecast.values[odd ?? said[0]]} in row ${odd ?? said[0]}`,
    );
  return said.every((row) => forecast.values[row] === 0 || forecast.values[row] === 1) ? "truth" : "probability";
}

/** The class that a text names: the same but for blanks around it, or the same number. -1: none. */
function matchingClass(text: string, classes: readonly string[]): number {
  const same = classes.findIndex((name) => name.trim() === text.trim());
  return same >= 0 || Number.isNaN(asNumber(text))
    ? same
    : classes.findIndex((name) => asNumber(name) === asNumber(text));
}

const asNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** The class that each row's forecast names (for probabilities: 0), -1 where it is missing or names none. */
function answersOf(data: Dataset, rows: Rows, meaning: Meaning): Int32Array {
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

function valueModel(mean: number, missing: number): Model {
  return Object.freeze({
    complexity: { count: 1, unit: "rules" },
    notes: { trainingRowsWithoutForecast: missing },
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const forecast = forecastOf(data);
      const values = Float64Array.from(rows, (row) => (forecast.kind === "number" ? forecast.values[row] : Number.NaN));
      return { kind: "value", values: values.map((value) => (Number.isNaN(value) ? mean : value)) };
    },
    explain: () => ({
      summary: `The status quo's own value; ${readable(mean)}, the mean of the training rows, where it has none.`,
      lines: [],
    }),
    toJSON: () => ({ kind: NAME, version: VERSION, mean, missing }),
  });
}

function classModel({ meaning, shares, prior }: Answers, missing: number): Model {
  const classes = prior.length;
  return Object.freeze({
    complexity: { count: 1, unit: "rules" },
    notes: { trainingRowsWithoutForecast: missing, forecastMeans: meaning },
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
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
      return { kind: "probability", values, classes };
    },
    explain: (shape: Shape) => explanation({ meaning, shares, prior }, shape),
    toJSON: () => ({ kind: NAME, version: VERSION, meaning, shares: [...shares], prior: [...prior], missing }),
  });
}

function explanation({ meaning, shares, prior }: Answers, { classes }: Shape): Explanation {
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

function fromJSON(json: unknown, shape: Shape): Model {
  const { mean, missing, meaning, shares, prior } = readModel(json, NAME, VERSION);
  const wrong = (what: string): TypeError => new TypeError(`${NAME}: the saved model's ${what}`);
  if (!Number.isInteger(missing)) throw wrong("count of missing forecasts is no whole number");
  if (shape.task === "regression") {
    if (typeof mean !== "number" || !Number.isFinite(mean)) throw wrong("mean is no finite number");
    return valueModel(mean, missing as number);
  }
  const classes = shape.classes.length;
  const areShares = (list: unknown, length: number): list is number[] =>
    Array.isArray(list) && list.length === length && list.every((v) => typeof v === "number" && v >= 0 && v <= 1);
  if (!MEANINGS.includes(meaning)) throw wrong(`meaning is ${JSON.stringify(meaning)}`);
  const wanted = meaning === "probability" ? 0 : classes ** 2;
  if (!areShares(shares, wanted) || !areShares(prior, classes)) throw wrong("shares do not fit the classes");
  const answers = { meaning: meaning as Meaning, shares: Float64Array.from(shares), prior: Float64Array.from(prior) };
  return classModel(answers, missing as number);
}
