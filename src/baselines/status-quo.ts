import { shapeOf, type Dataset, type Rows, type View } from "../frame/dataset.ts";
import type { Model } from "../models/contract.ts";
import { modelOf, readerOf } from "../models/model.ts";
import { answersOf, asNumber, matchingClass, ruleKind, type Meaning } from "../models/rule.ts";
import { FitError, type Estimator } from "./contract.ts";
import { smoothedShares, withMode } from "./shares.ts";
import { trainingRows } from "./training-rows.ts";
import { inList } from "../words/texts.ts";

const NAME = ruleKind.name;
/** Rows' worth of the overall class shares that are added to the counts behind each answer. */
const STRENGTH = 2;

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
  fromJSON: readerOf(ruleKind),
};

function fit(view: View): Model {
  const { data } = view;
  const { rows, weights, total } = trainingRows(NAME, view);
  const { forecast } = data;
  if (forecast === undefined) throw new FitError(`${NAME}: the table has no forecast (--rule or --rule-column)`);
  if (data.target.task === "regression") {
    if (forecast.kind !== "number")
      throw new FitError(
        `${NAME}: for regression the forecast must be numbers, got texts such as ${forecast.levels[0]}`,
      );
    let mean = 0;
    for (let i = 0; i < rows.length; i++) mean += ((weights?.[i] ?? 1) / total) * data.target.values[rows[i]];
    const missing = rows.reduce((count, row) => count + (Number.isNaN(forecast.values[row]) ? 1 : 0), 0);
    return modelOf(ruleKind, { mean, missing }, shapeOf(data));
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
  return modelOf(ruleKind, { meaning, shares, prior, missing }, shapeOf(data));
}

/** @throws FitError when the forecasts of the rows are neither classes nor probabilities. */
function meaningOf(forecast: NonNullable<Dataset["forecast"]>, rows: Rows, classes: readonly string[]): Meaning {
  const named = `${classes.slice(0, 5).map(inList).join(", ")}${classes.length > 5 ? ", ..." : ""}`;
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
