/**
 * The units of work that cross-validation and search are made of. A job is plain data and its result a pure function
 * of (work, job), so it may run here or in any worker thread, in any order, and give the same bytes.
 */
import type { Prediction } from "../../frame/prediction.ts";
import type { ImportedFrom } from "../../baselines/from-module.ts";
import type { ModelJSON } from "../../models/contract.ts";
import type { Point } from "../../search/space.ts";
import type { Dataset, Rows } from "../../frame/dataset.ts";
import type { Effort } from "../../numeric/effort.ts";
import type { Fold, FoldPlan } from "../splits/contract.ts";

/** All that jobs share. Lives in every worker once; its numeric arrays may be shared memory. */
export interface Work {
  readonly data: Dataset;
  /** Name of the metric that fits are scored by. */
  readonly metric: string;
  readonly seed: string;
  /** Row partitions that jobs refer to by number. */
  readonly plans: readonly FoldPlan[];
  /** Score with the dataset's weights. */
  readonly weightMetrics: boolean;
  /** Where estimators lie that are not in the registry. */
  readonly modules?: readonly ImportedFrom[];
}

/** Names one fit: which estimator, on which partition and which fold of it. */
export interface FoldJob {
  readonly estimator: string;
  /** Number of the plan in the work. */
  readonly plan: number;
  readonly fold: Fold;
}

/** Scores models at several points (one trial's path) on one fold. */
export interface ScoreJob extends FoldJob {
  readonly kind: "score";
  readonly points: readonly Point[];
  /**
   * Name of a parameter that counts the steps of an iterative fit, which the points differ in, ascending: the fit that an
   * earlier job stopped at fewer steps is continued where it is still at hand, else begun anew.
   */
  readonly steps?: string;
  /**
   * The path that the points are on, in the order in which it is walked: each fit continues the one before it, and what an
   * earlier job fitted of it is used where it is still at hand.
   */
  readonly along?: readonly Point[];
}

/** How well one point did on one fold. */
export interface FoldScore {
  /** The mean loss of an additive metric, else the metric (negated when larger is better): lower is better. NaN: see `error`. */
  readonly loss: number;
  /** Mean losses over fixed blocks of the fold's rows, for paired standard errors; absent for a metric that is not additive. */
  readonly blocks?: Float64Array;
  /** Of fitting the job's points up to this one from nothing, and predicting the fold once: whatever was still at hand. */
  readonly effort: Effort;
  /** Why the point could not be fitted. */
  readonly error?: string;
}

/** Predicts one fold with one model. */
export interface PredictJob extends FoldJob {
  readonly kind: "predict";
  readonly point: Point;
  /** The points of a job that will score this one among others: they are fitted together, and are at hand then. */
  readonly among?: readonly Point[];
  /** As in `ScoreJob`. */
  readonly along?: readonly Point[];
}

export interface FoldAnswer {
  readonly prediction: Prediction;
  readonly effort: Effort;
}

/** Fits one model on given rows and predicts others with it. */
export interface FitJob {
  readonly kind: "fit";
  readonly estimator: string;
  readonly rows: Rows;
  readonly point: Point;
  readonly predict: Rows;
}

export interface FitResult {
  readonly model: ModelJSON;
  readonly prediction: Prediction;
  readonly effort: Effort;
  /** Wall time of the fit: for `timing` only, nothing else may depend on it. */
  readonly milliseconds: number;
}
