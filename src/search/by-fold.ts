/** From an objective that scores one fold to one that runs a whole trial. */
import type { Effort } from "../numeric/effort.ts";
import type { Point } from "./space.ts";
import type { OpenTrial } from "./open-trial.ts";
import type { Objective } from "./optimize.ts";

/** One fit: the configurations to score (all values of a path) on one fold. */
export interface FoldRequest {
  readonly trial: number;
  /** The searched parameters. */
  readonly point: Point;
  /** Full configurations, one for each path value. */
  readonly path: readonly Point[];
  /** From 0; folds from the study's number on belong to extra repeats with fresh splits. */
  readonly fold: number;
  readonly signal: AbortSignal;
}

export interface FoldResult {
  /** One for each of `path`, in the metric's unit and direction; NaN where a configuration could not be fitted. */
  readonly scores: readonly number[];
  /** Losses averaged over fixed blocks of the fold's rows, one array for each of `path`; lower is better. */
  readonly blocks?: readonly Float64Array[];
  /** What it took from nothing; of a path asked for bit by bit: what all of it so far took. */
  readonly effort?: Effort;
}

export type FoldObjective = (request: FoldRequest) => FoldResult | Promise<FoldResult>;

/**
 * Runs a trial fold by fold and gives up when racing says so. With `atOnce` above 1 that many folds are computed together;
 * scores past the fold that ends the trial are thrown away, so the outcome is the same for any `atOnce`.
 */
export function byFold(objective: FoldObjective, atOnce: number = 1): Objective {
  return (trial) =>
    runFolds(objective, trial, atOnce, ({ scores, blocks, effort }, fold) =>
      trial.report(scores, fold, blocks, effort),
    );
}

/** The folds of a trial in their order; `report` is told of one after the other. */
export async function runFolds(
  objective: FoldObjective,
  { number, point, path, folds, signal, shouldStop }: Omit<OpenTrial, "report">,
  atOnce: number,
  report: (result: FoldResult, fold: number) => void,
): Promise<void> {
  const running = new Map<number, Promise<FoldResult>>();
  const start = (fold: number): void => {
    const result = Promise.resolve().then(() => objective({ trial: number, point, path, fold, signal }));
    result.catch(() => {}); // thrown again where it is awaited; a fold that is never asked for may fail in peace
    running.set(fold, result);
  };
  for (const [i, fold] of folds.entries()) {
    if (shouldStop()) return;
    for (const ahead of folds.slice(i, i + atOnce)) if (!running.has(ahead)) start(ahead);
    report(await (running.get(fold) as Promise<FoldResult>), fold);
  }
  shouldStop(); // after the last fold: notices a fold without any finite score
}
