import * as v from "valibot";
import type { CategoryColumn, Dataset, NumberColumn, Rows, Shape } from "../../frame/dataset.ts";
import type { Prediction } from "../../frame/prediction.ts";
import { answersFault, sharesFault } from "../answers.ts";
import type { Fault, Kind, Reasons } from "../contract.ts";
import { bucketsOfValues } from "../cut.ts";
import { count, doubles, firstFault, lengthFault } from "../parts.ts";
import { partsOf, toldClasses } from "../reasons.ts";
import { explain } from "./explain.ts";
import type { Curves, Frequencies, NaiveBayesData } from "./parameters.ts";

/** Evidence against a class in one column stops counting here, so that a value of 1e308 cannot make 0 / 0. */
const FLOOR = -1e100;

const shares = doubles({ low: 0, high: 1 });

/** Class shares times how usual each value is in each class: O(columns x classes) a row, column by column. */
export const naiveBayesKind: Kind<NaiveBayesData> = {
  name: "naive-bayes",
  version: 1,
  schema: v.strictObject({
    prior: shares,
    temper: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
    columns: v.array(
      v.union(
        [
          v.strictObject({ column: count, mean: doubles(), variance: doubles({ low: Number.MIN_VALUE }) }),
          v.strictObject({ column: count, shares, bounds: v.exactOptional(doubles({ ascending: true })) }),
        ],
        'wanted a column\'s "mean" and "variance" (above 0), or its "shares" (from 0 to 1) and "bounds" (ascending)',
      ),
    ),
  }),
  faultIn: ({ prior, columns }, shape) =>
    answersFault("prior", prior, 1, shape) ??
    firstFault(columns, (column, place) => columnFault(`columns.${place}`, column, shape)),
  complexity: ({ prior, columns }) => ({
    count: columns.reduce((sum, column) => sum + sizeOf(column, prior.length), prior.length - 1),
    unit: "parameters",
  }),
  notes: ({ columns }) => ({ columnsUsed: columns.length }),
  predictor: (model) => (data, rows) => {
    const [answers] = temperedAnswers([model], data, rows);
    return answers;
  },
  explain,
  reasons,
  turns: ({ columns }, _shape, _table, _row, column) => {
    const own = columns.find((one) => one.column === column);
    return own === undefined ? [] : "mean" in own ? undefined : [...(own.bounds ?? [])];
  },
};

/** The answers of each model in turn. What models with the same `columns` (one object) have to add up for a row is added up once. */
export function* temperedAnswers(models: readonly NaiveBayesData[], data: Dataset, rows: Rows): Generator<Prediction> {
  let added: { readonly of: NaiveBayesData["columns"]; readonly evidence: Float64Array } | undefined;
  for (const { prior, columns, temper } of models) {
    if (added?.of !== columns) {
      added = { of: columns, evidence: new Float64Array(rows.length * prior.length) };
      for (const column of columns) addEvidence(added.evidence, column, data, rows);
    }
    const values = models.length === 1 ? added.evidence : added.evidence.slice();
    normalise(values, prior, temper);
    yield { kind: "probability", values, classes: prior.length };
  }
}

/** Adds what a column says of each row to the log scores of the classes. */
function addEvidence(scores: Float64Array, column: Curves | Frequencies, { columns }: Dataset, rows: Rows): void {
  const values = columns[column.column];
  if ("mean" in column) addCurves(scores, column, values as NumberColumn, rows);
  else addFrequencies(scores, column, values as NumberColumn | CategoryColumn, rows);
}

function reasons({ prior, columns, temper }: NaiveBayesData, { classes }: Shape, table: Dataset, row: number): Reasons {
  const rows = Int32Array.of(row);
  const evidence = columns.map((column) => {
    const scores = new Float64Array(prior.length);
    addEvidence(scores, column, table, rows);
    return scores;
  });
  const shares = prior.map((_, k) => evidence.reduce((sum, scores) => sum + scores[k], 0));
  normalise(shares, prior, temper);
  const [one, other] = toldClasses(shares);
  if (prior[one] === 0 || prior[other] === 0)
    return { steps: [`training rows had no class but ${classes[prior[one] > 0 ? one : other]}`], answer: [...shares] };
  const amounts = new Float64Array(table.columns.length);
  for (const [i, { column }] of columns.entries()) amounts[column] += temper * (evidence[i][one] - evidence[i][other]);
  return {
    steps: ["each column says how usual its value is in each class, and all are added up"],
    sum: {
      scale: "log-odds",
      class: one,
      against: other,
      start: Math.log(prior[one]) - Math.log(prior[other]),
      startIs: "class shares of the training rows",
      parts: partsOf(amounts),
    },
  };
}

