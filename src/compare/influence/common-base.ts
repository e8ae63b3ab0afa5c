/** Metrics that are one sum over another that depends on the truth alone: exact row contrasts, no approximation needed. */
import type { Scored } from "../../metrics/contract.ts";

/** Σ losses / Σ base is the metric's loss (1 - R², WAPE). */
export interface CommonBase {
  readonly losses: Float64Array;
  readonly base: Float64Array;
}

type Split = (truth: Float64Array, predicted: Float64Array, weights?: Float64Array) => CommonBase;

/** 1 - R² = Σ (y - p)² / Σ (y - mean y)². */
const r2: Split = (truth, predicted, weights) => {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < truth.length; i++) {
    sum += (weights?.[i] ?? 1) * truth[i];
    total += weights?.[i] ?? 1;
  }
  const centre = sum / total;
  return { losses: truth.map((y, i) => (y - predicted[i]) ** 2), base: truth.map((y) => (y - centre) ** 2) };
};

/** Σ |y - p| / Σ |y|. */
const wape: Split = (truth, predicted) => ({
  losses: truth.map((y, i) => Math.abs(y - predicted[i])),
  base: truth.map((y) => Math.abs(y)),
});

const splits: ReadonlyMap<string, Split> = new Map([
  ["r2", r2],
  ["wape", wape],
]);

/** The two sums of a metric of this kind, row by row; undefined for any other metric or task. */
export function commonBase(
  name: string,
  { truth, prediction }: Scored,
  weights?: Float64Array,
): CommonBase | undefined {
  const split = splits.get(name);
  if (split === undefined || truth.task !== "regression" || prediction.kind !== "value") return undefined;
  return split(truth.values, prediction.values, weights);
}
