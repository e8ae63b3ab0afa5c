import type { Loss } from "../../numeric/glm/loss.ts";
import { penalisedLoss } from "../../numeric/glm/objective.ts";
import type { Design } from "../../numeric/glm/panel.ts";

/** A fit with an absolute-value penalty on some columns of a design. */
export interface PartialFit<N> {
  /** Coefficients output by output, intercept first, of the selected columns. */
  readonly x: Float64Array;
  readonly notes: N;
}

export interface WorkingSetProblem<N> {
  readonly design: Design;
  readonly loss: Loss;
  /** Coefficients without any column, one an output. */
  readonly intercepts: Float64Array;
  /** Fits some columns of the design, from the given coefficients of theirs. */
  readonly fit: (columns: Design, strength: number, start: Float64Array) => PartialFit<N>;
  /** The absolute-value penalty of a strength, on the scale of the mean loss. */
  readonly lasso: (strength: number) => number;
  /** More columns than this at a time are not fitted; the strongest are kept, and the notes say so. */
  readonly most: number;
}

const MAX_ROUNDS = 50;
/** Share of the penalty by which a slope may exceed it: fits of the columns in use leave about as much. */
const SLACK = 1e-5;
/** At most this many columns join at a time, or as many as are in use. */
const FEW = 50;

/**
 * Fits a path of absolute-value penalties over very many columns, one strength after the other, from the strongest down. For
 * each strength only the columns in use are fitted; those that break the optimality condition join, the steepest first,
 * until none does.
 *
 * @returns What gives the coefficients of all columns for the next strength.
 * Cost: one pass over all columns a round, a few rounds a strength, and the fits of the few columns in play.
 * Source: Tibshirani et al., "Strong rules for discarding predictors in lasso-type problems", J. R. Stat. Soc. B 74,
 * 2012, section 7 (the active set with its check).
 */
export function workingSetWalk<N extends object>(
  problem: WorkingSetProblem<N>,
): (strength: number) => PartialFit<N & { "column limit"?: boolean }> {
  const { design, loss, intercepts, most } = problem;
  const { width } = design;
  const { outputs } = loss;
  const objective = penalisedLoss(design, loss, 0);
  const slopesAt = (at: Float64Array): Float64Array => {
    const gradient = new Float64Array(at.length);
    objective(at, gradient);
    return largestSlopes(gradient, width, outputs);
  };
  let x: Float64Array = new Float64Array(outputs * width);
  for (let k = 0; k < outputs; k++) x[k * width] = intercepts[k];
  let slopes = slopesAt(x);
  return (strength) => {
    const bound = problem.lasso(strength) * (1 + SLACK);
    let columns = inUse(x, width, outputs);
    let notes: N | undefined;
    for (let round = 0; ; round++) {
      const missed = violators(slopes, columns, bound);
      if (notes !== undefined && missed.length === 0) return { x, notes };
      if (notes !== undefined && (round >= MAX_ROUNDS || columns.length >= most))
        return { x, notes: { ...notes, "column limit": true } };
      const room = Math.min(Math.max(FEW, columns.length), most - columns.length);
      columns = Int32Array.from([...columns, ...missed.slice(0, room)]).sort();
      const fit = problem.fit(design.select(columns), strength, gathered(x, columns, width, outputs));
      ({ notes } = fit);
      x = scattered(fit.x, columns, width, outputs);
      slopes = slopesAt(x);
    }
  };
}

/** By column, the largest absolute slope over outputs; 0 for the ones. */
function largestSlopes(gradient: Float64Array, width: number, outputs: number): Float64Array {
  const out = new Float64Array(width);
  for (let k = 0; k < outputs; k++)
    for (let j = 1; j < width; j++) out[j] = Math.max(out[j], Math.abs(gradient[k * width + j]));
  return out;
}

function inUse(x: Float64Array, width: number, outputs: number): Int32Array {
  const columns: number[] = [];
  for (let j = 1; j < width; j++)
    for (let k = 0; k < outputs; k++)
      if (x[k * width + j] !== 0) {
        columns.push(j);
        break;
      }
  return Int32Array.from(columns);
}

/** Columns left out whose slope exceeds the bound, steepest first. */
function violators(slopes: Float64Array, columns: Int32Array, bound: number): number[] {
  const within = new Set(columns);
  return [...slopes.keys()]
    .filter((j) => slopes[j] > bound && !within.has(j))
    .sort((a, b) => slopes[b] - slopes[a] || a - b);
}

function gathered(x: Float64Array, columns: Int32Array, width: number, outputs: number): Float64Array {
  const own = columns.length + 1;
  const out = new Float64Array(outputs * own);
  for (let k = 0; k < outputs; k++) {
    out[k * own] = x[k * width];
    for (const [i, column] of columns.entries()) out[k * own + i + 1] = x[k * width + column];
  }
  return out;
}

function scattered(x: Float64Array, columns: Int32Array, width: number, outputs: number): Float64Array {
  const own = columns.length + 1;
  const out = new Float64Array(outputs * width);
  for (let k = 0; k < outputs; k++) {
    out[k * width] = x[k * own];
    for (const [i, column] of columns.entries()) out[k * width + column] = x[k * own + i + 1];
  }
  return out;
}
