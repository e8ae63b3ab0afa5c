import { shapeOf, type Dataset, type Rows } from "../../frame/dataset.ts";
import { encodedWidth } from "../../encode/encoding.ts";
import { FitError, type Estimator, type Prepared } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { linearKind } from "../../models/linear/linear.ts";
import { outputsOf } from "../../models/linear/weighted-sums.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { branches } from "./branches.ts";
import { outnumbered } from "./compact.ts";
import { huberPath } from "./huber.ts";
import { elasticNetPath, ridge, type Solution } from "./least-squares.ts";
import { normalEquations, type NormalEquations } from "./normal-equations.ts";
import { sumsOf } from "./phrases.ts";
import { linearSpace, MIX, type LinearParams } from "./space.ts";
import { prepareParts, valuesAt, type TrainingSet } from "./training-set.ts";
import { MOST_PRODUCTS, wideElasticNet, wideRidge } from "./wide.ts";

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
  fromJSON: readerOf(linearKind),
};

interface PreparedLinear extends Prepared<LinearParams> {
  fit(train: readonly number[], points: readonly LinearParams[]): readonly Model[];
}

function prepareLinear(data: Dataset, rows: readonly Rows[]): PreparedLinear {
  const { target } = data;
  if (target.task !== "regression") throw new FitError(`linear: needs a regression target, got ${target.task}`);
  const parts = prepareParts("linear", data, rows);
  const equationsOf = normalEquations(parts);
  const numbers = data.columns.filter((column) => column.kind === "number").length;
  return {
    fit: (train, points) => {
      const set = parts.trainingSet(train);
      const { encoding, summary } = set;
      if (!Number.isFinite(summary.target?.squares))
        throw new FitError("linear: the target's values are too large to be squared");
      const width = encodedWidth(encoding);
      const wide =
        encoding.texts.length > 0 || Math.max(numbers, width) > MOST_PRODUCTS || outnumbered(2 * set.count, width);
      const equations = wide ? undefined : equationsOf(train, set);
      const solutions: Solution[] = [];
      for (const places of branches(points, ["penalty", "loss"])) {
        const own = solve(
          set,
          () => valuesAt(target.values, set.rows()),
          equations,
          places.map((place) => points[place]),
        );
        for (const [i, place] of places.entries()) solutions[place] = own[i];
      }
      const sums = sumsOf(data, set);
      const shape = shapeOf(data);
      return solutions.map(({ x, errors, notes }) =>
        modelOf(linearKind, { ...sums(outputsOf(x, 1)), ...(errors && { errors }), notes }, shape),
      );
    },
  };
}

/** Solves for points that differ only in the strength of their penalty; without equations, from the rows. */
function solve(
  set: TrainingSet,
  truth: () => Float64Array,
  equations: NormalEquations | undefined,
  points: readonly LinearParams[],
): readonly Solution[] {
  const { penalty, loss } = points[0];
  if (penalty === "l2") {
    const l2 = points.map((point) => point.l2 ?? 1);
    if (loss === "huber") return huberPath(set, truth(), l2);
    return equations ? ridge(equations, l2, set.count) : wideRidge(set.design(), truth(), set.weights(), l2);
  }
  const shrinkage = points.map((point) => point.shrinkage ?? 0.01);
  const mix = MIX[penalty];
  return equations
    ? elasticNetPath(equations, mix, shrinkage)
    : wideElasticNet(set.design(), truth(), set.weights(), mix, shrinkage);
}
