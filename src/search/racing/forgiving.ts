import { incumbentOf, mean, type RacingRule } from "./contract.ts";

/**
 * Stop when the mean of the folds so far is worse than the incumbent's worst fold.
 * Source: Bergman, Purucker & Hutter, "Don't waste your time: early stopping cross-validation", AutoML 2024.
 */
export const forgiving: RacingRule = {
  name: "forgiving",
  title: "Stops when worse on average than the best is on its worst fold",
  stop({ losses, rivals }) {
    const incumbent = incumbentOf(rivals);
    return incumbent !== undefined && mean(losses) > incumbent.losses.reduce((a, b) => Math.max(a, b), -Infinity);
  },
};
