import { choleskyInPlace, solveCholesky } from "../cholesky.ts";
import { elasticNet } from "../elastic-net.ts";
import type { Block, Curvature } from "./curvature.ts";

/** The penalty of an expansion: `l1` times absolute coefficients plus `l2` / 2 times their squares, intercepts free. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

export interface NewtonStep {
  readonly move: Float64Array;
  /** Length of the move in the metric of the curvature: about the change of the margins in standard units. */
  readonly size: number;
}

/** Keeps still what no row and no penalty holds, such as all intercepts of a softmax together. */
const HOLD = 1e-12;

/**
 * The move to the minimum of the second-order expansion at x.
 *
 * @param bound Factor on the blocks of outputs that are taken apart.
 * @param gradient Of the smooth part: the mean loss and the squares.
 * @param width Variables an output, the intercept first.
 * @throws RangeError when blocks do not cover all variables.
 * Cost: variables^3 / 6 of each block without absolute values, else a few times variables^2.
 */
export function newtonStep(
  { blocks }: Curvature,
  bound: number,
  gradient: Float64Array,
  x: Float64Array,
  width: number,
  penalty: Penalty,
): NewtonStep {
  const covered = blocks.reduce((sum, block) => sum + block.size, 0);
  if (covered < x.length)
    throw new RangeError(`newtonStep: needs second derivatives of all ${x.length} variables, got ${covered}`);
  const move = new Float64Array(x.length);
  const factor = blocks.length > 1 ? bound : 1;
  let squares = 0;
  for (const block of blocks) {
    const { at, size } = block;
    const matrix = penalised(block, factor, width, penalty.l2);
    const own = x.subarray(at, at + size);
    const slopes = gradient.subarray(at, at + size);
    const step =
      penalty.l1 === 0 ? solvedStep(matrix, slopes) : proximalStep(matrix, slopes, own, at, width, penalty.l1);
    squares += step.squares;
    move.set(step.move, at);
  }
  return { move, size: Math.sqrt(squares) };
}

interface BlockStep {
  readonly move: Float64Array;
  /** move' matrix move. */
  readonly squares: number;
}

/** Both triangles of `factor` times the block, with the penalty of squares on its diagonal. */
function penalised({ at, size, matrix: lower }: Block, factor: number, width: number, l2: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) matrix[j * size + k] = matrix[k * size + j] = factor * lower[j * size + k];
    matrix[j * (size + 1)] += (at + j) % width === 0 ? HOLD : l2;
  }
  return matrix;
}

function solvedStep(matrix: Float64Array, slopes: Float64Array): BlockStep {
  const size = slopes.length;
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, matrix[j * (size + 1)]);
  for (let j = 0; j < size; j++) matrix[j * (size + 1)] += HOLD * largest;
  const move = solveCholesky(choleskyInPlace(matrix, size), size, slopes.slice());
  let squares = 0;
  for (let j = 0; j < size; j++) {
    squares += move[j] * slopes[j];
    move[j] = -move[j];
  }
  return { move, squares };
}

function proximalStep(
  matrix: Float64Array,
  slopes: Float64Array,
  own: Float64Array,
  at: number,
  width: number,
  l1: number,
): BlockStep {
  const size = slopes.length;
  const linear = times(matrix, own);
  for (let j = 0; j < size; j++) linear[j] -= slopes[j];
  const lasso = new Float64Array(size).fill(l1);
  for (let j = 0; j < size; j++) if ((at + j) % width === 0) lasso[j] = 0;
  const move = own.slice();
  elasticNet({ matrix, linear, lasso, ridge: new Float64Array(size) }, move);
  for (let j = 0; j < size; j++) move[j] -= own[j];
  const pushed = times(matrix, move);
  let squares = 0;
  for (let j = 0; j < size; j++) squares += move[j] * pushed[j];
  return { move, squares: Math.max(0, squares) };
}

function times(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += matrix[j * n + k] * x[k];
    out[j] = sum;
  }
  return out;
}
