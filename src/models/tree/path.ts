/** One row's way through trees, and what its columns do to their answers. */
import type { Dataset, Shape } from "../../frame/dataset.ts";
import { widthOf, type FlatTree } from "./flat-tree.ts";
import { cellsOf, leafOf, walkerOf } from "./walk.ts";

/** The nodes from the root to the row's leaf. O(depth + nodes before the leaf). */
export function pathOf(tree: FlatTree, table: Dataset, row: number): readonly number[] {
  const { numbers, codes } = cellsOf(table);
  const leaf = leafOf(walkerOf(tree, table), numbers, codes, row);
  const path = [0];
  for (let node = 0; node !== leaf; path.push(node)) node = leaf >= tree.right[node] ? tree.right[node] : node + 1; // preorder: what is left comes before what is right
  return path;
}

/** The same tree with an answer in every node: of inner ones the mean of their leaves. O(nodes). */
export function withMeans(tree: FlatTree): FlatTree {
  const width = widthOf(tree);
  const value = new Float64Array(tree.value.length);
  for (let k = 0; k < width; k++) nodeMeans(tree, k).forEach((mean, node) => (value[node * width + k] = mean));
  return { ...tree, value };
}

/** The mean answer of each node's training rows, from its leaves and their weights; `output`: which number of a value. */
function nodeMeans(tree: FlatTree, output: number): Float64Array {
  const { feature, right, weight, value } = tree;
  const width = widthOf(tree);
  const means = Float64Array.from(feature, (_, node) => value[node * width + output]);
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) continue;
    const [left, other] = [node + 1, right[node]];
    const total = weight[left] + weight[other];
    const share = total > 0 ? weight[left] / total : 0.5;
    means[node] = share * means[left] + (1 - share) * means[other];
  }
  return means;
}

/**
 * Adds to each column's amount how far its splits move the mean answer along the row's path, times `factor`, and returns
 * the mean answer of all rows times `factor`: together they are the leaf's answer. O(nodes).
 */
export function addPathAmounts(
  amounts: Float64Array,
  tree: FlatTree,
  table: Dataset,
  row: number,
  { output, factor }: { readonly output: number; readonly factor: number },
): number {
  const means = nodeMeans(tree, output);
  const path = pathOf(tree, table, row);
  for (let i = 1; i < path.length; i++)
    amounts[tree.feature[path[i - 1]]] += factor * (means[path[i]] - means[path[i - 1]]);
  return factor * means[0];
}

/** The thresholds of a number column in trees. */
export function thresholdsOf(trees: readonly FlatTree[], column: number, { columns }: Shape): readonly number[] {
  if (columns[column].kind !== "number") return [];
  const found = new Set<number>();
  for (const { feature, threshold } of trees)
    for (let node = 0; node < feature.length; node++) if (feature[node] === column) found.add(threshold[node]);
  return [...found];
}

/** What sums over paths are: each split counts for its column, in the order of the path. */
export const PATH_START = "what the trees say of all training rows on average";
