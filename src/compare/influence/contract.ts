/**
 * Metrics that are no mean of row losses still have row contributions: how the metric moves when one row weighs a little
 * more (the infinitesimal jackknife; Jaeckel 1972, Efron 1982). Their mean is 0, their spread over sqrt(rows) is the
 * metric's standard error, and their difference between two models is judged like any other row difference.
 */
import type { Scored } from "../../metrics/contract.ts";

/** One model's answers, made ready to be weighed again and again. */
export interface Weighable {
  /** The metric with these row weights (not negative; absent: all 1). */
  value(weights?: Float64Array): number;
  /**
   * The same with its influence values: rows x dT/dw of each row, times its weight; mean 0. With the small-sample factor of
   * class-wise means where those are the units.
   */
  both(weights?: Float64Array): { readonly value: number; readonly influence: Float64Array };
}

/** How the rows of a family of metrics contribute. */
export interface SmoothMetric {
  /** Names of metrics in the artifact, and how many classes they are meant for. */
  readonly metrics: readonly string[];
  /** Is the difference of its influence values close enough to normal by itself? Else the bootstrap is asked too. */
  readonly settled: boolean;
  /** Undefined: not for this task. */
  prepare(name: string, scored: Scored): Weighable | undefined;
}

/**
 * Deviations from each class's mean stretched so that the variance of the class is divided by its own size less one, as
 * in DeLong's variance and in that of a mean of class means. Class means stay, so the sum stays 0.
 */
export function classwise(influence: Float64Array, codes: Int32Array, classes: number): Float64Array {
  const rows = influence.length;
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    counts[codes[i]]++;
    sums[codes[i]] += influence[i];
  }
  const factor = counts.map((n) => (n > 1 ? Math.sqrt((n * (rows - 1)) / ((n - 1) * rows)) : 1));
  const centre = sums.map((sum, k) => sum / counts[k]);
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const k = codes[i];
    out[i] = centre[k] + (influence[i] - centre[k]) * factor[k];
  }
  return out;
}

/** The most probable class of each row, the first of ties. */
export function labels(prediction: Scored["prediction"], rows: number): Int32Array {
  const out = new Int32Array(rows);
  if (prediction.kind === "value") return out;
  const { values, classes } = prediction;
  if (classes === 2) {
    for (let i = 0; i < rows; i++) out[i] = values[2 * i + 1] > values[2 * i] ? 1 : 0;
    return out;
  }
  for (let i = 0; i < rows; i++) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (values[i * classes + k] > values[i * classes + best]) best = k;
    out[i] = best;
  }
  return out;
}
