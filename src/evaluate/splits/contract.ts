import type { Rows } from "../../data/dataset.ts";

/** What a row is for. `test`: a row of a separate test file. `unused`: its target is missing. */
export type Part = "train" | "holdout" | "test" | "unused";

export interface Splits {
  readonly kind: "kfold" | "group" | "expanding" | "given";
  /** `exchange`: fold k is scored by a model trained on all other folds; `expanding`: on the folds before it, fold 0 never. */
  readonly scheme: "exchange" | "expanding";
  readonly seed: string;
  /** Fold numbers run from 0 to folds - 1. */
  readonly folds: number;
  readonly repeats: number;
  /** One a row. */
  readonly part: readonly Part[];
  /** One array a repeat: the fold of each row, -1 when it is in none. */
  readonly fold: readonly Int32Array[];
  /** How rows were dealt, in words. */
  readonly reason: string;
}

/** A partition of training rows and which parts train and score each fold: all that fitting needs to know of splits. */
export interface FoldPlan {
  readonly parts: readonly Rows[];
  readonly folds: readonly { readonly train: readonly number[]; readonly test: number }[];
}
