import { shapeOf, type Dataset, type Rows, type Shape } from "../../frame/dataset.ts";
import { FitError, type Estimator, type Follower, type Prepared } from "../contract.ts";
import type { FitLimits } from "../../numeric/glm/smooth-fit.ts";
import type { Model } from "../../models/contract.ts";
import { logisticKind, outputsFor } from "../../models/linear/logistic.ts";
import { outputsOf, type Output } from "../../models/linear/weighted-sums.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { sumsOf } from "../linear/phrases.ts";
import { MIX } from "../linear/space.ts";
import { prepareParts, type TrainingSet } from "../linear/training-set.ts";
import { alongWalks, SEARCH_LIMITS, type Walk } from "../linear/walks.ts";
import { classLoss, interceptsOnly, seenClasses } from "./classes.ts";
import { logisticWalk, type LogisticSolution } from "./path.ts";
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
  follow(train: readonly number[]): Follower<LogisticParams>;
}

function prepareLogistic(data: Dataset, rows: readonly Rows[]): PreparedLogistic {
  const { target } = data;
  if (target.task === "regression") throw new FitError("logistic: needs classes to predict, got a regression target");
  const shape = shapeOf(data);
  const parts = prepareParts("logistic", data, rows);
  return {
    fit: (train, points) => {
      const { walk, model } = learner(data, shape, parts.trainingSet(train));
      return alongWalks(points, ["penalty", "classWeight"], strengthOf, (point) => {
        const next = walk(point);
        return (strength) => model(next(strength));
      });
    },
    follow: (train) => {
      const { walk, model } = learner(data, shape, parts.trainingSet(train));
      let begun: Walk<LogisticSolution> | undefined;
      return { next: (point) => model((begun ??= walk(point, SEARCH_LIMITS))(strengthOf(point))) };
    },
  };
}

function strengthOf({ penalty, l2 = 1, shrinkage = 0.01 }: LogisticParams): number {
  return penalty === "l2" ? l2 : shrinkage;
}

interface Learner {
  /** Fits points that differ from this one in the strength of their penalty only, from the strongest down. */
  readonly walk: (point: LogisticParams, limits?: FitLimits) => Walk<LogisticSolution>;
  readonly model: (solution: LogisticSolution) => Model;
}

function learner(data: Dataset, shape: Shape, set: TrainingSet): Learner {
  const sums = sumsOf(data, set);
  const seen = seenClasses(data, set);
  const { codes } = seen;
  return {
    walk: ({ penalty, classWeight }, limits) => {
      if (codes.length === 1) return () => ({ x: new Float64Array(0), notes: {} });
      const balanced = classWeight === "balanced";
      const loss = classLoss(data, set, seen, balanced);
      return logisticWalk(set.design(), loss, MIX[penalty], interceptsOnly(seen, balanced), limits);
    },
    model: ({ x, notes }) => {
      const outputs = codes.length === 1 ? [] : centred(outputsOf(x, outputsFor(codes.length)));
      return modelOf(logisticKind, { ...sums(outputs), seen: codes, notes }, shape);
    },
  };
}

/** Softmax intercepts mean the same when a number is added to all of them: they are given a mean of 0. */
function centred(outputs: readonly Output[]): readonly Output[] {
  if (outputs.length < 2) return outputs;
  const mean = outputs.reduce((sum, { intercept }) => sum + intercept / outputs.length, 0);
  return outputs.map(({ intercept, coefficients }) => ({ intercept: intercept - mean, coefficients }));
}
