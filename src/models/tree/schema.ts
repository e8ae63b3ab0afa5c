/** Saved trees: flat arrays, checked so that no walk can leave them. */
import * as v from "valibot";
import type { Shape } from "../../frame/dataset.ts";
import { rangeFault, sharesFault } from "../answers.ts";
import type { Fault } from "../contract.ts";
import { doubles, firstFault, integers, lengthFault, numbers } from "../parts.ts";
import { valueWidth, type FlatTree } from "./flat-tree.ts";

export const treeSchema: v.GenericSchema<unknown, FlatTree> = v.strictObject({
  feature: integers({ low: -1 }),
  threshold: doubles(),
  missingLeft: v.pipe(
    numbers({ low: 0, high: 1, whole: true }),
    v.transform((list) => Uint8Array.from(list)),
  ),
  right: integers({ low: -1 }),
  levelsEnd: integers({ low: 0 }),
  levels: integers({ low: 0 }),
  weight: doubles({ low: 0 }),
  gain: doubles({ low: 0 }),
  value: doubles(),
});

/** Sizes, columns, levels and the order of the nodes must fit. O(nodes + levels). */
export function treeFault(where: string, tree: FlatTree, shape: Shape, width: number): Fault {
  const size = tree.feature.length;
  const { threshold, missingLeft, right, levelsEnd, weight, gain, value } = tree;
  const far = tree.feature.find((column) => column >= shape.columns.length);
  return (
    firstFault(Object.entries({ threshold, missingLeft, right, levelsEnd, weight, gain }), ([name, list]) =>
      lengthFault(`${where}.${name}`, list, size),
    ) ??
    lengthFault(`${where}.value`, value, size * width) ??
    (far === undefined ? undefined : `${where}.feature: there is no column ${far} of ${shape.columns.length}`) ??
    preorderFault(where, tree) ??
    levelsFault(where, tree, shape)
  );
}

/** The leaves' values must be shares of so many classes; those of other nodes may be left out, as 0s. */
export function leafSharesFault(where: string, { feature, value }: FlatTree, classes: number): Fault {
  if (classes === 0) return undefined;
  const width = valueWidth(classes);
  if (width === 1) return rangeFault(`${where}.value`, value, 1); // the other share is what is left
  return (
    rangeFault(`${where}.value`, value) ??
    firstFault(feature, (column, node) =>
      column >= 0 ? undefined : sharesFault(`${where}.value`, value.subarray(node * width, (node + 1) * width), width),
    )
  );
}

/** Every left child follows its parent, and every right child follows the left child's last descendant. */
function preorderFault(where: string, { feature, right }: FlatTree): Fault {
  const waiting: number[] = []; // where right children must start, innermost last
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) waiting.push(right[node]);
    else if (waiting.length === 0 ? node !== feature.length - 1 : waiting.pop() !== node + 1)
      return `${where}: the nodes are not a tree in preorder, at node ${node}`;
  }
  return waiting.length > 0 || feature.length === 0 ? `${where}: the tree has no end` : undefined;
}

function levelsFault(where: string, { feature, levels, levelsEnd }: FlatTree, { columns }: Shape): Fault {
  const listed = new Map<number, Set<number>>();
  for (let node = 0; node < feature.length; node++) {
    const start = node === 0 ? 0 : levelsEnd[node - 1];
    const column = feature[node] < 0 ? undefined : columns[feature[node]];
    const most = column?.kind === "category" ? column.levels.length : 0;
    if (
      levelsEnd[node] < start ||
      levelsEnd[node] > levels.length ||
      column?.kind === "text" ||
      (most === 0 && levelsEnd[node] > start)
    )
      return `${where}: node ${node} does not fit its column`;
    const seen = listed.get(feature[node]) ?? new Set();
    listed.set(feature[node], seen);
    for (let k = start; k < levelsEnd[node]; k++) {
      if (levels[k] >= most) return `${where}: node ${node} has level ${levels[k]}, its column has ${most}`;
      seen.add(levels[k]);
    }
    if (seen.size > 255) return `${where}: a column lists ${seen.size} levels, at most 255 can be`;
  }
  return levelsEnd[feature.length - 1] === levels.length ? undefined : `${where}: levels are left over`;
}
