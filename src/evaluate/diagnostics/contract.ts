/**
 * What a picture of a model's answers needs: few numbers, however many rows. Part of `benchmark.json`, so that a report never
 * reads the data again. Counts and curves over the judged rows: held-out rows where there are any, else out-of-fold answers.
 */

/** Where a binary classifier's answers would be cut, from the highest probability down: what is then called positive. */
export interface CutCounts {
  /** Rows at or above it are called positive; null: none is. */
  readonly threshold: number | null;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Rows of similar predicted probability: what was said and what came. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean predicted probability, and the share that came true. */
  readonly predicted: number;
  readonly observed: number;
  /** Where the share lies in 95 % of draws if the probabilities are right. */
  readonly low: number;
  readonly high: number;
}

export interface Confusion {
  /** Class names; beyond the largest ones the last is all others together. */
  readonly classes: readonly string[];
  /** Rows by actual class, then by predicted class. */
  readonly counts: readonly (readonly number[])[];
}

export interface Histogram {
  /** Ends of the bins, one more than bins. What lies beyond them counts in the outer bins. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Predicted (columns) against actual (rows), both cut into the same bins. */
export interface AgreementGrid {
  readonly edges: readonly number[];
  readonly cells: readonly { readonly predicted: number; readonly actual: number; readonly rows: number }[];
}

/** How often, or how far, the model is wrong by a feature's value. */
export interface FeatureErrors {
  readonly column: string;
  /** Share of the spread of errors that these groups explain, less what chance would. */
  readonly explained: number;
  /** Chance could explain as much, and no other feature explains more. */
  readonly byChance?: true;
  readonly groups: readonly {
    readonly name: string;
    readonly rows: number;
    /** Share of rows with a wrong label, or mean absolute error. */
    readonly mean: number;
    readonly error: number;
  }[];
}

/** A row with a large loss. */
export interface WorstRow {
  /** Number of the row in its table, and which part it is in. */
  readonly row: number;
  readonly part: "train" | "holdout" | "test";
  readonly truth: string;
  readonly predicted: string;
  readonly loss: number;
}

/** How much the loss grows when a column is shuffled among the rows: mean and spread over repeats. */
export interface Importance {
  readonly column: string;
  readonly increase: number;
  readonly error: number;
}

/** The mean answer when a column is set to a value in every row. */
export interface PartialEffect {
  readonly column: string;
  readonly points: readonly { readonly at: number | string; readonly answer: number }[];
}

/** The loss of models that learnt from fewer rows. */
export interface LearningPoint {
  readonly rows: number;
  readonly loss: number;
  /** Standard error of the difference to all training rows, over scored rows; null for all training rows. */
  readonly error: number | null;
}

/** A configuration that was tried, or some neighbours with the best among them. */
export interface SearchPoint {
  /** Folds fitted so far, and those saved by stopping early. */
  readonly fits: number;
  readonly saved: number;
  /** Mean over the folds it saw; null where none was scored. */
  readonly loss: number | null;
  /** The smallest loss of those that saw every fold, so far. */
  readonly best: number | null;
  /** It was stopped before it had seen every fold. */
  readonly stopped: boolean;
}

export interface Diagnostics {
  readonly rung: string;
  /** What the answers are of. */
  readonly rows: { readonly part: "holdout" | "test" | "out-of-fold"; readonly count: number };
  /** The loss of a row in the figures below. */
  readonly loss: string;
  readonly cuts?:
    | { readonly positives: number; readonly negatives: number; readonly points: readonly CutCounts[] }
    | undefined;
  readonly calibration?: readonly CalibrationBin[] | undefined;
  readonly confusion?: Confusion | undefined;
  readonly residuals?: Histogram | undefined;
  readonly agreement?: AgreementGrid | undefined;
  readonly errorBy: readonly FeatureErrors[];
  readonly worst: readonly WorstRow[];
  readonly importance?:
    | {
        /** Whose answers were looked at: without held-out rows, the model's own training rows. */
        readonly rows: "held-out" | "training";
        readonly repeats: number;
        /** What columns that say nothing reach by chance: the largest decrease. */
        readonly floor: number;
        readonly columns: readonly Importance[];
      }
    | undefined;
  readonly effects: readonly PartialEffect[];
  readonly learning: readonly LearningPoint[];
  /** How the champion's hyperparameters were searched; absent where there was little to search. */
  readonly search?: readonly SearchPoint[] | undefined;
}
