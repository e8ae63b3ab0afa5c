/** A stop rule ends a whole search. It is asked before each trial is proposed, and sees what that proposal may see. */
import type { Space } from "../space.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Observation } from "../samplers/contract.ts";
import type { Reading, Trial } from "../trial.ts";

export interface Progress {
  readonly space: Space;
  /** Trials proposed so far: the number of the next one. */
  readonly proposed: number;
  /** Ended trials that the next proposal may see, by number. */
  readonly trials: readonly Trial[];
  readonly observations: readonly Observation[];
  readonly reading: Reading;
  /** Stream of the study, for rules that sample. */
  readonly rng: Rng;
}

export interface StopRule {
  /** Unique among the rules of a search. */
  readonly name: string;
  /** A sentence that says what happened when it is time to stop, else undefined. */
  reached(progress: Progress): string | undefined;
}
