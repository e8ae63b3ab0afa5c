/** Regression metrics that are not means of a per-row loss. */
import { argsort } from "../numeric/argsort.ts";
import { gather } from "../numeric/gather.ts";
import { normalQuantile } from "../numeric/normal.ts";
import type { Metric, Scored } from "./contract.ts";
import { mean, measured } from "./scored.ts";

/** The value below which a share of the weight lies; between two rows where it falls on their edge. */
function weightedQuantile(sorted: Float64Array, weights: Float64Array, share: number): number {
  const total = weights.reduce((sum, w) => sum + w, 0);
  let passed = 0;
  for (let k = 0; k < sorted.length; k++) {
    passed += weights[k];
    const excess = passed - share * total;
    if (excess > 1e-12 * total) return sorted[k];
    if (excess >= -1e-12 * total) {
      let next = k + 1;
      while (next < sorted.length && weights[next] === 0) next++;
      return 0.5 * (sorted[k] + sorted[Math.min(next, sorted.length - 1)]);
    }
  }
  return sorted[sorted.length - 1];
}

/** |error| of each row, and the rows from the smallest to the largest. */
function sortedErrors(scored: Scored): { errors: Float64Array; order: Int32Array; sorted: Float64Array } {
  const { values, predicted } = measured("median_absolute_error", scored);
  const errors = values.map((y, i) => Math.abs(y - predicted[i]));
  const order = argsort(errors);
  return { errors, order, sorted: gather(errors, order) };
}

function medianOf(scored: Scored): (weights?: Float64Array) => number {
  const { order, sorted } = sortedErrors(scored);
  const plain = new Float64Array(order.length).fill(1);
  return (weights) => weightedQuantile(sorted, weights ? gather(weights, order) : plain, 0.5);
}

/**
 * A row moves the median by its side of it times the sparsity (the reciprocal of the density there), which is estimated
 * from quantiles around it, as far apart as Hall & Sheather (JRSS B 50, 1988) advise for intervals of 95 %.
 */
function sidesOfMedian(scored: Scored, weights?: Float64Array): Float64Array {
  const { errors, order, sorted } = sortedErrors(scored);
  const w = Float64Array.from(order, (i) => weights?.[i] ?? 1);
  const reach = Math.min(0.45, (normalQuantile(0.975) ** 2 * 0.75) ** (1 / 3) / (Math.PI * errors.length) ** (1 / 3));
  const [low, middle, high] = [0.5 - reach, 0.5, 0.5 + reach].map((share) => weightedQuantile(sorted, w, share));
  const sparsity = (high - low) / (2 * reach);
  const side = errors.map((e, i) => (weights?.[i] ?? 1) * (e > middle ? 0.5 : e < middle ? -0.5 : 0));
  const centre = side.reduce((sum, s) => sum + s, 0) / errors.length;
  return side.map((s) => sparsity * (s - centre));
}

/** Median of |error|, in the target's unit. A weight counts as so many rows. */
export const medianAbsoluteError: Metric = {
  name: "median_absolute_error",
  title: "Median absolute error",
  tasks: ["regression"],
  needs: "value",
  direction: "minimize",
  range: [0, Infinity],
  unit: "target",
  floor: "shortest-half",
  score: (scored, weights) => medianOf(scored)(weights),
  scorer: medianOf,
  influence: { settled: false, estimated: true, of: sidesOfMedian },
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
  ratio: (scored) => {
    const { values, predicted } = measured("wape", scored);
    return { losses: values.map((y, i) => Math.abs(y - predicted[i])), base: values.map(Math.abs) };
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
  ratio: (scored, weights) => {
    const { values, predicted } = measured("r2", scored);
    const centre = mean(values, weights);
    return { losses: values.map((y, i) => (y - predicted[i]) ** 2), base: values.map((y) => (y - centre) ** 2) };
  },
};
