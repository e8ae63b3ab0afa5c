import type { RacingRule } from "./contract.ts";

/** Optuna's ThresholdPruner: stop when the last loss is NaN or above `worst`, once `warmup` steps are done. */
export function threshold({ worst, warmup = 0 }: { readonly worst: number; readonly warmup?: number }): RacingRule {
  return {
    name: `threshold(${worst})`,
    title: `Stops when the loss is above ${worst}`,
    stop: ({ folds, losses }) => folds[folds.length - 1] >= warmup && !(losses[losses.length - 1] <= worst),
  };
}
