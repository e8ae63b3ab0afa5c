import { spend } from "../effort.ts";
import type { Differentiable } from "../lbfgs.ts";
import { curvatureAt, type Curvature } from "./curvature.ts";
import type { Loss } from "./loss.ts";
import { newtonStep, type Penalty } from "./newton-step.ts";
import { penalisedLoss } from "./objective.ts";
import type { Design } from "./panel.ts";
import { corrected } from "./secant.ts";
import { sampleRows, type GlmFit, type Stopped } from "./smooth-fit.ts";

const TOLERANCE = 1e-8;
/** About how much shorter than the last a step is. */
const EXPECTED = 0.03;
/** From this size on, steps shrink at least as fast as the last two. */
const NEAR = 1e-2;
/** Steps must shrink by this factor, or second derivatives are taken afresh. */
const SLOW = 0.3;
const MAX_ITERATIONS = 200;
const ARMIJO = 1e-4;
/** Taken apart, outputs need many more steps, so they are kept together as long as their block can be held. */
const JOINT_LIMIT = 3000;

/**
 * Minimises the mean loss plus l1 times the sum of absolute coefficients plus l2 / 2 times the sum of their squares
 * (intercepts free). With l1 above 0, most coefficients can be exactly 0.
 *
 * Proximal quasi-Newton: each step goes to the minimum of the second-order expansion at the current point. Second
 * derivatives may come from a neighbour on a path, or from a sample of the rows; each step corrects them, and they are
 * taken afresh, from more rows, when steps do not shrink fast. Gradients are exact.
 *
 * @throws RangeError when the design has too many columns for blocks of second derivatives.
 * @param nearby Second derivatives at a point not far from the start; absent: those at the start.
 * @param tolerance Size of a step in the metric of the curvature: about the change of the margins in standard units.
 * Cost: 5 to 10 passes over the rows, 3 to 6 along a path.
 * Source: Lee, Sun & Saunders, "Proximal Newton-type methods for minimizing composite functions", SIAM J. Optim. 24, 2014.
 */
export function newtonFit(
  design: Design,
  loss: Loss,
  penalty: Penalty,
  start: Float64Array,
  nearby?: Curvature,
  tolerance: number = TOLERANCE,
): GlmFit & { readonly curvature?: Curvature } {
  const { l1, l2 } = penalty;
  const { width } = design;
  const smooth = penalisedLoss(design, loss, l2);
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(x.length);
  let value = smooth(x, gradient) + l1 * absolutes(x, width);
  let evaluations = 1;
  let rows = sampleRows(design);
  let curvature = nearby;
  let fresh = false; // second derivatives are those at x
  let before = Infinity;
  // Outputs taken apart leave out their mixed derivatives, which this factor makes up for (exactly where all classes are
  // equally likely; 2 bounds the worst case).
  let bound = loss.outputs / Math.max(1, loss.outputs - 1);
  const done = (iterations: number, stopped: Stopped): GlmFit & { readonly curvature?: Curvature } => {
    spend("solverSteps", iterations);
    return { x, value, iterations, evaluations, stopped, ...(curvature && { curvature }) };
  };
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (curvature === undefined) {
      curvature = curvatureAt(design, loss, x, rows, { joint: JOINT_LIMIT });
      fresh = true;
    }
    const { move, size, error } = newtonStep(curvature, bound, gradient, x, width, penalty, {
      expected: EXPECTED * Math.min(before, 1),
      tolerance,
    });
    if (size <= tolerance) return done(iteration, "converged");
    const shrunk = size / before;
    if (shrunk > 0 && size < NEAR && Math.max(size * shrunk, error) <= tolerance) {
      // The step after this one would be too small to matter: this one needs no pass over the rows to check it.
      x = moved(x, move, 1);
      value -= (size * size) / 2;
      return done(iteration + 1, "converged");
    }
    const found = search(smooth, x, value, gradient, move, width, l1);
    evaluations += found.evaluations;
    if (found.x === undefined) {
      if (fresh && rows >= design.rows) return done(iteration, "rounding");
      rows = Math.min(design.rows, 4 * rows);
      curvature = undefined;
      continue;
    }
    if (found.evaluations > 1) bound = Math.min(2, 1.5 * bound);
    curvature = shrunk > SLOW ? undefined : learnt(curvature, x, gradient, found, width, l2);
    if (shrunk > SLOW) rows = Math.min(design.rows, 2 * rows);
    fresh = false;
    ({ x, value, gradient } = found);
    before = size;
  }
  return done(MAX_ITERATIONS, "iteration limit");
}

/** Second derivatives corrected by what a step showed of them. */
function learnt(
  curvature: Curvature,
  x: Float64Array,
  gradient: Float64Array,
  found: Found,
  width: number,
  l2: number,
): Curvature {
  const move = new Float64Array(x.length);
  const change = new Float64Array(x.length);
  for (let j = 0; j < x.length; j++) {
    move[j] = found.x[j] - x[j];
    change[j] = found.gradient[j] - gradient[j] - (j % width === 0 ? 0 : l2 * move[j]);
  }
  return corrected(curvature, move, change);
}

function moved(x: Float64Array, move: Float64Array, share: number): Float64Array {
  return x.map((old, i) => old + share * move[i]);
}

function absolutes(x: Float64Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) if (i % width !== 0) sum += Math.abs(x[i]);
  return sum;
}

interface Found {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly evaluations: number;
}

/** Halves the step until the objective falls as much as the expansion promises (or no digit shows a difference). */
function search(
  smooth: Differentiable,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  move: Float64Array,
  width: number,
  l1: number,
): Found | { readonly x: undefined; readonly evaluations: number } {
  let slope = 0;
  for (let i = 0; i < x.length; i++) slope += gradient[i] * move[i];
  const size = absolutes(x, width);
  for (let evaluations = 1, share = 1; evaluations <= 30; evaluations++, share /= 2) {
    const next = moved(x, move, share);
    const nextSize = absolutes(next, width);
    const nextGradient = new Float64Array(x.length);
    const nextValue = smooth(next, nextGradient) + l1 * nextSize;
    const promised = share * slope + l1 * (nextSize - size);
    if (nextValue <= value + ARMIJO * promised + 4 * Number.EPSILON * Math.abs(value))
      return { x: next, value: nextValue, gradient: nextGradient, evaluations };
  }
  return { x: undefined, evaluations: 30 };
}
