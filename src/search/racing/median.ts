import type { RacingRule } from "./contract.ts";

/**
 * Optuna's MedianPruner, for curves: stop when the best loss so far is worse than the median of the complete trials'
 * losses at the same step, once `startup` trials are complete and `warmup` steps are done.
 */
export function median({
  startup = 5,
  warmup = 0,
}: { readonly startup?: number; readonly warmup?: number } = {}): RacingRule {
  return {
    name: "median",
    title: "Stops when its best step is worse than the median trial at this step",
    stop({ folds, losses, rivals }) {
      const complete = rivals.filter((rival) => rival.complete);
      const step = folds[folds.length - 1];
      if (complete.length < startup || step < warmup) return false;
      const there = Float64Array.from(complete, (rival) => rival.losses[step] ?? Number.NaN).filter(
        (v) => !Number.isNaN(v),
      );
      if (there.length === 0) return false;
      there.sort();
      const half = there.length >> 1;
      const middle = there.length % 2 === 1 ? there[half] : (there[half - 1] + there[half]) / 2;
      return Math.min(...losses) > middle;
    },
  };
}
