import { normalCdf } from "../../numeric/normal.ts";
import { foldModel, MIN_COMPLETE } from "../fold-model.ts";
import { incumbentOf, mean, pairedDifferences, type RacingRule } from "./contract.ts";

/**
 * Pooled futility: stop when the chance that the mean over all folds ends better than the incumbent's is below `alpha`.
 *
 * With k of K folds seen and a mean paired difference D (positive = worse), that chance is
 * Phi(-D / sqrt(2 s2 (K - k) / (K k))), where s2 is the residual variance of the better half of the complete trials
 * (`foldModel`), at least three. Works from the first fold on; does nothing for fewer than three folds.
 */
export function futility({ alpha = 0.02 }: { readonly alpha?: number } = {}): RacingRule {
  return {
    name: alpha === 0.02 ? "futility" : `futility(${alpha})`,
    title: `Stops when the chance to beat the best is below ${alpha}`,
    stop(race) {
      const { total, rivals } = race;
      const complete = rivals.filter((rival) => rival.complete);
      const incumbent = incumbentOf(complete);
      if (total < 3 || complete.length < MIN_COMPLETE || incumbent === undefined) return false;
      const differences = pairedDifferences(race, incumbent);
      const seen = differences.length;
      if (seen === 0) return false;
      const { residual } = foldModel(
        complete.map(({ losses }) => losses),
        total,
      );
      const spread = Math.sqrt((2 * residual * (total - seen)) / (total * seen));
      const behind = mean(differences);
      return behind > 0 && (spread === 0 || normalCdf(-behind / spread) < alpha);
    },
  };
}
