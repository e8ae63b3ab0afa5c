/** Trials of a learner that trains step by step: folds advance together, and the mean over them decides when to stop. */
import type { Effort } from "../numeric/effort.ts";
import type { Point } from "./space.ts";
import type { FoldObjective, FoldResult } from "./by-fold.ts";
import { runFolds } from "./by-fold.ts";
import type { OpenTrial } from "./open-trial.ts";
import type { Objective } from "./optimize.ts";
import { advance, PATIENCE_START, type PatienceOptions } from "./stopping/curve.ts";
import { type Direction, scoredOnPath, signOf } from "./trial.ts";

export interface LockstepOptions {
  /** Folds that advance together and decide; the trial's other folds then run to where they stopped. Default 2. */
  readonly together?: number;
  /** Of the others, how many are computed at once. Default 1. */
  readonly atOnce?: number;
  /** Steps of the path that are scored whatever the curve says. Default 1. */
  readonly least?: (point: Point) => number;
  /** Default `minimize`. */
  readonly direction?: Direction;
  /** In steps of the path. Default: stop at the first one without progress. */
  readonly patience?: PatienceOptions;
}

const ONE_WITHOUT_PROGRESS: PatienceOptions = { least: 1, share: 0 };

/**
 * Like `byFold`, for a path whose values are steps of one iterative fit: the objective is asked for one step after the
 * other, of several folds at a time, until their mean no longer falls. Steps after that are not scored on any fold: a
 * report has NaN for them. What stops a step counts block losses where there are any: they say more than a few folds.
 */
export function inLockstep(objective: FoldObjective, options: LockstepOptions = {}): Objective {
  const { together = 2, atOnce = 1 } = options;
  return async (trial) => {
    const { path, seen, folds } = trial;
    let steps = seen.reduce((most, report) => Math.max(most, scoredOnPath(report)), 0);
    let others = folds;
    if (steps === 0) {
      const curves = await advanceTogether(objective, trial, folds.slice(0, together), options);
      for (const { fold, result } of curves) {
        if (trial.shouldStop()) return;
        trial.report(...padded(result, path.length, fold));
      }
      steps = curves[0]?.result.scores.length ?? 0;
      others = folds.slice(together);
    }
    const upTo = { ...trial, folds: others, path: path.slice(0, steps) };
    await runFolds(objective, upTo, atOnce, (result, fold) => trial.report(...padded(result, path.length, fold)));
  };
}

/** Scores of the first steps of a path on one fold, and block losses where there are any. */
interface Scored {
  readonly scores: readonly number[];
  readonly blocks?: readonly (Float64Array | undefined)[];
  readonly effort?: Effort;
}

interface Curve {
  readonly fold: number;
  readonly result: { readonly scores: number[]; readonly blocks: (Float64Array | undefined)[]; effort?: Effort };
}

/** Curves of equal length; empty when the search is called off meanwhile. */
async function advanceTogether(
  objective: FoldObjective,
  trial: OpenTrial,
  folds: readonly number[],
  { least = () => 1, direction = "minimize", patience = ONE_WITHOUT_PROGRESS }: LockstepOptions,
): Promise<readonly Curve[]> {
  const { number, point, path, signal } = trial;
  const curves = folds.map((fold): Curve => ({ fold, result: { scores: [], blocks: [] } }));
  const wanted = least(point);
  let state = PATIENCE_START;
  for (let step = 0; step < path.length && (step < wanted || !state.stop); step++) {
    if (trial.shouldStop()) return [];
    const ask = { trial: number, point, path: [path[step]], signal };
    const results = await Promise.all(folds.map(async (fold) => objective({ ...ask, fold })));
    for (const [k, { scores, blocks, effort }] of results.entries()) {
      const { result } = curves[k];
      result.scores.push(scores[0]);
      result.blocks.push(blocks?.[0]);
      if (effort !== undefined) result.effort = effort;
    }
    if (!state.stop) state = advance(state, lossesOf(results, direction), patience);
  }
  return curves;
}

function lossesOf(results: readonly FoldResult[], direction: Direction): Float64Array {
  const blocks = results.map((result) => result.blocks?.[0]);
  if (blocks.every((block) => block !== undefined)) return Float64Array.from(blocks.flatMap((block) => [...block]));
  return Float64Array.from(results, ({ scores }) => signOf(direction) * scores[0]);
}

/** A fold's report over the whole path, NaN and no blocks after the last step taken. */
function padded({ scores, blocks, effort }: Scored, length: number, fold: number): Parameters<OpenTrial["report"]> {
  const all = Array.from({ length }, (_, i) => scores[i] ?? Number.NaN);
  if (blocks === undefined || blocks.includes(undefined)) return [all, fold, undefined, effort];
  return [all, fold, Array.from({ length }, (_, i) => blocks[i] ?? new Float64Array(0)), effort];
}
