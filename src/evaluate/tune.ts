/** Choosing an estimator's hyperparameters by its scores on folds. */
import type { Estimator } from "../baselines/contract.ts";
import { defaultPoint, type Point, type Space } from "../baselines/space.ts";
import { shapeOf, type Dataset } from "../data/dataset.ts";
import type { FoldScore } from "./jobs/contract.ts";

/** How hard to search. Plain data: it travels to worker threads. */
export interface TuneSettings {
  readonly sampler: string;
  readonly trials?: number;
  readonly racing: boolean;
  readonly seed: string;
  /** Fixed parameters, such as the constant that suits the metric. */
  readonly fixed?: Point;
}

/** What the space of an estimator depends on, and how many folds there are to score on. */
export interface TuneTable {
  readonly data: Dataset;
  readonly rows: number;
  readonly folds: number;
}

export interface Tuned {
  readonly point: Point;
  readonly foldFits: { readonly run: number; readonly saved: number };
}

export type ScoreFold = (
  points: readonly Point[],
  fold: number,
) => readonly FoldScore[] | Promise<readonly FoldScore[]>;

export async function tune(
  estimator: Estimator,
  { data, rows, folds }: TuneTable,
  settings: TuneSettings,
  score: ScoreFold,
): Promise<Tuned> {
  const space = estimator.space(shapeOf(data), rows);
  const start = { ...defaultPoint(space), ...settings.fixed };
  const points = pathPoints(space, start);
  if (points.length === 1) return { point: points[0], foldFits: { run: 0, saved: 0 } };
  const sums = new Float64Array(points.length);
  for (let fold = 0; fold < folds; fold++) (await score(points, fold)).forEach((s, i) => (sums[i] += s.loss));
  return { point: points[sums.indexOf(Math.min(...sums))], foldFits: { run: folds, saved: 0 } };
}

function pathPoints(space: Space, start: Point): readonly Point[] {
  for (const [name, parameter] of Object.entries(space))
    if (parameter.type !== "category" && parameter.path)
      return parameter.path.map((value) => ({ ...start, [name]: value }));
  return [start];
}
