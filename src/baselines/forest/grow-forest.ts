/** Bagged trees over random columns. */
import type { Dataset } from "../../data/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { BinnedTraining } from "../tree/bins/shared-bins.ts";
import { grow, workspaceFor } from "../tree/grow/grow.ts";
import { flatten } from "../tree/model/flat-tree.ts";
import { cellsOf, leafOf, walkerOf, type Walker } from "../tree/model/walk.ts";
import { drawBootstrap } from "./bootstrap.ts";
import { forestTarget } from "./forest-target.ts";
import { newVotes, type Votes } from "./out-of-bag.ts";

export interface ForestOptions {
  readonly trees: number;
  /** Columns tried at a node. */
  readonly columns: number;
  readonly minLeaf: number;
  readonly maxDepth: number;
  readonly smoothing: number;
}

export interface Forest {
  readonly walkers: readonly Walker[];
  /** What the trees say of the training rows that they have not seen. */
  readonly votes: Votes;
}

/**
 * Random forest: Breiman, "Random forests", Machine Learning 45, 2001. Each tree sees as many rows as there are, drawn with
 * replacement, and at each node some columns, drawn without. O(trees x rows x columns tried x depth).
 *
 * @param rng One stream a tree, so trees do not depend on how many there are.
 */
export function growForest(
  data: Dataset,
  { training, bins }: BinnedTraining,
  options: ForestOptions,
  rng: Rng,
): Forest {
  const { measure, width, resample, values } = forestTarget(data.target, training, bins, options.minLeaf);
  const work = workspaceFor(bins, measure);
  const limits = { ...options, maxLeaves: Number.POSITIVE_INFINITY, minGain: 0 };
  const columns = Int32Array.from(bins.columns, (_, j) => j);
  const cells = cellsOf(data);
  const counts = new Float64Array(training.rows.length);
  const order = new Int32Array(training.rows.length);
  const votes = newVotes(training.rows.length, width);
  const walkers: Walker[] = [];
  for (let t = 1; t <= options.trees; t++) {
    const stream = rng.split(`tree ${t}`);
    drawBootstrap(stream.split("rows"), counts);
    resample(counts);
    let drawn = 0;
    for (let i = 0; i < counts.length; i++) if (counts[i] > 0) order[drawn++] = i;
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
    const walker = walkerOf(tree, (feature) => data.columns[feature].kind === "category");
    walkers.push(walker);
    for (let i = 0; i < counts.length; i++)
      if (counts[i] === 0)
        votes.add(i, tree.value, leafOf(walker, cells.numbers, cells.codes, training.rows[i]) * width);
  }
  return { walkers, votes };
}
