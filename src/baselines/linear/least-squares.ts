import { elasticNet, residualOf } from "../../numeric/elastic-net.ts";
import { minimumNorm } from "../../numeric/minimum-norm.ts";
import { ridgePath } from "../../numeric/ridge-path.ts";
import type { Model } from "../../models/contract.ts";
import type { NormalEquations } from "./normal-equations.ts";

/** The coefficients of one setting, intercept first, in encoded columns. */
export interface Solution {
  readonly x: Float64Array;
  readonly notes: Model["notes"];
  readonly errors?: Float64Array;
}

/**
 * Ridge regression for all penalties from one factorisation; 0 is ordinary least squares, and of its solutions where
 * columns are collinear the one with the smallest coefficients.
 * @param rows Training rows, for the degrees of freedom of the error variance.
 */
export function ridge(equations: NormalEquations, penalties: readonly number[], rows: number): Solution[] {
  const { gram, width, pull } = equations;
  const positive = penalties.filter((penalty) => penalty > 0);
  const path = ridgePath(gram, width, pull, positive);
  const plain = positive.length < penalties.length ? leastSquares(equations, rows) : undefined;
  return penalties.map(
    (penalty) =>
      (penalty > 0 ? undefined : plain) ?? {
        x: withIntercept(equations, path[positive.indexOf(penalty)]),
        notes: {},
      },
  );
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
 * Elastic net for several strengths of shrinkage (see `LinearParams`), each from its stronger neighbour's solution.
 * @param mix Share of the absolute-value penalty: 1 is the lasso.
 * @param start Coefficients to start from, intercept first; absent: none.
 * @returns In the order of `shrinkage`.
 */
export function elasticNetPath(
  equations: NormalEquations,
  mix: number,
  shrinkage: readonly number[],
  start?: Float64Array,
): Solution[] {
  const { width, weight, targetSquares } = equations;
  const matrix = new Float64Array(width * width);
  for (let j = 0; j < width; j++)
    for (let k = 0; k <= j; k++) matrix[j * width + k] = matrix[k * width + j] = equations.gram[j * width + k] / weight;
  const linear = equations.pull.map((value) => value / weight);
  const deviation = Math.sqrt(targetSquares / weight);
  const x = start === undefined ? new Float64Array(width) : start.slice(1);
  const residual = residualOf(matrix, linear, x);
  const solutions = new Map<number, Solution>();
  for (const strength of [...new Set(shrinkage)].sort((a, b) => b - a)) {
    const lasso = new Float64Array(width).fill(strength * mix * deviation);
    const squares = new Float64Array(width).fill(strength * (1 - mix));
    const { sweeps, converged } = elasticNet({ matrix, lasso, ridge: squares }, x, residual);
    solutions.set(strength, {
      x: withIntercept(equations, x),
      notes: { sweeps, stopped: converged ? "converged" : "iteration limit" },
    });
  }
  return shrinkage.map((strength) => solutions.get(strength) as Solution);
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
