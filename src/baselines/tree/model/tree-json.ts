/** Trees as JSON data: flat arrays, checked on load so that no walk can leave them. */
import type { Shape } from "../../../data/dataset.ts";
import type { FlatTree } from "./flat-tree.ts";

export interface TreeJSON {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly missingLeft: readonly number[];
  readonly right: readonly number[];
  readonly levelsEnd: readonly number[];
  readonly levels: readonly number[];
  readonly weight: readonly number[];
  readonly gain: readonly number[];
  readonly value: readonly number[];
}

export function treeToJSON(tree: FlatTree): TreeJSON {
  const { feature, threshold, missingLeft, right, levelsEnd, levels, weight, gain, value } = tree;
  return {
    feature: [...feature],
    threshold: [...threshold],
    missingLeft: [...missingLeft],
    right: [...right],
    levelsEnd: [...levelsEnd],
    levels: [...levels],
    weight: [...weight],
    gain: [...gain],
    value: [...value],
  };
}

/**
 * @param name Of the family, for errors. @param width Numbers in a value.
 * @throws TypeError when sizes differ, a number is not finite or out of range, the nodes are not a tree in preorder, or
 * a column or level is not in the shape.
 */
export function treeFromJSON(name: string, json: unknown, shape: Shape, width: number): FlatTree {
  const members = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const numbers = (member: string, size: number | undefined, low: number, high: number, whole: boolean): number[] => {
    const list = members[member];
    if (!Array.isArray(list) || (size !== undefined && list.length !== size))
      throw new TypeError(`${name}: ${member} must be a list of ${size ?? "any number of"} numbers`);
    const bad = list.findIndex(
      (v) => typeof v !== "number" || !(v >= low && v <= high) || (whole && !Number.isInteger(v)),
    );
    if (bad >= 0) throw new TypeError(`${name}: ${member}[${bad}] is out of range: ${JSON.stringify(list[bad])}`);
    return list as number[];
  };
  const most = Number.MAX_VALUE;
  const feature = numbers("feature", undefined, -1, shape.columns.length - 1, true);
  const size = feature.length;
  const tree: FlatTree = {
    width,
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(numbers("threshold", size, -most, most, false)),
    missingLeft: Uint8Array.from(numbers("missingLeft", size, 0, 1, true)),
    right: Int32Array.from(numbers("right", size, -1, size - 1, true)),
    levelsEnd: Int32Array.from(numbers("levelsEnd", size, 0, 2 ** 31 - 1, true)),
    levels: Int32Array.from(numbers("levels", undefined, 0, 2 ** 31 - 1, true)),
    weight: Float64Array.from(numbers("weight", size, 0, most, false)),
    gain: Float64Array.from(numbers("gain", size, 0, most, false)),
    value: Float64Array.from(numbers("value", size * width, -most, most, false)),
  };
  checkPreorder(name, tree);
  checkLevels(name, tree, shape);
  return Object.freeze(tree);
}

/** Every left child follows its parent, and every right child follows the left child's last descendant. */
function checkPreorder(name: string, { feature, right }: FlatTree): void {
  const waiting: number[] = []; // where right children must start, innermost last
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) waiting.push(right[node]);
    else if (waiting.length === 0 ? node !== feature.length - 1 : waiting.pop() !== node + 1)
      throw new TypeError(`${name}: the nodes are not a tree in preorder, at node ${node}`);
  }
  if (waiting.length > 0 || feature.length === 0) throw new TypeError(`${name}: the tree has no end`);
}

function checkLevels(name: string, { feature, levels, levelsEnd }: FlatTree, { columns }: Shape): void {
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
      throw new TypeError(`${name}: node ${node} does not fit its column`);
    const seen = listed.get(feature[node]) ?? new Set();
    listed.set(feature[node], seen);
    for (let k = start; k < levelsEnd[node]; k++) {
      if (levels[k] >= most)
        throw new TypeError(`${name}: node ${node} has level ${levels[k]}, its column has ${most}`);
      seen.add(levels[k]);
    }
    if (seen.size > 255) throw new TypeError(`${name}: a column lists ${seen.size} levels, at most 255 can be`);
  }
  if (levelsEnd[feature.length - 1] !== levels.length) throw new TypeError(`${name}: levels are left over`);
}
