/** A suite as it is run: tables, each with everything that is asked of it. */
import type { CompareOptions } from "../benchmark/compare.ts";
import type { TrainOptions } from "../intake/options.ts";
import type { Verdict } from "../compare/verdict/contract.ts";
import type { BenchThresholds } from "../report/bench.ts";

export interface Suite {
  /** As it was named on the command line. */
  readonly name: string;
  /** Names are unique. */
  readonly datasets: readonly SuiteDataset[];
}

export interface SuiteDataset {
  readonly name: string;
  /** Where it is said, for messages: `suite.json: datasets[1] (wine)`. */
  readonly where: string;
  /** Path of the table. */
  readonly data: string;
  /** What its card says of the bytes. */
  readonly sha256?: string;
  /** Paths are those of the file system: relative ones of the suite file are resolved. */
  readonly train: Omit<TrainOptions, "workers" | "timeLimit">;
  readonly judge: Omit<CompareOptions, "data" | "workers">;
  readonly challengers: readonly SuiteChallenger[];
  readonly expect: Expectations;
  readonly thresholds: BenchThresholds;
  /** Seconds. */
  readonly timeLimit?: number;
}

export interface SuiteChallenger {
  readonly name: string;
  /** Exactly one of these three. */
  readonly predictions?: string;
  readonly builtin?: string;
  readonly command?: string;
  readonly commandLimit?: number;
  readonly seeds?: number;
  readonly withFolds?: boolean;
  readonly expect: Expectations;
}

export interface Expectations {
  readonly verdict?: Verdict;
  readonly champion?: string;
  readonly work?: "same";
  readonly data?: "same";
  /** By metric. */
  readonly metrics: readonly { readonly metric: string; readonly min?: number; readonly max?: number }[];
}

export const THRESHOLDS: BenchThresholds = { score: null, alpha: 0.05, work: 0, size: 0.1, time: 0.5 };
