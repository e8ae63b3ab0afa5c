import type { Estimator } from "../../baselines/contract.ts";
import type { Metric } from "../../metrics/contract.ts";
import type { FitJob, FitResult, FoldAnswer, FoldScore, PredictJob, ScoreJob, Work } from "./contract.ts";
import { nestedFold, type NestedJob, type NestedResult } from "./nested.ts";
import { pause } from "../../parallel/pause.ts";
import { openSession } from "./session.ts";

export type Job = ScoreJob | PredictJob | FitJob | NestedJob;

/**
 * Runs jobs somewhere: here, or in worker threads. The results are the same bytes. When `enough` is aborted, the job is
 * dropped and rejects with the reason: at once in a worker thread, which is ended with it; here, before the next job begins.
 */
export interface Runner {
  readonly workers: number;
  score(job: ScoreJob, enough?: AbortSignal): Promise<readonly FoldScore[]>;
  predict(job: PredictJob, enough?: AbortSignal): Promise<FoldAnswer>;
  fit(job: FitJob, enough?: AbortSignal): Promise<FitResult>;
  nested(job: NestedJob, enough?: AbortSignal): Promise<NestedResult>;
  close(): Promise<void>;
}

/** Runs jobs in this thread, one after another, with a pause between them in which signals and timers are heard. */
export function localRunner(
  work: Work,
  estimators: readonly Estimator[],
  clock: () => number,
  { signal, metrics = [] }: { readonly signal?: AbortSignal; readonly metrics?: readonly Metric[] } = {},
): Runner {
  const session = openSession(work, estimators, metrics);
  let last: Promise<unknown> = Promise.resolve();
  const queued = <T>(run: () => T | Promise<T>, enough?: AbortSignal): Promise<T> => {
    const next = last.then(async () => {
      await pause(signal);
      enough?.throwIfAborted();
      return run();
    });
    last = next.catch(() => undefined); // the caller hears of it through `next`
    return next;
  };
  return {
    workers: 1,
    score: (job, enough) => queued(() => session.score(job), enough),
    predict: (job, enough) => queued(() => session.predict(job), enough),
    fit: (job, enough) => queued(() => session.fit(job, clock), enough),
    nested: (job, enough) => queued(() => nestedFold(session, job), enough),
    close: async () => {
      await last;
    },
  };
}
