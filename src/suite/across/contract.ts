/**
 * Comparisons over many datasets, each of which counts as one draw from the tables that one might meet. Scores of different
 * metrics come to one scale by each dataset's own margin: a difference of 2 is twice the smallest that matters there.
 */

/** What contestants scored on one dataset. */
export interface DatasetScores {
  readonly dataset: string;
  readonly direction: "minimize" | "maximize";
  /** The smallest difference that matters, in the metric's unit, >= 0; at 0 any difference is infinitely many margins. */
  readonly margin: number;
  /**
   * One for each contestant, in their order. Null: it failed here, which is worse than any score; undefined: it does not take
   * part here, as a regression in a task of classes.
   */
  readonly scores: readonly (number | null | undefined)[];
}

export interface Field {
  /** Rungs and challengers, each once. */
  readonly contestants: readonly string[];
  readonly datasets: readonly DatasetScores[];
}
