import { shapeOf, type Dataset, type NumberColumn, type Target, type View } from "../../frame/dataset.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { curveKind } from "../../models/curve.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { trainingRows, type TrainingRows } from "../training-rows.ts";
import { chooseCurve } from "./choose.ts";

const NAME = curveKind.name;
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
  keepsRows: true,
  space: () => ({}),
  fit,
  fromJSON: readerOf(curveKind),
};

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
  return modelOf(curveKind, { column: choice.column, curve: choice.curve, missing, notes }, shapeOf(data));
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
