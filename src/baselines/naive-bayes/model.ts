import {
  allRows,
  type CategoryColumn,
  type Dataset,
  type NumberColumn,
  type Rows,
  type Shape,
} from "../../data/dataset.ts";
import type { Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { bucketsOfValues } from "../rules/cut.ts";
import { explanation } from "./explain.ts";
import type { Curves, Frequencies, Parameters } from "./parameters.ts";

const VERSION = 1;
/** Evidence against a class in one column stops counting here, so that a value of 1e308 cannot make 0 / 0. */
const FLOOR = -1e100;

/** Predicts in O(columns x classes) a row, column by column. */
export function bayesModel(kind: string, parameters: Parameters): Model {
  const { prior, columns, temper } = parameters;
  const model: Model = {
    complexity: { count: countOf(parameters), unit: "parameters" },
    notes: { columnsUsed: columns.length },
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const scores = new Float64Array(rows.length * prior.length);
      for (const column of columns)
        if (column.kind === "curves") addCurves(scores, column, data.columns[column.column] as NumberColumn, rows);
        else addFrequencies(scores, column, data.columns[column.column] as NumberColumn | CategoryColumn, rows);
      normalise(scores, prior, temper);
      return { kind: "probability", values: scores, classes: prior.length };
    },
    explain: (shape: Shape) => explanation(parameters, shape),
    toJSON: () => ({
      kind,
      version: VERSION,
      prior: [...prior],
      temper,
      columns: columns.map((c) =>
        c.kind === "curves"
          ? { column: c.column, mean: [...c.mean], variance: [...c.variance] }
          : { column: c.column, shares: [...c.shares], ...(c.bounds && { bounds: [...c.bounds] }) },
      ),
    }),
  };
  return Object.freeze(model);
}

function countOf({ prior, columns }: Parameters): number {
  const ofColumn = (c: Curves | Frequencies): number =>
    c.kind === "curves"
      ? 2 * prior.length
      : c.shares.reduce((count, share) => count + (share > 0 ? 1 : 0), 0) - prior.length;
  return columns.reduce((count, column) => count + ofColumn(column), prior.length - 1);
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
  const levels =
    column.kind === "number" ? bucketsOfValues(bounds!, column.values, rows) : rows.map((row) => column.codes[row]);
  for (let i = 0, at = 0; i < rows.length; i++, at += classes) {
    const from = levels[i] * classes;
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

/** @throws TypeError when the JSON is not such a model for that shape. */
export function bayesFromJSON(kind: string, json: unknown, shape: Shape): Model {
  const saved = readModel(json, kind, VERSION);
  const wrong = (what: string): never => {
    throw new TypeError(`${kind}: the saved model's ${what}`);
  };
  const numbers = (list: unknown, length: number, what: string, allowed: (v: number) => boolean): Float64Array =>
    Array.isArray(list) && list.length === length && list.every((v) => Number.isFinite(v) && allowed(v as number))
      ? Float64Array.from(list as number[])
      : wrong(`${what} are not ${length} numbers of the right kind`);
  const isShare = (v: number): boolean => v >= 0 && v <= 1;
  const classes = shape.classes.length;
  const prior = numbers(saved.prior, classes, "class shares", isShare);
  const { temper } = saved;
  if (typeof temper !== "number" || !(temper > 0 && temper <= 1)) return wrong(`temper is ${JSON.stringify(temper)}`);
  if (!Array.isArray(saved.columns)) return wrong("columns are missing");
  const columns = saved.columns.map((entry: unknown): Curves | Frequencies => {
    const { column: at, mean, variance, shares, bounds } = (entry ?? {}) as Record<string, unknown>;
    const column = typeof at === "number" ? at : -1;
    const { kind: of, levels } = shape.columns[column] ?? wrong(`column ${JSON.stringify(at)} does not exist`);
    const frequencies = (count: number): Frequencies => ({
      kind: "frequencies",
      column,
      shares: numbers(shares, count * classes, `shares of column ${column}`, isShare),
    });
    if (of === "category") return frequencies(levels.length);
    if (of !== "number") return wrong(`column ${column} is a ${of} column`);
    if (Array.isArray(bounds)) {
      const ascends = bounds.every((b, i) => i === 0 || (b as number) > (bounds[i - 1] as number));
      if (!ascends) return wrong(`bounds of column ${column} do not ascend`);
      const checked = numbers(bounds, bounds.length, `bounds of column ${column}`, () => true);
      return { ...frequencies(bounds.length + 1), bounds: checked };
    }
    return {
      kind: "curves",
      column,
      mean: numbers(mean, classes, `means of column ${column}`, () => true),
      variance: numbers(variance, classes, `variances of column ${column}`, (v) => v > 0),
    };
  });
  return bayesModel(kind, { prior, columns, temper });
}
