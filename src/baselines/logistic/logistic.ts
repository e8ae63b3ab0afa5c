import type { Dataset, Rows } from "../../data/dataset.ts";
import type { Curvature } from "../../numeric/glm/curvature.ts";
import { smoothFit, type GlmFit } from "../../numeric/glm/smooth-fit.ts";
import { sparseFit } from "../../numeric/glm/sparse-fit.ts";
import { FitError, type Estimator, type Model, type Prepared } from "../contract.ts";
import { outputsOf } from "../linear/predictor.ts";
import { MIX } from "../linear/space.ts";
import { prepareParts, type TrainingSet } from "../linear/training-set.ts";
import { classLoss, interceptsOnly, seenClasses, type SeenClasses } from "./classes.ts";
import { logisticFromJSON, logisticModel } from "./model.ts";
import { logisticSpace, type LogisticParams } from "./space.ts";

/**
 * Logistic regression: binary, and multinomial (softmax) for more classes, with an L2, L1 or elastic net penalty.
 *
 * Columns are encoded as for `linear`. The defaults are scikit-learn's LogisticRegression(C=1) on that encoding, fitted
 * to convergence. Intercepts are free. Weights count as repetitions. Separable classes stay finite, because every
 * penalty is above 0. A class that training rows lack gets probability 0; with a single class, that one gets 1.
 */
export const logistic: Estimator<LogisticParams> = {
  name: "logistic",
  family: "logistic",
  title: "Logistic regression",
  role: "baseline",
  tasks: ["binary", "multiclass"],
  space: logisticSpace,
  fit: (view, params) => prepareLogistic(view.data, [view.rows]).fit([0], [params])[0],
  prepare: (data, parts) => prepareLogistic(data, parts),
  fromJSON: logisticFromJSON,
};

interface PreparedLogistic extends Prepared<LogisticParams> {
  fit(train: readonly number[], points: readonly LogisticParams[]): readonly Model[];
}

function prepareLogistic(data: Dataset, rows: readonly Rows[]): PreparedLogistic {
  const { target } = data;
  if (target.task === "regression") throw new FitError("logistic: needs classes to predict, got a regression target");
  const parts = prepareParts("logistic", data, rows);
  return {
    fit: (train, points) => {
      const set = parts.trainingSet(train);
      const seen = seenClasses(data, set);
      const model = (x: Float64Array, notes: Model["notes"]): Model =>
        logisticModel(
          {
            encoding: set.encoding,
            outputs: outputsOf(x, x.length / set.design.width),
            classes: target.classes.length,
            seen: seen.codes,
          },
          notes,
        );
      if (seen.codes.length === 1) return points.map(() => model(new Float64Array(0), {}));
      const models: Model[] = [];
      for (const branch of branches(points))
        for (const { place, fit } of fitPath(
          data,
          set,
          seen,
          branch.map((i) => points[i]),
        ))
          models[branch[place]] = model(fit.x, { iterations: fit.iterations, stopped: fit.stopped });
      return models;
    },
  };
}

/** Places of the points that differ only in the strength of their penalty. */
function branches(points: readonly LogisticParams[]): number[][] {
  const found = new Map<string, number[]>();
  for (const [i, { penalty, classWeight }] of points.entries()) {
    const key = `${penalty} ${classWeight}`;
    found.set(key, [...(found.get(key) ?? []), i]);
  }
  return [...found.values()];
}

/** Fits the points from the strongest penalty down, each from its neighbour's coefficients. */
function fitPath(
  data: Dataset,
  set: TrainingSet,
  seen: SeenClasses,
  points: readonly LogisticParams[],
): { readonly place: number; readonly fit: GlmFit }[] {
  const { design } = set;
  const { penalty, classWeight } = points[0];
  const balanced = classWeight === "balanced";
  const loss = classLoss(data, set, seen, balanced);
  const strength = ({ l2 = 1, shrinkage = 0.01 }: LogisticParams): number => (penalty === "l2" ? l2 : shrinkage);
  const order = [...points.keys()].sort((a, b) => strength(points[b]) - strength(points[a]));
  const mix = MIX[penalty];
  let x = interceptsOnly(seen, balanced, design.width);
  let curvature: Curvature | undefined;
  return order.map((place) => {
    const amount = strength(points[place]);
    const fit =
      penalty === "l2"
        ? smoothFit(design, loss, amount / loss.weight, x, curvature)
        : sparseFit(design, loss, amount * mix, amount * (1 - mix), x, curvature);
    ({ x, curvature } = fit);
    return { place, fit };
  });
}
