import type { Dataset, Rows } from "../../data/dataset.ts";
import { FitError, type Estimator, type Model, type Prepared } from "../contract.ts";
import { elasticNetPath, ridge, type Solution } from "./least-squares.ts";
import { huberPath } from "./huber.ts";
import { linearFromJSON, linearModel } from "./model.ts";
import { normalEquations } from "./normal-equations.ts";
import { outputsOf } from "./predictor.ts";
import { linearSpace, MIX, type LinearParams } from "./space.ts";
import { prepareParts } from "./training-set.ts";

/**
 * Linear regression: ordinary least squares, ridge, lasso, elastic net and Huber's robust regression.
 *
 * Gaps are filled with training medians and flagged, numbers standardised, categories given a column a level (rare ones
 * pooled); see `learnEncoding`. The intercept is free. The target is taken as it is. The defaults are scikit-learn's
 * Ridge(alpha=1) on that encoding. Weights count as repetitions. Collinear columns share their effect evenly: the
 * solution with the smallest coefficients.
 */
export const linear: Estimator<LinearParams> = {
  name: "linear",
  family: "linear",
  title: "Linear regression",
  role: "baseline",
  tasks: ["regression"],
  space: linearSpace,
  fit: (view, params) => prepareLinear(view.data, [view.rows]).fit([0], [params])[0],
  prepare: (data, parts) => prepareLinear(data, parts),
  fromJSON: linearFromJSON,
};

interface PreparedLinear extends Prepared<LinearParams> {
  fit(train: readonly number[], points: readonly LinearParams[]): readonly Model[];
}

function prepareLinear(data: Dataset, rows: readonly Rows[]): PreparedLinear {
  const { target } = data;
  if (target.task !== "regression") throw new FitError(`linear: needs a regression target, got ${target.task}`);
  const parts = prepareParts("linear", data, rows);
  const equationsOf = normalEquations(parts);
  return {
    fit: (train, points) => {
      const set = parts.trainingSet(train);
      const equations = equationsOf(train, set);
      if (!Number.isFinite(equations.targetSquares))
        throw new FitError("linear: the target is too large to be squared");
      const solutions: Solution[] = [];
      const solve = (wanted: (point: LinearParams) => boolean, solver: (own: LinearParams[]) => Solution[]): void => {
        const places = [...points.keys()].filter((i) => wanted(points[i]));
        if (places.length === 0) return;
        for (const [i, solution] of solver(places.map((place) => points[place])).entries())
          solutions[places[i]] = solution;
      };
      solve(
        (point) => point.loss === "huber",
        (own) =>
          huberPath(
            data,
            set,
            own.map((point) => point.l2 ?? 1),
          ),
      );
      solve(
        (point) => point.penalty === "l2" && point.loss !== "huber",
        (own) =>
          ridge(
            equations,
            own.map((point) => point.l2 ?? 1),
            set.rows.length,
          ),
      );
      for (const penalty of ["elastic-net", "l1"] as const)
        solve(
          (point) => point.penalty === penalty,
          (own) =>
            elasticNetPath(
              equations,
              MIX[penalty],
              own.map((point) => point.shrinkage ?? 0.01),
            ),
        );
      return solutions.map(({ x, ...extras }) =>
        linearModel({ encoding: set.encoding, outputs: outputsOf(x, 1) }, extras),
      );
    },
  };
}
