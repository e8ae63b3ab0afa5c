/** `bench.json`: what a suite found on each of its tables, member by member. Checked against its schema on writing and reading. */
import type { Verdict } from "../compare/verdict/contract.ts";
import type { MarginSpec } from "../compare/margin.ts";
import type { Across, Overall } from "./across.ts";
import type { Scalar } from "./artifact.ts";
import type { Veto } from "./verdict.ts";

export const BENCH_SCHEMA = "tabular-baseline/bench/1";

export interface BenchScore {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Two-sided confidence level of the interval. */
  readonly level: number;
}

/** By name of the metric. */
export type BenchScores = Readonly<Record<string, BenchScore>>;

/** Counts by what is counted: whole numbers, equal on every machine. */
export type Counts = Readonly<Record<string, number>>;

/** Work done, in versioned counts. */
export interface BenchWork {
  readonly version: number;
  readonly total: Counts;
  readonly rungs: Readonly<Record<string, Counts>>;
}

export interface BenchRung {
  readonly rung: string;
  readonly role: "baseline" | "challenger" | "reference";
  readonly status: "ok" | "failed";
  readonly reason: string | null;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly scores: BenchScores;
  /** Size of the model file. */
  readonly bytes: number | null;
  /** Digest of all that it answered for rows that it was not fitted on. */
  readonly answers: string;
}

/** What one table gave. */
export interface BenchResult {
  readonly data: {
    readonly name: string;
    readonly rows: number;
    readonly sha256: string;
    readonly fingerprint: string;
  };
  readonly target: string;
  readonly task: "binary" | "multiclass" | "regression";
  readonly metric: { readonly name: string; readonly direction: "minimize" | "maximize" };
  /** The rows that scores are of: held out (or of the test table), else out of fold. */
  readonly part: "holdout" | "folds";
  readonly splits: {
    readonly kind: string;
    readonly seed: string;
    readonly fingerprint: string;
    readonly rows: Counts;
  };
  readonly champion: string;
  readonly rungs: readonly BenchRung[];
  /** Null: made by a program that did not count. */
  readonly work: BenchWork | null;
  /** SHA-256 of the file with the answers row by row. */
  readonly rows: string;
}

/** One challenger on one table. */
export interface BenchChallenger {
  readonly name: string;
  readonly source: "predictions" | "builtin" | "command";
  readonly status: "ok" | "failed";
  readonly reason: string | null;
  readonly result: ChallengerResult | null;
}

export interface ChallengerResult {
  readonly verdict: Verdict;
  readonly sublabel: string | null;
  readonly reason: string | null;
  readonly metric: string;
  readonly part: "holdout" | "folds";
  readonly score: number | null;
  readonly scores: BenchScores;
  /** The baseline that was hardest to beat. */
  readonly baseline: string;
  readonly gain: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly margin: { readonly value: number; readonly kind: "absolute" | "relative"; readonly assumed: boolean };
  readonly p: number;
  /** Budgets that were set, and whether each was kept. */
  readonly budgets: readonly { readonly quantity: string; readonly outcome: "within" | "over" | "uncertain" }[];
  readonly vetoes: readonly string[];
  /** Kinds of the vetoes, also of those that the verdict does not name because the gain settles it. Benches of before have none. */
  readonly refusals?: readonly Veto["kind"][] | undefined;
  readonly sentence: string;
  readonly answers: string;
  readonly rows: string;
}

/** Something that was asked for in the suite, and what was found. */
export interface Expectation {
  /** Of the dataset, or of this challenger. */
  readonly challenger: string | null;
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly met: boolean;
}

/** From when on a difference to an earlier bench counts. Growth is a share; null: any is accepted. */
export interface BenchThresholds {
  /** Null: the default of the metric. */
  readonly score: MarginSpec | null;
  readonly alpha: number;
  readonly work: number | null;
  readonly size: number | null;
  readonly time: number | null;
}

export interface BenchDataset {
  readonly name: string;
  readonly status: "ok" | "failed" | "skipped";
  readonly reason: string | null;
  /** Digest of the options of training, with that of the files that they name. */
  readonly options: string | null;
  readonly result: BenchResult | null;
  readonly challengers: readonly BenchChallenger[];
  readonly expectations: readonly Expectation[];
  readonly thresholds: BenchThresholds;
}

/** A challenger's gain on one dataset, in margins; null: it failed there, or the data set no limit. */
export interface DatasetGain {
  readonly dataset: string;
  readonly gain: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What is said over all datasets: each counts as one draw from the tables that one might meet. */
export interface AcrossDatasets {
  readonly models: Across;
  /** Of challengers that are judged on at least two datasets. */
  readonly challengers: readonly { readonly overall: Overall; readonly gains: readonly DatasetGain[] }[];
}

/** A difference to an earlier bench that counts, or is told. */
export interface Change {
  readonly dataset: string;
  /** A rung or a challenger; null: of the dataset as a whole. */
  readonly model: string | null;
  readonly kind: "score" | "verdict" | "work" | "size" | "time" | "data" | "champion" | "status" | "options" | "suite";
  /** `worse` fails the run; `open`: it looks worse, and these rows cannot tell. */
  readonly outcome: "better" | "worse" | "open" | "other";
  readonly before: number | string | null;
  readonly after: number | string | null;
  /** Of scores: gain (negative: a loss) on the scale of the margin, with its interval and Holm's adjusted p. */
  readonly gain?: number | null | undefined;
  readonly lower?: number | null | undefined;
  readonly upper?: number | null | undefined;
  readonly p?: number | undefined;
  readonly relative?: boolean | undefined;
  readonly sentence: string;
}

/** This bench beside an earlier one. */
export interface Against {
  /** As it was named. */
  readonly name: string;
  readonly program: BenchDocument["program"];
  readonly alpha: number;
  /** Datasets that both have. */
  readonly datasets: number;
  /** Models whose answers are the same, byte for byte, and models that were compared row by row. */
  readonly same: number;
  readonly compared: number;
  readonly changes: readonly Change[];
}

/** `bench.json`. All but `environment` and `timing` is the same for the same suite, data and program. */
export interface BenchDocument {
  readonly schema: typeof BENCH_SCHEMA;
  readonly suite: {
    readonly name: string;
    /** Names of all datasets, also of those that were not asked for. */
    readonly datasets: readonly string[];
    readonly shard: { readonly index: number; readonly of: number } | null;
  };
  readonly program: { readonly package: string; readonly code: string; readonly node: number };
  readonly datasets: readonly BenchDataset[];
  /** Null: of fewer than two datasets. */
  readonly across: AcrossDatasets | null;
  readonly against: Against | null;
  readonly environment: Readonly<Record<string, Scalar>>;
  readonly timing: BenchTiming;
}

export interface BenchTiming {
  readonly seconds: number;
  readonly datasets: Readonly<Record<string, DatasetTiming>>;
  /** By dataset, where both programs were run (`--time`). */
  readonly inTurn?: Readonly<Record<string, InTurn>> | undefined;
}

/** CPU seconds of the earlier program and of this one on a dataset, run in turn: one of each a round. */
export interface InTurn {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface DatasetTiming {
  /** What it took to compute. */
  readonly seconds: number;
  /** It was at hand, and took nothing this time. */
  readonly cached: boolean;
  /** Milliseconds to fit each rung on the training rows. */
  readonly fits: Readonly<Record<string, number>>;
}
