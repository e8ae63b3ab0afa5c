import { shapeOf, type Target, type View } from "../../frame/dataset.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { mljsLogisticKind } from "../../models/linear/logistic.ts";
import type { Output } from "../../models/linear/weighted-sums.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import type { CategoricalParameter } from "../../search/space.ts";
import { mlLogisticRegression, mlMatrix } from "./packages.ts";
import { encodedRows, plainRows } from "./training.ts";

const NAME = mljsLogisticKind.name;
const ROWS = 2000;
const COLUMNS = 300;

interface Params {
  readonly [parameter: string]: string;
  /** Gradient steps. A category: numbers as text would be tuned between. */
  readonly steps: "50" | "200" | "800";
}

/**
 * Logistic regression by ml-logistic-regression: plain gradient descent, one class against the rest, without a penalty.
 * Columns are encoded as for `logistic`, with a column of ones, since the package has no intercept. The learning rate is
 * the largest one that is sure to descend. The package gives labels only: with two classes the probabilities are those of
 * its logistic curve, with more the softmax of its scores, whose largest is its label. At most 2,000 rows, evenly spaced.
 */
export const mljsLogistic: Estimator<Params> = {
  name: NAME,
  family: "logistic",
  title: "Logistic regression (ml-logistic-regression)",
  role: "reference",
  tasks: ["binary", "multiclass"],
  needs: ["features"],
  rowCap: ROWS,
  space: (): { steps: CategoricalParameter } => ({
    steps: { type: "category", choices: ["50", "200", "800"], ordered: true, default: "200", simpler: "low" },
  }),
  fit,
  fromJSON: readerOf(mljsLogisticKind),
};

function fit(view: View, { steps }: Params): Model {
  const plain = plainRows(NAME, view, ROWS);
  const { codes } = view.data.target as Target & { task: "binary" };
  const seen = [...new Set(Array.from(plain.rows, (row) => codes[row]))].sort((a, b) => a - b);
  const { encoding, rows } = encodedRows(NAME, view, plain, COLUMNS);
  const learningRate = safeRate(rows);
  const numSteps = Number(steps);
  const { Matrix } = mlMatrix();
  const labels = Array.from(plain.rows, (row) => seen.indexOf(codes[row]));
  const model = new (mlLogisticRegression())({ numSteps, learningRate });
  if (seen.length > 1) model.train(new Matrix(rows), Matrix.columnVector(labels));
  const scores = model.classifiers.map(({ weights }) => weights.to1DArray());
  if (!scores.flat().every(Number.isFinite)) throw new FitError(`${NAME}: the package's weights are not finite`);
  // A score says how likely the row is not of the class; of two classes the first one's says all.
  const outputs = scores.length === 2 ? [outputOf(scores[0], 1)] : scores.map((score) => outputOf(score, -1));
  const notes = { ...plain.notes, learningRate };
  return modelOf(mljsLogisticKind, { encoding, outputs, seen, notes }, shapeOf(view.data));
}

function outputOf([intercept, ...coefficients]: readonly number[], sign: 1 | -1): Output {
  return { intercept: sign * intercept, coefficients: Float64Array.from(coefficients, (value) => sign * value) };
}

/**
 * The gradient is a sum over rows, and its curvature at most a quarter of the largest eigenvalue of X'X, which no sum of
 * absolute values of one of its rows is below. O(rows x columns^2).
 */
function safeRate(rows: readonly number[][]): number {
  const width = rows[0].length;
  const products = Array.from({ length: width }, () => new Float64Array(width));
  for (const row of rows)
    for (let i = 0; i < width; i++) if (row[i] !== 0) for (let j = 0; j < width; j++) products[i][j] += row[i] * row[j];
  const bound = Math.max(...products.map((line) => line.reduce((sum, value) => sum + Math.abs(value), 0)));
  return 4 / bound;
}
