import { merged } from "../../frame/rows.ts";
import type { Estimator, Prepared, Step } from "../../baselines/contract.ts";
import type { Prediction } from "../../frame/prediction.ts";
import type { Model } from "../../models/contract.ts";
import { FitError } from "../../baselines/contract.ts";
import type { Point } from "../../search/space.ts";
import type { Dataset, Rows, Target, View } from "../../frame/dataset.ts";
import { measured, NO_EFFORT, spend, type Effort, type Measured } from "../../numeric/effort.ts";
import { seeded, type Rng } from "../../numeric/rng.ts";
import type { Metric } from "../../metrics/contract.ts";
import { findMetric } from "../../metrics/registry.ts";
import { targetAt } from "../../frame/take.ts";
import { meanLoss, objectiveOf } from "../scoring.ts";
import type { FoldPlan } from "../splits/contract.ts";
import { blockMeans, blocksOf, type Blocks } from "./blocks.ts";
import type { FitJob, FitResult, FoldAnswer, FoldJob, FoldScore, PredictJob, ScoreJob, Work } from "./contract.ts";
import { isSample, takenOut, type Ground } from "./ground.ts";
import { Recent } from "./recent.ts";
import { SteppedRun } from "./stepped-run.ts";
import { Walk } from "./walk.ts";

/**
 * Runs jobs of one work. What is prepared for a partition, and the models last fitted, are kept and shared by all jobs:
 * when folds are searched inside folds, leaving out fold a and b is the same fit as leaving out b and a.
 */
export interface Session {
  readonly work: Work;
  readonly metric: Metric;
  find(estimator: string): Estimator;
  /** A partition of this session's own; its number is good until the next call. */
  adopt(plan: FoldPlan): number;
  plan(number: number): FoldPlan;
  score(job: ScoreJob): readonly FoldScore[];
  predict(job: PredictJob): FoldAnswer;
  fit(job: FitJob, clock: () => number): FitResult;
}

/** What is kept at a time, of a small and of a large table. */
const KEEP = { prepared: [64, 2], models: [64, 1], runs: [64, 10] } as const;
const LARGE_CELLS = 4e6;

/** Bins, products and models of a large table are tens of megabytes each. */
export function isLarge({ rows, columns }: Dataset): boolean {
  return rows * columns.length > LARGE_CELLS;
}

