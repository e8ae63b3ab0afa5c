/** Where jobs run: worker threads, each a dataset at a time. Nothing of training is loaded into this thread. */
import { startPool, type Pool } from "../parallel/pool.ts";
import { workerModule } from "../parallel/worker-module.ts";
import type { BenchmarkFacts, BenchmarkJob, ChallengerFacts, ChallengerJob, Job } from "./job.ts";

export interface Executor {
  benchmark(job: BenchmarkJob, signal: AbortSignal): Promise<BenchmarkFacts>;
  challenger(job: ChallengerJob, signal: AbortSignal): Promise<ChallengerFacts>;
  close(): Promise<void>;
}

/** Threads start with the first job. Aborting a job ends its thread. */
export function threads(count: number): Executor {
  let pool: Pool<Job, BenchmarkFacts | ChallengerFacts> | undefined;
  const run = (job: Job, signal: AbortSignal): Promise<BenchmarkFacts | ChallengerFacts> =>
    (pool ??= startPool(workerModule("suite/worker"), count)).run(job, { signal });
  return {
    benchmark: (job, signal) => run(job, signal) as Promise<BenchmarkFacts>,
    challenger: (job, signal) => run(job, signal) as Promise<ChallengerFacts>,
    close: async () => pool?.close(),
  };
}
