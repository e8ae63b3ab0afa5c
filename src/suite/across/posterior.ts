/** The Bayesian signed rank: on which side of the region of practical equivalence do differences mostly lie? */
import type { Posterior } from "../../compare/correlated-t.ts";
import { argsort } from "../../numeric/argsort.ts";
import type { Rng } from "../../numeric/rng.ts";

const DRAWS = 8000;

/**
 * For each list of differences: how probable it is that, over the tables one might meet, means of two differences lie mostly
 * below, within, or above the region of practical equivalence. The differences are draws from a Dirichlet process with a prior
 * observation of weight ½ at 0; all lists share the random weights of the datasets.
 *
 * @param lists One difference for each dataset; may be infinite, NaN where there is none. @param rope Half the width of the region, >= 0.
 * @returns Shares of 8,000 draws: within 0.015 of the posterior. @throws RangeError for a negative rope.
 * Cost: O(draws x datasets x lists), and O(datasets²) a list.
 * Source: A. Benavoli, G. Corani, F. Mangili, M. Zaffalon & F. Ruggeri, "A Bayesian Wilcoxon signed-rank test based on the
 * Dirichlet process", ICML 2014; the region as in Benavoli et al., JMLR 18(77), 2017.
 */
export function signedRankPosteriors(lists: readonly Float64Array[], rope: number, rng: Rng): Posterior[] {
  if (!(rope >= 0)) throw new RangeError(`signedRankPosteriors: rope must be at least 0, got ${rope}`);
  const sides = lists.map((list) => sidesOf(list, rope));
  const wins = lists.map(() => ({ worse: 0, equivalent: 0, better: 0 }));
  const weights = new Float64Array((lists[0]?.length ?? 0) + 1);
  const until = new Float64Array(weights.length + 1);
  for (let draw = 0; draw < DRAWS; draw++) {
    drawWeights(weights, rng);
    sides.forEach((list, k) => {
      const { below, above, within } = massOf(list, weights, until);
      if (Math.max(below, above) <= within) wins[k].equivalent++;
      else if (below === above) {
        wins[k].worse += 0.5;
        wins[k].better += 0.5;
      } else if (below > above) wins[k].worse++;
      else wins[k].better++;
    });
  }
  return wins.map(({ worse, equivalent, better }) => ({
    worse: worse / DRAWS,
    equivalent: equivalent / DRAWS,
    better: better / DRAWS,
  }));
}

/** Gamma variables, of shape ½ for the prior's observation and 1 for each dataset: a Dirichlet draw but for its sum. */
function drawWeights(weights: Float64Array, rng: Rng): void {
  weights[0] = rng.normal() ** 2 / 2;
  for (let i = 1; i < weights.length; i++) weights[i] = -Math.log(1 - rng.uniform());
}

/** Of each value, how many others (in ascending order, itself included) it forms a mean with that lies ... */
interface Sides {
  /** Places of the values in ascending order; 0 is the prior's observation. */
  readonly order: Int32Array;
  readonly below: Int32Array;
  readonly belowOrOnEdge: Int32Array;
  readonly notAboveNorOnEdge: Int32Array;
  readonly notAbove: Int32Array;
}

function sidesOf(differences: Float64Array, rope: number): Sides {
  const values = Float64Array.of(0, ...differences);
  const order = argsort(values).filter((i) => !Number.isNaN(values[i]));
  const count = (holds: (sum: number) => boolean): Int32Array =>
    order.map((i) => order.reduce((n, j) => n + (holds(values[i] + values[j]) ? 1 : 0), 0));
  return {
    order,
    below: count((sum) => sum < -2 * rope),
    belowOrOnEdge: count((sum) => sum <= -2 * rope),
    notAboveNorOnEdge: count((sum) => !(sum >= 2 * rope)), // opposite infinities are on neither side
    notAbove: count((sum) => !(sum > 2 * rope)),
  };
}

/** Weight of the pairs below, within and above the region; those on its edge count half. @param until Room for sums. */
function massOf(
  { order, below, belowOrOnEdge, notAboveNorOnEdge, notAbove }: Sides,
  weights: Float64Array,
  until: Float64Array,
): { readonly below: number; readonly within: number; readonly above: number } {
  const n = order.length;
  for (let k = 0; k < n; k++) until[k + 1] = until[k] + weights[order[k]];
  const all = until[n];
  let low = 0;
  let high = 0;
  for (let k = 0; k < n; k++) {
    const weight = weights[order[k]] / 2;
    low += weight * (until[below[k]] + until[belowOrOnEdge[k]]);
    high += weight * (2 * all - until[notAboveNorOnEdge[k]] - until[notAbove[k]]);
  }
  return { below: low, within: all * all - low - high, above: high };
}
