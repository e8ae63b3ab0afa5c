/** Everything a search could choose: each complete trial, each value of its path, with what is known of it. */
import { defaultPoint, type Point } from "../space.ts";
import { plainness, pointKey, searchedDefault } from "../space/enumerate.ts";
import type { Engine } from "../engine.ts";
import { observationsOf } from "../history.ts";
import { fitBranches } from "../surrogate/branch-models.ts";
import { UnfittableError } from "../surrogate/gaussian-process.ts";
import { lossesByFold, pathMeans, type Report, signOf, type Trial } from "../trial.ts";

export interface CandidatePoint {
  readonly trial: number;
  readonly pathValue: number;
  /** The full configuration. */
  readonly point: Point;
  /** Mean over the folds of the search, in the metric's unit. */
  readonly score: number;
  /** The same as a loss: lower is better. */
  readonly loss: number;
  /** Losses by fold of the search. */
  readonly folds: Float64Array;
  /** Losses on extra folds, in the order of their numbers; empty without repeats. */
  readonly repeats: Float64Array;
  /** Block losses of all search folds, end to end by fold; absent where the objective gave none. */
  readonly blocks?: Float64Array | undefined;
  /** Its loss as the model of all trials sees it: a lucky score is pulled towards its neighbours'. The loss itself without one. */
  readonly posterior: number;
  /** Is `posterior` a model's word on this very configuration? Not along a path, which the model does not look into. */
  readonly modelled: boolean;
  /** 0 is plainest. */
  readonly plainness: number;
  readonly isDefault: boolean;
}

/** Fewer complete trials than this say too little for a model to correct them. */
const MIN_FOR_MODEL = 4;

/** Candidates by trial, then along the path; values of a path that any fold could not score are left out. */
export function candidatesOf(engine: Engine): readonly CandidatePoint[] {
  const { plan, trials, repeats } = engine;
  const { folds, direction } = plan.reading;
  const sign = signOf(direction);
  const complete = trials.filter(({ state }) => state === "complete");
  const posterior = posteriorLosses(engine);
  const plain = plainness(plan.space);
  const home = pointKey(plan.searched, searchedDefault(plan.space));
  const defaultKey = pointKey(plan.space, defaultPoint(plan.space));
  return complete.flatMap((trial) => {
    const counted = countedReports(trial, folds);
    const byFold = counted.toSorted((a, b) => a.fold - b.fold);
    const means = pathMeans(counted, trial.path.length);
    const extra = (repeats.get(trial.number) ?? []).toSorted((a, b) => a.fold - b.fold);
    const isHome = pointKey(plan.searched, trial.point) === home;
    return trial.path.flatMap((point, p): CandidatePoint[] => {
      const score = counted.length > 0 ? means[p] : p === trial.chosen ? trial.value : Number.NaN;
      if (!Number.isFinite(score)) return [];
      let blocks: Float64Array | undefined; // put together for those whose differences are asked for
      const shift = sign * score - sign * trial.value; // path values of a trial share its model's correction
      return [
        {
          trial: trial.number,
          pathValue: p,
          point,
          score,
          loss: sign * score,
          folds:
            folds > 1 && counted.length > 0 ? lossesByFold(trial, p, folds, direction) : Float64Array.of(sign * score),
          repeats: extra.length === 0 ? NONE : extraLosses(extra, p, sign),
          get blocks() {
            return (blocks ??= blocksOf(byFold, p));
          },
          posterior: (posterior.get(trial.number) ?? sign * trial.value) + shift,
          modelled: posterior.has(trial.number) && trial.path.length === 1,
          plainness: plain(point),
          isDefault: isHome && pointKey(plan.space, point) === defaultKey,
        },
      ];
    });
  });
}

const NONE = new Float64Array(0);

function extraLosses(extra: readonly Report[], pathValue: number, sign: number): Float64Array {
  return Float64Array.from(extra, ({ scores }) => sign * scores[pathValue]).filter(Number.isFinite);
}

/** The reports that a complete trial's value is made of: all folds, or the last step; none when it was told a value. */
function countedReports({ reports, value, chosen }: Trial, folds: number): readonly Report[] {
  if (folds > 1) return reports.length === folds ? reports : [];
  const last = reports.slice(-1);
  return last.every(({ scores }) => scores[chosen] === value) ? last : [];
}

/** The default's trial (number 0) and the leading ones by the model, the default apart. */
export function finalists(engine: Engine, top: number): readonly number[] {
  const posterior = posteriorLosses(engine);
  const sign = signOf(engine.plan.reading.direction);
  const worth = (trial: Trial): number => posterior.get(trial.number) ?? sign * trial.value;
  const complete = engine.trials.filter(({ state }) => state === "complete");
  const leading = complete
    .filter(({ number }) => number > 0)
    .sort((a, b) => worth(a) - worth(b) || a.number - b.number);
  return [...complete.filter(({ number }) => number === 0), ...leading.slice(0, top)].map(({ number }) => number);
}

/** @param reports In the order of the folds. */
function blocksOf(reports: readonly Report[], pathValue: number): Float64Array | undefined {
  let size = 0;
  for (const { blocks } of reports) {
    if (blocks === undefined) return undefined;
    size += blocks[pathValue].length;
  }
  if (size === 0) return undefined;
  const out = new Float64Array(size);
  let at = 0;
  for (const { blocks } of reports) {
    const own = blocks![pathValue];
    out.set(own, at);
    at += own.length;
  }
  return out;
}

/**
 * Loss of each complete trial as the Gaussian process sees it, in loss units: a lucky score is pulled towards what its
 * neighbours say. Empty when there are too few trials, or none can be modelled.
 */
function posteriorLosses({ plan, trials }: Engine): ReadonlyMap<number, number> {
  const observations = observationsOf(trials, plan.reading);
  if (observations.filter(({ state }) => state === "complete").length < MIN_FOR_MODEL) return new Map();
  try {
    const { models, outputs } = fitBranches(plan.searched, observations, []);
    const found = new Map<number, number>();
    for (const { process, members } of models)
      for (const [i, mean] of process.means().entries())
        found.set(observations[members[i]].number, outputs.restore(mean));
    return found;
  } catch (error) {
    if (error instanceof UnfittableError) return new Map();
    throw error;
  }
}
