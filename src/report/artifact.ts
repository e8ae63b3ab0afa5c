/** The benchmark as data: what `benchmark.json` holds, member by member. Checked against its schema on writing and reading. */

/** A hyperparameter or an option's value. */
export type Scalar = string | number | boolean | null;

/** A score with its interval. `value` is null where the metric is not defined on these rows, bounds where no interval can be given. */
export interface Score {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Two-sided confidence level of the interval. */
  readonly level: number;
  readonly method: string;
}

/** A cross-validated score: `value` is the mean over folds. */
export interface CvScore extends Score {
  /** The metric of the pooled out-of-fold predictions (means over repeats). */
  readonly pooled: number | null;
  /** One a scored fold, repeat by repeat; null where not defined. */
  readonly folds: readonly (number | null)[];
  /** What chose the hyperparameters behind it: nothing, a search inside each training part, one on the same folds; or the champion rule on top. */
  readonly selection: "none" | "nested" | "same-folds" | "champion";
}

export interface Warning {
  readonly code: string;
  readonly column?: string | undefined;
  readonly message: string;
  readonly count?: number | undefined;
  readonly evidence?: Readonly<Record<string, Scalar>> | undefined;
}

export interface MetricChoice {
  readonly name: string;
  readonly direction: "minimize" | "maximize";
  readonly reason: string;
}

export interface Rung {
  readonly rung: string;
  readonly title: string;
  readonly family: string;
  readonly role: "baseline" | "challenger" | "reference";
  readonly status: "ok" | "failed";
  /** Why it failed; its scores are then those of the floor. */
  readonly reason?: string | undefined;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly complexity: { readonly count: number; readonly unit: string } | null;
  /** Size of the model file. */
  readonly bytes: number | null;
  readonly cv: Readonly<Record<string, CvScore>>;
  /** Empty without a holdout or test part. */
  readonly holdout: Readonly<Record<string, Score>>;
  readonly notes: Readonly<Record<string, Scalar>>;
  readonly explanation: { readonly summary: string; readonly lines: readonly string[] } | null;
}
