import { normalUpperTail } from "../../numeric/normal.ts";
import { incumbentOf, mean, pairedDifferences, type RacingRule } from "./contract.ts";

/** Above this many pairs the exact distribution gives way to the normal one. */
const EXACT = 50;

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

/**
 * P(rank sum of positive differences at least as large as seen) under symmetry about 0. Zeros share their ranks half and
 * half ("zsplit"); ties get their mean rank. Exact up to 50 pairs without ties or zeros, else normal with tie correction.
 */
export function signedRankUpperTail(differences: Float64Array): number {
  const n = differences.length;
  const { ranks, tied } = meanRanks(differences.map(Math.abs));
  let positive = 0;
  let zeros = 0;
  for (let i = 0; i < n; i++) {
    if (differences[i] > 0) positive += ranks[i];
    if (differences[i] === 0) {
      positive += ranks[i] / 2;
      zeros++;
    }
  }
  if (tied === 0 && zeros === 0 && n <= EXACT) return exactUpperTail(positive, n);
  const centre = (n * (n + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48;
  return variance > 0 ? normalUpperTail((positive - centre) / Math.sqrt(variance)) : 1;
}

/** Ranks 1 .. n with ties averaged, and the sum of t^3 - t over groups of t ties. */
function meanRanks(values: Float64Array): { ranks: Float64Array; tied: number } {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  let tied = 0;
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let r = from; r < to; r++) ranks[order[r]] = (from + to + 1) / 2;
    tied += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { ranks, tied };
}

/** Share of the 2^n sign patterns whose positive ranks sum to at least `sum`. */
function exactUpperTail(sum: number, n: number): number {
  const largest = (n * (n + 1)) / 2;
  const ways = new Float64Array(largest + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) for (let s = largest; s >= rank; s--) ways[s] += ways[s - rank];
  let tail = 0;
  for (let s = Math.ceil(sum); s <= largest; s++) tail += ways[s];
  return tail / 2 ** n;
}
