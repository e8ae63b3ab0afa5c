import { elasticNet, residualOf } from "../../numeric/elastic-net.ts";
import { minimumNorm } from "../../numeric/minimum-norm.ts";
import { ridgeSolver } from "../../numeric/ridge-path.ts";
import type { Model } from "../../models/contract.ts";
import type { NormalEquations } from "./normal-equations.ts";
import type { Walk } from "./walks.ts";

/** The coefficients of one setting, intercept first, in encoded columns. */
export interface Solution {
  readonly x: Float64Array;
  readonly notes: Model["notes"];
  readonly errors?: Float64Array;
}

/**
 * Ridge regression for penalties in any order; 0 is ordinary least squares, and of its solutions where columns are
 * collinear the one with the smallest coefficients.
 * @param rows Training rows, for the degrees of freedom of the error variance.
 * @param expected How many penalties will be asked for, about.
 */
export function ridgeWalk(equations: NormalEquations, rows: number, expected: number): Walk<Solution> {
  const solve = ridgeSolver(equations.gram, equations.width, equations.pull, expected);
  return (penalty) =>
    penalty > 0 ? { x: withIntercept(equations, solve(penalty)), notes: {} } : leastSquares(equations, rows);
}

function leastSquares(equations: NormalEquations, rows: number): Solution {
  const { gram, width, pull, targetSquares } = equations;
  const { rank, x, inverseDiagonal } = minimumNorm(gram, width, pull);
  let explained = 0;
  for (let j = 0; j < width; j++) explained += x[j] * pull[j];
  const degrees = rows - rank - 1;
  const notes = { rank, "collinear columns": width - rank };
  const solution = { x: withIntercept(equations, x), notes };
  if (degrees <= 0) return solution; // as many coefficients as rows: nothing is left to judge the errors by
  const variance = Math.max(0, targetSquares - explained) / degrees;
  return { ...solution, errors: inverseDiagonal().map((value) => Math.sqrt(value * variance)) };
}

/**
 * Elastic net for strengths of shrinkage (see `LinearParams`), each from the solution before it.
 * @param mix Share of the absolute-value penalty: 1 is the lasso.
 * @param start Coefficients to start from, intercept first; absent: none.
 */
export function elasticNetWalk(equations: NormalEquations, mix: number, start?: Float64Array): Walk<Solution> {
  const { width, weight, targetSquares } = equations;
  const matrix = new Float64Array(width * width);
  for (let j = 0; j < width; j++)
    for (let k = 0; k <= j; k++) matrix[j * width + k] = matrix[k * width + j] = equations.gram[j * width + k] / weight;
  const linear = equations.pull.map((value) => value / weight);
  const deviation = Math.sqrt(targetSquares / weight);
  const x = start === undefined ? new Float64Array(width) : start.slice(1);
  const residual = residualOf(matrix, linear, x);
  return (strength) => {
    const lasso = new Float64Array(width).fill(strength * mix * deviation);
    const squares = new Float64Array(width).fill(strength * (1 - mix));
    const { sweeps, converged } = elasticNet({ matrix, lasso, ridge: squares }, x, residual);
    return {
      x: withIntercept(equations, x),
      notes: { sweeps, stopped: converged ? "converged" : "iteration limit" },
    };
  };
}

function withIntercept({ means, targetMean }: NormalEquations, coefficients: Float64Array): Float64Array {
  const x = new Float64Array(coefficients.length + 1);
  x[0] = targetMean;
  for (let j = 0; j < coefficients.length; j++) {
    x[0] -= coefficients[j] * means[j];
    x[j + 1] = coefficients[j];
  }
  return x;
}
