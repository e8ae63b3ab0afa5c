import type { Estimator } from "../baselines/contract.ts";
import type { EstimatorModule } from "../baselines/from-module.ts";
import type { Metric } from "../metrics/contract.ts";
import type { ReadOptions } from "../table/options.ts";
import type { TableSource } from "../table/read-table.ts";
import type { SchemaOptions } from "../schema/schema.ts";

/** How rows are dealt. */
export interface SplitSettings {
  /** Folds of cross-validation; default 5. */
  readonly folds?: number;
  /** Times they are dealt afresh; default 1, or 10 below 500 rows. */
  readonly repeats?: number;
  /** Share of rows held out; default 0.2, or 0 below 500 rows or with a test table. */
  readonly holdout?: number;
  /** A separate table to score on. */
  readonly test?: TableSource;
  /** A table of folds (and parts) made elsewhere, as `splits.csv` has them. */
  readonly splits?: TableSource;
  /** Default: `expanding` when the rows have a time. */
  readonly splitKind?: "kfold" | "expanding";
  /** Search again inside every fold; `auto`: up to 100,000 training cells, and 1,000,000 cells x classes. */
  readonly nested?: "always" | "never" | "auto";
  /** Keep identical rows on one side of every split. */
  readonly groupDuplicates?: boolean;
}

/** What is trained and how it is judged. */
export interface ModelSettings {
  /** Names of rungs; default: the whole ladder. */
  readonly models?: readonly string[];
  /**
   * Estimators of your own beside those of the registry. Where each is named by its module, `{ module: "./mine.mjs" }`, rungs are
   * trained in worker threads as ever; else all run in the main thread.
   */
  readonly estimators?: readonly (Estimator | EstimatorModule)[];
  /** Metrics of your own beside those of the registry, for `metric` to name; scored in the main thread. */
  readonly metrics?: readonly Metric[];
  /** The rule in use today, in the Common Expression Language, over the columns' names. */
  readonly rule?: string;
  /** Default: log_loss for classes, rmse for numbers. */
  readonly metric?: string;
  /** Use the weights in metrics too. */
  readonly weightMetrics?: boolean;
  /** Configurations a rung; default by the size of its space. */
  readonly trials?: number;
  readonly sampler?: "auto" | "tpe" | "random" | "sobol";
  /** Leave out folds of configurations that cannot win; default true. */
  readonly racing?: boolean;
}

/** How the run goes about it: changes no result. */
export interface RunSettings {
  /** Default 0. */
  readonly seed?: string | number;
  /** Seconds after which what is not done is called off. */
  readonly timeLimit?: number;
  /** Threads; default: cores, at most 8. */
  readonly workers?: number;
  /** Leave texts and numbers of single rows out of everything that is written. */
  readonly redact?: boolean;
  /** Numbers or codes of findings that reports leave out and count. */
  readonly mute?: readonly string[];
  /** Keep truth and predictions of held-out rows in a file of their own, and out of everything else that is written. */
  readonly sealHoldout?: boolean;
}

/** Everything `train` takes. The same names as the flags of the command line. */
export type TrainOptions = ReadOptions & SchemaOptions & SplitSettings & ModelSettings & RunSettings;

/** What is done with the benchmark once it is made: writing is asked for, never done by itself. */
export interface WriteSettings {
  /** Replace a benchmark of other data. */
  readonly force?: boolean;
  /** Also write train.csv and holdout.csv. */
  readonly exportSplits?: boolean;
}
