import { shapeOf, type Target, type View } from "../../frame/dataset.ts";
import { firstColumns } from "../../encode/encoding.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { mljsRegressionKind } from "../../models/linear/linear.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { mlRegression } from "./packages.ts";
import { encodedRows, plainRows } from "./training.ts";

const NAME = mljsRegressionKind.name;
const ROWS = 10_000;
/** A singular value decomposition of all columns' products takes seconds from here on. */
const COLUMNS = 300;

/**
 * Ordinary least squares by ml-regression's `MultivariateLinearRegression` (normal equations, singular value
 * decomposition), as a JavaScript user would have it: no penalty, nothing to tune. Columns are encoded as for `linear`, less
 * one level a category, so that they are not collinear by construction. At most 10,000 rows, evenly spaced.
 */
export const mljsRegression: Estimator<{}> = {
  name: NAME,
  family: "linear",
  title: "Least squares (ml-regression)",
  role: "reference",
  tasks: ["regression"],
  needs: ["features"],
  rowCap: ROWS,
  space: () => ({}),
  fit,
  fromJSON: readerOf(mljsRegressionKind),
};

function fit(view: View): Model {
  const plain = plainRows(NAME, view, ROWS);
  const { encoding, rows } = encodedRows(NAME, view, plain, COLUMNS);
  const { values } = view.data.target as Target & { task: "regression" };
  const left = new Set(firstColumns(encoding).categories);
  const kept = Array.from(rows[0].keys())
    .slice(1)
    .map((j) => j - 1)
    .filter((j) => !left.has(j));
  const { weights } = new (mlRegression().MultivariateLinearRegression)(
    rows.map((row) => kept.map((j) => row[j + 1])),
    Array.from(plain.rows, (row) => [values[row]]),
    { statistics: false },
  );
  const coefficients = new Float64Array(rows[0].length - 1);
  for (const [i, j] of kept.entries()) coefficients[j] = weights[i][0];
  const intercept = weights[kept.length][0];
  if (!Number.isFinite(intercept) || !coefficients.every(Number.isFinite))
    throw new FitError(`${NAME}: the package's coefficients are not finite`);
  const outputs = [{ intercept, coefficients }];
  return modelOf(mljsRegressionKind, { encoding, outputs, notes: plain.notes }, shapeOf(view.data));
}
