/**
 * What every model family must offer. `fit` says what a model means; `prepare` is the cheap road beside it for
 * cross-validation and search, and must give the same models (equal bytes, or 1e-9 relative where sums are reordered).
 */
import type { Dataset, Rows, Shape, Task, View } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Model } from "../models/contract.ts";
import type { Rng } from "../numeric/rng.ts";
import type { Point, Space } from "../search/space.ts";
import { StatedError } from "../error.ts";

/** One step of an iterative fit. Valid until the next step is asked for. */
export interface Step {
  /** 1, 2, ... */
  readonly step: number;
  /** The model so far. */
  model(): Model;
  /** Predictions for the watched rows, brought up to date when read, without predicting afresh; the buffer is reused. */
  readonly watched: Prediction;
}

/** A fit in progress along a path. */
export interface Follower<P extends Point = Point> {
  /** The model of the next point. */
  next(point: P): Model;
}

/** Work done once for a dataset and a partition of (some of) its rows, shared by many fits. */
export interface Prepared<P extends Point = Point> {
  /** Models for all points, in order, trained on the union of the named parts and on nothing else. */
  fit(train: readonly number[], points: readonly P[], rng: Rng): readonly Model[];
  /**
   * For a space with a walked path: what fits its points one after the other, each from the one before it, on the union of
   * the named parts. Models come as near to those of `fit` as scores can tell.
   */
  follow?(train: readonly number[]): Follower<P>;
  /** `fitSteps` on the union of the named parts. */
  fitSteps?(train: readonly number[], params: P, rng: Rng, watch: Rows): Iterable<Step>;
}

export interface Estimator<P extends Point = Point> {
  /** Unique: the key in artifacts and on the command line. */
  readonly name: string;
  readonly family: string;
  /** For people: "Logistic regression". */
  readonly title: string;
  /** `baseline`: a rung of the ladder. `challenger`: complexity under test. `reference`: off unless named. */
  readonly role: "baseline" | "challenger" | "reference";
  readonly tasks: readonly Task[];
  /** What the dataset must have for this estimator to make sense; without it the rung is left out, and said so. */
  readonly needs?: readonly ("forecast" | "time" | "groups" | "features" | "numbers" | "text")[];
  /** Predicting a row needs the targets of rows strictly earlier in time: one step ahead, never its own or a later one's. */
  readonly looksBack?: true;
  /** Fitting draws training rows at random: their order matters, and a weight of 2 is like a row given twice only on average. */
  readonly resamples?: true;
  /** Its models hold values of single rows or names of groups, which `--redact` keeps out of everything that is written. */
  readonly keepsRows?: true;
  /** More training rows than this are cut to a seeded sample, and the model's notes say so. */
  readonly rowCap?: number;
  /** Hyperparameters for a table of this shape with this many training rows. Empty: nothing to tune. */
  space(shape: Shape, rows: number): Space;
  /** @throws FitError when the data cannot be fitted; anything else thrown is a fault of ours. */
  fit(view: View, params: P, rng: Rng): Model;
  /** `parts` are disjoint; a part's share of the work is made from its own rows alone. */
  prepare?(data: Dataset, parts: readonly Rows[]): Prepared<P>;
  /** Iterative learners: one step at a time; `fit` with a fixed number of steps is the same model. */
  fitSteps?(view: View, params: P, rng: Rng, watch: Rows): Iterable<Step>;
  /**
   * What each of some models says of the same rows, in order, as their `predict` does (to the bit): for models that were
   * fitted together and can share work. A prediction is valid until the next one is asked for.
   */
  predictAll?(models: readonly Model[], data: Dataset, rows: Rows): Iterable<Prediction>;
  /** @throws TypeError when the JSON is not a model of this kind and version, or does not fit the shape. */
  fromJSON(json: unknown, shape: Shape): Model;
}

/** The data cannot be fitted by this family: the message says why, in one sentence. */
export class FitError extends StatedError {
  override readonly name = "FitError";
  override readonly code = "fit";
}
