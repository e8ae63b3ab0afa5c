/** Classification and regression trees: one grown tree, and every pruning of it. */
import { allRows, type Dataset, type Rows } from "../../frame/dataset.ts";
import { seeded } from "../../numeric/rng.ts";
import type { Bins } from "../../bins/bins.ts";
import { cartTarget, type Criterion } from "./cart-target.ts";
import { grow, workspaceFor } from "./grow/grow.ts";
import type { Grown } from "./grow/grown.ts";
import type { FlatTree } from "../../models/tree/flat-tree.ts";
import { addValues } from "../../models/tree/route.ts";
import { cellsOf, walkerOf } from "../../models/tree/walk.ts";
import { flatten } from "./flatten.ts";
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
  /** The smallest penalty that the tree will be pruned at. */
  readonly leastPenalty: number;
}

export interface Pruning {
  /** A leaf, as a share of the root's risk (as `cp` of R's rpart). */
  readonly penalty: number;
  /** Weight with which a node's value is drawn to its parent's. */
  readonly smoothing: number;
}

/** A grown tree, ready to be cut at any penalty. */
export interface Cart {
  /** Of the target; 0 for regression. */
  readonly classes: number;
  /** Numbers in a value. */
  readonly width: number;
  /** How many splits a penalty cuts off: penalties that cut off as many cut off the same. O(nodes). */
  cutBy(penalty: number): number;
  prunedAt(pruning: Pruning): FlatTree;
  /** Where the rows end in the whole tree: numbers of grown nodes. O(rows x depth). */
  endsOf(data: Dataset, rows: Rows): Float64Array;
  /**
   * For every grown node, what the pruned tree says of the rows that end there or that pass it. O(nodes). Absent under
   * monotone constraints, for which a pruned tree's values are put in order afresh.
   */
  readonly valuesAt?: (pruning: Pruning) => Float64Array;
}

/** Gains below this share of the root's risk are noise of the arithmetic. */
const NOISE = 1e-12;
/** A share of a penalty that no rounding of risks and gains comes near to. */
const SURELY = 1 - 1e-9;

/**
 * Grows a tree: gains are drops of the risk, which is the weight times the Gini impurity or entropy, or the sum of
 * squared or absolute errors; a penalty is in units of the root's risk, so it does not change with the unit of the
 * target or with the number of rows. A node of less risk than the least penalty stays whole: splits below it gain no
 * more than its risk, one leaf's penalty at the most, so that pruning would take them back.
 */
export function growCart(data: Dataset, training: Training, bins: Bins, options: CartOptions): Cart {
  const { criterion, minLeaf, maxDepth, minGain, leastPenalty } = options;
  const directions = directionsOf("tree", options.monotone, data);
  const monotone = signsOf(directions, bins);
  const target = cartTarget(data.target, training, bins, criterion, { minLeaf, monotone });
  const { measure, risk, riskOf, width, values } = target;
  const hopeless = SURELY * leastPenalty * risk;
  const limits = {
    maxDepth: risk > 0 ? maxDepth : 0,
    maxLeaves: Number.POSITIVE_INFINITY,
    minLeaf,
    minGain: Math.max(NOISE, minGain) * risk,
    ...(hopeless > 0 && { isHopeless: (tree: Grown, node: number) => riskOf(tree, node) < hopeless }),
    monotone,
  };
  const order = allRows(training.rows.length);
  const columns = allRows(bins.columns.length);
  const choice = { columns, perNode: columns.length, rng: seeded(0) };
  const grown = grow(bins, measure, order, order.length, limits, choice, workspaceFor(bins, measure));
  const penalties = collapsePenalties(grown);
  const drawn = new Map<number, Float64Array>();
  const drawnBy = (smoothing: number): Float64Array => {
    const known = drawn.get(smoothing) ?? values(grown, smoothing);
    drawn.set(smoothing, known);
    return known;
  };
  return {
    classes: data.target.task === "regression" ? 0 : data.target.classes.length,
    width,
    cutBy: (penalty) => {
      let cut = 0;
      for (let node = 0; node < penalties.length; node++)
        if (grown.column[node] >= 0 && penalties[node] <= penalty * risk) cut++;
      return cut;
    },
    prunedAt: ({ penalty, smoothing }) => {
      const nodeValues = drawnBy(smoothing);
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
    endsOf: (table, rows) => {
      const whole = flatten(grown, bins, { ...NOTHING, isLeaf: (node) => grown.column[node] < 0 });
      const ends = new Float64Array(rows.length);
      addValues(walkerOf(whole, table), cellsOf(table), rows, ends);
      return ends;
    },
    ...(directions.size === 0 && {
      valuesAt: ({ penalty, smoothing }) => inherited(grown, penalties, penalty * risk, drawnBy(smoothing), width),
    }),
  };
}

/** Nodes that hold their own number and nothing else. */
const NOTHING = {
  width: 1,
  weight: () => 0,
  gain: () => 0,
  value: (node: number, out: Float64Array, at: number) => {
    out[at] = node;
  },
};

/** The nodes' values, where every node below a cut has that of the node that was cut. */
function inherited(
  { left }: Grown,
  penalties: Float64Array,
  penalty: number,
  values: Float64Array,
  width: number,
): Float64Array {
  const from = allRows(left.length);
  const out = values.slice();
  for (let node = 0; node < left.length; node++) {
    for (let k = 0; k < width; k++) out[node * width + k] = values[from[node] * width + k];
    if (left[node] < 0 || (from[node] === node && penalties[node] > penalty)) continue;
    from[left[node]] = from[node];
    from[left[node] + 1] = from[node];
  }
  return out;
}
