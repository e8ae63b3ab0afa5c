/** Stop rules that count: trials, fold fits, a target, no progress. */
import { pairedError } from "../paired.ts";
import { bestTrial, lossesByFold, signOf } from "../trial.ts";
import type { Progress, StopRule } from "./contract.ts";

/** The number of trials. */
export function trialLimit(trials: number): StopRule {
  return {
    name: "trials",
    reached: ({ proposed }) => (proposed >= trials ? `all ${trials} trials done` : undefined),
  };
}

/** Fold fits run in ended trials. Trials already under way are finished, so a few more may be run. */
export function foldFitLimit(fits: number): StopRule {
  return {
    name: "fold fits",
    reached({ trials }) {
      const run = trials.reduce((sum, { reports }) => sum + reports.length, 0);
      return run >= fits ? `${run} fold fits run, ${fits} allowed` : undefined;
    },
  };
}

/** A score that is good enough. */
export function target(score: number): StopRule {
  return {
    name: "target",
    reached({ trials, reading: { direction } }) {
      const best = bestTrial(trials, direction);
      const met = best !== undefined && signOf(direction) * best.value <= signOf(direction) * score;
      return met ? `trial ${best.number} reached ${best.value}, wanted ${score}` : undefined;
    },
  };
}

/** Progress smaller than this share of the paired standard error is none. */
const PROGRESS = 0.1;

/**
 * No progress for `patience` trials (default max(15, 5 for each parameter)): the best mean has not fallen by a tenth of
 * the paired standard error between the newer best and the older one.
 */
export function stagnation(patience?: number): StopRule {
  return {
    name: "stagnation",
    reached({ space, trials, reading }) {
      const allowed = patience ?? defaultPatience(Object.keys(space).length);
      const since = sinceProgress({ trials, reading });
      return since >= allowed ? `no progress for ${since} trials` : undefined;
    },
  };
}

function defaultPatience(parameters: number): number {
  return Math.max(15, 5 * parameters);
}

/** Ended trials after the last one that was better by more than noise. */
function sinceProgress({ trials, reading: { direction, folds } }: Pick<Progress, "trials" | "reading">): number {
  const sign = signOf(direction);
  let leader: (typeof trials)[number] | undefined;
  let since = 0;
  for (const trial of trials) {
    since++;
    if (trial.state !== "complete") continue;
    if (leader === undefined) {
      leader = trial;
      since = 0;
      continue;
    }
    const gain = sign * leader.value - sign * trial.value;
    const error =
      folds > 1
        ? pairedError(
            lossesByFold(leader, leader.chosen, folds, direction),
            lossesByFold(trial, trial.chosen, folds, direction),
          )
        : 0;
    if (gain > PROGRESS * error) {
      leader = trial;
      since = 0;
    }
  }
  return since;
}
