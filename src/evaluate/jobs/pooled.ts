import { startPool, type Pool } from "../../parallel/pool.ts";
import type { Estimator } from "../../baselines/contract.ts";
import type { Work } from "./contract.ts";
import { localRunner, type Job, type Runner } from "./runner.ts";

/** Runs jobs in worker threads. Jobs of one estimator and plan go to the same worker where possible: it has them prepared. */
export function pooledRunner(work: Work, workers: number, signal?: AbortSignal): Runner {
  const pool: Pool<Job, unknown> = startPool(new URL("./worker.ts", import.meta.url), workers, work);
  const run = <T>(job: Job): Promise<T> => {
    const affinity = `${job.estimator} ${job.kind === "fit" ? "all" : job.plan}`;
    return pool.run(job, { affinity, ...(signal && { signal }) }) as Promise<T>;
  };
  return { workers, score: run, predict: run, fit: run, nested: run, close: () => pool.close() };
}

/** Worker threads where there are several workers and every estimator is in the registry, else this thread. */
export function startRunner(
  work: Work,
  estimators: readonly Estimator[],
  options: {
    readonly workers: number;
    readonly inRegistry: boolean;
    readonly clock: () => number;
    readonly signal?: AbortSignal;
  },
): Runner {
  return options.workers > 1 && options.inRegistry
    ? pooledRunner(work, options.workers, options.signal)
    : localRunner(work, estimators, options.clock, options.signal);
}
