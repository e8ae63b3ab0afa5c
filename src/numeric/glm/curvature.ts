import { spend } from "../effort.ts";
import type { Loss } from "./loss.ts";
import { cellsOf, panelRows, sparseColumns, strideOf, type Design, type Panel } from "./panel.ts";
import { addProducts } from "./products.ts";
import { margins } from "./row-pass.ts";
import { enoughRows, sampleOf } from "./sample.ts";

/** A square run of the second derivatives: variables `at` to `at + size`, symmetric, row-major, both triangles filled. */
export interface Block {
  readonly at: number;
  readonly size: number;
  readonly matrix: Float64Array;
}

/**
 * Second derivatives of the mean loss, as far as they are worth knowing: whole blocks of variables where that is
 * affordable, the diagonal everywhere.
 */
export interface Curvature {
  readonly blocks: readonly Block[];
  readonly diagonal: Float64Array;
}

/** Most variables of a block. */
export interface BlockLimits {
  /** Of one output. */
  readonly single?: number;
  /** Of all outputs together. */
  readonly joint?: number;
}

const BLOCK_LIMIT = 1024;
/** Most multiply-adds for which all outputs are taken together, mixed derivatives and all. */
const JOINT_COST = 5e8;

/**
 * @param x Coefficients, outputs x design.width, where to look.
 * @param rows About as many rows are used (see `sampleOf`), fewer where only so all outputs can be taken together.
 * @param limits Each 1,024 where it is not given, and `single` never more.
 * Cost: rows x columns^2 / 2 for each pair of outputs taken together.
 */
export function curvatureAt(
  design: Design,
  loss: Loss,
  x: Float64Array,
  rows: number,
  limits: BlockLimits = {},
): Curvature {
  const { outputs } = loss;
  const most = mostTogether(design, outputs, limits);
  const used = most < enoughRows(design) ? rows : Math.min(rows, most);
  const sample = used < design.rows ? sampleOf(design, used) : undefined;
  const some = sample === undefined ? design : design.take(sample.places);
  const losses = sample === undefined ? loss : loss.take(sample.places, sample.factors);
  const { solid, limit } = solidColumns(design, limits);
  const mixed = outputs > 1 && used <= most;
  const pairs: (readonly [number, number])[] = [];
  if (solid <= limit)
    for (let a = 0; a < outputs; a++)
      if (mixed) for (let b = 0; b < a; b++) pairs.push([a, b]);
      else pairs.push([a, a]);
  const { products, diagonal } = sumCurvature(some, losses, x, pairs, solid);
  if (!mixed) {
    const blocks = products.map((matrix, k) => ({
      at: k * design.width,
      size: solid,
      matrix: mirrored(matrix, solid),
    }));
    return { blocks, diagonal };
  }
  const size = outputs * solid;
  const matrix = mirrored(joined(products, pairs, solid, outputs), size);
  return {
    blocks: [{ at: 0, size, matrix }],
    diagonal: diagonal.map((_, j) => matrix[j * (size + 1)]),
  };
}

/** How many columns make up the block of one output: all, or where those are too many, all but the sparse ones. */
function solidColumns(
  { width, dense, indicators }: Design,
  { single = BLOCK_LIMIT }: BlockLimits,
): { readonly solid: number; readonly limit: number } {
  const limit = Math.min(single, BLOCK_LIMIT);
  return { solid: width <= limit ? width : dense + indicators, limit };
}

/** The most rows of which there is one block of all variables, mixed derivatives of outputs and all. */
export function mostTogether(design: Design, outputs: number, limits: BlockLimits = {}): number {
  const { solid, limit } = solidColumns(design, limits);
  const { joint = BLOCK_LIMIT } = limits;
  if (solid < design.width || solid > limit || outputs * solid > joint) return 0;
  return outputs === 1 ? Infinity : Math.floor((4 * JOINT_COST) / (outputs * (outputs + 1) * solid * solid));
}

