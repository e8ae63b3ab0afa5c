/** Choosing an estimator's hyperparameters by its scores on folds. */
import { FitError, type Estimator } from "../baselines/contract.ts";
import { defaultPoint, type Point, type Space } from "../search/space.ts";
import { isWalked, stepsOf } from "../search/space/branches.ts";
import { cardinality, pathPoints, pointKey, searchedDefault } from "../search/space/enumerate.ts";
import { shapeOf, type Dataset } from "../frame/dataset.ts";
import type { FoldScore, PredictJob, ScoreJob } from "./jobs/contract.ts";
import { byFold, type FoldRequest, type FoldResult } from "../search/by-fold.ts";
import type { Clock } from "../search/clock.ts";
import type { JournalStorage } from "../search/journal/storage.ts";
import { inLockstep } from "../search/in-lockstep.ts";
import { search, type SearchProgress, type SearchResult } from "../search/search.ts";

/** How hard to search. Plain data: it travels to worker threads. */
export interface TuneSettings {
  /** Default `auto`. */
  readonly sampler?: string;
  /** Default by the number of parameters. */
  readonly trials?: number;
  /** Default true: folds of configurations that cannot win are left out. */
  readonly racing?: boolean;
  /** Everything random follows from it. */
  readonly seed: string;
  /** Parameters held at one value where a space has them, such as the constant that suits the metric. */
  readonly fixed?: Point;
}

/** What the space of an estimator depends on, and how many folds there are to score on. */
export interface TuneTable {
  readonly data: Dataset;
  readonly rows: number;
  readonly folds: number;
  /** Extra repeats of the folds for the leaders of a search, numbered on from `folds`. Default 0. */
  readonly repeats?: number;
}

/** Configurations (paths apart) from which on the leaders are worth extra repeats: with fewer, luck has few to choose from. */
const WORTH_REPEATING = 20;

/** A walk along a path ends at two values in a row that are worse than the best one by half a standard error. */
const CLEARLY_WORSE = { least: 2, share: 0, worse: 0.5 };

/** What only the outermost search has. */
export interface TuneHooks {
  readonly storage?: JournalStorage;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Folds of a trial computed at once. */
  readonly atOnce?: number;
}

export interface Tuned {
  readonly point: Point;
  readonly space: Space;
  /** Absent when there was nothing to choose, or no fold to choose by. */
  readonly search?: SearchResult;
}

/** What the points of a job have to do with each other (see `ScoreJob`). */
export type Course = Pick<ScoreJob, "steps" | "along">;

/** Scores the given points on one fold, 0 .. folds (1 + repeats) - 1. */
export type ScoreFold = (
  points: readonly Point[],
  fold: number,
  course: Course,
) => readonly FoldScore[] | Promise<readonly FoldScore[]>;

/** @throws NothingScored when not even the default can be fitted. */
export async function tune(
  estimator: Estimator,
  { data, rows, folds, repeats = 0 }: TuneTable,
  settings: TuneSettings,
  score: ScoreFold,
  hooks: TuneHooks = {},
): Promise<Tuned> {
  const space = restricted(estimator.space(shapeOf(data), rows), settings.fixed ?? {});
  const choices = cardinality(space) * pathPoints(space, searchedDefault(space)).length;
  if (choices === 1 || folds === 0) return { point: defaultPoint(space), space };
  const { atOnce, ...searchHooks } = hooks;
  const steps = stepsOf(space);
  const scoreFold = async (course: Course, { path, fold }: FoldRequest): Promise<FoldResult> => {
    const scores = await score(path, fold, course);
    const failed = scores.find(({ error }) => error !== undefined);
    if (failed !== undefined || (steps === undefined && scores.every(({ loss }) => Number.isNaN(loss))))
      throw new FitError(failed?.error ?? "the score is not defined");
    const blocks = scores.map((one) => one.blocks);
    const whole = blocks.every((one) => one !== undefined);
    return {
      scores: scores.map(({ loss }) => loss),
      ...(whole && { blocks }),
      effort: scores[scores.length - 1].effort,
    };
  };
  const racing = settings.racing !== false && folds > 2;
  const together = racing ? Math.max(2, Math.ceil(folds / 10)) : folds;
  const lockstep = { ...(atOnce !== undefined && { atOnce }), together, least: leastSteps(space) };
  const result = await search(
    (trial) => {
      const walked = isWalked(space, trial.point);
      const course = walked ? { along: trial.path } : steps === undefined ? {} : { steps };
      const scoreOn = (request: FoldRequest): Promise<FoldResult> => scoreFold(course, request);
      if (walked) return inLockstep(scoreOn, { ...lockstep, patience: CLEARLY_WORSE })(trial);
      return (steps === undefined ? byFold(scoreOn, atOnce) : inLockstep(scoreOn, lockstep))(trial);
    },
    {
      space,
      direction: "minimize",
      seed: `${settings.seed} ${estimator.name}`,
      sampler: settings.sampler ?? "auto",
      folds,
      ...(cardinality(space) >= WORTH_REPEATING && { repeats }),
      ...(settings.racing === false && { racing: false }),
      ...(settings.trials !== undefined && { stop: { trials: settings.trials } }),
      name: estimator.name,
      metric: "loss",
      ...searchHooks,
    },
  );
  return { point: result.selection.chosen.point, space, search: result };
}

/** The default configuration for a table of this shape, with some parameters held at one value, as the first trial of a search asks for it. */
export function plainTrial(
  estimator: Estimator,
  data: Dataset,
  rows: number,
  fixed: Point,
): Pick<PredictJob, "point" | "among" | "along"> {
  const space = restricted(estimator.space(shapeOf(data), rows), fixed);
  const point = defaultPoint(space);
  const first = searchedDefault(space);
  if (stepsOf(space) !== undefined) return { point };
  const path = pathPoints(space, first);
  return isWalked(space, first) ? { point, along: path } : { point, among: path };
}

/** The default configuration is scored at its own place on the path, wherever its curve stops: all others are compared with it. */
function leastSteps(space: Space): (point: Point) => number {
  const first = pointKey(space, searchedDefault(space));
  const wanted = pointKey(space, defaultPoint(space));
  return (point) =>
    pointKey(space, point) === first
      ? 1 + pathPoints(space, point).findIndex((full) => pointKey(space, full) === wanted)
      : 1;
}

/**
 * The space with some parameters held at one value; what then can never be active is left out. Names that the space does
 * not have are passed over.
 */
function restricted(space: Space, fixed: Point): Space {
  const kept: Record<string, Space[string]> = {};
  for (const [name, parameter] of Object.entries(space)) {
    const { when } = parameter; // names a parameter before this one
    const held = when !== undefined && Object.hasOwn(fixed, when.parameter);
    if (when && (!Object.hasOwn(kept, when.parameter) || (held && !when.in.includes(fixed[when.parameter])))) continue;
    const condition = when && { when: held ? { ...when, in: [fixed[when.parameter]] } : when };
    kept[name] = Object.hasOwn(fixed, name)
      ? { type: "category", choices: [fixed[name]], default: fixed[name], ...condition }
      : { ...parameter, ...condition };
  }
  return kept;
}
