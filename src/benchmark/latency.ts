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
  return measureSideBySide([model], data, rows, clock, RUNS)?.[0];
}

/** The same for several models in turn, batch by batch: whatever else the machine does slows all of them alike. */
export function measureSideBySide(
  models: readonly Model[],
  data: Dataset,
  rows: Rows,
  clock: () => number,
  runs: number,
): readonly Latency[] | undefined {
  const batch = Math.min(BATCH, rows.length);
  if (batch === 0) return undefined;
  const samples = models.map((): number[] => []);
  for (let run = -WARM_UP; run < runs; run++) {
    const from = ((run + WARM_UP) * batch) % (rows.length - batch + 1);
    const slice = rows.subarray(from, from + batch);
    models.forEach((model, k) => {
      const start = clock();
      model.predict(data, slice);
      const took = clock() - start;
      if (run >= 0) samples[k].push((1000 * took) / batch);
    });
  }
  return samples.map((own) => {
    const sorted = own.toSorted((a, b) => a - b);
    const quantile = (q: number): number => sorted[Math.ceil(q * runs) - 1];
    return { batch, runs, p50: quantile(0.5), p95: quantile(0.95), samples: own };
  });
}
