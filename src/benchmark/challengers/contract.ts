/** What every source of challengers hands over: answers as `src/compare` takes them, and what the reader must know of them. */
import type { Measurements } from "../../compare/budget.ts";
import type { Challenger } from "../../compare/verdict/contract.ts";

/**
 * `holdout`: one prediction a seed, for the benchmark's held-out rows in their order (`opened.held`). `folds`: the same for
 * the out-of-fold rows of all repeats, end to end (`opened.folded.rows`). With `failures` both may be missing: a challenger
 * that fails a must-pass case is not trained any further.
 */
export interface Entrant {
  readonly challenger: Challenger;
  /** What was assumed, left out or could not be measured: one sentence each. */
  readonly notes: readonly string[];
  /** It answers with classes, not probabilities: judged by the label metric. */
  readonly labelsOnly: boolean;
  /** Cost of the champion, measured beside the challenger in the same run. */
  readonly champion?: Measurements;
}

/** How often and on which parts a challenger that can be trained is trained. */
export interface TrainingOptions {
  /** Training runs, each with another seed; default 1. Their losses are averaged. */
  readonly seeds?: number;
  /** Also train once a fold of the benchmark; always so when there is no holdout to judge by. Default false. */
  readonly folds?: boolean;
}

/** A challenger could not be had: the message says what was wanted, what came, and what to do. */
export class ChallengerError extends Error {
  override readonly name = "ChallengerError";
}
