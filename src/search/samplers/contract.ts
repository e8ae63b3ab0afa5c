/**
 * A sampler chooses the next configuration. It holds no state: the same space, seed, trial number and observations give
 * the same proposal, whatever was asked before, so a search can be resumed, replayed and spread over workers.
 */
import type { Point, Space } from "../space.ts";
import type { Rng } from "../../numeric/rng.ts";

/** What a sampler may know of a trial that has ended. */
export interface Observation {
  readonly number: number;
  readonly point: Point;
  readonly state: "complete" | "pruned" | "failed";
  /** Lower is better. Of a pruned trial: the mean of the folds it saw, less those folds' usual effects. NaN when it failed. */
  readonly loss: number;
  /** Variance of `loss` around what the configuration is worth, as far as fold scores show it; 0 when they do not. */
  readonly variance: number;
  /** Folds (or steps) seen. */
  readonly steps: number;
}

/** Everything a proposal depends on. */
export interface Situation {
  /** Searched parameters only: no paths. */
  readonly space: Space;
  /** The number of the trial to propose, from 0. */
  readonly number: number;
  /** Ended trials, by number. */
  readonly observations: readonly Observation[];
  /** Configurations that are being evaluated, or will be. */
  readonly pending: readonly Point[];
  /** Trials the search was planned for. */
  readonly planned: number;
  /** The study's stream: the same for every trial (designs). */
  readonly study: Rng;
  /** The trial's own stream. */
  readonly rng: Rng;
}

export interface Proposal {
  readonly point: Point;
  /** How it came about, in a word: `default`, `design`, `random`, `model`. */
  readonly origin: string;
}

export interface Sampler {
  /** Unique: the key on the command line and in journals. */
  readonly name: string;
  /** For people, one sentence. */
  readonly title: string;
  /** The next configuration, never one that was observed or is pending; undefined when none is left. */
  propose(situation: Situation): Proposal | undefined;
}