/** @param metrics Metrics of the user's own. */
export function openSession(work: Work, estimators: readonly Estimator[], metrics: readonly Metric[] = []): Session {
  const { data, weightMetrics } = work;
  const metric = findMetric(work.metric, data.target.task, metrics);
  const size = isLarge(data) ? 1 : 0;
  const prepared = new Recent<Prepared | undefined>(KEEP.prepared[size]);
  // Each estimator's own: what a ladder's first look has fitted of one is at hand when its turn comes.
  const models = new Map(
    estimators.map(({ name }) => [name, new Recent<Measured<readonly Model[]>>(KEEP.models[size])]),
  );
  const runs = new Recent<SteppedRun | undefined>(KEEP.runs[size]);
  const walks = new Recent<Walk | undefined>(KEEP.runs[size]);
  const numberOf = numbering();
  const tested = new Recent<{ readonly truth: Target; readonly blocks: Blocks }>(64);
  const fitting = seeded(work.seed).split("fit");
  const samples = new WeakMap<FoldPlan, Ground>();
  let adopted: FoldPlan | undefined;

  const plan = (number: number): FoldPlan => {
    const found = number === work.plans.length ? adopted : work.plans[number];
    if (!found) throw new RangeError(`jobs: there is no plan ${number}`);
    return found;
  };
  const find = (name: string): Estimator => {
    const found = estimators.find((estimator) => estimator.name === name);
    if (!found) throw new RangeError(`jobs: there is no estimator ${JSON.stringify(name)}`);
    return found;
  };
  const groundOf = ({ estimator, plan: number }: FoldJob): Ground => {
    const whole = { data, plan: plan(number) };
    if (find(estimator).looksBack || !isSample(whole)) return whole;
    const taken = samples.get(whole.plan) ?? takenOut(whole);
    samples.set(whole.plan, taken);
    return taken;
  };
  const rngOf = (job: FoldJob): Rng =>
    fitting.split(job.estimator).split(plan(job.plan).name).split(job.fold.train.join());
  const preparedFor = (estimator: Estimator, { data: own, plan: { name, parts } }: Ground): Prepared | undefined =>
    prepared.get(`${estimator.name} ${name}`, () => estimator.prepare?.(own, parts));
  const cellsOf = (rows: Rows): number => rows.length * data.columns.length;
  const withRows = (effort: Effort, rows: Rows): Effort => ({ ...effort, cells: effort.cells + cellsOf(rows) });
  const fitRows = (estimator: Estimator, view: View, point: Point, rng: Rng): Model => {
    spend("cells", cellsOf(view.rows));
    return estimator.fit(view, point, rng);
  };
  const fitFold = (job: FoldJob, points: readonly Point[]): Measured<readonly Model[]> => {
    const estimator = find(job.estimator);
    const ground = groundOf(job);
    const { train } = job.fold;
    return models.get(estimator.name)!.get(`${ground.plan.name} ${train.join()} ${numberOf(points)}`, () => {
      const ready = preparedFor(estimator, ground);
      if (ready) return measured(() => ready.fit(train, points, rngOf(job)));
      const view = viewOf(ground, train);
      return measured(() => points.map((point) => fitRows(estimator, view, point, rngOf(job))));
    });
  };
  const stepsOfFold = (job: FoldJob, point: Point): Iterable<Step> | undefined => {
    const estimator = find(job.estimator);
    const ground = groundOf(job);
    const { train, test } = job.fold;
    const watched = ground.plan.parts[test];
    const ready = preparedFor(estimator, ground);
    if (ready?.fitSteps) return ready.fitSteps(train, point, rngOf(job), watched);
    const view = viewOf(ground, train);
    spend("cells", cellsOf(view.rows));
    return estimator.fitSteps?.(view, point, rngOf(job), watched);
  };
  const runOf = (job: ScoreJob, steps: string): SteppedRun | undefined => {
    const { [steps]: _, ...others } = job.points[0];
    const { train, test } = job.fold;
    return runs.get(`${job.estimator} ${plan(job.plan).name} ${train.join()} ${test} ${JSON.stringify(others)}`, () => {
      const begin = (point: Point): Iterable<Step> | undefined => stepsOfFold(job, point);
      return begin(job.points[0]) && new SteppedRun((point) => begin(point) ?? [], steps);
    });
  };
  const walkOf = (job: FoldJob, along: readonly Point[]): Walk | undefined => {
    const { train } = job.fold;
    const ground = groundOf(job);
    const estimator = find(job.estimator);
    return walks.get(`${job.estimator} ${ground.plan.name} ${train.join()} ${JSON.stringify(along[0])}`, () => {
      const ready = preparedFor(estimator, ground);
      const follow = ready?.follow?.bind(ready);
      return follow && new Walk(along, () => follow(train));
    });
  };
  const modelOf = (job: PredictJob): Measured<Model> => {
    const { point, among = [point], along } = job;
    const walk = along && walkOf(job, along);
    if (walk !== undefined) return walk.at(point);
    const { value, effort } = fitFold(job, among);
    const key = JSON.stringify(point);
    return { value: value[among.findIndex((one) => JSON.stringify(one) === key)], effort };
  };
  /** The fold's scores at all of the job's points; answers are good until the next one is asked for. */
  const scoresFor = (job: ScoreJob, scoreOf: (answer: FoldAnswer) => FoldScore): readonly FoldScore[] => {
    const { data: own, plan: ownPlan } = groundOf(job);
    const rows = ownPlan.parts[job.fold.test];
    const run = job.steps === undefined ? undefined : runOf(job, job.steps);
    if (run !== undefined)
      return Array.from(run.at(job.points), (prediction) =>
        scoreOf({ prediction, effort: withRows(run.effort, rows) }),
      );
    const walk = job.along && walkOf(job, job.along);
    if (walk !== undefined)
      return job.points.map((point) => {
        const { value, effort } = walk.at(point);
        return scoreOf({ prediction: value.predict(own, rows), effort: withRows(effort, rows) });
      });
    const { value, effort } = fitFold(job, job.points);
    const models = [...new Set(value)]; // points may share one
    const all = withRows(effort, rows);
    const predictions = find(job.estimator).predictAll?.(models, own, rows) ?? oneByOne(models, own, rows);
    const scores = new Map<Model, FoldScore>();
    for (const prediction of predictions) scores.set(models[scores.size], scoreOf({ prediction, effort: all }));
    return value.map((model) => scores.get(model)!);
  };

  return {
    work,
    metric,
    find,
    plan,
    adopt: (own) => {
      adopted = own;
      return work.plans.length;
    },
    score: (job) => {
      const { name, parts } = plan(job.plan);
      const rows = parts[job.fold.test];
      const { truth, blocks } = tested.get(`${name} ${job.fold.test}`, () => ({
        truth: targetAt(data.target, rows),
        blocks: blocksOf(data, rows),
      }));
      const scoreOf = ({ prediction, effort }: FoldAnswer): FoldScore => {
        if (!metric.losses) return { loss: objectiveOf(metric, data, rows, prediction, weightMetrics), effort };
        const losses = metric.losses({ truth, prediction });
        return { loss: meanLoss(losses, data, rows, weightMetrics), blocks: blockMeans(losses, blocks), effort };
      };
      try {
        return scoresFor(job, scoreOf);
      } catch (error) {
        if (!(error instanceof FitError)) throw error;
        return job.points.map(() => ({ loss: Number.NaN, effort: NO_EFFORT, error: error.message }));
      }
    },
    predict: (job) => {
      const { data: own, plan: ownPlan } = groundOf(job);
      const rows = ownPlan.parts[job.fold.test];
      const { value, effort } = modelOf(job);
      return { prediction: value.predict(own, rows), effort: withRows(effort, rows) };
    },
    fit: ({ estimator, rows, point, predict }, clock) => {
      const start = clock();
      const rng = fitting.split(estimator);
      const { value, effort } = measured(() => fitRows(find(estimator), { data, rows }, point, rng));
      const milliseconds = clock() - start;
      const prediction = value.predict(data, predict);
      return { model: value.toJSON(), prediction, effort: withRows(effort, predict), milliseconds };
    },
  };
}

/** Lists of points by number, the same for the same points: keys stay short however many points a path has. */
function numbering(): (points: readonly Point[]) => number {
  const known = new WeakMap<readonly Point[], number>();
  const numbers = new Map<string, number>();
  return (points) => {
    const number = known.get(points);
    if (number !== undefined) return number;
    const text = JSON.stringify(points);
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    known.set(points, numbers.get(text)!);
    return numbers.get(text)!;
  };
}

function viewOf({ data, plan }: Ground, train: readonly number[]): View {
  return { data, rows: merged(train.map((part) => plan.parts[part])) };
}

function* oneByOne(models: readonly Model[], data: Dataset, rows: Rows): Generator<Prediction> {
  for (const model of models) yield model.predict(data, rows);
}
