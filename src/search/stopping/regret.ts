import { fitBranches, snap } from "../surrogate/branch-models.ts";
import { SOBOL_DIMENSIONS, sobol } from "../../numeric/sobol.ts";
import { foldModel } from "../fold-model.ts";
import { lossesByFold } from "../trial.ts";
import type { Progress, StopRule } from "./contract.ts";

const FIRST_TRIAL = 20;
const TIMES = 3;
const SPREAD = 512;
const DELTA = 0.1;
/** Share of the fold noise that the bound must fall below: at 1 the searches of bench/search end a little early. */
const SHARE = 0.9;

/**
 * Stop when no configuration can still be better by more than the cross-validation can tell: the largest plausible
 * regret, from the Gaussian process's confidence bounds, is below the standard error of a configuration's mean over the
 * folds. What all configurations share, the difficulty of each fold, is taken out of that error first: with it the
 * published rule stops at once wherever folds differ more than configurations do.
 * Asked from trial 20 on, and must hold for three trials in a row.
 * Source: Makarova et al., "Automatic termination for hyperparameter optimization", AutoML 2022; confidence width as in
 * Optuna's RegretBoundEvaluator.
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
        if (!(bound < SHARE * error)) return undefined;
      }
      return `nothing better than the fold noise is left to gain, since trial ${trials.length - TIMES}`;
    },
  };
}

/** Standard error of one configuration's mean over the folds, fold effects aside; 0 while there is too little to tell. */
function foldError(trials: Progress["trials"], { direction, folds }: Progress["reading"]): number {
  const complete = trials.filter(({ state, reports }) => state === "complete" && reports.length === folds);
  const { residual } = foldModel(
    complete.map((trial) => lossesByFold(trial, trial.chosen, folds, direction)),
    folds,
  );
  return Number.isFinite(residual) ? Math.sqrt(residual / folds) : 0;
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
