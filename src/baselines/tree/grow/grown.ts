import type { Candidate } from "./candidate.ts";

/** A tree as it grows: one entry a node in every list, children after their parent; node 0 is the root. */
export interface Grown {
  /** Column among the bins' columns; -1: a leaf. */
  readonly column: number[];
  /** Number column: the last bin on the left, and the first on the right (-1: none but missing). */
  readonly low: number[];
  readonly high: number[];
  /** Category column: where in `sets` the node's eight words are (bit b: bin b goes where missing rows do not); else -1. */
  readonly set: number[];
  readonly sets: number[];
  readonly missingLeft: boolean[];
  /** The left child; the right one follows it. -1: none. */
  readonly left: number[];
  /** The node's rows are order[start .. end). */
  readonly start: number[];
  readonly end: number[];
  readonly depth: number[];
  /** What the split gains, in the measure's unit; 0 at a leaf. */
  readonly gain: number[];
  /** Bounds of the value under monotone constraints. */
  readonly lower: number[];
  readonly upper: number[];
  /** `width` numbers that sum up each node, and the same of its left child-to-be. */
  readonly width: number;
  stats: Float64Array;
  leftStats: Float64Array;
  /** Training rows by place, grouped by leaf. */
  readonly order: Int32Array;
}

/** A tree of one leaf, the root, that holds the rows order[0 .. count). */
export function newGrown(order: Int32Array, count: number, rootStats: Float64Array): Grown {
  const width = rootStats.length;
  const tree: Grown = {
    column: [],
    low: [],
    high: [],
    set: [],
    sets: [],
    missingLeft: [],
    left: [],
    start: [],
    end: [],
    depth: [],
    gain: [],
    lower: [],
    upper: [],
    width,
    stats: new Float64Array(64 * width),
    leftStats: new Float64Array(64 * width),
    order,
  };
  addLeaf(tree, 0, count, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  tree.stats.set(rootStats);
  return tree;
}

function addLeaf(tree: Grown, start: number, end: number, depth: number, lower: number, upper: number): void {
  const node = tree.column.length;
  tree.column.push(-1);
  tree.low.push(0);
  tree.high.push(0);
  tree.set.push(-1);
  tree.missingLeft.push(true);
  tree.left.push(-1);
  tree.start.push(start);
  tree.end.push(end);
  tree.depth.push(depth);
  tree.gain.push(0);
  tree.lower.push(lower);
  tree.upper.push(upper);
  if ((node + 1) * tree.width <= tree.stats.length) return;
  tree.stats = doubled(tree.stats);
  tree.leftStats = doubled(tree.leftStats);
}

function doubled(values: Float64Array): Float64Array {
  const out = new Float64Array(2 * values.length);
  out.set(values);
  return out;
}

/** Notes a node's best split; it takes effect with `addChildren` and is taken back by `makeLeaf`. */
export function setSplit(tree: Grown, node: number, best: Candidate, category: boolean): void {
  tree.column[node] = best.column;
  tree.low[node] = best.low;
  tree.high[node] = best.high;
  tree.missingLeft[node] = best.missingLeft;
  tree.gain[node] = best.gain;
  tree.leftStats.set(best.left, node * tree.width);
  if (!category) return;
  tree.set[node] = tree.sets.length;
  for (const word of best.set) tree.sets.push(word);
}

export function makeLeaf(tree: Grown, node: number): void {
  tree.column[node] = -1;
  tree.gain[node] = 0;
}

/** Adds both children of a node whose right child's rows start at `middle`; returns the left one. */
export function addChildren(tree: Grown, node: number, middle: number): number {
  const { start, end, depth, lower, upper, width } = tree;
  const left = tree.column.length;
  tree.left[node] = left;
  addLeaf(tree, start[node], middle, depth[node] + 1, lower[node], upper[node]);
  addLeaf(tree, middle, end[node], depth[node] + 1, lower[node], upper[node]);
  for (let k = 0; k < width; k++) {
    const first = tree.leftStats[node * width + k];
    tree.stats[left * width + k] = first;
    tree.stats[(left + 1) * width + k] = tree.stats[node * width + k] - first;
  }
  return left;
}
