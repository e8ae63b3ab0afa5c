/** Losses as a Gaussian process likes them: bad tails pulled in, mean 0, standard deviation 1. */
import type { Observation } from "../samplers/contract.ts";

export interface Outputs {
  /** Transformed losses, in the order of the observations; a failed trial counts as the worst loss seen, weakly: see `FAILURE_VARIANCE`. */
  readonly y: Float64Array;
  /** Known noise variance of each, in transformed units squared. */
  readonly known: Float64Array;
  /** Loss units in one unit of y, below the median loss (where the transformation is linear). */
  readonly scale: number;
  /** From y back to a loss. */
  readonly restore: (y: number) => number;
}

/** One failure may be an accident; several in one region are worth avoiding. In units of y squared. */
const FAILURE_VARIANCE = 1;

/**
 * Bad losses say only that they are bad: above the median they grow like a logarithm, in units of the distance from best
 * to median; below it they stay as they are. Order is kept, so the best configuration is.
 */
export function standardised(observations: readonly Observation[]): Outputs {
  const n = observations.length;
  const finite = observations.map(({ loss }) => loss).filter(Number.isFinite);
  const worst = finite.reduce((a, b) => Math.max(a, b), finite[0] ?? 0);
  const raw = Float64Array.from(observations, ({ loss }) => (Number.isFinite(loss) ? loss : worst));
  const sorted = raw.slice().sort();
  const median = sorted[n >> 1];
  // Where half of the losses equal the best one, the distance to a worse quantile has to do.
  const unit = [median, sorted[(3 * n) >> 2], sorted[n - 1]].map((q) => q - sorted[0]).find((gap) => gap > 0) ?? 1;
  const bend = (loss: number): number => {
    const z = (loss - median) / unit;
    return z <= 0 ? z : Math.log1p(z);
  };
  const bent = raw.map(bend);
  const mean = bent.reduce((sum, value) => sum + value / n, 0);
  const variance = bent.reduce((sum, value) => sum + (value - mean) ** 2 / n, 0);
  const deviation = variance > 0 ? Math.sqrt(variance) : 1;
  const restore = (y: number): number => {
    const z = y * deviation + mean;
    return median + unit * (z <= 0 ? z : Math.expm1(z));
  };
  const known = Float64Array.from(observations, (observation, i) => {
    if (!Number.isFinite(observation.loss)) return FAILURE_VARIANCE;
    const slope = 1 / (unit * deviation * Math.max(1, 1 + (raw[i] - median) / unit));
    return observation.variance * slope * slope; // variance through the bend, to first order
  });
  return { y: bent.map((value) => (value - mean) / deviation), known, scale: unit * deviation, restore };
}
