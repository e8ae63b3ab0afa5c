import { shapeOf, type Dataset, type Shape } from "../../frame/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { forestKind } from "../../models/forest.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import type { FlatTree } from "../../models/tree/flat-tree.ts";
import type { Space } from "../../search/space.ts";
import { binTraining, sharedBins, type BinnedTraining } from "../tree/shared-bins.ts";
import { forestTarget } from "./forest-target.ts";
import { growForest } from "./grow-forest.ts";
import { newVotes, outOfBag } from "./out-of-bag.ts";
import { predictTogether } from "./together.ts";

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

/** Trees of the path: the forest of the first few of them costs nothing beside that of all. */
const TREES: readonly number[] = [25, 50, 100, 200];

/**
 * Random forest: trees on bootstrap samples, over the same bins as `tree`, each node split on the best of a few random
 * columns (Gini impurity or squared error); their values are averaged. Categories, missing values and smoothing as in
 * `tree`, but for a smaller default: averaging smooths already (0.3 of a row lost no accuracy on public tables and had the
 * better log loss). The notes hold the out-of-bag scores, over the training rows that some trees have not seen.
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
  fit: ({ data, rows }, params, rng) => modelsOf(data, binTraining("forest", data, rows), [params], rng)[0],
  prepare: (data, parts) => ({
    fit: (train, points, rng) => modelsOf(data, sharedBins("forest", data, parts, train), points, rng),
  }),
  predictAll: predictTogether,
  fromJSON: readerOf(forestKind),
};

function forestSpace({ task, columns }: Shape): Space {
  const features = Math.max(1, columns.filter(({ kind }) => kind !== "text").length);
  // With a third, the older advice for numbers, errors on public tables were up to 2.7 times as large, at best 6 % smaller.
  const usual = task === "regression" ? features : Math.sqrt(features);
  return {
    trees: { type: "int", low: 1, high: 1000, path: TREES, default: 100, simpler: "low" },
    columns: { type: "int", low: 1, high: features, log: features > 1, default: Math.max(1, Math.round(usual)) },
    minLeaf: { type: "int", low: 1, high: 50, log: true, default: task === "regression" ? 3 : 1, simpler: "high" },
    smoothing: { type: "float", low: 0.1, high: 20, log: true, default: 0.3 },
  };
}

/** One model a point; points that differ in the number of trees alone share one forest. */
function modelsOf(data: Dataset, binned: BinnedTraining, points: readonly ForestParams[], rng: Rng): Model[] {
  const runs = new Map<string, Map<number, Model>>();
  for (const params of points) {
    const key = keyOf(params);
    const sizes = points.filter((other) => keyOf(other) === key).map(({ trees }) => trees);
    if (!runs.has(key)) runs.set(key, forestsOf(data, binned, params, sizes, rng));
  }
  return points.map((params) => runs.get(keyOf(params))?.get(params.trees) as Model);
}

function keyOf(params: ForestParams): string {
  return JSON.stringify({ ...params, trees: 0 });
}

/** The forests of the first trees, by how many. @throws RangeError when a parameter is out of range. */
function forestsOf(
  data: Dataset,
  binned: BinnedTraining,
  params: ForestParams,
  sizes: readonly number[],
  rng: Rng,
): Map<number, Model> {
  const { columns, minLeaf, smoothing, maxDepth = Number.POSITIVE_INFINITY } = params;
  for (const trees of sizes)
    if (!(Number.isInteger(trees) && trees >= 1))
      throw new RangeError(`forest: trees must be a whole number of at least 1, got ${trees}`);
  for (const [name, value] of Object.entries({ columns, minLeaf, smoothing, maxDepth }))
    if (!(value >= 0)) throw new RangeError(`forest: ${name} must be at least 0, got ${value}`);
  const { target } = data;
  const { training, bins } = binned;
  const what = forestTarget(target, training, bins, minLeaf);
  const votes = newVotes(training.rows.length, what.width);
  const most = Math.max(...sizes);
  const trees: FlatTree[] = [];
  const shape = shapeOf(data);
  const models = new Map<number, Model>();
  for (const tree of growForest(data, binned, what, { columns, minLeaf, maxDepth, smoothing }, votes, rng)) {
    trees.push(tree);
    if (sizes.includes(trees.length)) {
      const notes = { trees: trees.length, ...outOfBag(votes, target, training) };
      models.set(trees.length, modelOf(forestKind, { notes, trees: trees.slice() }, shape));
    }
    if (trees.length === most) break;
  }
  return models;
}
