/** What a suite says of its contestants over all datasets, as it stands in `bench.json`. Differences are in margins: 1 is the smallest that matters on a dataset. */
import type { Posterior } from "../compare/correlated-t.ts";
import type { Bounds, Reason, Sublabel, Verdict } from "../compare/verdict/contract.ts";

/** On how many datasets one is better, by more than the margin, on how many neither, on how many it is worse. */
export interface Counts {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** Two contestants over all datasets; positive numbers speak for the first. */
export interface PairAcross extends Counts {
  readonly pair: readonly [string, string];
  /** On which both take part. */
  readonly datasets: number;
  /** Mean difference in margins, over the datasets where both have a score; null where there is none, or one is infinite. */
  readonly mean: number | null;
  /** The typical difference in margins: the Hodges-Lehmann estimate; null where it is infinite. */
  readonly typical: number | null;
  /** Two-sided p of Wilcoxon's signed-rank test of no difference, and the same after Holm over all pairs. */
  readonly p: number;
  readonly adjusted: number;
  /** Where the Bayesian signed rank sees most differences; the margin is the region of practical equivalence. */
  readonly posterior: Posterior;
}

export interface ContestantAcross {
  readonly name: string;
  /** On which it takes part. */
  readonly datasets: number;
  /** Among all who take part, 1 is best; equal scores share a rank, those who failed share the last. Null: on no dataset. */
  readonly meanRank: number | null;
  readonly failures: number;
}

/** Nothing that is said of a pair depends on who else takes part, but Holm's p value. */
export interface Across {
  readonly datasets: number;
  readonly contestants: readonly ContestantAcross[];
  /** Every pair that meets on some dataset, once, in the order of the contestants. */
  readonly pairs: readonly PairAcross[];
}

/** A challenger's answer over all datasets; gains in margins over the baseline that is hardest to beat. */
export interface Overall extends Counts {
  readonly name: string;
  readonly verdict: Verdict;
  readonly sublabel: Sublabel | null;
  readonly reason: Extract<Reason, "near-margin" | "underpowered" | "budget-uncertain"> | "too-few-datasets" | null;
  /** What the reason counts, or where the veto was: `on cars, wine`. */
  readonly detail: string | null;
  readonly datasets: number;
  /** The typical gain: the Hodges-Lehmann estimate; null where it is infinite. */
  readonly gain: number | null;
  readonly bounds: Bounds;
  /** `p` of a typical gain above the margin, `adjusted` by Holm over the challengers, `pBelow` of one below it. */
  readonly test: { readonly name: string; readonly p: number; readonly adjusted: number; readonly pBelow: number };
  readonly posterior: Posterior;
}
