/** From a grown tree to flat arrays. */
import type { FlatTree } from "../../models/tree/flat-tree.ts";
import type { Bins } from "../../bins/bins.ts";
import { middle } from "../../bins/number-bins.ts";
import type { Grown } from "./grow/grown.ts";

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
  const { weight, gain, value, ...splits } = tree;
  return Object.freeze({ ...splits, levels: Int32Array.from(levels), weight, gain, value });
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
