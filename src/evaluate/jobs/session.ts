import type { Estimator, Model, Prepared, Prediction } from "../../baselines/contract.ts";
import { FitError } from "../../baselines/contract.ts";
import type { Point } from "../../baselines/space.ts";
import type { Rows } from "../../data/dataset.ts";
import { seeded, type Rng } from "../../numeric/rng.ts";
import { findMetric } from "../metrics/registry.ts";
import { objectiveOf, targetAt } from "../scoring.ts";
import type { FitJob, FitResult, FoldScore, PredictJob, ScoreJob, Work } from "./contract.ts";

/** Runs jobs of one work. What is prepared for a partition is kept and shared by all jobs on it. */
export interface Session {
  score(job: ScoreJob): readonly FoldScore[];
  predict(job: PredictJob): Prediction;
  fit(job: FitJob, clock: () => number): FitResult;
}

/** Prepared partitions kept at a time: bins and products of a large table are tens of megabytes each. */
const KEPT = { small: 64, large: 2, cells: 4e6 };

export function openSession(work: Work, estimators: readonly Estimator[]): Session {
  const { data, plans, weightMetrics } = work;
  const metric = findMetric(work.metric, data.target.task);
  const byName = new Map(estimators.map((estimator) => [estimator.name, estimator]));
  const kept = new Map<string, Prepared>();
  const limit = data.rows * data.columns.length > KEPT.cells ? KEPT.large : KEPT.small;

  const find = (name: string): Estimator => {
    const found = byName.get(name);
    if (!found) throw new RangeError(`jobs: there is no estimator ${JSON.stringify(name)}`);
    return found;
  };
  const preparedFor = (estimator: Estimator, plan: number): Prepared | undefined => {
    const key = `${estimator.name} ${plan}`;
    const found = kept.get(key) ?? estimator.prepare?.(data, plans[plan].parts);
    if (!found) return undefined;
    kept.delete(key); // the latest used stands last
    kept.set(key, found);
    for (const oldest of kept.keys()) if (kept.size > limit) kept.delete(oldest);
    return found;
  };
  const fitFold = (
    name: string,
    plan: number,
    train: readonly number[],
    points: readonly Point[],
  ): readonly Model[] => {
    const estimator = find(name);
    const prepared = preparedFor(estimator, plan);
    if (prepared) return prepared.fit(train, points, stream(work, name, plan, train));
    const rows = merged(train.map((part) => plans[plan].parts[part]));
    return points.map((point) => estimator.fit({ data, rows }, point, stream(work, name, plan, train)));
  };

  return {
    score: ({ estimator, plan, train, test, points }) => {
      const rows = plans[plan].parts[test];
      let models: readonly Model[];
      try {
        models = fitFold(estimator, plan, train, points);
      } catch (error) {
        if (!(error instanceof FitError)) throw error;
        return points.map(() => ({ loss: Number.NaN, error: error.message }));
      }
      const truth = targetAt(data.target, rows);
      return models.map((model) => {
        const prediction = model.predict(data, rows);
        const loss = objectiveOf(metric, data, rows, prediction, weightMetrics);
        if (!metric.losses) return { loss };
        return { loss, blockSums: blockSums(metric.losses({ truth, prediction }), rows, work) };
      });
    },
    predict: ({ estimator, plan, train, test, point }) =>
      fitFold(estimator, plan, train, [point])[0].predict(data, plans[plan].parts[test]),
    fit: ({ estimator, rows, point, predict }, clock) => {
      const found = find(estimator);
      const start = clock();
      const model = found.fit({ data, rows }, point, seeded(work.seed).split("fit").split(estimator).split("all"));
      const milliseconds = clock() - start;
      return { model: model.toJSON(), prediction: model.predict(data, predict), milliseconds };
    },
  };
}

/** The random stream of one fit: named by what is fitted, so that neither other fits nor their order can shift it. */
function stream(work: Work, estimator: string, plan: number, train: readonly number[]): Rng {
  return seeded(work.seed).split("fit").split(estimator).split(plan).split(train.join());
}

/** Losses added up by block of rows. O(rows + blocks). */
function blockSums(losses: Float64Array, rows: Rows, { blockOf, blocks }: Work): Float64Array {
  const sums = new Float64Array(blocks);
  for (let i = 0; i < rows.length; i++) sums[blockOf[rows[i]]] += losses[i];
  return sums;
}

/** The union of disjoint ascending row sets, ascending. */
export function merged(parts: readonly Rows[]): Rows {
  const out = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out.sort();
}
