import { shapeOf, type Dataset, type Rows } from "../../frame/dataset.ts";
import { FitError, type Estimator, type Prepared } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { logisticKind, outputsFor } from "../../models/linear/logistic.ts";
import { outputsOf, type Output } from "../../models/linear/weighted-sums.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { branches } from "../linear/branches.ts";
import { sumsOf } from "../linear/phrases.ts";
import { MIX } from "../linear/space.ts";
import { prepareParts, type TrainingSet } from "../linear/training-set.ts";
import { classLoss, interceptsOnly, seenClasses, type SeenClasses } from "./classes.ts";
import { logisticPath, type LogisticSolution } from "./path.ts";
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
  fromJSON: readerOf(logisticKind),
};

interface PreparedLogistic extends Prepared<LogisticParams> {
  fit(train: readonly number[], points: readonly LogisticParams[]): readonly Model[];
}

function prepareLogistic(data: Dataset, rows: readonly Rows[]): PreparedLogistic {
  const { target } = data;
  if (target.task === "regression") throw new FitError("logistic: needs classes to predict, got a regression target");
  const shape = shapeOf(data);
  const parts = prepareParts("logistic", data, rows);
  return {
    fit: (train, points) => {
      const set = parts.trainingSet(train);
      const sums = sumsOf(data, set);
      const seen = seenClasses(data, set);
      const { codes } = seen;
      if (codes.length === 1)
        return points.map(() => modelOf(logisticKind, { ...sums([]), seen: codes, notes: {} }, shape));
      const models: Model[] = [];
      for (const places of branches(points, ["penalty", "classWeight"])) {
        const own = places.map((place) => points[place]);
        for (const [i, { x, notes }] of solve(data, set, seen, own).entries()) {
          const outputs = centred(outputsOf(x, outputsFor(codes.length)));
          models[places[i]] = modelOf(logisticKind, { ...sums(outputs), seen: codes, notes }, shape);
        }
      }
      return models;
    },
  };
}

/** Solves for points that differ only in the strength of their penalty; in their order. */
function solve(
  data: Dataset,
  set: TrainingSet,
  seen: SeenClasses,
  points: readonly LogisticParams[],
): readonly LogisticSolution[] {
  const { penalty, classWeight } = points[0];
  const balanced = classWeight === "balanced";
  const wanted = points.map(({ l2 = 1, shrinkage = 0.01 }) => (penalty === "l2" ? l2 : shrinkage));
  const strengths = [...new Set(wanted)].sort((a, b) => b - a);
  const loss = classLoss(data, set, seen, balanced);
  const path = logisticPath(set.design(), loss, MIX[penalty], strengths, interceptsOnly(seen, balanced));
  return wanted.map((strength) => path[strengths.indexOf(strength)]);
}

/** Softmax intercepts mean the same when a number is added to all of them: they are given a mean of 0. */
function centred(outputs: readonly Output[]): readonly Output[] {
  if (outputs.length < 2) return outputs;
  const mean = outputs.reduce((sum, { intercept }) => sum + intercept / outputs.length, 0);
  return outputs.map(({ intercept, coefficients }) => ({ intercept: intercept - mean, coefficients }));
}
