import type { Model } from "../baselines/contract.ts";
import type { Dataset, Rows } from "../data/dataset.ts";

/** Time to predict a row, in microseconds, when rows are predicted `batch` at a time. */
export interface Latency {
  readonly batch: number;
  readonly runs: number;
  readonly p50: number;
  readonly p95: number;
  /** Each run's time per row, in the order run: what a comparison of costs is made of. */
  readonly samples: readonly number[];
}

const WARM_UP = 5;
const RUNS = 40;
const BATCH = 1000;

/**
 * Times predictions of batches drawn in turn from the given rows, after a warm-up. Quantiles are those of the runs
 * (nearest rank). A batch holds 1,000 rows, or all rows where there are fewer.
 */
export function measureLatency(model: Model, data: Dataset, rows: Rows, clock: () => number): Latency | undefined {
  const batch = Math.min(BATCH, rows.length);
  if (batch === 0) return undefined;
  const samples: number[] = [];
  for (let run = -WARM_UP; run < RUNS; run++) {
    const from = ((run + WARM_UP) * batch) % (rows.length - batch + 1);
    const slice = rows.subarray(from, from + batch);
    const start = clock();
    model.predict(data, slice);
    const took = clock() - start;
    if (run >= 0) samples.push((1000 * took) / batch);
  }
  const sorted = samples.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.ceil(q * RUNS) - 1];
  return { batch, runs: RUNS, p50: quantile(0.5), p95: quantile(0.95), samples };
}