function columnFault(where: string, data: Curves | Frequencies, { columns, classes }: Shape): Fault {
  const column = columns[data.column];
  const isNumber = "mean" in data || data.bounds !== undefined;
  if (column?.kind !== (isNumber ? "number" : "category"))
    return `${where}.column: wanted a ${isNumber ? "number" : "category"} column of the table, got column ${data.column}`;
  if ("mean" in data)
    return (
      lengthFault(`${where}.mean`, data.mean, classes.length) ??
      lengthFault(`${where}.variance`, data.variance, classes.length)
    );
  const levels = data.bounds === undefined ? column.levels.length : data.bounds.length + 1;
  return (
    lengthFault(`${where}.shares`, data.shares, levels * classes.length) ??
    frequenciesFault(`${where}.shares`, data.shares, classes.length)
  );
}

/** Shares sum to 1 in each class, and a level is there in all classes or in none. */
function frequenciesFault(where: string, shares: Float64Array, classes: number): Fault {
  const levels = shares.length / classes;
  const byClass = Float64Array.from(shares, (_, i) => shares[(i % levels) * classes + Math.floor(i / levels)]);
  const halfSeen = shares.findIndex((share, i) => share > 0 !== shares[i - (i % classes)] > 0);
  return halfSeen < 0 ? sharesFault(where, byClass, levels) : `${where}: a share is 0 in some classes only`;
}

function sizeOf(data: Curves | Frequencies, classes: number): number {
  return "mean" in data ? 2 * classes : data.shares.reduce((count, share) => count + (share > 0 ? 1 : 0), 0) - classes;
}

/** Adds the log density of each row's value in each class; a missing value adds nothing. */
function addCurves(scores: Float64Array, { mean, variance }: Curves, { values }: NumberColumn, rows: Rows): void {
  const classes = mean.length;
  const height = variance.map((v) => -0.5 * Math.log(2 * Math.PI * v));
  const steepness = variance.map((v) => -0.5 / v);
  for (let i = 0, at = 0; i < rows.length; i++, at += classes) {
    const value = values[rows[i]];
    if (value !== value) continue;
    for (let k = 0; k < classes; k++) {
      const off = value - mean[k];
      scores[at + k] += Math.max(FLOOR, height[k] + steepness[k] * off * off);
    }
  }
}

/** Adds the log frequency of each row's level or bin in each class; missing values and levels unseen in training add nothing. */
function addFrequencies(
  scores: Float64Array,
  { shares, bounds }: Frequencies,
  column: NumberColumn | CategoryColumn,
  rows: Rows,
): void {
  const logs = shares.map(Math.log);
  const classes = scores.length / rows.length;
  const bins = column.kind === "number" ? bucketsOfValues(bounds!, column.values, rows) : undefined;
  const codes = column.kind === "category" ? column.codes : undefined;
  for (let i = 0, at = 0; i < rows.length; i++, at += classes) {
    const from = (bins === undefined ? codes![rows[i]] : bins[i]) * classes;
    if (from < 0 || logs[from] === -Infinity) continue;
    for (let k = 0; k < classes; k++) scores[at + k] += logs[from + k];
  }
}

/** Turns evidence into probabilities: prior x exp(temper x evidence), summing to 1. */
function normalise(scores: Float64Array, prior: Float64Array, temper: number): void {
  const classes = prior.length;
  const logs = prior.map(Math.log); // -Infinity for a class that training did not see
  for (let at = 0; at < scores.length; at += classes) {
    let top = -Infinity;
    for (let k = 0; k < classes; k++) {
      scores[at + k] = logs[k] + temper * scores[at + k];
      if (scores[at + k] > top) top = scores[at + k];
    }
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += scores[at + k] = Math.exp(scores[at + k] - top);
    for (let k = 0; k < classes; k++) scores[at + k] /= sum;
  }
}
