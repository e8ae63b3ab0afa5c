/** Everything one estimator has to show: what the search chose, out-of-fold answers, a model of all training rows. */
import type { Estimator, Prediction } from "../baselines/contract.ts";
import type { Point } from "../baselines/space.ts";
import { shapeOf, type Dataset, type Rows } from "../data/dataset.ts";
import type { FitResult } from "./jobs/contract.ts";
import type { Runner } from "./jobs/runner.ts";
import type { FoldPlan } from "./splits/contract.ts";
import { tune, type Tuned, type TuneSettings } from "./tune.ts";

/** How rungs are judged: the same for all of them. */
export interface Design {
  readonly data: Dataset;
  /** All plans of the work: the repeats first. */
  readonly plans: readonly FoldPlan[];
  readonly repeats: number;
  /** Plans that the search for the final model runs on: the repeats, or one of a subsample. */
  readonly searchPlans: readonly number[];
  /** Search again inside every fold, so that cross-validated scores are of rows the search never saw. */
  readonly nested: boolean;
  /** Rows that the model is fitted on, and the held-out rows it then predicts once. */
  readonly train: Rows;
  readonly held: Rows;
}

export interface Evaluated {
  readonly point: Point;
  readonly tuned: Tuned;
  /** How the parameters behind the out-of-fold answers were chosen. */
  readonly selection: "none" | "nested" | "same-folds";
  /** One a repeat: answers for all rows of the dataset, NaN for rows that were in no scored fold. */
  readonly outOfFold: readonly Prediction[];
  readonly final: FitResult;
  readonly foldFits: number;
}

export async function evaluateRung(
  estimator: Estimator,
  design: Design,
  settings: TuneSettings,
  runner: Runner,
): Promise<Evaluated> {
  const { data, plans, train, held } = design;
  const name = estimator.name;
  const folds = design.searchPlans.flatMap((plan) => plans[plan].folds.map((fold) => ({ plan, fold })));
  const tuned = await tune(estimator, { data, rows: train.length, folds: folds.length }, settings, (points, k) =>
    runner.score({ kind: "score", estimator: name, ...folds[k], points }),
  );
  const searched = Object.keys(estimator.space(shapeOf(data), train.length)).length > 0 && tuned.foldFits.run > 0;
  const nested = searched && design.nested;
  let foldFits = tuned.foldFits.run;
  const outOfFold = await Promise.all(
    plans.slice(0, design.repeats).map(async ({ parts, folds }, plan) => {
      const answers = await Promise.all(
        folds.map(async (fold) => {
          if (!nested) return runner.predict({ kind: "predict", estimator: name, plan, fold, point: tuned.point });
          const found = await runner.nested({ kind: "nested", estimator: name, plan, fold, settings });
          foldFits += found.foldFits;
          return found.prediction;
        }),
      );
      return assembled(
        data.rows,
        folds.map((fold) => parts[fold.test]),
        answers,
      );
    }),
  );
  const final = await runner.fit({ kind: "fit", estimator: name, rows: train, point: tuned.point, predict: held });
  return {
    point: tuned.point,
    tuned,
    selection: nested ? "nested" : searched ? "same-folds" : "none",
    outOfFold,
    final,
    foldFits: foldFits + design.repeats,
  };
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

/** The answers for some rows out of a prediction of all rows. */
export function predictionAt(prediction: Prediction, rows: Rows): Prediction {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < width; j++) values[i * width + j] = prediction.values[rows[i] * width + j];
  return { ...prediction, values };
}
