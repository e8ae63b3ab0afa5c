import { shapeOf, type Dataset, type Rows } from "../../frame/dataset.ts";
import { encodedWidth } from "../../encode/encoding.ts";
import { FitError, type Estimator, type Follower, type Prepared } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { linearKind } from "../../models/linear/linear.ts";
import type { FitLimits } from "../../numeric/glm/smooth-fit.ts";
import { outputsOf } from "../../models/linear/weighted-sums.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { outnumbered } from "./compact.ts";
import { huberWalk } from "./huber.ts";
import { elasticNetWalk, ridgeWalk, type Solution } from "./least-squares.ts";
import { normalEquations, type NormalEquations } from "./normal-equations.ts";
import { sumsOf } from "./phrases.ts";
import { linearSpace, MIX, type LinearParams } from "./space.ts";
import { prepareParts, valuesAt, type TrainingSet } from "./training-set.ts";
import { alongWalks, SEARCH_LIMITS, type Walk } from "./walks.ts";
import { MOST_PRODUCTS, wideElasticNetWalk, wideRidgeWalk } from "./wide.ts";

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
  follow(train: readonly number[]): Follower<LinearParams>;
}

function prepareLinear(data: Dataset, rows: readonly Rows[]): PreparedLinear {
  const { target } = data;
  if (target.task !== "regression") throw new FitError(`linear: needs a regression target, got ${target.task}`);
  const parts = prepareParts("linear", data, rows);
  const equationsOf = normalEquations(parts);
  const numbers = data.columns.filter((column) => column.kind === "number").length;
  const shape = shapeOf(data);
  const learner = (train: readonly number[]): Learner => {
    const set = parts.trainingSet(train);
    const { encoding, summary } = set;
    if (!Number.isFinite(summary.target?.squares))
      throw new FitError("linear: the target's values are too large to be squared");
    const width = encodedWidth(encoding);
    const wide =
      encoding.texts.length > 0 || Math.max(numbers, width) > MOST_PRODUCTS || outnumbered(2 * set.count, width);
    const equations = wide ? undefined : equationsOf(train, set);
    const truth = (): Float64Array => valuesAt(target.values, set.rows());
    const sums = sumsOf(data, set);
    return {
      walk: (point, strengths, limits) => walkOf(set, truth, equations, point, strengths, limits),
      model: ({ x, errors, notes }) =>
        modelOf(linearKind, { ...sums(outputsOf(x, 1)), ...(errors && { errors }), notes }, shape),
    };
  };
  return {
    fit: (train, points) => {
      const { walk, model } = learner(train);
      return alongWalks(points, ["penalty", "loss"], strengthOf, (point, strengths) => {
        const next = walk(point, strengths);
        return (strength) => model(next(strength));
      });
    },
    follow: (train) => {
      const { walk, model } = learner(train);
      let begun: Walk<Solution> | undefined;
      return { next: (point) => model((begun ??= walk(point, Infinity, SEARCH_LIMITS))(strengthOf(point))) };
    },
  };
}

function strengthOf({ penalty, l2 = 1, shrinkage = 0.01 }: LinearParams): number {
  return penalty === "l2" ? l2 : shrinkage;
}

interface Learner {
  /** Fits points that differ from this one in the strength of their penalty only, so many, from the strongest down. */
  readonly walk: (point: LinearParams, strengths: number, limits?: FitLimits) => Walk<Solution>;
  readonly model: (solution: Solution) => Model;
}

/** Without equations, from the rows. */
function walkOf(
  set: TrainingSet,
  truth: () => Float64Array,
  equations: NormalEquations | undefined,
  { penalty, loss }: LinearParams,
  strengths: number,
  limits?: FitLimits,
): Walk<Solution> {
  if (penalty !== "l2")
    return equations
      ? elasticNetWalk(equations, MIX[penalty])
      : wideElasticNetWalk(set.design(), truth(), set.weights(), MIX[penalty]);
  if (loss === "huber") return huberWalk(set, truth(), limits);
  return equations
    ? ridgeWalk(equations, set.count, strengths)
    : wideRidgeWalk(set.design(), truth(), set.weights(), strengths, limits);
}
