import { factorRows, solveLower, solveUpper } from "../cholesky.ts";
import { lbfgs, type Differentiable, type LbfgsReason } from "../lbfgs.ts";
import { curvatureAt, type Curvature } from "./curvature.ts";
import type { Loss } from "./loss.ts";
import { penalisedLoss } from "./objective.ts";
import { cellsOf, type Design } from "./panel.ts";
import { enoughRows } from "./sample.ts";

export interface GlmFit {
  /** Coefficients output by output, each beginning with its intercept: outputs x design.width. */
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Passes over all rows. */
  readonly evaluations: number;
  readonly stopped: Stopped;
}

/** Why a fit ended: the tolerance was met; steps no longer changed anything that double precision shows; or the limit. */
export type Stopped = "converged" | "rounding" | "iteration limit";

/** When a fit ends. */
export interface FitLimits {
  /** Largest component of the gradient in the metric of the curvature: about the error of the margins in standard units. */
  readonly tolerance: number;
  /** The same where variables or outputs are scaled apart, so that the last digits take as long as all others. */
  readonly apart: number;
  /** Most iterations. */
  readonly iterations: number;
}

const TO_THE_END: FitLimits = { tolerance: 1e-8, apart: 1e-6, iterations: 300 };
/** Of a mean over many rows. */
const ROUNDING = 1e-13;
/** Iterations before second derivatives are taken afresh, from more rows; twice as many in each stage that follows. */
const FIRST_STAGE = 8;
/** The same where all rows were used, so that only the place is new. */
const WHOLE_STAGE = 32;
/** A path that takes more iterations than this a step has left the place where its curvature was taken. */
const SERVED_WELL = 16;
/** A block is worth factoring for less than so many passes over the rows: about what it spares in steps. */
const WORTH_PASSES = 200;

/**
 * Minimises the mean loss plus l2 / 2 times the sum of squared coefficients; the loss must be convex.
 *
 * @param l2 Penalty on the scale of the mean loss. 0 is fine where the loss itself has a minimum.
 * @param start Coefficients to start from, left unchanged.
 * @param nearby Second derivatives at a point not far from the start; absent: those at the start.
 * Cost: see `minimiseScaled`.
 */
export function smoothFit(
  design: Design,
  loss: Loss,
  l2: number,
  start: Float64Array,
  nearby?: Curvature,
  limits: FitLimits = TO_THE_END,
): GlmFit & { readonly curvature?: Curvature } {
  let curvature = nearby;
  const blocks = { single: worthFactoring(design) };
  const fit = minimiseScaled(
    penalisedLoss(design, loss, l2),
    start,
    sampleRows(design),
    design.rows,
    (x, rows, stage) => {
      if (stage > 0 || curvature === undefined) curvature = curvatureAt(design, loss, x, rows, blocks);
      return scalingOf(curvature, l2, design.width, loss.outputs);
    },
    limits,
  );
  return { ...fit, ...servedWell(fit, curvature) };
}

/** The second derivatives, if they made a fit so short that its neighbour on the path may use them too. */
export function servedWell(
  { iterations }: GlmFit,
  curvature: Curvature | undefined,
): { readonly curvature?: Curvature } {
  return curvature && iterations <= SERVED_WELL ? { curvature } : {};
}

/**
 * L-BFGS in variables scaled by the Cholesky factor of second derivatives near the current point: nearly a Newton step
 * each time, for the price of one pass over the rows. The second derivatives may come from a sample of the rows, or
 * from the neighbour on a path of penalties, since they only steer; gradients are exact, so the answer is too. They are
 * taken afresh, from ever more rows, when a stage ends without convergence.
 *
 * @param scalingNear The scaling at x from about so many rows; called at the start of every stage (0, 1, ...).
 * Cost: 5 to 10 evaluations from a cold start, 3 to 5 along a path.
 */
export function minimiseScaled(
  objective: Differentiable,
  start: Float64Array,
  rows: number,
  allRows: number,
  scalingNear: (x: Float64Array, rows: number, stage: number) => Scaling,
  limits: FitLimits = TO_THE_END,
): GlmFit {
  let x = start;
  let iterations = 0;
  let evaluations = 0;
  for (let stage = 0; ; stage++) {
    const used = Math.min(allRows, rows * 2 ** stage);
    const scaling = scalingNear(x, used, stage);
    const result = lbfgs(scaled(objective, scaling), scaling.toScaled(x), {
      gradientTolerance: scaling.apart ? limits.apart : limits.tolerance,
      rounding: ROUNDING,
      maxIterations: Math.min(
        (used < allRows ? FIRST_STAGE : WHOLE_STAGE) * 2 ** stage,
        limits.iterations - iterations,
      ),
      ...(scaling.lower && { lower: scaling.lower }),
    });
    x = scaling.fromScaled(result.x.slice());
    iterations += result.iterations;
    evaluations += result.evaluations;
    if (result.reason !== "iterations" || iterations >= limits.iterations)
      return { x, value: result.value, iterations, evaluations, stopped: STOPPED[result.reason] };
  }
}

