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

/** One repeat of the cross-validation. */
export interface Repeat {
  /** For all rows of the dataset, NaN for rows that were in no scored fold. */
  readonly outOfFold: Prediction;
  readonly work: RungWork;
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
  const { data, plans, train, held, repeats } = design;
  const name = estimator.name;
  const { signal } = hooks;
  const foldsOf = (plan: number): Pick<FoldJob, "plan" | "fold">[] => plans[plan].folds.map((fold) => ({ plan, fold }));
  const folds = design.searchPlans.flatMap(foldsOf);
  const fresh = design.freshPlan === undefined ? [] : foldsOf(design.freshPlan);
  const tuned = await tune(
    estimator,
    { data, rows: train.length, folds: folds.length, repeats: fresh.length === folds.length ? 1 : 0 },
    settings,
    (points, k, course) =>
      runner.score(
        {
          kind: "score",
          estimator: name,
          ...(folds[k] ?? fresh[k - folds.length]),
          points,
          ...course,
        },
        signal,
      ),
    { atOnce: runner.workers, ...hooks },
  );
  const all = plans.slice(0, repeats).reduce((sum, { folds }) => sum + folds.length, 0);
  let answered = 0;
  // The longest job comes first: one worker has it while others answer for the folds.
  const fitting = runner.fit({ kind: "fit", estimator: name, rows: train, point: tuned.point, predict: held }, signal);
  fitting.catch(() => undefined); // heard below, unless an answer fails before
  const answers = await Promise.all(
    Array.from({ length: repeats }, (_, plan) =>
      evaluateRepeat(estimator, tuned, design, plan, settings, runner, {
        ...(signal && { signal }),
        onAnswered: () => onAnswered?.(++answered, all),
      }),
    ),
  );
  const final = await fitting;
  return {
    tuned,
    selection: isNested(tuned, design) ? "nested" : tuned.search ? "same-folds" : "none",
    outOfFold: answers.map(({ outOfFold }) => outOfFold),
    final,
    work: totalOf([
      { foldFits: 0, trials: 0, ...final.effort },
      workOfSearch(estimator, tuned, design),
      ...answers.map(({ work }) => work),
    ]),
  };
}

/** A rung with one repeat more. */
export function withRepeat(rung: Evaluated, { outOfFold, work }: Repeat): Evaluated {
  return { ...rung, outOfFold: [...rung.outOfFold, outOfFold], work: totalOf([rung.work, work]) };
}

/**
 * The answers of an estimator for every scored fold of one repeat: with a search inside each fold where scores are nested, else
 * with the parameters that were chosen.
 * @param plan Number of the repeat. @throws FitError; what the signal was aborted with.
 */
export async function evaluateRepeat(
  estimator: Estimator,
  tuned: Tuned,
  design: Design,
  plan: number,
  settings: TuneSettings,
  runner: Runner,
  hooks: { readonly signal?: AbortSignal; readonly onAnswered?: () => void } = {},
): Promise<Repeat> {
  const { name } = estimator;
  const { data, plans } = design;
  const { parts, folds } = plans[plan];
  const answerOf = async (fold: Fold): Promise<Answer> =>
    isNested(tuned, design)
      ? runner.nested({ kind: "nested", estimator: name, plan, fold, settings }, hooks.signal)
      : runner.predict({ kind: "predict", estimator: name, plan, fold, point: tuned.point }, hooks.signal);
  const answers = await Promise.all(
    folds.map(async (fold) => {
      const answer = await answerOf(fold);
      hooks.onAnswered?.();
      return answer;
    }),
  );
  const preparation = searchedPlans(tuned, design).includes(plan)
    ? NO_EFFORT
    : effortOfPlan(estimator, data, plans[plan]);
  return {
    outOfFold: assembled(
      data.rows,
      folds.map((fold) => parts[fold.test]),
      answers.map(({ prediction }) => prediction),
    ),
    work: totalOf([
      { foldFits: 0, trials: 0, ...preparation },
      ...answers.map(({ foldFits = 1, trials = 0, effort }) => ({ foldFits, trials, ...effort })),
    ]),
  };
}

/** The answer for a fold, fitted with the configuration that the search for all folds chose, or a search inside its own rows. */
type Answer = FoldAnswer & Partial<Pick<NestedResult, "foldFits" | "trials">>;

function isNested({ search }: Tuned, { nested }: Design): boolean {
  return search !== undefined && nested;
}

/** Plans that the search for the final model ran on. */
function searchedPlans({ search }: Tuned, { searchPlans, freshPlan }: Design): readonly number[] {
  if (search === undefined) return [];
  return [...searchPlans, ...(search.extraFits > 0 ? [freshPlan!] : [])];
}

function workOfSearch(estimator: Estimator, tuned: Tuned, design: Design): RungWork {
  const { search } = tuned;
  const prepared = searchedPlans(tuned, design).map((plan) => effortOfPlan(estimator, design.data, design.plans[plan]));
  return {
    foldFits: search ? search.foldFits.run + search.extraFits : 0,
    trials: search?.trials.length ?? 0,
    ...sumOf([search?.effort ?? NO_EFFORT, ...prepared]),
  };
}

function totalOf(works: readonly RungWork[]): RungWork {
  const sum = (count: (work: RungWork) => number): number => works.reduce((total, work) => total + count(work), 0);
  return { foldFits: sum((work) => work.foldFits), trials: sum((work) => work.trials), ...sumOf(works) };
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
