/** Growing one tree over binned rows: for every measure, depth first or best first. */
import { spend } from "../../../numeric/effort.ts";
import type { Rng } from "../../../numeric/rng.ts";
import type { Bins } from "../../../bins/bins.ts";
import { newCandidate, type Candidate } from "./candidate.ts";
import { addChildren, makeLeaf, newGrown, setSplit, type Grown } from "./grown.ts";
import { subtract } from "./histogram.ts";
import { histogramPool, type HistogramPool } from "./histogram-pool.ts";
import type { Measure } from "./measure.ts";
import { partition } from "./partition.ts";

export interface GrowthLimits {
  /** Most edges from the root to a leaf. */
  readonly maxDepth: number;
  /** Most leaves; infinite: depth first, else the split with the largest gain comes first. */
  readonly maxLeaves: number;
  /** Least weight of rows in a leaf. */
  readonly minLeaf: number;
  /** What a split must gain, and more than that, in the measure's unit. */
  readonly minGain: number;
  /** Whether a node is left whole because no splits below it can be worth their leaves; absent: none is. */
  readonly isHopeless?: ((tree: Grown, node: number) => boolean) | undefined;
  /** Direction of each of the bins' columns: 1 rising, -1 falling, 0 free; absent: all free. */
  readonly monotone?: Int8Array | undefined;
}

/** Which columns a node may be split on. */
export interface ColumnChoice {
  readonly columns: Int32Array;
  /** As many are tried at a node, drawn afresh; where none of them can be split on, further ones until one can. */
  readonly perNode: number;
  readonly rng: Rng;
}

/** Memory that is kept from tree to tree of one fit. */
export interface Workspace {
  readonly spare: Int32Array;
  readonly pool: HistogramPool;
  readonly best: Candidate;
}

/** Nodes of fewer rows are searched from their rows, larger ones from a histogram of all columns. */
const SMALL_NODE = 128;
/** Nodes beyond these are searched from their rows, too. */
const POOL_BYTES = 64 * 2 ** 20;

export function workspaceFor(bins: Bins, measure: Measure): Workspace {
  const size = 1024 * measure.width * bins.groups;
  return {
    spare: new Int32Array(bins.rows.length),
    pool: histogramPool(size, measure.keepsHistograms ? POOL_BYTES : 0),
    best: newCandidate(measure.stats),
  };
}

/**
 * Grows a tree on the rows order[0 .. count) and regroups them by leaf. A split is taken only if it gains more than
 * `minGain`; of equal gains the first column (by name) and the lowest cut win.
 * O(rows x columns x depth), less what comes by subtraction: where histograms are kept, only the smaller child's rows
 * are counted, and the larger child's histogram is the parent's minus its sibling's.
 */
