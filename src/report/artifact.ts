/** The benchmark as data: what `benchmark.json` holds, member by member. Checked against its schema on writing and reading. */
import type { Bar } from "../compare/bar.ts";
import type { ColumnProfile } from "../schema/training-profile.ts";

import type { Diagnostics } from "../evaluate/diagnostics/contract.ts";
import type { Drawing } from "../models/drawing.ts";

export const BENCHMARK_SCHEMA = "tabular-baseline/benchmark/2";

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
  readonly evidence?: Readonly<Record<string, Scalar | readonly string[]>> | undefined;
}

export interface MetricChoice {
  readonly name: string;
  /** The class it speaks of, where it speaks of the positive one alone. */
  readonly class?: string | undefined;
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
  readonly explanation: {
    readonly summary: string;
    readonly lines: readonly string[];
    /** Absent where no figure shows the model, and in benchmarks of older versions. */
    readonly drawing?: Drawing | undefined;
  } | null;
}

/** How one rung stood against the best one when the champion was chosen. */
export interface ChampionEvidence {
  readonly rung: string;
  /** Mean loss of the rung less that of the best rung, on out-of-fold rows; 0 for the best itself. */
  readonly difference: number | null;
  readonly standardError: number | null;
  /** How much worse than the best it may be: more than the standard error for the plainest rung, where few rows carry the difference. */
  readonly allowed?: number | null | undefined;
  /** At most that much worse than the best. */
  readonly within: boolean;
}

export interface Champion {
  readonly rung: string;
  readonly rule: string;
  /** The rung with the smallest loss. */
  readonly best: string;
  readonly evidence: readonly ChampionEvidence[];
  /** What choosing by it flatters its cross-validated score by, in the metric's unit; null with too few rows or groups to say. */
  readonly optimism?: number | null | undefined;
  /** Why this rung, in one sentence. */
  readonly sentence: string;
  /** Absent in benchmarks that were made before there were profiles. */
  readonly profile?: AnswersProfile | undefined;
}

/** What the champion answered for rows it had not been fitted on, and how far off it was. */
export interface AnswersProfile {
  /** The held-out or test rows; `folds` where there are none, or they are sealed: out-of-fold rows, all repeats. */
  readonly part: "holdout" | "test" | "folds";
  readonly rows: number;
  /** Its values, under the target's name; or, under each class's name, its probabilities. */
  readonly predictions: readonly { readonly name: string; readonly profile: ColumnProfile }[];
  /** Row losses of the metric; null where the metric has none. */
  readonly losses: ColumnProfile | null;
}

/**
 * Cross-validation is repeated until other folds would hardly decide otherwise: each difference that decides the champion or its step is two
 * errors of dealing away from where it would, or its error of dealing is at most `share` of its standard error over rows.
 */
export interface Repeating {
  readonly atLeast: number;
  readonly atMost: number;
  readonly share: number;
  /** False: there are as many as there may be, or the run was cut short. */
  readonly settled: boolean;
  /** Of the differences that other folds could still turn, the one that dealing moves most; null: they can turn none. */
  readonly last: {
    readonly rung: string;
    readonly against: string;
    readonly standardError: number;
    readonly dealingError: number;
  } | null;
  /** Out-of-fold answers (folds of rungs) that were not needed. */
  readonly answersSaved: number;
}

/** What going from one rung to the next better one bought. */
export interface LadderStep {
  readonly rung: string;
  /** The rung it is measured against: the last that was bought. */
  readonly from: string;
  /** On the scale of the margin; positive when the rung is better. */
  readonly gain: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
  readonly verdict: "JUSTIFIED" | "NOT JUSTIFIED" | "INCONCLUSIVE";
  /** The gain is proven to exceed the margin: the next step is measured against this rung. */
  readonly bought: boolean;
  readonly sentence: string;
}

/** What a search did. Counts, so that a rerun says the same. */
export interface SearchSummary {
  readonly sampler: string;
  readonly trials: number;
  readonly complete: number;
  readonly pruned: number;
  readonly failed: number;
  readonly foldFits: { readonly run: number; readonly saved: number };
  /** Fits of the leading configurations on fresh folds, before one was chosen. */
  readonly extraFits?: number | undefined;
  /** Rounds of iterative fits, and those left out because the mean over the folds no longer fell. */
  readonly steps?: { readonly run: number; readonly saved: number } | undefined;
  /** Fits of folds in all, with the searches inside folds. */
  readonly allFits: number;
  readonly ended: { readonly rule: string; readonly sentence: string };
  /** Training rows it ran on. */
  readonly rows: number;
  readonly default: { readonly params: Readonly<Record<string, Scalar>>; readonly loss: number | null };
  readonly chosen: {
    readonly params: Readonly<Record<string, Scalar>>;
    readonly loss: number | null;
    readonly reason: string;
  };
  /** Loss saved by tuning: as it looks, and less the luck of having been chosen. */
  readonly gain: { readonly raw: number; readonly corrected: number; readonly standardError: number };
}

