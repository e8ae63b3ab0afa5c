import type { Model } from "../models/contract.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";

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
  if (rows.length === 0) return undefined;
  const samples: number[] = [];
  for (const { slice, counts } of batches(rows, RUNS)) {
    const start = clock();
    model.predict(data, slice);
    if (counts) samples.push((1000 * (clock() - start)) / slice.length);
  }
  return latencyOf(samples, rows);
}

/** The same for several models in turn, batch by batch: whatever else the machine does slows all of them alike. */
export async function measureSideBySide(
  predict: readonly ((rows: Rows) => unknown)[],
  rows: Rows,
  clock: () => number,
  runs: number,
): Promise<readonly Latency[] | undefined> {
  if (rows.length === 0) return undefined;
  const samples = predict.map((): number[] => []);
  for (const { slice, counts } of batches(rows, runs))
    for (const [k, one] of predict.entries()) {
      const start = clock();
      const answer = one(slice);
      if (answer instanceof Promise) await answer;
      if (counts) samples[k].push((1000 * (clock() - start)) / slice.length);
    }
  return samples.map((own) => latencyOf(own, rows));
}

function* batches(rows: Rows, runs: number): Generator<{ readonly slice: Rows; readonly counts: boolean }> {
  const batch = Math.min(BATCH, rows.length);
  for (let run = -WARM_UP; run < runs; run++) {
    const from = ((run + WARM_UP) * batch) % (rows.length - batch + 1);
    yield { slice: rows.subarray(from, from + batch), counts: run >= 0 };
  }
}

function latencyOf(samples: readonly number[], rows: Rows): Latency {
  const sorted = samples.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.ceil(q * samples.length) - 1];
  const batch = Math.min(BATCH, rows.length);
  return { batch, runs: samples.length, p50: quantile(0.5), p95: quantile(0.95), samples };
}
