/** Bagged trees over random columns. */
import { allRows, type Dataset, type Rows } from "../../frame/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { BinnedTraining } from "../tree/shared-bins.ts";
import { grow, workspaceFor } from "../tree/grow/grow.ts";
import { widthOf, type FlatTree } from "../../models/tree/flat-tree.ts";
import { route } from "../../models/tree/route.ts";
import { cellsOf, walkerOf, type Cells, type Walker } from "../../models/tree/walk.ts";
import { flatten } from "../tree/flatten.ts";
import { drawBootstrap } from "./bootstrap.ts";
import type { ForestTarget } from "./forest-target.ts";
import type { Votes } from "./out-of-bag.ts";

export interface ForestOptions {
  /** Columns tried at a node. */
  readonly columns: number;
  readonly minLeaf: number;
  readonly maxDepth: number;
  readonly smoothing: number;
}

/**
 * Yields the trees one after the other, without end: Breiman, "Random forests", Machine Learning 45, 2001. Each sees as many rows as there are, drawn with
 * replacement, and at each node some columns, drawn without. O(rows x columns tried x depth) a tree.
 *
 * @param votes Takes what each tree says of the training rows that it has not seen.
 * @param rng One stream a tree, so trees do not depend on how many there are.
 */
export function* growForest(
  data: Dataset,
  { training, bins }: BinnedTraining,
  { measure, width, resample, values }: ForestTarget,
  options: ForestOptions,
  votes: Votes,
  rng: Rng,
): Generator<FlatTree> {
  const work = workspaceFor(bins, measure);
  const limits = { ...options, maxLeaves: Number.POSITIVE_INFINITY, minGain: 0 };
  const columns = allRows(bins.columns.length);
  const cells = cellsOf(data);
  const counts = new Float64Array(training.rows.length);
  const order = new Int32Array(training.rows.length);
  const unseen = new Int32Array(training.rows.length);
  for (let t = 1; ; t++) {
    const stream = rng.split(`tree ${t}`);
    drawBootstrap(stream.split("rows"), counts);
    resample(counts);
    let drawn = 0;
    let left = 0;
    for (let i = 0; i < counts.length; i++)
      if (counts[i] > 0) order[drawn++] = i;
      else unseen[left++] = i;
    const choice = { columns, perNode: Math.max(1, options.columns), rng: stream.split("columns") };
    const grown = grow(bins, measure, order, drawn, limits, choice, work);
    const nodeValues = values(grown, options.smoothing);
    const tree = flatten(grown, bins, {
      width,
      isLeaf: (node) => grown.column[node] < 0,
      weight: (node) => measure.weight(grown.stats, node * grown.width),
      gain: (node) => grown.gain[node],
      value: (node, out, at) => {
        if (grown.column[node] < 0) for (let k = 0; k < width; k++) out[at + k] = nodeValues[node * width + k];
      },
    });
    voteUnseen(walkerOf(tree, data), cells, training.rows, unseen, left, votes);
    yield tree;
  }
}

/** The tree's values for rows that were not drawn: places[0 .. count) of the training rows. */
function voteUnseen(walker: Walker, cells: Cells, rows: Rows, places: Int32Array, count: number, votes: Votes): void {
  const { value } = walker.tree;
  const width = widthOf(walker.tree);
  route(walker, cells, rows, places, 0, count, (leaf, from, to) => {
    for (let i = from; i < to; i++) votes.add(places[i], value, leaf * width);
  });
}
