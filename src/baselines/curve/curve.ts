import { allRows, type Dataset, type NumberColumn, type Shape, type Target, type View } from "../../data/dataset.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { trainingRows, type TrainingRows } from "../training-rows.ts";
import { readable } from "../../models/wording.ts";
import { chooseCurve } from "./choose.ts";
import { FORMS, formula, valueAt, type Curve, type Form } from "./forms.ts";

const NAME = "curve";
const VERSION = 1;
/** Rows' worth of the overall mean that are added to the rows without a value. */
const STRENGTH = 2;

/**
 * The best curve of a single number column, by ml-regression: a line, Theil-Sen's line (medians of slopes, so that
 * outliers do not tilt it), a power, an exponential, a polynomial of degree 2 or 3. Column and form are chosen on parts of the
 * training rows that the curve was not fitted on. Rows where the column is missing get the mean of such rows, drawn
 * towards the overall mean. At most 4,000 rows are used, evenly spaced: a curve of four numbers needs no more. ml-regression
 * takes no weights: a row of weight 2 is given twice. Half a second at most.
 */
export const curve: Estimator<{}> = {
  name: NAME,
  family: NAME,
  title: "Curve",
  role: "baseline",
  tasks: ["regression"],
  needs: ["numbers"],
  space: () => ({}),
  fit,
  fromJSON,
};

interface Fitted {
  readonly column: number;
  readonly curve: Curve;
  /** What rows without a value get. */
  readonly missing: number;
}

function fit(view: View): Model {
  const { data } = view;
  const training = trainingRows(NAME, view);
  const mean = meanOf(data, training, () => true);
  const choice = chooseCurve(data, training, mean.value);
  if (choice === undefined) throw new FitError(`${NAME}: needs a number column with two different values, found none`);
  const { values } = data.columns[choice.column] as NumberColumn;
  const without = meanOf(data, training, (row) => Number.isNaN(values[row]));
  const missing = mean.value + ((without.value - mean.value) * without.weight) / (without.weight + STRENGTH);
  const notes = { rowsUsed: choice.rows, errorOnUnseenRows: choice.error };
  return curveModel({ column: choice.column, curve: choice.curve, missing }, notes);
}

function meanOf(
  data: Dataset,
  { rows, weights }: TrainingRows,
  counts: (row: number) => boolean,
): { value: number; weight: number } {
  const { values } = data.target as Target & { task: "regression" };
  let value = 0;
  let weight = 0;
  for (let i = 0; i < rows.length; i++) {
    if (!counts(rows[i])) continue;
    const w = weights?.[i] ?? 1;
    weight += w;
    value += (w / weight) * (values[rows[i]] - value);
  }
  return { value, weight };
}

function curveModel({ column, curve, missing }: Fitted, notes: Model["notes"]): Model {
  return Object.freeze({
    complexity: { count: curve.coefficients.length, unit: "coefficients" },
    notes,
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const { values } = data.columns[column] as NumberColumn;
      const predicted = Float64Array.from(rows, (row) =>
        Number.isNaN(values[row]) ? missing : valueAt(curve, values[row]),
      );
      return { kind: "value", values: predicted };
    },
    explain: (shape: Shape) => {
      const { name } = shape.columns[column];
      const line = `${shape.target} = ${formula(curve, name)}`;
      return {
        summary: `${WORDS[curve.form]} of ${name}: ${line}.`,
        lines: [
          line,
          `${name} from ${readable(curve.low)} to ${readable(curve.high)} in training`,
          `${readable(missing)} where ${name} is missing`,
        ],
        importance: [{ column: name, share: 1 }],
      };
    },
    toJSON: () => ({
      kind: NAME,
      version: VERSION,
      column,
      curve: { ...curve, coefficients: [...curve.coefficients] },
      missing,
      notes,
    }),
  });
}

const WORDS: Record<Form, string> = {
  line: "A straight line",
  "theil-sen": "A straight line by medians (Theil-Sen)",
  power: "A power",
  exponential: "An exponential",
  quadratic: "A parabola",
  cubic: "A cubic curve",
};
/** How many coefficients each form has. */
const COEFFICIENTS: Record<Form, number> = {
  line: 2,
  "theil-sen": 2,
  power: 2,
  exponential: 2,
  quadratic: 3,
  cubic: 4,
};

function fromJSON(json: unknown, shape: Shape): Model {
  const saved = readModel(json, NAME, VERSION);
  const wrong = (what: string): TypeError => new TypeError(`${NAME}: the saved model's ${what}`);
  const { form, centre, scale, coefficients, low, high } = (saved.curve ?? {}) as Record<string, unknown>;
  const column = typeof saved.column === "number" ? saved.column : -1;
  if (shape.columns[column]?.kind !== "number")
    throw wrong(`column ${JSON.stringify(saved.column)} is no number column`);
  const known = FORMS.find((name) => name === form);
  if (known === undefined) throw wrong(`form is ${JSON.stringify(form)}`);
  const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
  if (!Array.isArray(coefficients) || coefficients.length !== COEFFICIENTS[known] || !coefficients.every(isNumber))
    throw wrong(`coefficients are not ${COEFFICIENTS[known]} finite numbers`);
  const { missing } = saved;
  if (!isNumber(centre) || !isNumber(scale) || scale <= 0 || !isNumber(low) || !isNumber(high) || !isNumber(missing))
    throw wrong("centre, scale, range or value for missing rows are not finite numbers");
  const curve = { form: known, centre, scale, coefficients, low, high };
  return curveModel({ column, curve, missing }, (saved.notes ?? {}) as Model["notes"]);
}
