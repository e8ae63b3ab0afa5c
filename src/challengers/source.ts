/** What every source of challengers gives, and how it fails. */
import type { Challenger } from "../compare/verdict/contract.ts";
import { StatedError } from "../error.ts";

export interface Sourced {
  /**
   * `holdout`: one prediction a seed, for the held-out rows of the benchmark in their order. `folds`: the same for the
   * out-of-fold rows, all repeats end to end.
   */
  readonly challenger: Challenger;
  /** What a reader of the verdict has to know of it, each a clause without its full stop. */
  readonly notes: readonly string[];
  /** It gives classes, no probabilities. */
  readonly labelsOnly?: boolean;
}

/** A challenger cannot be judged: the message counts what is wrong, names the first and says what to do. */
export class ChallengerError extends StatedError {
  override readonly name = "ChallengerError";
  override readonly code = "challenger";
}
