import { signedRankUpperTail } from "../../numeric/signed-rank.ts";
import { incumbentOf, mean, pairedDifferences, type RacingRule } from "./contract.ts";

/**
 * Optuna's WilcoxonPruner: stop when a one-sided signed-rank test of the paired differences says worse at `threshold`,
 * unless the mean so far is better. It cannot fire before fold 4: the smallest p with n folds is 2^-n.
 */
export function wilcoxon({ threshold = 0.1 }: { readonly threshold?: number } = {}): RacingRule {
  return {
    name: threshold === 0.1 ? "wilcoxon" : `wilcoxon(${threshold})`,
    title: `Stops when a signed-rank test says worse than the best at ${threshold}`,
    stop(race) {
      const incumbent = incumbentOf(race.rivals);
      if (incumbent === undefined) return false;
      const differences = pairedDifferences(race, incumbent);
      if (differences.length < 2 || mean(race.losses) < incumbent.loss) return false;
      return signedRankUpperTail(differences) < threshold;
    },
  };
}
