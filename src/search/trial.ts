/** What is recorded of one configuration: which it was, what each fold scored, how it ended. */
import type { Effort } from "../numeric/effort.ts";
import type { Point } from "./space.ts";

export type Direction = "minimize" | "maximize";

/** How a study's reports are to be read. */
export interface Reading {
  readonly direction: Direction;
  /** Folds of every configuration; 1: reports are steps of a curve, and its last one is the trial's value. */
  readonly folds: number;
}

/**
 * `running`: not ended, or cut off by a kill; `complete`: every fold seen; `pruned`: stopped early, folds kept;
 * `failed`: it threw, ran out of time or scored nothing finite, `reason` says which.
 */
export type TrialState = "running" | "complete" | "pruned" | "failed";

/** Scores of one fold (or of one step of a curve), one for each value of the trial's path. */
export interface Report {
  readonly fold: number;
  /** In the metric's unit and direction; NaN where a path value could not be scored. */
  readonly scores: readonly number[];
  /** Losses averaged over fixed blocks of the fold's rows, one array a path value; lower is better. */
  readonly blocks?: readonly Float64Array[];
  /** What scoring the fold took, where the objective says so. */
  readonly effort?: Effort;
}

export interface Trial {
  /** 0, 1, ... in the order of asking. */
  readonly number: number;
  /** Searched parameters: no paths. */
  readonly point: Point;
  /** The full configurations it stands for: one for each path value, or one. */
  readonly path: readonly Point[];
  /** How the point came about: `default`, `enqueued`, `enumerated`, `design`, `random`, `model`. */
  readonly origin: string;
  /** Folds in the order they are run. */
  readonly order: readonly number[];
  readonly state: TrialState;
  /** In the order run. */
  readonly reports: readonly Report[];
  /** Score of its best path value: mean over the folds seen, last step of a curve, or what it was told; NaN while there is none. */
  readonly value: number;
  /** Number of that path value. */
  readonly chosen: number;
  /** Why it failed. */
  readonly reason?: string;
}

/** 1 when lower scores are better, -1 when higher ones are: score times sign is a loss. */
export function signOf(direction: Direction): 1 | -1 {
  return direction === "minimize" ? 1 : -1;
}

/** How many values of the path, from the first on, a report covers: up to its last finite score. */
export function scoredOnPath({ scores }: Report): number {
  return scores.findLastIndex(Number.isFinite) + 1;
}

/** Mean score of each path value over the reports; NaN for one that any report could not score. */
export function pathMeans(reports: readonly Report[], size: number): Float64Array {
  const means = new Float64Array(size).fill(reports.length === 0 ? Number.NaN : 0);
  for (const { scores } of reports) for (let p = 0; p < size; p++) means[p] += scores[p] / reports.length;
  return means;
}

/** The path value with the best mean, the first of ties; -1 when none is finite. */
function bestOnPath(reports: readonly Report[], size: number, direction: Direction): number {
  const sign = signOf(direction);
  const means = pathMeans(reports, size);
  let best = -1;
  for (let p = 0; p < size; p++)
    if (Number.isFinite(means[p]) && (best < 0 || sign * means[p] < sign * means[best])) best = p;
  return best;
}

/** The trial with one report more, its value and chosen path value brought up to date. */
export function withReport(trial: Trial, report: Report, { direction, folds }: Reading): Trial {
  const reports = [...trial.reports, report];
  const counted = folds > 1 ? reports : [report];
  const chosen = bestOnPath(counted, trial.path.length, direction);
  const value = chosen < 0 ? Number.NaN : pathMeans(counted, trial.path.length)[chosen];
  return { ...trial, reports, chosen, value };
}

/** Losses by fold number of one path value of a trial; NaN for folds not seen. */
export function lossesByFold(trial: Trial, pathValue: number, folds: number, direction: Direction): Float64Array {
  const losses = new Float64Array(folds).fill(Number.NaN);
  for (const { fold, scores } of trial.reports) if (fold < folds) losses[fold] = signOf(direction) * scores[pathValue];
  return losses;
}

/** The complete trial with the best value, the first of ties. */
export function bestTrial(trials: readonly Trial[], direction: Direction): Trial | undefined {
  const sign = signOf(direction);
  let best: Trial | undefined;
  for (const trial of trials)
    if (trial.state === "complete" && (best === undefined || sign * trial.value < sign * best.value)) best = trial;
  return best;
}
