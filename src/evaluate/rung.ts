/** Everything one estimator has to show: what the search chose, out-of-fold answers, a model of all training rows. */
import type { Estimator } from "../baselines/contract.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import { NO_EFFORT, sumOf, type Effort } from "../numeric/effort.ts";
import type { FitResult, FoldAnswer, FoldJob } from "./jobs/contract.ts";
import { effortOfPlan } from "./jobs/effort-of-plan.ts";
import type { NestedResult } from "./jobs/nested.ts";
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
  /** In all: search, searches inside folds, out-of-fold answers, the final fit. */
  readonly work: RungWork;
}

/** What a rung took, in counts that do not depend on the machine, the number of workers, or an interruption. */
export interface RungWork extends Effort {
  /** Fits of folds; a path of configurations that one fit gives counts once. */
  readonly foldFits: number;
  /** Configurations that searches tried. */
  readonly trials: number;
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
  const scoredPlans = plans.slice(0, design.repeats);
  const all = scoredPlans.reduce((sum, { folds }) => sum + folds.length, 0);
  let answered = 0;
  const answerOf = async (plan: number, fold: Fold): Promise<Answer> =>
    nested
      ? runner.nested({ kind: "nested", estimator: name, plan, fold, settings }, hooks.signal)
      : runner.predict({ kind: "predict", estimator: name, plan, fold, point: tuned.point });
  const answers = await Promise.all(
    scoredPlans.map(({ folds }, plan) =>
      Promise.all(
        folds.map(async (fold) => {
          const answer = await answerOf(plan, fold);
          onAnswered?.(++answered, all);
          return answer;
        }),
      ),
    ),
  );
  const outOfFold = scoredPlans.map(({ parts, folds }, plan) =>
    assembled(
      data.rows,
      folds.map((fold) => parts[fold.test]),
      answers[plan].map(({ prediction }) => prediction),
    ),
  );
  const final = await runner.fit({ kind: "fit", estimator: name, rows: train, point: tuned.point, predict: held });
  const selection = nested ? "nested" : tuned.search ? "same-folds" : "none";
  const searched = tuned.search
    ? [...design.searchPlans, ...(tuned.search.extraFits > 0 ? [design.freshPlan!] : [])]
    : [];
  const prepared = new Set([...searched.map((plan) => plans[plan]), ...scoredPlans]);
  const efforts = [
    tuned.search?.effort ?? NO_EFFORT,
    final.effort,
    ...answers.flat().map(({ effort }) => effort),
    ...Array.from(prepared, (plan) => effortOfPlan(estimator, data, plan)),
  ];
  const work = { ...countsOf(tuned, answers.flat()), ...sumOf(efforts) };
  return { tuned, selection, outOfFold, final, work };
}

/** The answer for a fold, fitted with the configuration that the search for all folds chose, or a search inside its own rows. */
type Answer = FoldAnswer & Partial<Pick<NestedResult, "foldFits" | "trials">>;

function countsOf({ search }: Tuned, answers: readonly Answer[]): Pick<RungWork, "foldFits" | "trials"> {
  let foldFits = search ? search.foldFits.run + search.extraFits : 0;
  let trials = search?.trials.length ?? 0;
  for (const answer of answers) {
    foldFits += answer.foldFits ?? 1;
    trials += answer.trials ?? 0;
  }
  return { foldFits, trials };
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
