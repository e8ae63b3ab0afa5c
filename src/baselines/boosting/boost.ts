/** Gradient boosting of histogram trees, round by round. */
import type { Dataset } from "../../frame/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Bins } from "../../bins/bins.ts";
import type { BinnedTraining } from "../tree/shared-bins.ts";
import { grow, workspaceFor } from "../tree/grow/grow.ts";
import type { Grown } from "../tree/grow/grown.ts";
import { momentMeasure } from "../tree/grow/moments.ts";
import type { FlatTree } from "../../models/tree/flat-tree.ts";
import { route } from "../../models/tree/route.ts";
import { cellsOf, walkerOf, type Cells, type Walker } from "../../models/tree/walk.ts";
import { flatten } from "../tree/flatten.ts";
import { directionsOf, signsOf } from "../tree/monotone.ts";
import type { Training } from "../tree/training.ts";
import { drawColumns, drawRows } from "./draw.ts";
import { gradientsFor, type Gradients } from "./gradients.ts";
import type { Loss } from "./losses.ts";

export interface BoostOptions {
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minLeaf: number;
  readonly l2: number;
  readonly minGain: number;
  /** Share of the rows and of the columns that each tree sees. */
  readonly subsample: number;
  readonly columnSample: number;
  readonly monotone: string;
}

/** Levels of a category are ordered by their residuals over their curvatures plus this. */
const LEVEL_SMOOTHING = 10;
/** Levels lighter than this at a node go with the missing rows. */
const LIGHTEST_LEVEL = 10;

/**
 * Yields the trees of one round after the other (one a score of the loss), without end: Friedman, "Greedy function
 * approximation: a gradient boosting machine", Annals of Statistics 29, 2001, with the second-order gains and leaf
 * values of Chen & Guestrin, "XGBoost", KDD 2016. O(rows x columns x log leaves) a tree.
 *
 * @param rng Named streams: one a round for its rows and columns, so rounds do not depend on how many follow.
 */
export function* boost(
  data: Dataset,
  { training, bins }: BinnedTraining,
  loss: Loss,
  options: BoostOptions,
  rng: Rng,
): Generator<readonly FlatTree[]> {
  const monotone = signsOf(directionsOf("boosting", options.monotone, data), bins);
  const gradients = gradientsFor(loss, training);
  const minLeaf = Math.max(options.minLeaf, Number.EPSILON) * loss.fullCurvature;
  const measure = momentMeasure(bins, gradients.moments, {
    l2: options.l2,
    minLeaf,
    levelSmoothing: LEVEL_SMOOTHING * loss.fullCurvature,
    lightestLevel: LIGHTEST_LEVEL * loss.fullCurvature,
    monotone,
  });
  const work = workspaceFor(bins, measure);
  const limits = { ...options, minLeaf, monotone };
  const cells = cellsOf(data);
  const order = new Int32Array(training.rows.length);
  for (let round = 1; ; round++) {
    const stream = rng.split(`round ${round}`);
    loss.beginRound();
    const trees: FlatTree[] = [];
    for (let output = 0; output < loss.outputs; output++) {
      const draws = stream.split(output);
      const count = drawRows(options.subsample, draws.split("rows"), order);
      const columns = drawColumns(bins.columns.length, options.columnSample, draws.split("columns"));
      gradients.fill(output);
      const choice = { columns, perNode: columns.length, rng: draws };
      const grown = grow(bins, measure, order, count, limits, choice, work);
      const values = leafValues(grown, loss, gradients, options);
      const tree = flattened(grown, bins, training, values, loss.scale);
      moveScores(loss, output, grown, values);
      if (count < order.length)
        moveOthers(loss, output, walkerOf(tree, data), cells, training.rows, order, count, order.length);
      trees.push(tree);
    }
    yield trees;
  }
}

/** Of every node; what an inner node has is not used. */
function leafValues(
  { column, order, start, end, lower, upper }: Grown,
  loss: Loss,
  { g, h }: Gradients,
  { learningRate, l2 }: BoostOptions,
): Float64Array {
  return Float64Array.from(column, (split, node) => {
    if (split >= 0) return 0;
    const best =
      loss.leafValue?.(order, start[node], end[node]) ??
      sumOver(g, order, start[node], end[node]) / (sumOver(h, order, start[node], end[node]) + l2);
    return learningRate * Math.min(upper[node], Math.max(lower[node], best));
  });
}

function sumOver(values: Float64Array, order: Int32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[order[i]];
  return sum;
}

function flattened(grown: Grown, bins: Bins, training: Training, values: Float64Array, scale: number): FlatTree {
  const nodeWeights = weightsOf(grown, training);
  return flatten(grown, bins, {
    width: 1,
    isLeaf: (node) => grown.column[node] < 0,
    weight: (node) => nodeWeights[node],
    gain: (node) => grown.gain[node],
    value: (node, out, at) => {
      out[at] = scale * values[node];
    },
  });
}

function weightsOf({ column, left, start, end, order }: Grown, { weights, plain }: Training): Float64Array {
  const sums = new Float64Array(column.length);
  for (let node = column.length - 1; node >= 0; node--)
    if (plain) sums[node] = end[node] - start[node];
    else if (column[node] < 0) sums[node] = sumOver(weights, order, start[node], end[node]);
    else sums[node] = sums[left[node]] + sums[left[node] + 1];
  return sums;
}

function moveScores(loss: Loss, output: number, { column, order, start, end }: Grown, values: Float64Array): void {
  for (let node = 0; node < column.length; node++)
    if (column[node] < 0) loss.move(output, order, start[node], end[node], values[node]);
}

/** Moves the scores of the rows that the tree was not grown on: order[from .. to), which is regrouped. */
function moveOthers(
  loss: Loss,
  output: number,
  walker: Walker,
  cells: Cells,
  rows: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
): void {
  const { value } = walker.tree;
  route(walker, cells, rows, order, from, to, (leaf, start, end) =>
    loss.move(output, order, start, end, value[leaf] / loss.scale),
  );
}
