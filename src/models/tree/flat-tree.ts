/** A tree as flat arrays: what is saved, read by people and walked by predictions. */
import type { Prediction } from "../../frame/prediction.ts";

/**
 * One entry a node, in preorder: node 0 is the root, a node's left child follows it, `right` names the other.
 * A number x goes left if x <= threshold. Of a category, the levels listed for the node go to the side where missing
 * values do not go. Missing values, and levels that are not listed, go left if `missingLeft` is 1, else right.
 */
export interface FlatTree {
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
  /** As many numbers a node as its width. Where only leaves matter, inner nodes have 0. */
  readonly value: Float64Array;
}

/** As it is saved. */
export type TreeJSON = { readonly [list in keyof FlatTree]: readonly number[] };

/** Numbers in a node's value. */
export function widthOf({ feature, value }: FlatTree): number {
  return value.length / feature.length;
}

/** Numbers in a tree's value: one for regression (no classes), one for two classes (the share of the second), else one a class. */
export function valueWidth(classes: number): number {
  return classes === 2 ? 1 : Math.max(1, classes);
}

/** Values as predictions; of two classes, the values are the share of the second. */
export function treePrediction(values: Float64Array, classes: number): Prediction {
  if (classes === 0) return { kind: "value", values };
  if (classes !== 2) return { kind: "probability", values, classes };
  const both = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    both[2 * i] = 1 - values[i];
    both[2 * i + 1] = values[i];
  }
  return { kind: "probability", values: both, classes };
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
