/** A tree as indented rules. */
import type { Shape } from "../../frame/dataset.ts";
import type { FlatTree } from "./flat-tree.ts";
import { readable } from "../../words/numbers.ts";

/** Levels named in a condition before the rest is counted. */
const MOST_LEVELS = 8;

/**
 * One line a node below the root, indented by depth: its condition and, where the rules end, what is predicted and the
 * weight of its training rows. A tree of more than `most` lines is shown down to the depth that fits; a node cut there
 * tells how many leaves are below it. O(nodes).
 *
 * @param missing Columns with missing values in the training rows: only there conditions say where these go.
 * @param say What a node predicts, in words.
 */
export function treeLines(
  tree: FlatTree,
  shape: Shape,
  missing: ReadonlySet<number>,
  say: (node: number) => string,
  most = 100,
): string[] {
  const { feature, weight } = tree;
  const parent = parentsOf(tree);
  const depth = new Int32Array(feature.length);
  for (let node = 1; node < feature.length; node++) depth[node] = depth[parent[node]] + 1;
  const leaves = leavesBelow(tree);
  const limit = depthThatFits(depth, most);
  const ending = (node: number): string => {
    if (feature[node] < 0) return `: ${say(node)} (weight ${readable(weight[node])})`;
    if (depth[node] < limit) return "";
    return `: ${say(node)} on average (weight ${readable(weight[node])}, ${leaves[node]} leaves below)`;
  };
  if (feature[0] < 0) return [`all rows${ending(0)}`];
  const lines: string[] = [];
  for (let node = 1; node < feature.length; node++)
    if (depth[node] <= limit) {
      const above = parent[node];
      const condition = conditionOf(tree, shape, above, node === above + 1, missing.has(feature[above]));
      lines.push("|  ".repeat(depth[node] - 1) + condition + ending(node));
    }
  return lines;
}

/** What holds on one side of a split. */
export function conditionOf(tree: FlatTree, { columns }: Shape, node: number, left: boolean, missing: boolean): string {
  const { feature, threshold, missingLeft, levels, levelsEnd } = tree;
  const { name, levels: names } = columns[feature[node]];
  const missingHere = (missingLeft[node] === 1) === left;
  const or = missing && missingHere ? " or missing" : "";
  if (columns[feature[node]].kind === "category") {
    const listed = [...levels.subarray(node === 0 ? 0 : levelsEnd[node - 1], levelsEnd[node])].map(
      (code) => names[code],
    );
    const more = listed.length - MOST_LEVELS;
    const is = missingHere ? (listed.length > 1 ? "is none of" : "is not") : "is";
    return `${name} ${is} ${listed.slice(0, MOST_LEVELS).join(" | ")}${more > 0 ? ` | ${more} more` : ""}${or}`;
  }
  if (threshold[node] === Number.MAX_VALUE) return `${name} is ${left ? "known" : "missing"}`;
  return `${name} ${left ? "<=" : ">"} ${readable(threshold[node])}${or}`;
}

/** The node above each; -1 above the root. */
function parentsOf({ feature, right }: FlatTree): Int32Array {
  const parent = new Int32Array(feature.length).fill(-1);
  for (let node = 0; node < feature.length; node++)
    if (feature[node] >= 0) for (const child of [node + 1, right[node]]) parent[child] = node;
  return parent;
}

/** How many leaves lie below each node; a leaf counts itself. O(nodes). */
export function leavesBelow(tree: FlatTree): Int32Array {
  const { feature } = tree;
  const parent = parentsOf(tree);
  const leaves = new Int32Array(feature.length);
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) leaves[node] = 1;
    if (parent[node] >= 0) leaves[parent[node]] += leaves[node];
  }
  return leaves;
}

/** The largest depth with at most so many nodes down to it, the root not counted; at least 1. */
function depthThatFits(depth: Int32Array, most: number): number {
  const nodes = new Int32Array(depth.reduce((deepest, d) => Math.max(deepest, d), 0) + 1);
  for (const d of depth) nodes[d]++;
  let shown = 0;
  for (let d = 1; d < nodes.length; d++) {
    shown += nodes[d];
    if (shown > most) return Math.max(1, d - 1);
  }
  return nodes.length - 1;
}
