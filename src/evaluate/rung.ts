/** Everything one estimator has to show: what the search chose, out-of-fold answers, a model of all training rows. */
import type { Estimator } from "../baselines/contract.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import type { FitResult, FoldJob } from "./jobs/contract.ts";
import type { Runner } from "./jobs/runner.ts";
import type { Fold, FoldPlan } from "./splits/contract.ts";
import { tune, type Tuned, type TuneHooks, type TuneSettings } from "./tune.ts";

/** How rungs are judged: the same for all of them. */
export interface Design {
  readonly data: Dataset;
  /** All plans of the work: the repeats first. */
  readonly plans: readonly FoldPlan[];
  readonly repeats: number;
  /** Plans that the search for the final model runs on: the repeats, or one of a subsample. */
  readonly searchPlans: readonly number[];
  /** A plan of fresh folds, as many as the search's, that the search's leaders are run on before one is chosen. */
  readonly freshPlan?: number;
  /** Search again inside every fold, so that cross-validated scores are of rows the search never saw. */
  readonly nested: boolean;
  /** Rows that the model is fitted on, and the held-out rows it then predicts once. */
  readonly train: Rows;
  readonly held: Rows;
}

export interface Evaluated {
  readonly tuned: Tuned;
  /** How the parameters behind the out-of-fold answers were chosen. */
  readonly selection: "none" | "nested" | "same-folds";
  /** One a repeat: answers for all rows of the dataset, NaN for rows that were in no scored fold. */
  readonly outOfFold: readonly Prediction[];
  readonly final: FitResult;
  /** Fits of folds in all: search, searches inside folds, out-of-fold answers. */
  readonly foldFits: number;
}

export interface RungHooks extends TuneHooks {
  /** An out-of-fold answer is there: how many of how many. */
  readonly onAnswered?: (answered: number, of: number) => void;
}

/** @throws NothingScored, FitError when the estimator cannot be fitted to this table; what the signal was aborted with. */
export async function evaluateRung(
  estimator: Estimator,
  design: Design,
  settings: TuneSettings,
  runner: Runner,
  { onAnswered, ...hooks }: RungHooks = {},
): Promise<Evaluated> {
  const { data, plans, train, held } = design;
  const name = estimator.name;
  const foldsOf = (plan: number): Pick<FoldJob, "plan" | "fold">[] => plans[plan].folds.map((fold) => ({ plan, fold }));
  const folds = design.searchPlans.flatMap(foldsOf);
  const fresh = design.freshPlan === undefined ? [] : foldsOf(design.freshPlan);
  const tuned = await tune(
    estimator,
    { data, rows: train.length, folds: folds.length, repeats: fresh.length === folds.length ? 1 : 0 },
    settings,
    (points, k, steps) =>
      runner.score({
        kind: "score",
        estimator: name,
        ...(folds[k] ?? fresh[k - folds.length]),
        points,
        ...(steps !== undefined && { steps }),
      }),
    { atOnce: runner.workers, ...hooks },
  );
  const nested = tuned.search !== undefined && design.nested;
  let foldFits = (tuned.search?.foldFits.run ?? 0) + (tuned.search?.extraFits ?? 0);
  const scoredPlans = plans.slice(0, design.repeats);
  const all = scoredPlans.reduce((sum, { folds }) => sum + folds.length, 0);
  let answered = 0;
  const answerOf = async (plan: number, fold: Fold): Promise<Prediction> => {
    if (!nested) {
      foldFits++;
      return runner.predict({ kind: "predict", estimator: name, plan, fold, point: tuned.point });
    }
    const found = await runner.nested({ kind: "nested", estimator: name, plan, fold, settings }, hooks.signal);
    foldFits += found.foldFits;
    return found.prediction;
  };
  const outOfFold = await Promise.all(
    scoredPlans.map(async ({ parts, folds }, plan) => {
      const answers = await Promise.all(
        folds.map(async (fold) => {
          const answer = await answerOf(plan, fold);
          onAnswered?.(++answered, all);
          return answer;
        }),
      );
      const scored = folds.map((fold) => parts[fold.test]);
      return assembled(data.rows, scored, answers);
    }),
  );
  const final = await runner.fit({ kind: "fit", estimator: name, rows: train, point: tuned.point, predict: held });
  const selection = nested ? "nested" : tuned.search ? "same-folds" : "none";
  return { tuned, selection, outOfFold, final, foldFits };
}

/** Answers for parts of the rows as one prediction of all rows, NaN elsewhere. */
function assembled(rows: number, parts: readonly Rows[], answers: readonly Prediction[]): Prediction {
  const [first] = answers;
  const width = first.kind === "value" ? 1 : first.classes;
  const values = new Float64Array(rows * width).fill(Number.NaN);
  parts.forEach((part, k) => {
    const given = answers[k].values;
    for (let i = 0; i < part.length; i++)
      for (let j = 0; j < width; j++) values[part[i] * width + j] = given[i * width + j];
  });
  return { ...first, values };
}
