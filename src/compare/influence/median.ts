/** The median absolute error. */
import { gather } from "../../numeric/gather.ts";
import { normalQuantile } from "../../numeric/normal.ts";
import { argsort } from "../../numeric/argsort.ts";
import type { SmoothMetric } from "./contract.ts";

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

/**
 * A row moves the median by its side of it times the sparsity (the reciprocal of the density there), which is estimated
 * from quantiles around it, as far apart as Hall & Sheather (JRSS B 50, 1988) advise for intervals of 95 %.
 */
export const medianError: SmoothMetric = {
  metrics: ["median_absolute_error"],
  settled: false,
  prepare: (_name, { truth, prediction }) => {
    if (truth.task !== "regression" || prediction.kind !== "value") return undefined;
    const errors = truth.values.map((y, i) => Math.abs(y - prediction.values[i]));
    const order = argsort(errors);
    const sorted = gather(errors, order);
    const arranged = (weights?: Float64Array): Float64Array => Float64Array.from(order, (i) => weights?.[i] ?? 1);
    const reach = Math.min(0.45, (normalQuantile(0.975) ** 2 * 0.75) ** (1 / 3) / (Math.PI * errors.length) ** (1 / 3));
    return {
      value: (weights) => weightedQuantile(sorted, arranged(weights), 0.5),
      both: (weights) => {
        const w = arranged(weights);
        const [low, middle, high] = [0.5 - reach, 0.5, 0.5 + reach].map((share) => weightedQuantile(sorted, w, share));
        const sparsity = (high - low) / (2 * reach);
        const side = errors.map((e, i) => (weights?.[i] ?? 1) * (e > middle ? 0.5 : e < middle ? -0.5 : 0));
        const centre = side.reduce((sum, s) => sum + s, 0) / errors.length;
        return { value: middle, influence: side.map((s) => sparsity * (s - centre)) };
      },
    };
  },
};
