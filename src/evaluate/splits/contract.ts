import type { Rows } from "../../frame/dataset.ts";

/** What a row is for. `test`: a row of a separate test file. `unused`: its target is missing. */
export type Part = "train" | "holdout" | "test" | "unused";

/** `exchange`: a fold is scored by a model trained on all other folds; `expanding`: on the folds before it, the first never. */
export type Scheme = "exchange" | "expanding";

export interface Splits {
  readonly kind: "kfold" | "group" | "expanding" | "given";
  readonly scheme: Scheme;
  readonly seed: string;
  /** Fold numbers run from 0 to folds - 1. */
  readonly folds: number;
  readonly repeats: number;
  /** Repeats that are run in any case; whether the further ones are depends on what those say. Absent: all are run. */
  readonly atLeast?: number;
  /** One a row. */
  readonly part: readonly Part[];
  /** One array a repeat: the fold of each row, -1 when it is in none. */
  readonly fold: readonly Int32Array[];
  /** How rows were dealt, in words. */
  readonly reason: string;
}

/** One fold: which parts of a plan train, and which one is scored. */
export interface Fold {
  readonly train: readonly number[];
  readonly test: number;
}

/** A partition of training rows and its folds: all that fitting needs to know of splits. */
export interface FoldPlan {
  /** Unique in its work: names the random streams of fits on it. */
  readonly name: string;
  readonly scheme: Scheme;
  readonly parts: readonly Rows[];
  readonly folds: readonly Fold[];
}