export function grow(
  bins: Bins,
  measure: Measure,
  order: Int32Array,
  count: number,
  limits: GrowthLimits,
  choice: ColumnChoice,
  work: Workspace,
): Grown {
  const tree = newGrown(order, count, measure.root(order, count));
  const histograms: (Float64Array | undefined)[] = [];
  const columns = choice.columns.slice();
  const keeps = measure.keepsHistograms && choice.perNode >= columns.length;
  const rowsOf = (node: number): number => tree.end[node] - tree.start[node];
  const growable = (node: number): boolean =>
    tree.depth[node] < limits.maxDepth &&
    rowsOf(node) >= 2 &&
    measure.weight(tree.stats, node * tree.width) >= 2 * limits.minLeaf &&
    !measure.isPure(order, tree.start[node], tree.end[node]) &&
    limits.isHopeless?.(tree, node) !== true;

  /** Finds the node's best split; false: there is none. */
  const search = (node: number): boolean => {
    const { best } = work;
    const histogram = histograms[node];
    const start = tree.start[node];
    const end = tree.end[node];
    measure.enter(tree.stats, node * tree.width, tree.lower[node], tree.upper[node]);
    if (histogram === undefined) measure.load(order, start, end);
    best.gain = limits.minGain;
    best.column = -1;
    best.perfect = false;
    let tried = 0;
    for (; tried < columns.length && !best.perfect && (tried < choice.perNode || best.column < 0); tried++) {
      if (choice.perNode < columns.length) swap(columns, tried, tried + choice.rng.below(columns.length - tried));
      if (histogram === undefined) measure.searchRows(columns[tried], order, start, end, best);
      else measure.searchHistogram(columns[tried], histogram, best);
    }
    if (histogram === undefined) spend("cells", (end - start) * tried);
    if (best.column >= 0) setSplit(tree, node, best, bins.columns[best.column].kind === "category");
    else release(node);
    return best.column >= 0;
  };

  const release = (node: number): void => {
    const histogram = histograms[node];
    if (histogram !== undefined) work.pool.give(histogram);
    histograms[node] = undefined;
  };

  /** Adds the node's rows to the histogram, or takes them out. */
  const pass = (histogram: Float64Array, node: number, sign: 1 | -1): void => {
    measure.addToHistogram(histogram, order, tree.start[node], tree.end[node], sign);
    spend("histogramPasses", 1);
    spend("cells", rowsOf(node) * columns.length);
  };

  /** A histogram of the node's rows, where there is memory for one. */
  const counted = (node: number): Float64Array | undefined => {
    const histogram = work.pool.take();
    if (histogram !== undefined) pass(histogram, node, 1);
    return histogram;
  };

  /** Turns the parent's histogram into the larger child's, and keeps the smaller one's if that had to be counted. */
  const passOn = (parent: number, small: number, large: number): void => {
    const histogram = histograms[parent];
    if (histogram === undefined) return;
    if (rowsOf(large) < SMALL_NODE || !growable(large)) return release(parent);
    if (rowsOf(small) < SMALL_NODE) pass(histogram, small, -1);
    else {
      histograms[small] = counted(small);
      if (histograms[small] === undefined) return release(parent);
      subtract(histogram, histograms[small]);
    }
    histograms[large] = histogram;
    histograms[parent] = undefined;
  };

  /** Divides the node's rows between two new children and returns the left one. */
  const split = (node: number): number => {
    const left = addChildren(tree, node, partition(bins, tree, node, work.spare));
    if (limits.monotone !== undefined) setBounds(tree, left, limits.monotone[tree.column[node]], measure);
    return left;
  };

  const grows = growable(0);
  if (grows && keeps && count >= SMALL_NODE) histograms[0] = counted(0);
  const open: number[] = grows && search(0) ? [0] : [];
  for (let leaves = 1; open.length > 0 && leaves < limits.maxLeaves; leaves++) {
    const node = takeNext(open, tree, limits.maxLeaves);
    const left = split(node);
    if (leaves + 1 === limits.maxLeaves) {
      // the two children stay leaves: neither is searched
      release(node);
      break;
    }
    if (rowsOf(left) <= rowsOf(left + 1)) passOn(node, left, left + 1);
    else passOn(node, left + 1, left);
    for (const child of [left + 1, left])
      if (!growable(child)) release(child);
      else if (search(child)) open.push(child);
  }
  for (const node of open) {
    makeLeaf(tree, node);
    release(node);
  }
  spend("treeNodes", tree.column.length);
  return tree;
}

function swap(values: Int32Array, i: number, j: number): void {
  const held = values[i];
  values[i] = values[j];
  values[j] = held;
}

/** The open node to split next: the last one, or the one with the largest gain (of equals the one found first). */
function takeNext(open: number[], { gain }: Grown, maxLeaves: number): number {
  let top = open.length - 1;
  if (maxLeaves !== Number.POSITIVE_INFINITY)
    for (let i = top - 1; i >= 0; i--)
      if (gain[open[i]] > gain[open[top]] || (gain[open[i]] === gain[open[top]] && open[i] < open[top])) top = i;
  const node = open[top];
  open[top] = open[open.length - 1];
  open.pop();
  return node;
}

/** Children of a split on a rising column stay on their sides of the middle between their values; falling: turned. */
function setBounds(tree: Grown, left: number, sign: number, measure: Measure): void {
  if (sign === 0) return;
  const right = left + 1;
  const clipped = (node: number): number => {
    const { stats, width, order, start, end, lower, upper } = tree;
    const value = measure.value(stats, node * width, order, start[node], end[node]);
    return Math.min(upper[node], Math.max(lower[node], value));
  };
  const middle = (clipped(left) + clipped(right)) / 2;
  const [low, high] = sign > 0 ? [left, right] : [right, left];
  tree.upper[low] = middle;
  tree.lower[high] = middle;
}
