import { shapeOf, type Dataset, type Shape } from "../../frame/dataset.ts";
import type { Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { lazyModel, readerOf } from "../../models/model.ts";
import { treeKind, type TreeData } from "../../models/tree/tree.ts";
import type { Space } from "../../search/space.ts";
import { binTraining, sharedBins, type BinnedTraining } from "./shared-bins.ts";
import { growCart, type Cart, type Pruning } from "./cart.ts";
import type { Criterion } from "./cart-target.ts";
import { grownTogether, predictTogether } from "./together.ts";
import { missingColumns } from "./missing-columns.ts";

export type TreeParams = {
  /** Classification: gini or entropy; regression: squared or absolute. */
  readonly criterion: Criterion;
  /** Most questions on the way to a leaf. Default: 30. */
  readonly maxDepth?: number;
  /** Least weight of the training rows in a leaf. */
  readonly minLeaf: number;
  /** Weight with which the value of each node is drawn to that of its parent. */
  readonly smoothing: number;
  /** Cost-complexity penalty a leaf, as a share of the root's risk (`cp` of R's rpart). */
  readonly penalty: number;
  /** Least gain of a split, as a share of the root's risk. Default: 0. */
  readonly minGain?: number;
  /** Columns along which predictions may only rise (1) or fall (-1), as JSON: `{"age": 1}`. Default: none. */
  readonly monotone?: string;
};

/**
 * Least leaves and smoothings that a search tries. Few: the penalty, which costs nothing to vary, does most of the work,
 * and a space that is enumerated needs no model of itself.
 */
const LEAVES: readonly number[] = [2, 5, 15, 50];
const SMOOTHINGS: readonly number[] = [1, 5, 25];

/** Penalties of the path. Shares of the root's risk, so that the grid depends on no row. */
export const PENALTIES: readonly number[] = [
  0, 1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2,
];

/**
 * A classification or regression tree (CART): rows are divided by one column at a time, so that the risk (Gini
 * impurity, entropy, squared or absolute error) drops most; then weak splits are cut off by a penalty a leaf.
 *
 * - Numbers are cut between bins (at most 255, exact where a column has no more distinct values; from training rows
 *   only). Categories are divided freely: levels in the order of their mean target (of the first principal component
 *   of their class shares where there are more than two classes), the 255 heaviest levels, the others as missing.
 * - Missing values go, at each split, to the side that lowers the risk more; levels that a node has not seen go there,
 *   too, and to the heavier side where the node has seen nothing missing.
 * - The value of a node is its mean or its class shares, drawn to its parent's value with a weight of `smoothing`
 *   rows (the root's class shares to equal ones), so no probability is 0; medians are not drawn.
 * - Ties: the column whose name comes first, then the lowest cut. A tree depends on the order of neither rows nor
 *   columns, and a row of weight 2 is a row given twice.
 *
 * The default is no search: leaves of 5 rows or more, smoothing 5, and a penalty that falls with the number of rows
 * (8 / n for classes, 0.2 / n for numbers), which did best on average over fifteen public tables.
 * O(rows x columns x depth) for all penalties together.
 */
export const tree: Estimator<TreeParams> = {
  name: "tree",
  family: "tree",
  title: "Decision tree",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["features"],
  space: treeSpace,
  fit: ({ data, rows }, params) => modelsOf(data, binTraining("tree", data, rows), [params])[0],
  prepare: (data, parts) => ({
    fit: (train, points) => modelsOf(data, sharedBins("tree", data, parts, train), points),
  }),
  predictAll: predictTogether,
  fromJSON: readerOf(treeKind),
};

function treeSpace({ task }: Shape, rows: number): Space {
  const regression = task === "regression";
  const criteria: readonly Criterion[] = regression ? ["squared"] : ["gini", "entropy"];
  return {
    criterion: { type: "category", choices: criteria, default: criteria[0] },
    minLeaf: { type: "category", choices: [...LEAVES], ordered: true, default: 5, simpler: "high" },
    smoothing: {
      type: "float",
      low: SMOOTHINGS[0],
      high: SMOOTHINGS[SMOOTHINGS.length - 1],
      path: SMOOTHINGS,
      default: 5,
    },
    penalty: {
      type: "float",
      low: 0,
      high: PENALTIES[PENALTIES.length - 1],
      path: PENALTIES,
      default: nearest(Math.min(0.01, (regression ? 0.2 : 8) / Math.max(1, rows))),
      simpler: "high",
    },
  };
}

/** The penalty of the path that is nearest by ratio. */
function nearest(penalty: number): number {
  const distance = (other: number): number => Math.abs(Math.log(other / penalty));
  return PENALTIES.slice(1).reduce((best, other) => (distance(other) < distance(best) ? other : best));
}

/** Points that differ in penalty and smoothing alone share one grown tree, and a model where they cut it alike. */
function modelsOf(data: Dataset, { training, bins }: BinnedTraining, points: readonly TreeParams[]): Model[] {
  const grown = new Map<string, { readonly cart: Cart; readonly models: Map<string, Model> }>();
  const leastPenalty = Math.min(...points.map(({ penalty }) => penalty));
  const missing = missingColumns(data, training.rows);
  const shape = shapeOf(data);
  // Of the many prunings that a search tries, only predictions are asked for, and those of all at once (`predictTogether`).
  const pruned = (cart: Cart, pruning: Pruning): Model => {
    const prune = (): TreeData => {
      const tree = cart.prunedAt(pruning);
      return { missing: missing.filter((column) => tree.feature.includes(column)), tree };
    };
    return grownTogether(cart, pruning, lazyModel(treeKind, prune, shape));
  };
  return points.map((params) => {
    requireInRange(params);
    const { criterion, maxDepth = 30, minLeaf, minGain = 0, monotone = "", penalty, smoothing } = params;
    const growth = `${criterion} ${maxDepth} ${minLeaf} ${minGain} ${monotone}`;
    const options = { criterion, maxDepth, minLeaf, minGain, monotone, leastPenalty };
    const { cart, models } = grown.get(growth) ?? { cart: growCart(data, training, bins, options), models: new Map() };
    grown.set(growth, { cart, models });
    const cut = `${smoothing} ${cart.cutBy(penalty)}`;
    const model = models.get(cut) ?? pruned(cart, { penalty, smoothing });
    models.set(cut, model);
    return model;
  });
}

const RANGED = ["maxDepth", "minLeaf", "minGain", "penalty", "smoothing"] as const;

/** @throws RangeError when a parameter is out of range. */
function requireInRange(params: TreeParams): void {
  for (const name of RANGED) {
    const { [name]: value = 0 } = params;
    if (!(value >= 0)) throw new RangeError(`tree: ${name} must be at least 0, got ${value}`);
  }
}
