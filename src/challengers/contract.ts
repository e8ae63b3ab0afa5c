/** What sources of challengers that can be trained have in common. */
import type { Measurements } from "../compare/budget.ts";
import type { Sourced } from "./source.ts";

/**
 * A challenger that was made here. With `failures` its answers may be missing: one that fails a must-pass case is not
 * trained any further.
 */
export interface Entrant extends Sourced {
  /** Cost of the champion, measured beside the challenger in the same run. */
  readonly champion?: Measurements;
}

/** How often and on which parts a challenger is trained. */
export interface TrainingOptions {
  /** Training runs, each with another seed; default 1. Their losses are averaged. */
  readonly seeds?: number;
  /** Also train once a fold of the benchmark; always so when there is no holdout to judge by. Default false. */
  readonly folds?: boolean;
}