/** The most columns of a block whose factor, columns^3 / 6, is worth its while. */
export function worthFactoring(design: Design): number {
  const first = design.panel(0);
  const pass = (design.rows / first.rows) * cellsOf(design, first);
  return Math.cbrt(6 * WORTH_PASSES * pass);
}

/** Rows that second derivatives are first taken from: enough, or all where those are not many more. */
export function sampleRows(design: Design): number {
  const enough = enoughRows(design);
  return 2 * enough < design.rows ? enough : design.rows;
}

const STOPPED: Record<LbfgsReason, Stopped> = {
  gradient: "converged",
  value: "rounding",
  search: "rounding",
  iterations: "iteration limit",
};

/** A change of variables u = L' x under which the curvature becomes the identity. All calls work in place. */
export interface Scaling {
  fromScaled(u: Float64Array): Float64Array;
  toScaled(x: Float64Array): Float64Array;
  gradientToScaled(gradient: Float64Array): Float64Array;
  /** Most variables are scaled by their own second derivative alone, or those of each output by themselves. */
  readonly apart: boolean;
  /** Lower bounds of the scaled variables; absent: none. */
  readonly lower?: Float64Array;
}

/** `f` as a function of the scaled variables. */
function scaled(f: Differentiable, scaling: Scaling): Differentiable {
  return (u, gradient) => {
    const value = f(scaling.fromScaled(u.slice()), gradient);
    scaling.gradientToScaled(gradient);
    return value;
  };
}

/**
 * The scaling of a curvature plus `l2` on every coefficient that is not an intercept. Several outputs are a softmax, which
 * does not change when a number is added to all of them: moves are kept clear of that direction, where outputs scaled
 * apart would take ever smaller steps to and fro.
 */
export function scalingOf(curvature: Curvature, l2: number, width: number, outputs: number): Scaling {
  const { blocks, diagonal } = curvature;
  const roots = diagonal.map((value, i) => Math.sqrt(Math.max(value + (i % width === 0 ? 0 : l2), Number.MIN_VALUE)));
  const factors = blocks.map(({ at, size, matrix }) => ({ at, size, factor: factored(matrix, size, at, width, l2) }));
  const inBlock = new Uint8Array(width * outputs);
  for (const { at, size } of factors) inBlock.fill(1, at, at + size);
  const each = (v: Float64Array, solve: (l: Float64Array, n: number, b: Float64Array) => void, power: number): void => {
    for (let i = 0; i < v.length; i++) if (inBlock[i] === 0) v[i] *= power > 0 ? roots[i] : 1 / roots[i];
    for (const { at, size, factor } of factors) solve(factor, size, v.subarray(at, at + size));
  };
  const covered = blocks.reduce((sum, { size }) => sum + size, 0);
  return {
    apart: 2 * covered < diagonal.length || blocks.length > 1,
    fromScaled: (u) => {
      each(u, solveUpper, -1);
      return evened(u, width, outputs);
    },
    toScaled: (x) => {
      const u = x.slice();
      each(u, multiplyUpper, 1);
      return u;
    },
    gradientToScaled: (gradient) => {
      each(evened(gradient, width, outputs), solveLower, -1);
      return gradient;
    },
  };
}

/** Takes from each coefficient, in place, its mean over the outputs. */
function evened(x: Float64Array, width: number, outputs: number): Float64Array {
  if (outputs === 1) return x;
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += x[k * width + j];
    for (let k = 0; k < outputs; k++) x[k * width + j] -= sum / outputs;
  }
  return x;
}

/** L' x in place. */
function multiplyUpper(l: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = i; j < n; j++) sum += l[j * n + i] * x[j];
    x[i] = sum;
  }
}

/** The factor of a block with the penalty on its diagonal, and as much more as it takes to be positive definite. */
function factored(matrix: Float64Array, size: number, at: number, width: number, l2: number): Float64Array {
  let largest = 0;
  for (let j = 0; j < size; j++) largest = Math.max(largest, matrix[j * (size + 1)]);
  for (let jitter = 1e-12; jitter <= 1e4; jitter *= 100) {
    const factor = matrix.slice();
    for (let j = 0; j < size; j++)
      factor[j * (size + 1)] += ((at + j) % width === 0 ? 0 : l2) + jitter * (largest + l2 || 1);
    if (factorRows(factor, size) === size) return factor;
  }
  throw new RangeError("smoothFit: second derivatives that are not finite have no factor");
}
