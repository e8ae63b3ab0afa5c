import type { Estimator, Prediction } from "../../baselines/contract.ts";
import type { FitJob, FitResult, FoldScore, PredictJob, ScoreJob, Work } from "./contract.ts";
import { nestedFold, type NestedJob, type NestedResult } from "./nested.ts";
import { openSession } from "./session.ts";

export type Job = ScoreJob | PredictJob | FitJob | NestedJob;

/** Runs jobs somewhere: here, or in worker threads. The results are the same bytes. */
export interface Runner {
  readonly workers: number;
  score(job: ScoreJob): Promise<readonly FoldScore[]>;
  predict(job: PredictJob): Promise<Prediction>;
  fit(job: FitJob): Promise<FitResult>;
  nested(job: NestedJob): Promise<NestedResult>;
  close(): Promise<void>;
}

/** Runs jobs in this thread, one after another, with a pause between them in which signals and timers are heard. */
export function localRunner(
  work: Work,
  estimators: readonly Estimator[],
  clock: () => number,
  signal?: AbortSignal,
): Runner {
  const session = openSession(work, estimators);
  let last: Promise<unknown> = Promise.resolve();
  const queued = <T>(run: () => T | Promise<T>): Promise<T> => {
    const next = last.then(async () => {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      signal?.throwIfAborted();
      return run();
    });
    last = next.catch(() => undefined); // the caller hears of it through `next`
    return next;
  };
  return {
    workers: 1,
    score: (job) => queued(() => session.score(job)),
    predict: (job) => queued(() => session.predict(job)),
    fit: (job) => queued(() => session.fit(job, clock)),
    nested: (job) => queued(() => nestedFold(session, job)),
    close: async () => {
      await last;
    },
  };
}