/** Mean products by pair of outputs, and the mean diagonal for every variable. */
function sumCurvature(
  design: Design,
  loss: Loss,
  x: Float64Array,
  pairs: readonly (readonly [number, number])[],
  solid: number,
): { products: Float64Array[]; diagonal: Float64Array } {
  const { width, dense } = design;
  const { outputs } = loss;
  const sparse = solid === width ? sparseColumns(design) : undefined;
  const products = pairs.map(() => new Float64Array(solid * solid));
  const diagonal = new Float64Array(outputs * width);
  const most = panelRows(dense);
  const scratch = new Float64Array(most * strideOf(dense));
  const buffer = new Float64Array(most * outputs);
  const weights = new Float64Array(most);
  const coefficients = new Float64Array(outputs * (width + 1));
  for (let k = 0; k < outputs; k++) coefficients.set(x.subarray(k * width, (k + 1) * width), k * (width + 1));
  for (let i = 0; i < design.panels; i++) {
    const panel = design.panel(i);
    spend("cells", cellsOf(design, panel));
    for (let k = 0; k < outputs; k++) margins(design, panel, coefficients, k * (width + 1), buffer, k, outputs);
    loss.ready?.(buffer, panel.rows);
    for (let p = 0; p < pairs.length; p++) {
      loss.curvatures(buffer, panel.first, panel.rows, pairs[p][0], pairs[p][1], weights);
      addProducts(products[p], solid, dense, panel, weights, scratch, sparse);
    }
    if (pairs.length > 0 && solid === width) continue;
    for (let k = 0; k < outputs; k++) {
      loss.curvatures(buffer, panel.first, panel.rows, k, k, weights);
      addSquares(design, panel, weights, diagonal, k * width);
    }
  }
  for (const matrix of products) for (let j = 0; j < matrix.length; j++) matrix[j] /= loss.weight;
  for (let j = 0; j < diagonal.length; j++) diagonal[j] /= loss.weight;
  for (const [p, [a, b]] of pairs.entries())
    if (a === b) for (let j = 0; j < solid; j++) diagonal[a * width + j] = products[p][j * (solid + 1)];
  return { products, diagonal };
}

function addSquares(design: Design, panel: Panel, weights: Float64Array, sums: Float64Array, at: number): void {
  const { dense, width, indicators, sparse } = design;
  const { rows, numbers, stride, numbersAt, codes, codeWidth, codesAt } = panel;
  for (let i = 0; i < rows; i++) {
    const weight = weights[i];
    const row = numbersAt + i * stride;
    for (let j = 0; j < dense; j++) sums[at + j] += weight * numbers[row + j] * numbers[row + j];
    for (let c = codesAt + i * codeWidth; c < codesAt + (i + 1) * codeWidth; c++)
      if (codes[c] < width) sums[at + codes[c]] += weight;
    if (sparse === undefined) continue;
    const { starts, columns, values } = sparse;
    for (let e = starts[panel.first + i]; e < starts[panel.first + i + 1]; e++)
      sums[at + dense + indicators + columns[e]] += weight * values[e] * values[e];
  }
}

/** The matrix, its lower triangle written into the upper one too. */
function mirrored(matrix: Float64Array, size: number): Float64Array {
  for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) matrix[k * size + j] = matrix[j * size + k];
  return matrix;
}

/**
 * The blocks of all pairs of outputs as one matrix, its lower triangle. Mixed second derivatives are the negatives of what was summed; and as
 * margins that all move together change no softmax, the blocks of a row of blocks add up to nothing, which gives those
 * on the diagonal.
 */
function joined(
  products: readonly Float64Array[],
  pairs: readonly (readonly [number, number])[],
  size: number,
  outputs: number,
): Float64Array {
  const all = outputs * size;
  const matrix = new Float64Array(all * all);
  for (const [p, [a, b]] of pairs.entries())
    for (let j = 0; j < size; j++)
      for (let k = 0; k <= j; k++) {
        const value = products[p][j * size + k];
        matrix[(a * size + j) * all + b * size + k] = -value;
        matrix[(a * size + k) * all + b * size + j] = -value;
        matrix[(a * size + j) * all + a * size + k] += value;
        matrix[(b * size + j) * all + b * size + k] += value;
      }
  return matrix;
}
