import { shapeOf, type View } from "../frame/dataset.ts";
import { bestConstant } from "../metrics/best-constant.ts";
import { floorsOf, type Floor } from "../metrics/floors.ts";
import { constantKind } from "../models/constant.ts";
import { modelOf, readerOf } from "../models/model.ts";
import { FitError, type Estimator } from "./contract.ts";
import type { Space } from "../search/space.ts";
import { trainingRows } from "./training-rows.ts";

/** `quantile` is read when the statistic is `quantile`. */
export type ConstantParams = { readonly statistic: Floor; readonly quantile: number };

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
  const allowed = floorsOf(target.task);
  if (!allowed.includes(statistic))
    throw new FitError(
      `constant: for ${target.task} the statistic must be one of ${allowed.join(", ")}, got ${statistic}`,
    );
  const { rows, total } = trainingRows("constant", view);
  const weightOf = (row: number): number => weights?.[row] ?? 1;
  if (statistic === "log-mean" && target.task === "regression") {
    const row = rows.find((r) => target.values[r] <= -1);
    if (row !== undefined) throw new FitError(`constant: log-mean needs targets above -1, got ${target.values[row]}`);
  }
  return bestConstant(target, rows, weightOf, total, { floor: statistic, quantile });
}
