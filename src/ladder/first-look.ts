/** A first score of each rung for whoever is waiting: its defaults, few fits, no search. No result depends on it. */
import type { Estimator } from "../baselines/contract.ts";
import type { Point } from "../search/space.ts";
import type { Prediction } from "../frame/prediction.ts";
import { merged } from "../frame/rows.ts";
import type { Fold } from "../evaluate/splits/contract.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../metrics/contract.ts";
import type { Design } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import { plainTrial } from "../evaluate/tune.ts";
import { heldFloor } from "./floors.ts";

/** Up to here all folds of the first repeat are looked at, above it one fold of a sample of this many training rows. */
const ALL_FOLDS = 2000;
const SAMPLE = 10_000;

/**
 * The metric of every rung with its default parameters, plainest rung first, told as each is known; a rung that cannot be fitted
 * is passed over. Mean over folds. On a large table the constant is fitted in this thread: it takes no time, and others are still
 * starting. Ends early, without an error, when the signal is aborted.
 */
export async function firstLook(
  estimators: readonly Estimator[],
  design: Design,
  metric: Metric,
  fixed: Point,
  runner: Runner,
  tell: (rung: string, score: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { data, plans, train, searchPlans } = design;
  const { parts, folds } = plans[0];
  const small = train.length <= ALL_FOLDS;
  const looked = small ? folds : folds.slice(-1); // the last fold: of expanding folds the one with most rows to learn from
  const one = looked[0];
  const learnt = small ? undefined : thinned(merged(one.train.map((part) => parts[part])));
  const answersOn = async (estimator: Estimator, fold: Fold): Promise<Prediction> => {
    const { name } = estimator;
    const { point, ...trial } = plainTrial(estimator, data, train.length, fixed);
    if (learnt === undefined) {
      const asSearched = searchPlans.includes(0) && trial; // what is fitted now is at hand for the search
      const job = { kind: "predict", estimator: name, plan: 0, fold, point, ...asSearched } as const;
      return (await runner.predict(job, signal)).prediction;
    }
    const rows = parts[fold.test];
    if (name === "constant") return heldFloor({ data, train: learnt, held: rows }, metric);
    const job = { kind: "fit", estimator: name, rows: learnt, point, predict: rows } as const;
    return (await runner.fit(job, signal)).prediction;
  };
  const scoreOn = async (estimator: Estimator): Promise<number> => {
    const scores = await Promise.all(
      looked.map(async (fold) => {
        const prediction = await answersOn(estimator, fold);
        return metric.score({ truth: targetAt(data.target, parts[fold.test]), prediction });
      }),
    );
    const known = scores.filter((score) => !Number.isNaN(score));
    return known.reduce((sum, score) => sum + score, 0) / known.length;
  };
  await Promise.all(
    estimators.map(async (estimator) => {
      if (signal?.aborted) return;
      try {
        const score = await scoreOn(estimator);
        if (!Number.isNaN(score)) tell(estimator.name, score);
      } catch {
        // the rung itself will say why it cannot be fitted
      }
    }),
  );
}

/** Evenly, so that the first score does not wait for rows to be shuffled. */
function thinned(rows: Int32Array): Int32Array {
  const step = Math.max(1, rows.length / SAMPLE);
  return Int32Array.from({ length: Math.min(rows.length, SAMPLE) }, (_, i) => rows[Math.floor(i * step)]);
}
