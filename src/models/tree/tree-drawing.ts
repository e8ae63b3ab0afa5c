import type { Shape } from "../../frame/dataset.ts";
import type { TreeDrawing } from "../drawing.ts";
import { drawnUnit } from "../rules-drawing.ts";
import { widthOf, type FlatTree } from "./flat-tree.ts";
import { conditionOf, leavesBelow } from "./tree-text.ts";

/** Nodes that a figure can show. */
const MOST = 15;

/**
 * The tree for a figure: of a large one the nodes that most training rows come by. O(nodes).
 *
 * @param missing As of `treeLines`.
 * @param say What a node predicts, in words.
 */
export function treeDrawing(
  tree: FlatTree,
  shape: Shape,
  missing: ReadonlySet<number>,
  say: (node: number) => string,
): TreeDrawing {
  const open = opened(tree);
  const leaves = leavesBelow(tree);
  const nodes: TreeDrawing["nodes"][number][] = [];
  const draw = (node: number, parent: number, when: string): void => {
    const place = nodes.length;
    const { weight } = tree;
    nodes.push({
      parent,
      when,
      says: say(node),
      value: valueOf(tree, node, shape),
      rows: weight[node],
      leaves: leaves[node],
    });
    if (!open.has(node)) return;
    const known = missing.has(tree.feature[node]);
    draw(node + 1, place, conditionOf(tree, shape, node, true, known));
    draw(tree.right[node], place, conditionOf(tree, shape, node, false, known));
  };
  draw(0, -1, "all rows");
  return { kind: "tree", unit: drawnUnit(shape), nodes };
}

/** The splits that are shown: from the root down, always that of the most rows next. */
function opened({ feature, right, weight }: FlatTree): ReadonlySet<number> {
  const open = new Set<number>();
  const waiting = feature[0] >= 0 ? [0] : [];
  for (let shown = 1; waiting.length > 0 && shown + 2 <= MOST; shown += 2) {
    const at = waiting.reduce((most, node, i) => (weight[node] > weight[waiting[most]] ? i : most), 0);
    const [node] = waiting.splice(at, 1);
    open.add(node);
    waiting.push(...[node + 1, right[node]].filter((child) => feature[child] >= 0));
  }
  return open;
}

/** The value, the share of the second of two classes, or the largest share. */
function valueOf(tree: FlatTree, node: number, { classes }: Shape): number {
  const width = widthOf(tree);
  const own = tree.value.subarray(node * width, (node + 1) * width);
  return classes.length > 2 ? Math.max(...own) : own[0];
}
