import { pairedError } from "../paired.ts";

/**
 * Early stopping inside a fit of an iterative learner: all folds advance together, and the mean curve decides for all of
 * them. One number of steps comes out, which is also what the refit on all rows uses.
 */

export interface PatienceOptions {
  /** Steps without progress that are allowed: at least `least`, and this share of the steps so far. Defaults 10 and 0.1. */
  readonly least?: number;
  readonly share?: number;
  /** Progress must exceed this many standard errors of the paired fold differences. Default 0.1. */
  readonly errors?: number;
  /**
   * Steps without progress count only in a row of steps that are worse than the best one by this many standard errors, of
   * ten losses or more. Default: all count.
   */
  readonly worse?: number;
  /** Means over the last so many steps are compared. Default 1; 3 smooths noisy curves. */
  readonly window?: number;
  /** Never more steps than this. Default: no limit. */
  readonly maxSteps?: number;
}

/** The state of a lockstep run after some steps; `advance` makes the next one. */
export interface Patience {
  /** Steps seen. */
  readonly steps: number;
  /** The step (from 1) with the best mean by more than noise, and the folds' losses there; 0 before the first. */
  readonly bestStep: number;
  readonly bestLosses: Float64Array;
  /** Mean loss at the best step. Optimistic: it was chosen among all steps. */
  readonly bestMean: number;
  /** Steps in a row, up to the last one, that count as steps without progress. */
  readonly waited: number;
  /** Losses of the last `window` steps, oldest first. */
  readonly recent: readonly Float64Array[];
  /** True: no more steps; `reason` says why. */
  readonly stop: boolean;
  readonly reason?: "patience" | "steps" | "diverged";
}

export const PATIENCE_START: Patience = {
  steps: 0,
  bestStep: 0,
  bestLosses: new Float64Array(0),
  bestMean: Infinity,
  waited: 0,
  recent: [],
  stop: false,
};

/**
 * One step further.
 *
 * @param losses Each fold's validation loss after this step, lower is better. A step where any is not finite is never
 *   best; ten in a row stop the run as diverged.
 * @throws RangeError when the number of folds changes, or the run has already stopped.
 * Source of the ingredients: Prechelt, "Early stopping - but when?", 1998; XGBoost's cv stops on the mean over folds.
 */
export function advance(state: Patience, losses: Float64Array, options: PatienceOptions = {}): Patience {
  const { least = 10, share = 0.1, errors = 0.1, worse, window = 1, maxSteps = Infinity } = options;
  if (state.stop) throw new RangeError(`advance: the run has stopped after ${state.steps} steps`);
  if (losses.length === 0 || (state.recent.length > 0 && losses.length !== state.recent[0].length))
    throw new RangeError(`advance: wanted one loss for each of the same folds, got ${losses.length}`);
  const steps = state.steps + 1;
  const recent = [...state.recent, losses.slice()].slice(-window);
  const smooth = averaged(recent);
  const mean = meanOf(smooth);
  const finite = Number.isFinite(mean);
  const better =
    finite && (state.bestStep === 0 || state.bestMean - mean > errors * pairedError(state.bestLosses, smooth));
  const best = better
    ? { bestStep: steps, bestLosses: smooth, bestMean: mean }
    : { bestStep: state.bestStep, bestLosses: state.bestLosses, bestMean: state.bestMean };
  const counts = worse === undefined || !finite || isWorse(smooth, best, worse);
  const waited = better || !counts ? 0 : state.waited + 1;
  const next = { steps, ...best, waited, recent };
  if (best.bestStep === 0 && waited >= least) return { ...next, stop: true, reason: "diverged" };
  if (best.bestStep > 0 && waited >= Math.max(least, share * steps)) return { ...next, stop: true, reason: "patience" };
  if (steps >= maxSteps) return { ...next, stop: true, reason: "steps" };
  return { ...next, stop: false };
}

/**
 * Steps for the refit on all rows. `none` takes the number found on folds; `rows` scales it by n / n_train, the rows of
 * the refit over those of a fold's training part, because more rows can carry more steps.
 */
export function refitSteps(bestStep: number, scale: "none" | "rows" = "none", folds: number = 2): number {
  if (scale === "none") return bestStep;
  if (!(folds >= 2)) throw new RangeError(`refitSteps: scaling by rows needs at least 2 folds, got ${folds}`);
  return Math.round((bestStep * folds) / (folds - 1));
}

/** Fewer losses than this say too little of how sure a difference is. */
const LEAST_LOSSES = 10;

function isWorse(losses: Float64Array, best: Pick<Patience, "bestLosses" | "bestMean">, errors: number): boolean {
  if (losses.length < LEAST_LOSSES || best.bestLosses.length === 0) return false;
  return meanOf(losses) - best.bestMean > errors * pairedError(losses, best.bestLosses);
}

function averaged(recent: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(recent[0].length);
  for (const losses of recent) for (let k = 0; k < out.length; k++) out[k] += losses[k] / recent.length;
  return out;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
