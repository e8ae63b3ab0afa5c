import { setMaxListeners } from "node:events";
import { startPool, type Pool } from "../../parallel/pool.ts";
import { workerModule } from "../../parallel/worker-module.ts";
import type { Estimator } from "../../baselines/contract.ts";
import type { Metric } from "../../metrics/contract.ts";
import type { Work } from "./contract.ts";
import { localRunner, type Job, type Runner } from "./runner.ts";

/** Runs jobs in worker threads. Jobs of one estimator and plan go to the same worker where possible: it has them prepared. */
export function pooledRunner(work: Work, workers: number, signal?: AbortSignal): Runner {
  const pool: Pool<Job, unknown> = startPool(workerModule("evaluate/jobs/worker"), workers, work);
  const stops = new WeakMap<AbortSignal, AbortSignal>();
  const stopOf = (enough: AbortSignal | undefined): AbortSignal | undefined => {
    if (enough === undefined) return signal;
    const stop = stops.get(enough) ?? (signal ? AbortSignal.any([signal, enough]) : enough);
    setMaxListeners(0, stop); // every job that waits or runs listens
    stops.set(enough, stop);
    return stop;
  };
  if (signal) setMaxListeners(0, signal);
  const run = <T>(job: Job, enough?: AbortSignal): Promise<T> => {
    const stop = stopOf(enough);
    return pool.run(job, { ...affinityOf(job), ...(stop && { signal: stop }) }) as Promise<T>;
  };
  return { workers, score: run, predict: run, fit: run, nested: run, close: () => pool.close() };
}

/** What is prepared is prepared for a fold's training rows; searches inside folds also share the fits of pairs of folds. */
function affinityOf(job: Job): { readonly affinity: string; readonly stay?: boolean } {
  if (job.kind === "fit") return { affinity: `${job.estimator} all` };
  if (job.kind === "nested") return { affinity: `${job.estimator} ${job.plan}` };
  const affinity = `${job.estimator} ${job.plan} ${job.fold.train.join()}`;
  if (job.along) return { affinity: `${affinity} ${JSON.stringify(job.along[0])}`, stay: true };
  if (job.kind === "predict" || job.steps === undefined) return { affinity };
  const { [job.steps]: _, ...others } = job.points[0];
  return { affinity: `${affinity} ${JSON.stringify(others)}`, stay: true };
}

/**
 * Worker threads where they have every estimator and metric, from the registry or a module, and there are several workers, or something that may end
 * the run while a fit is under way that may take long; else this thread.
 */
export function startRunner(
  work: Work,
  estimators: readonly Estimator[],
  options: {
    readonly workers: number;
    /** No fit takes long. */
    readonly quick?: boolean;
    /** Some estimators are known to this thread only. */
    readonly local?: boolean;
    /** The user's own, which worker threads do not have. */
    readonly metrics?: readonly Metric[];
    readonly clock: () => number;
    readonly signal?: AbortSignal;
    /** Jobs may be dropped by other signals than that one. */
    readonly droppable?: boolean;
  },
): Runner {
  const { local = false, metrics = [], workers, quick = false, signal, droppable = signal !== undefined } = options;
  const isQuick = quick && !work.modules?.length; // what the user's own take is not known
  return !local && metrics.length === 0 && (workers > 1 || (droppable && !isQuick))
    ? pooledRunner(work, workers, signal)
    : localRunner(work, estimators, options.clock, options);
}
