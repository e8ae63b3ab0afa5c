/** A grown tree as flat arrays: what is saved, read by people and walked by predictions. */
import { middle } from "../bins/number-bins.ts";
import type { Bins } from "../bins/bins.ts";
import type { Grown } from "../grow/grown.ts";

/**
 * One entry a node, in preorder: node 0 is the root, a node's left child follows it, `right` names the other.
 * A number x goes left if x <= threshold. Of a category, the levels listed for the node go to the side where missing
 * values do not go. Missing values, and levels that are not listed, go left if `missingLeft` is 1, else right.
 */
export interface FlatTree {
  /** Numbers in a value. */
  readonly width: number;
  /** Column in the dataset; -1: a leaf. */
  readonly feature: Int32Array;
  /** 0 where the column is a category or the node a leaf. */
  readonly threshold: Float64Array;
  readonly missingLeft: Uint8Array;
  /** -1 at a leaf. */
  readonly right: Int32Array;
  /** Of node i: levels[levelsEnd[i - 1] .. levelsEnd[i]), ascending codes; none where the column is a number. */
  readonly levelsEnd: Int32Array;
  readonly levels: Int32Array;
  /** Weight of the training rows in the node. */
  readonly weight: Float64Array;
  /** What the split gains; 0 at a leaf. */
  readonly gain: Float64Array;
  /** `width` numbers a node. Where only leaves matter, inner nodes have 0. */
  readonly value: Float64Array;
}

/** What stands in the arrays for each grown node. */
export interface NodeContent {
  readonly width: number;
  isLeaf(node: number): boolean;
  weight(node: number): number;
  gain(node: number): number;
  /** Writes the value of a grown node to `out` from `at`; a node that needs none leaves its zeros there. */
  value(node: number, out: Float64Array, at: number): void;
}

/** Flattens a grown tree, cutting it where `content` says that a node is a leaf. O(nodes). */
export function flatten(grown: Grown, bins: Bins, content: NodeContent): FlatTree {
  const nodes = preorder(grown, content);
  const size = nodes.length;
  const { width } = content;
  const tree = {
    width,
    feature: new Int32Array(size).fill(-1),
    threshold: new Float64Array(size),
    missingLeft: new Uint8Array(size),
    right: new Int32Array(size).fill(-1),
    levelsEnd: new Int32Array(size),
    weight: new Float64Array(size),
    gain: new Float64Array(size),
    value: new Float64Array(size * width),
  };
  const placeOf = new Int32Array(grown.column.length);
  for (let i = 0; i < size; i++) placeOf[nodes[i]] = i;
  const levels: number[] = [];
  for (let i = 0; i < size; i++) {
    const node = nodes[i];
    const leaf = content.isLeaf(node);
    tree.weight[i] = content.weight(node);
    content.value(node, tree.value, i * width);
    if (!leaf) {
      const column = bins.columns[grown.column[node]];
      tree.feature[i] = column.index;
      tree.right[i] = placeOf[grown.left[node] + 1];
      tree.missingLeft[i] = Number(grown.missingLeft[node]);
      tree.gain[i] = content.gain(node);
      if (column.kind === "number") tree.threshold[i] = thresholdOf(grown, node, column.highs, column.lows);
      else listLevels(grown, node, column.codes, levels);
    }
    tree.levelsEnd[i] = levels.length;
  }
  return Object.freeze({ ...tree, levels: Int32Array.from(levels) });
}

function preorder(grown: Grown, content: NodeContent): number[] {
  const nodes: number[] = [];
  const waiting = [0];
  while (waiting.length > 0) {
    const node = waiting.pop() as number;
    nodes.push(node);
    if (!content.isLeaf(node)) waiting.push(grown.left[node] + 1, grown.left[node]);
  }
  return nodes;
}

/** The middle between the values on both sides; where only missing values go right, a number that no other exceeds. */
function thresholdOf(grown: Grown, node: number, highs: Float64Array, lows: Float64Array): number {
  return grown.high[node] < 0 ? Number.MAX_VALUE : middle(highs[grown.low[node]], lows[grown.high[node]]);
}

/** The levels that go to the side where missing values do not. */
function listLevels({ set, sets }: Grown, node: number, codes: Int32Array, out: number[]): void {
  for (let bin = 0; bin < codes.length; bin++)
    if ((sets[set[node] + (bin >>> 5)] >>> (bin & 31)) & 1) out.push(codes[bin]);
}

/** How many leaves the tree has. */
export function leafCount({ feature }: FlatTree): number {
  let leaves = 0;
  for (let i = 0; i < feature.length; i++) if (feature[i] < 0) leaves++;
  return leaves;
}

/** Most edges from the root to a leaf. */
export function depthOf({ feature, right }: FlatTree): number {
  const depth = new Int32Array(feature.length);
  let deepest = 0;
  for (let i = 0; i < feature.length; i++) {
    deepest = Math.max(deepest, depth[i]);
    if (feature[i] < 0) continue;
    depth[i + 1] = depth[i] + 1;
    depth[right[i]] = depth[i] + 1;
  }
  return deepest;
}
