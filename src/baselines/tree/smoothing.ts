import type { Grown } from "./grow/grown.ts";
import type { Measure } from "./grow/measure.ts";

/**
 * Values of all nodes, each drawn to its parent's as if `smoothing` further rows had that: (sum + smoothing * parent's) /
 * (weight + smoothing), from the root down; `prior` stands above the root. Small leaves so borrow from what is around
 * them, and no class share is 0. As hierarchical shrinkage (Agarwal et al., ICML 2022), in the form of the m-estimate of
 * probabilities (Cestnik, ECAI 1990). O(nodes).
 *
 * @param sum The k-th sum of a node: of targets, or of the weights of a class.
 */
export function smoothed(
  { column, left, stats, width: statistics }: Grown,
  measure: Measure,
  prior: readonly number[],
  smoothing: number,
  sum: (node: number, k: number) => number,
): Float64Array {
  const width = prior.length;
  const parent = new Int32Array(column.length).fill(-1);
  const values = new Float64Array(column.length * width);
  for (let node = 0; node < column.length; node++) {
    const weight = measure.weight(stats, node * statistics) + smoothing;
    for (let k = 0; k < width; k++) {
      const above = parent[node] < 0 ? prior[k] : values[parent[node] * width + k];
      values[node * width + k] = (sum(node, k) + smoothing * above) / weight;
    }
    if (column[node] >= 0) parent[left[node]] = parent[left[node] + 1] = node;
  }
  return values;
}
