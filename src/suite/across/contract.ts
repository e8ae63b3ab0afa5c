/**
 * Comparisons over many datasets, each of which counts as one draw from the tables that one might meet. Scores of different
 * metrics come to one scale by each dataset's own margin: a difference of 2 is twice the smallest that matters there.
 */
import type { Posterior } from "../../compare/correlated-t.ts";

/** What contestants scored on one dataset. */
export interface DatasetScores {
  readonly dataset: string;
  readonly direction: "minimize" | "maximize";
  /** The smallest difference that matters, in the metric's unit, >= 0; at 0 any difference is infinitely many margins. */
  readonly margin: number;
  /** One for each contestant, in their order; null: it failed here, which is worse than any score. */
  readonly scores: readonly (number | null)[];
}

export interface Field {
  /** Rungs and challengers, each once. */
  readonly contestants: readonly string[];
  readonly datasets: readonly DatasetScores[];
}

/** On how many datasets one is better, by more than the margin, on how many neither, on how many it is worse. */
export interface Counts {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** Two contestants over all datasets; positive numbers speak for the first. */
export interface PairAcross extends Counts {
  readonly pair: readonly [string, string];
  /** Mean difference in margins, over the datasets where both have a score; null where there is none, or one is infinite. */
  readonly mean: number | null;
  /** The typical difference in margins: the Hodges-Lehmann estimate over all datasets; null where it is infinite. */
  readonly typical: number | null;
  /** Two-sided p of Wilcoxon's signed-rank test of no difference, and the same after Holm over all pairs. */
  readonly p: number;
  readonly adjusted: number;
  /** Where the Bayesian signed rank puts a further dataset; the margin is the region of practical equivalence. */
  readonly posterior: Posterior;
}

/** What a suite says of all its contestants. Nothing in it depends on who else takes part, but the ranks and Holm's p values. */
export interface Across {
  readonly datasets: number;
  readonly contestants: readonly {
    readonly name: string;
    /** 1 is best; equal scores share a rank, those who failed share the last. */
    readonly meanRank: number;
    readonly failures: number;
  }[];
  /** Every pair once, in the order of the contestants. */
  readonly pairs: readonly PairAcross[];
}
