import { argsort } from "../numeric/argsort.ts";
import { shapeOf, type Target, type View } from "../frame/dataset.ts";
import { constantKind, statisticsFor, type Statistic } from "../models/constant.ts";
import { modelOf, readerOf } from "../models/model.ts";
import { FitError, type Estimator } from "./contract.ts";
import type { Space } from "../search/space.ts";
import { trainingRows } from "./training-rows.ts";

/** `quantile` is read when the statistic is `quantile`. */
export type ConstantParams = { readonly statistic: Statistic; readonly quantile: number };

/**
 * Predicts one constant for every row: the score that any model has to beat.
 * Regression: the weighted mean (RMSE), median (MAE), median with weights 1 / |y| (MAPE), the middle of the shortest half (median absolute error), quantile (pinball) or
 * exp(mean(log(1 + y))) - 1 (RMSLE) of the training rows. Classification: the class shares (log loss, Brier), or all
 * mass on the most frequent class, the first of ties (accuracy). Features are not looked at. O(n log n).
 */
export const constant: Estimator<ConstantParams> = {
  name: "constant",
  family: "constant",
  title: "Constant",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  space: (shape): Space => ({
    statistic: {
      type: "category",
      choices: [shape.task === "regression" ? "mean" : "prior"],
      default: shape.task === "regression" ? "mean" : "prior",
    },
    quantile: { type: "float", low: 0.5, high: 0.5, default: 0.5 },
  }),
  fit: (view, params) =>
    modelOf(constantKind, { statistic: params.statistic, values: fitted(view, params) }, shapeOf(view.data)),
  fromJSON: readerOf(constantKind),
};

function fitted(view: View, { statistic, quantile }: ConstantParams): Float64Array {
  const { target, weights } = view.data;
  const allowed = statisticsFor(target);
  if (!allowed.includes(statistic))
    throw new FitError(
      `constant: for ${target.task} the statistic must be one of ${allowed.join(", ")}, got ${statistic}`,
    );
  const { rows, total } = trainingRows("constant", view);
  const weightOf = (row: number): number => weights?.[row] ?? 1;
  return target.task === "regression"
    ? Float64Array.of(regressionConstant(target.values, rows, weightOf, total, statistic, quantile))
    : classShares(target, rows, weightOf, total, statistic);
}

function classShares(
  target: Exclude<Target, { task: "regression" }>,
  rows: Int32Array,
  weightOf: (row: number) => number,
  total: number,
  statistic: Statistic,
): Float64Array {
  const shares = new Float64Array(target.classes.length);
  for (const row of rows) shares[target.codes[row]] += weightOf(row) / total;
  if (statistic === "prior") return shares;
  const top = shares.indexOf(Math.max(...shares));
  return shares.map((_, k) => (k === top ? 1 : 0));
}

function regressionConstant(
  values: Float64Array,
  rows: Int32Array,
  weightOf: (row: number) => number,
  total: number,
  statistic: Statistic,
  quantile: number,
): number {
  if (statistic === "mean" || statistic === "log-mean") {
    const logs = statistic === "log-mean";
    let mean = 0;
    for (const row of rows) {
      if (logs && values[row] <= -1)
        throw new FitError(`constant: log-mean needs targets above -1, got ${values[row]}`);
      mean += (weightOf(row) / total) * (logs ? Math.log1p(values[row]) : values[row]);
    }
    return logs ? Math.expm1(mean) : mean;
  }
  if (statistic === "shortest-half") return shortestHalf(values, rows, weightOf);
  const relative = statistic === "weighted-median";
  return weightedQuantile(
    rows,
    (row) => values[row],
    (row) => weightOf(row) / (relative ? Math.max(Math.abs(values[row]), Number.EPSILON) : 1),
    statistic === "quantile" ? quantile : 0.5,
  );
}

/** The smallest value whose cumulative weight reaches the share q; the middle of two where it is reached exactly. */
function weightedQuantile(
  rows: Int32Array,
  valueOf: (row: number) => number,
  weightOf: (row: number) => number,
  q: number,
): number {
  const counted = rows.filter((row) => weightOf(row) > 0);
  const values = new Float64Array(counted.length);
  let total = 0;
  for (let i = 0; i < counted.length; i++) {
    values[i] = valueOf(counted[i]);
    total += weightOf(counted[i]);
  }
  const order = argsort(values);
  for (let i = 0; i < order.length; i++) order[i] = counted[order[i]];
  let reached = 0;
  for (let i = 0; i < order.length; i++) {
    reached += weightOf(order[i]);
    const gap = reached - q * total;
    if (Math.abs(gap) <= 1e-12 * total && i + 1 < order.length) return (valueOf(order[i]) + valueOf(order[i + 1])) / 2;
    if (gap > 0) return valueOf(order[i]);
  }
  return valueOf(order[order.length - 1]);
}

/**
 * The middle of the shortest stretch of values that holds more than half of the weight: no constant has a smaller median of absolute
 * errors. Source: P. Rousseeuw, Journal of the American Statistical Association 79, 1984 (least median of squares).
 */
function shortestHalf(all: Float64Array, rows: Int32Array, weightOf: (row: number) => number): number {
  const counted = rows.filter((row) => weightOf(row) > 0);
  const places = argsort(Float64Array.from(counted, (row) => all[row]));
  const sorted = places.map((place) => counted[place]);
  const total = counted.reduce((sum, row) => sum + weightOf(row), 0);
  let [middle, shortest] = [all[sorted[0]], Infinity];
  let held = 0;
  let end = 0;
  for (let start = 0; start < sorted.length; start++) {
    while (end < sorted.length && !(held > total / 2)) held += weightOf(sorted[end++]);
    if (!(held > total / 2)) break;
    const [low, high] = [all[sorted[start]], all[sorted[end - 1]]];
    if (high - low < shortest) [middle, shortest] = [(low + high) / 2, high - low];
    held -= weightOf(sorted[start]);
  }
  return middle;
}
