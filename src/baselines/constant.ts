import { argsort } from "../numeric/argsort.ts";
import type { Dataset, Shape, Target, View } from "../data/dataset.ts";
import { allRows } from "../data/dataset.ts";
import { FitError, type Estimator, type Model, type Prediction } from "./contract.ts";
import { readModel } from "./model-json.ts";
import type { Space } from "./space.ts";
import { trainingRows } from "./training-rows.ts";
import { percent, readable } from "./wording.ts";

/** The best constant of each metric (research: a floor must be the best constant *for that metric*). */
export type Statistic = "mean" | "median" | "weighted-median" | "quantile" | "log-mean" | "prior" | "majority";

/** `quantile` is read when the statistic is `quantile`. */
export type ConstantParams = { readonly statistic: Statistic; readonly quantile: number };

const STATISTICS: Record<"classification" | "regression", readonly Statistic[]> = {
  classification: ["prior", "majority"],
  regression: ["mean", "median", "weighted-median", "quantile", "log-mean"],
};

/**
 * Predicts one constant for every row: the score that any model has to beat.
 * Regression: the weighted mean (RMSE), median (MAE), median with weights 1 / |y| (MAPE), quantile (pinball) or
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
  fit: (view, params) => constantModel(fitted(view, params), params.statistic),
  fromJSON: (json, shape) => {
    const { values, statistic } = readModel(json, "constant", 1);
    const wanted = Math.max(1, shape.classes.length);
    if (!Array.isArray(values) || values.length !== wanted || !values.every(Number.isFinite))
      throw new TypeError(`constant: wanted ${wanted} finite values, got ${JSON.stringify(values)}`);
    return constantModel(values as number[], String(statistic));
  },
};

function constantModel(values: readonly number[], statistic: string): Model {
  const model: Model = {
    complexity: { count: values.length === 1 ? 1 : values.length - 1, unit: "values" },
    notes: {},
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const out = new Float64Array(rows.length * values.length);
      for (let i = 0; i < out.length; i++) out[i] = values[i % values.length];
      return values.length === 1
        ? { kind: "value", values: out }
        : { kind: "probability", values: out, classes: values.length };
    },
    explain: (shape: Shape) => ({
      summary:
        shape.task === "regression"
          ? `Every row gets ${readable(values[0])} (${statistic} of the training rows).`
          : `Every row gets the ${statistic === "prior" ? "class shares" : "most frequent class"} of the training rows.`,
      lines: shape.classes.map((name, k) => `${name}: ${percent(values[k])}`),
    }),
    toJSON: () => ({ kind: "constant", version: 1, statistic, values }),
  };
  return Object.freeze(model);
}

function fitted(view: View, { statistic, quantile }: ConstantParams): readonly number[] {
  const { target, weights } = view.data;
  const allowed = STATISTICS[target.task === "regression" ? "regression" : "classification"];
  if (!allowed.includes(statistic))
    throw new FitError(
      `constant: for ${target.task} the statistic must be one of ${allowed.join(", ")}, got ${statistic}`,
    );
  const { rows, total } = trainingRows("constant", view);
  const weightOf = (row: number): number => weights?.[row] ?? 1;
  return target.task === "regression"
    ? [regressionConstant(target.values, rows, weightOf, total, statistic, quantile)]
    : classShares(target, rows, weightOf, total, statistic);
}

function classShares(
  target: Exclude<Target, { task: "regression" }>,
  rows: Int32Array,
  weightOf: (row: number) => number,
  total: number,
  statistic: Statistic,
): number[] {
  const shares = Array.from(target.classes, () => 0);
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
