/** Classification and regression trees: one grown tree, and every pruning of it. */
import type { Dataset } from "../../data/dataset.ts";
import { seeded } from "../../numeric/rng.ts";
import type { Bins } from "./bins/bins.ts";
import { cartTarget, type Criterion } from "./cart-target.ts";
import { grow, workspaceFor } from "./grow/grow.ts";
import { flatten, type FlatTree } from "./model/flat-tree.ts";
import { directionsOf, keepDirections, signsOf } from "./monotone.ts";
import { collapsePenalties } from "./prune.ts";
import type { Training } from "./training.ts";

export interface CartOptions {
  readonly criterion: Criterion;
  readonly maxDepth: number;
  /** Least weight of the rows in a leaf. */
  readonly minLeaf: number;
  /** What a split must gain, as a share of the root's risk. */
  readonly minGain: number;
  /** `{"column": 1 or -1, ...}`, or empty. */
  readonly monotone: string;
}

export interface Pruning {
  /** A leaf, as a share of the root's risk (as `cp` of R's rpart). */
  readonly penalty: number;
  /** Weight with which a node's value is drawn to its parent's. */
  readonly smoothing: number;
}

/** A grown tree, ready to be cut at any penalty. */
export interface Cart {
  prunedAt(pruning: Pruning): FlatTree;
}

/** Gains below this share of the root's risk are noise of the arithmetic. */
const NOISE = 1e-12;

/**
 * Grows a tree: gains are drops of the risk, which is the weight times the Gini impurity or entropy, or the sum of
 * squared or absolute errors; a penalty is in units of the root's risk, so it does not change with the unit of the
 * target or with the number of rows.
 */
export function growCart(data: Dataset, training: Training, bins: Bins, options: CartOptions): Cart {
  const { criterion, minLeaf, maxDepth, minGain } = options;
  const directions = directionsOf("tree", options.monotone, data);
  const monotone = signsOf(directions, bins);
  const { measure, risk, width, values } = cartTarget(data.target, training, bins, criterion, { minLeaf, monotone });
  const limits = {
    maxDepth: risk > 0 ? maxDepth : 0,
    maxLeaves: Number.POSITIVE_INFINITY,
    minLeaf,
    minGain: Math.max(NOISE, minGain) * risk,
    monotone,
  };
  const order = Int32Array.from({ length: training.rows.length }, (_, i) => i);
  const columns = Int32Array.from(bins.columns, (_, j) => j);
  const choice = { columns, perNode: columns.length, rng: seeded(0) };
  const grown = grow(bins, measure, order, order.length, limits, choice, workspaceFor(bins, measure));
  const penalties = collapsePenalties(grown);
  let drawn = Number.NaN;
  let nodeValues: Float64Array = new Float64Array(0);
  return {
    prunedAt: ({ penalty, smoothing }) => {
      if (smoothing !== drawn) nodeValues = values(grown, smoothing);
      drawn = smoothing;
      const tree = flatten(grown, bins, {
        width,
        isLeaf: (node) => grown.column[node] < 0 || penalties[node] <= penalty * risk,
        weight: (node) => measure.weight(grown.stats, node * grown.width),
        gain: (node) => grown.gain[node] / risk,
        value: (node, out, at) => {
          for (let k = 0; k < width; k++) out[at + k] = nodeValues[node * width + k];
        },
      });
      if (directions.size > 0) keepDirections(tree, directions);
      return tree;
    },
  };
}
