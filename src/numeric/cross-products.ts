import { panelRows, sparseColumns, strideOf, type Design } from "./glm/panel.ts";
import { addProducts } from "./glm/products.ts";

/**
 * Weighted sums of products of columns about their means: all that least squares asks of the rows. Two of them merge
 * into that of the rows together, so that folds share the work; nothing is ever subtracted, so that a held-out row
 * leaves no trace.
 */
export interface CrossProducts {
  readonly width: number;
  /** Sum of the row weights. */
  readonly weight: number;
  readonly means: Float64Array;
  /** Element (j, k), k <= j, at j * width + k: sum of w (x_j - mean_j)(x_k - mean_k). */
  readonly centred: Float64Array;
}

/**
 * Cross products of a design's columns, without the leading ones.
 * Columns should be roughly centred, as products about zero are summed first and then moved to the means (the
 * correction of the two-pass algorithm; Chan, Golub & LeVeque, The American Statistician 37, 1983).
 *
 * @param weights One a row; absent: all 1.
 * Cost: rows x columns^2 / 2 for dense columns, far less for indicators and sparse ones.
 */
export function designProducts(design: Design, weights?: Float64Array): CrossProducts {
  const all = design.width;
  const sparse = sparseColumns(design);
  const sums = new Float64Array(all * all);
  const scratch = new Float64Array(panelRows(design.dense) * strideOf(design.dense));
  for (let p = 0; p < design.panels; p++) {
    const panel = design.panel(p);
    const own = weights?.subarray(panel.first, panel.first + panel.rows);
    addProducts(sums, all, design.dense, panel, own, scratch, sparse);
  }
  const weight = sums[0];
  const width = all - 1;
  const means = new Float64Array(width);
  for (let j = 0; j < width; j++) means[j] = sums[(j + 1) * all] / weight;
  const centred = new Float64Array(width * width);
  for (let j = 0; j < width; j++)
    for (let k = 0; k <= j; k++) centred[j * width + k] = sums[(j + 1) * all + k + 1] - weight * means[j] * means[k];
  return { width, weight, means, centred };
}

/**
 * Cross products of the union of disjoint row sets, merged in the order given (Chan et al.'s pairwise update).
 * @throws RangeError when there is none, or the widths differ. Cost: parts x columns^2 / 2.
 */
export function mergeCrossProducts(parts: readonly CrossProducts[]): CrossProducts {
  if (parts.length === 0) throw new RangeError("mergeCrossProducts: needs at least one part, got none");
  const { width } = parts[0];
  if (parts.some((part) => part.width !== width))
    throw new RangeError(`mergeCrossProducts: widths must agree, got ${parts.map((p) => p.width).join(", ")}`);
  const means = parts[0].means.slice();
  const centred = parts[0].centred.slice();
  let weight = parts[0].weight;
  const apart = new Float64Array(width);
  for (const part of parts.slice(1)) {
    const total = weight + part.weight;
    for (let j = 0; j < width; j++) apart[j] = part.means[j] - means[j];
    addSpread(centred, part.centred, apart, (weight * part.weight) / total, width);
    for (let j = 0; j < width; j++) means[j] += apart[j] * (part.weight / total);
    weight = total;
  }
  return { width, weight, means, centred };
}

function addSpread(into: Float64Array, from: Float64Array, apart: Float64Array, factor: number, width: number): void {
  for (let j = 0; j < width; j++) {
    const scaled = factor * apart[j];
    const row = j * width;
    for (let k = 0; k <= j; k++) into[row + k] += from[row + k] + scaled * apart[k];
  }
}

/**
 * Replaces column `to` by `to + times x from`, in place: what imputing another value does to a column whose missing
 * cells are marked by the column `from`. Cost: O(columns).
 */
export function addColumn(products: CrossProducts, to: number, from: number, times: number): void {
  const { width, means, centred } = products;
  const at = (j: number, k: number): number => (j >= k ? j * width + k : k * width + j);
  const fromFrom = centred[at(from, from)];
  const toFrom = centred[at(to, from)];
  for (let k = 0; k < width; k++) if (k !== to) centred[at(to, k)] += times * centred[at(from, k)];
  centred[at(to, to)] += 2 * times * toFrom + times * times * fromFrom;
  means[to] += times * means[from];
}
