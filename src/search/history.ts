/** What a sampler and a racing rule may know when trial t is proposed: ended trials as losses on one scale. */
import { foldModel } from "./fold-model.ts";
import type { Observation } from "./samplers/contract.ts";
import { lossesByFold, type Reading, signOf, type Trial } from "./trial.ts";

/**
 * Turns ended trials into observations. A complete trial's loss is its value. A pruned one's is the mean of the folds it
 * saw less those folds' effects, an unbiased guess of what all folds would have given; on a curve, the last step.
 * Variances follow from the folds' residual noise and the number of folds seen.
 */
export function observationsOf(trials: readonly Trial[], { direction, folds }: Reading): readonly Observation[] {
  const sign = signOf(direction);
  const complete = trials.filter(({ state, reports }) => state === "complete" && reports.length === folds);
  const losses = complete.map((trial) => lossesByFold(trial, trial.chosen, folds, direction));
  const { effects, residual } = foldModel(folds > 1 ? losses : [], folds);
  const noise = Number.isFinite(residual) ? residual : 0;
  return trials.flatMap((trial): Observation[] => {
    const { number, point, state, reports, value } = trial;
    if (state === "running") return [];
    const steps = reports.length;
    if (state === "failed" || (state === "pruned" && steps === 0))
      return [{ number, point, state: "failed", loss: Number.NaN, variance: 0, steps }];
    const variance = folds > 1 && steps > 0 ? noise / steps : 0;
    if (state === "complete") return [{ number, point, state, loss: sign * value, variance, steps }];
    return [{ number, point, state, loss: partialLoss(trial, effects, { direction, folds }), variance, steps }];
  });
}

function partialLoss(trial: Trial, effects: Float64Array, { direction, folds }: Reading): number {
  const { reports, chosen } = trial;
  const sign = signOf(direction);
  if (folds === 1) return sign * reports[reports.length - 1].scores[chosen];
  return reports.reduce((sum, { fold, scores }) => sum + sign * scores[chosen] - effects[fold], 0) / reports.length;
}