/** Counts of what was done, whole numbers. */
export interface WorkCounts {
  /** Fits of folds, with the searches inside folds; a path of configurations that one fit gives counts once. */
  readonly foldFits: number;
  /** Configurations tried by searches. */
  readonly trials: number;
  /** Numbers and codes read from the table: once for each plan of folds that was prepared, each other fit and each prediction, and again by every pass of a solver or histogram. */
  readonly cells: number;
  /** Newton and quasi-Newton steps, sweeps of coordinate descent. */
  readonly solverSteps: number;
  /** Histograms summed from rows. */
  readonly histogramPasses: number;
  /** Nodes of grown trees, leaves included, before pruning. */
  readonly treeNodes: number;
  /** Size of the model fitted on the training rows, as JSON. */
  readonly modelBytes: number;
}

/**
 * What the ladder took, in counts that hang neither on the machine nor on the number of workers or an interruption: for the
 * same inputs, options and major version of Node they are equal. Rungs that failed are not in it, nor is what follows the ladder.
 */
export interface Work {
  /** Counts of different versions mean different things. */
  readonly version: 1;
  readonly total: WorkCounts;
  readonly rungs: Readonly<Record<string, WorkCounts>>;
}

export interface ColumnEntry {
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly reason: string;
  readonly missing: number;
  readonly distinct: number;
  readonly profile?: ColumnProfile | undefined;
  readonly [member: string]: unknown;
}

/** A digest by which answers are recognised that a comparison should know of. */
export interface Trace {
  /** The answers of a model to rows it was fitted on; or a column that no feature is made of, or that decides the target alone. */
  readonly kind: "model" | "column";
  readonly name: string;
  readonly part: "holdout" | "folds";
  readonly digest: string;
}

/** `benchmark.json`. */
export interface Artifact {
  readonly schema: typeof BENCHMARK_SCHEMA;
  readonly dataset: {
    readonly name: string;
    readonly rows: number;
    readonly sha256: string;
    readonly fingerprint: string;
    /** Of the separate test table. */
    readonly test?: { readonly name: string; readonly rows: number; readonly sha256: string } | undefined;
  };
  readonly columns: readonly ColumnEntry[];
  readonly warnings: readonly Warning[];
  readonly task: "binary" | "multiclass" | "regression";
  readonly target: {
    readonly name: string;
    readonly reason: string;
    readonly guessed?: true | undefined;
    readonly taskReason: string;
  };
  readonly classes: readonly string[];
  readonly positive: string | null;
  readonly metric: MetricChoice;
  readonly labelMetric: MetricChoice | null;
  readonly splits: {
    readonly kind: string;
    readonly scheme: string;
    readonly seed: string;
    readonly folds: number;
    readonly repeats: number;
    /** Why there are as many repeats as there are; absent where their number was asked for, or one is enough. */
    readonly repeating?: Repeating | undefined;
    readonly rows: { readonly train: number; readonly holdout: number; readonly test: number; readonly unused: number };
    readonly reason: string;
    readonly fingerprint: string;
  };
  readonly ladder: readonly Rung[];
  /** Rungs that this table has no use for, and why. */
  readonly skipped: readonly { readonly rung: string; readonly reason: string }[];
  readonly champion: Champion;
  readonly steps: readonly LadderStep[];
  /** What a challenger will need. Absent in benchmarks of older versions. */
  readonly bar?: Bar<string | null> | undefined;
  readonly traces?: readonly Trace[] | undefined;
  readonly search: Readonly<Record<string, SearchSummary>>;
  /** Absent in benchmarks of older versions, and where a clock or a person cut the run short. */
  readonly work?: Work | undefined;
  /** What reports draw of the champion; artifacts of earlier versions have none. */
  readonly diagnostics?: Diagnostics | undefined;
  /** Options that differ from the defaults, by name. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Was the run cut short, by whom, and what is missing. */
  readonly interrupted?: true | undefined;
  readonly interruptedBy?: string | undefined;
  readonly environment: Readonly<Record<string, Scalar>>;
  readonly timing: Timing;
}

export interface RungTiming {
  readonly fitMilliseconds: number | null;
  readonly predictMicroseconds: {
    readonly p50: number;
    readonly p95: number;
    readonly batch: number;
    readonly runs: number;
  } | null;
}

export interface Timing {
  readonly seconds: number;
  readonly rungs: Readonly<Record<string, RungTiming>>;
}
