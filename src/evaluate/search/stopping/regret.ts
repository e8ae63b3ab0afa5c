import { fitBranches, snap } from "../surrogate/branch-models.ts";
import { SOBOL_DIMENSIONS, sobol } from "../../../numeric/sobol.ts";
import { bestTrial, lossesByFold } from "../trial.ts";
import type { Progress, StopRule } from "./contract.ts";

const FIRST_TRIAL = 20;
const TIMES = 3;
const SPREAD = 512;
const DELTA = 0.1;

/**
 * Stop when no configuration can still be better by more than the cross-validation can tell: the largest plausible
 * regret, from the Gaussian process's confidence bounds, is below the standard error of the best configuration's folds.
 * Asked from trial 20 on, and must hold for three trials in a row.
 * Source: Makarova et al., "Automatic termination for hyperparameter optimization", AutoML 2022; constants as in Optuna's
 * terminator (its `RegretBoundEvaluator` and `CrossValidationErrorEvaluator`).
 */
export function regretBound(): StopRule {
  return {
    name: "regret",
    reached(progress) {
      const { trials, reading, observations } = progress;
      if (reading.folds < 2 || trials.length < FIRST_TRIAL + TIMES - 1) return undefined;
      for (let back = 0; back < TIMES; back++) {
        const seen = trials.slice(0, trials.length - back);
        const error = foldError(seen, reading);
        const bound = plausibleRegret({ ...progress, observations: observations.slice(0, observations.length - back) });
        if (!(bound < error)) return undefined;
      }
      return `nothing better than the fold noise is left to gain, since trial ${trials.length - TIMES}`;
    },
  };
}

/** Standard error of the best trial's mean over overlapping training sets: sqrt((1/K + 1/(K - 1)) var). */
function foldError(trials: Progress["trials"], { direction, folds }: Progress["reading"]): number {
  const best = bestTrial(trials, direction);
  if (best === undefined || best.reports.length < folds) return 0;
  const losses = lossesByFold(best, best.chosen, folds, direction);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / folds;
  const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / folds;
  return Math.sqrt((1 / folds + 1 / (folds - 1)) * variance);
}

/** Lowest upper bound among what was tried, less the lowest lower bound anywhere, in loss units. */
function plausibleRegret({ space, observations, rng }: Progress): number {
  const { models, outputs } = fitBranches(space, observations, []);
  const d = Math.max(1, Object.keys(space).length);
  const n = observations.length;
  const width = Math.sqrt(0.4 * Math.log((d * n * n * Math.PI ** 2) / (6 * DELTA)));
  let upper = Infinity;
  let lower = Infinity;
  for (const { axes, process, observed, members, branch } of models) {
    const look = (place: Float64Array, tried: boolean): void => {
      const { mean, variance } = process.at(place);
      lower = Math.min(lower, mean - width * Math.sqrt(variance));
      if (tried) upper = Math.min(upper, mean + width * Math.sqrt(variance));
    };
    for (let i = 0; i < members.length; i++) look(observed.subarray(i * axes.length, (i + 1) * axes.length), true);
    const covered = Math.min(axes.length, SOBOL_DIMENSIONS);
    if (covered === 0) continue;
    const points = sobol(SPREAD, covered, rng.split(`regret ${branch.name}`));
    for (let i = 0; i < SPREAD; i++) {
      const place = new Float64Array(axes.length).fill(0.5);
      place.set(points.subarray(i * covered, (i + 1) * covered));
      look(snap(axes, place), false);
    }
  }
  return (upper - lower) * outputs.scale;
}
