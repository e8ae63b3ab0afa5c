/** Samples of one feature and a target that it says something of: numbers with normal errors, or two classes. */
import { findMetric, type Metric, type Prediction, type Rng, type Target } from "./api.ts";

export interface OneFeature {
  /** Share of class 1 where the feature is 0; absent: numbers. */
  readonly positives?: number;
  /** What the feature adds to the number, or to the logit. */
  readonly signal: (x: number) => number;
}

export interface Sample {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function sampleOf({ positives, signal }: OneFeature, count: number, rng: Rng): Sample {
  const x = Float64Array.from({ length: count }, () => rng.normal());
  const base = positives === undefined ? 0 : Math.log(positives / (1 - positives));
  const y = x.map((value) => {
    const mean = base + signal(value);
    if (positives === undefined) return mean + rng.normal();
    return rng.uniform() < 1 / (1 + Math.exp(-mean)) ? 1 : 0;
  });
  return { x, y };
}

/** What its models are scored by. */
export const metricOf = ({ positives }: OneFeature): Metric =>
  positives === undefined ? findMetric("rmse", "regression") : findMetric("log_loss", "binary");

/** What folds are stratified by. */
export const strataOf = ({ positives }: OneFeature, y: Float64Array): Int32Array | undefined =>
  positives === undefined ? undefined : Int32Array.from(y);

export const targetOf = ({ positives }: OneFeature, y: Float64Array): Target =>
  positives === undefined
    ? { task: "regression", name: "y", values: y }
    : { task: "binary", name: "y", codes: Int32Array.from(y), classes: ["no", "yes"] };

/** @param values The number, or the probability of class 1. */
export const predictionOf = ({ positives }: OneFeature, values: Float64Array): Prediction =>
  positives === undefined
    ? { kind: "value", values }
    : { kind: "probability", values: Float64Array.from(Array.from(values, (p) => [1 - p, p]).flat()), classes: 2 };
