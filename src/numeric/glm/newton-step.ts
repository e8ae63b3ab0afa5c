import { choleskyInPlace, solveCholesky } from "../cholesky.ts";
import { elasticNet, type ElasticNetProblem } from "../elastic-net.ts";
import type { Curvature } from "./curvature.ts";

/** The penalty of an expansion: `l1` times absolute coefficients plus `l2` / 2 times their squares, intercepts free. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

export interface NewtonStep {
  readonly move: Float64Array;
  /** Length of the move in the metric of the curvature: about the change of the margins in standard units. */
  readonly size: number;
  /** About how far from the minimum it may end, in the same metric. */
  readonly error: number;
}

/** With absolute values, a move is found to this share of its length: the next one makes up for the rest. */
const INEXACT = 0.01;
/** Sizes of steps: what counts as none, and what the next one is about. */
export interface StepSizes {
  readonly tolerance: number;
  readonly expected: number;
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
  { l1, l2 }: Penalty,
  sizes: StepSizes,
): NewtonStep {
  const covered = blocks.reduce((sum, block) => sum + block.size, 0);
  if (covered < x.length)
    throw new RangeError(`newtonStep: needs second derivatives of all ${x.length} variables, got ${covered}`);
  const move = new Float64Array(x.length);
  const factor = blocks.length > 1 ? bound : 1;
  let squares = 0;
  let error = 0;
  for (const { at, size, matrix } of blocks) {
    const own = factor === 1 ? matrix : matrix.map((value) => factor * value);
    const ridge = Float64Array.from({ length: size }, (_, j) => ((at + j) % width === 0 ? HOLD : l2));
    const slopes = gradient.subarray(at, at + size);
    const lasso = ridge.map((_, j) => ((at + j) % width === 0 ? 0 : l1));
    const step =
      l1 === 0
        ? solvedStep(own, ridge, slopes)
        : proximalStep({ matrix: own, lasso, ridge }, slopes, x.subarray(at, at + size), sizes);
    squares += step.squares;
    error = Math.max(error, step.error);
    move.set(step.move, at);
  }
  return { move, size: Math.sqrt(squares), error };
}

interface BlockStep {
  readonly move: Float64Array;
  /** move' (matrix + ridge) move. */
  readonly squares: number;
  readonly error: number;
}

function solvedStep(matrix: Float64Array, ridge: Float64Array, slopes: Float64Array): BlockStep {
  const size = slopes.length;
  const factor = matrix.slice();
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, matrix[j * (size + 1)] + ridge[j]);
  for (let j = 0; j < size; j++) factor[j * (size + 1)] += ridge[j] + HOLD * largest;
  const move = solveCholesky(choleskyInPlace(factor, size), size, slopes.slice());
  let squares = 0;
  for (let j = 0; j < size; j++) {
    squares += move[j] * slopes[j];
    move[j] = -move[j];
  }
  return { move, squares, error: 0 };
}

function proximalStep(
  problem: ElasticNetProblem,
  slopes: Float64Array,
  own: Float64Array,
  { tolerance, expected }: StepSizes,
): BlockStep {
  const { ridge } = problem;
  const before = slopes.map((slope, j) => ridge[j] * own[j] - slope); // the loss's pull at no move
  const residual = before.slice();
  const next = own.slice();
  const least = INEXACT * tolerance;
  for (let error = Math.max(least, INEXACT * expected); ;) {
    elasticNet(problem, next, residual, error);
    const move = next.map((value, j) => value - own[j]);
    let squares = 0;
    for (let j = 0; j < move.length; j++) squares += move[j] * (before[j] - residual[j] + ridge[j] * move[j]);
    squares = Math.max(0, squares);
    if (!(error > Math.max(least, INEXACT * Math.sqrt(squares)))) return { move, squares, error };
    error = Math.max(least, Math.min(error, INEXACT * Math.sqrt(squares)) / 4);
  }
}
