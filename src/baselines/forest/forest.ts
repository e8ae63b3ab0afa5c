import type { Dataset, Shape } from "../../data/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Estimator, Model } from "../contract.ts";
import type { Space } from "../space.ts";
import { binTraining, sharedBins, type BinnedTraining } from "../tree/bins/shared-bins.ts";
import { forestFromJSON, forestModel } from "./forest-model.ts";
import { growForest } from "./grow-forest.ts";
import { outOfBag } from "./out-of-bag.ts";

export type ForestParams = {
  readonly trees: number;
  /** Columns tried at each node. */
  readonly columns: number;
  /** Least weight of a sample's rows in a leaf. */
  readonly minLeaf: number;
  /** Weight with which the value of each node is drawn to that of its parent. */
  readonly smoothing: number;
  /** Most questions on the way to a leaf. Default: no limit. */
  readonly maxDepth?: number;
};

/**
 * Random forest: trees on bootstrap samples, over the same bins as `tree`, each node split on the best of a few random
 * columns (Gini impurity or squared error); their values are averaged. Categories, missing values and smoothing as in
 * `tree`. The notes hold the out-of-bag scores, over the training rows that some trees have not seen.
 *
 * Samples are drawn by the place of a row among the training rows, so that rows given in another order, or twice instead
 * of with a weight of 2, give another forest of the same kind. O(trees x rows x columns tried x depth).
 */
export const forest: Estimator<ForestParams> = {
  name: "forest",
  family: "forest",
  title: "Random forest",
  role: "challenger",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["features"],
  resamples: true,
  space: forestSpace,
  fit: ({ data, rows }, params, rng) => fitted(data, binTraining("forest", data, rows), params, rng),
  prepare: (data, parts) => ({
    fit: (train, points, rng) => {
      const binned = sharedBins("forest", data, parts, train);
      return points.map((params) => fitted(data, binned, params, rng));
    },
  }),
  fromJSON: forestFromJSON,
};

function forestSpace({ task, columns }: Shape): Space {
  const features = Math.max(1, columns.filter(({ kind }) => kind !== "text").length);
  const usual = task === "regression" ? features / 3 : Math.sqrt(features);
  return {
    trees: { type: "int", low: 10, high: 500, log: true, default: 100, simpler: "low" },
    columns: { type: "int", low: 1, high: features, log: features > 1, default: Math.max(1, Math.round(usual)) },
    minLeaf: { type: "int", low: 1, high: 50, log: true, default: task === "regression" ? 3 : 1, simpler: "high" },
    smoothing: { type: "float", low: 0.1, high: 20, log: true, default: 1 },
  };
}

function fitted(data: Dataset, binned: BinnedTraining, params: ForestParams, rng: Rng): Model {
  const { trees, columns, minLeaf, smoothing, maxDepth = Number.POSITIVE_INFINITY } = params;
  for (const [name, value] of Object.entries({ trees, columns, minLeaf, smoothing, maxDepth }))
    if (!(value >= (name === "trees" ? 1 : 0)))
      throw new RangeError(`forest: ${name} must be at least 0, got ${value}`);
  const { walkers, votes } = growForest(data, binned, { trees, columns, minLeaf, maxDepth, smoothing }, rng);
  const notes = { trees, ...outOfBag(votes, data.target, binned.training) };
  return forestModel(walkers, notes, data.target.task === "regression" ? 0 : data.target.classes.length);
}
