/** Regression metrics that are not means of a per-row loss. */
import { argsort } from "../numeric/argsort.ts";
import type { Metric } from "./contract.ts";
import { mean, measured } from "./scored.ts";

/** Median of |error|, in the target's unit; with weights the smallest value that half of the weight does not exceed. */
export const medianAbsoluteError: Metric = {
  name: "median_absolute_error",
  title: "Median absolute error",
  tasks: ["regression"],
  needs: "value",
  direction: "minimize",
  range: [0, Infinity],
  unit: "target",
  floor: "shortest-half",
  score: (scored, weights) => {
    const { values, predicted } = measured("median_absolute_error", scored);
    const errors = values.map((y, i) => Math.abs(y - predicted[i]));
    if (!weights) {
      errors.sort();
      const half = errors.length >> 1;
      return errors.length % 2 === 1 ? errors[half] : (errors[half - 1] + errors[half]) / 2;
    }
    const total = weights.reduce((sum, w) => sum + w, 0);
    let reached = 0;
    for (const i of argsort(errors)) {
      reached += weights[i];
      if (reached >= total / 2) return errors[i];
    }
    return Number.NaN;
  },
};

/** Sum of |error| over sum of |truth|: MAPE without its trouble at zero. NaN when every truth is 0. */
export const wape: Metric = {
  name: "wape",
  title: "WAPE",
  tasks: ["regression"],
  needs: "value",
  direction: "minimize",
  range: [0, Infinity],
  unit: "share",
  floor: "median",
  undefinedWhen: "every target is 0",
  score: (scored, weights) => {
    const { values, predicted } = measured("wape", scored);
    const size = mean(values.map(Math.abs), weights);
    return size > 0
      ? mean(
          values.map((y, i) => Math.abs(y - predicted[i])),
          weights,
        ) / size
      : Number.NaN;
  },
};

/** Share of the variance explained: 1 - squared error / squared deviation from the mean of these rows. A constant target: 1 if perfect, else 0. NaN below two rows. */
export const r2: Metric = {
  name: "r2",
  title: "R²",
  tasks: ["regression"],
  needs: "value",
  direction: "maximize",
  range: [-Infinity, 1],
  unit: "none",
  floor: "mean",
  undefinedWhen: "there are fewer than two rows",
  score: (scored, weights) => {
    const { values, predicted } = measured("r2", scored);
    if (values.length < 2) return Number.NaN;
    const centre = mean(values, weights);
    const residual = mean(
      values.map((y, i) => (y - predicted[i]) ** 2),
      weights,
    );
    const spread = mean(
      values.map((y) => (y - centre) ** 2),
      weights,
    );
    if (spread === 0) return residual === 0 ? 1 : 0;
    const share = 1 - residual / spread;
    return Math.abs(share) <= 4 * Number.EPSILON ? 0 : share; // the mean itself explains nothing, rounding or not
  },
};
