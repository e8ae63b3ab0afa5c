import { incumbentOf, mean, pairedDifferences, type RacingRule } from "./contract.ts";

/**
 * Stop as soon as the mean of the folds so far is not better than the incumbent's mean on the same folds. Fastest, and
 * the likeliest to throw the best configuration away. Source: Bergman, Purucker & Hutter, AutoML 2024.
 */
export const aggressive: RacingRule = {
  name: "aggressive",
  title: "Stops when behind the best on the folds so far",
  stop(race) {
    const incumbent = incumbentOf(race.rivals);
    if (incumbent === undefined) return false;
    const differences = pairedDifferences(race, incumbent);
    return differences.length > 0 && mean(differences) >= 0;
  },
};
