/**
 * L-BFGS with optional box bounds, for smooth functions of a few to some thousands of variables.
 *
 * Bounds are kept by two-metric projection: variables held at a bound by the gradient are frozen, the quasi-Newton step
 * is taken over the others alone, and the step is projected back into the box (Bertsekas, "Projected Newton methods for
 * optimization problems with simple constraints", SIAM J. Control Optim. 20, 1982). The two-loop recursion is that of
 * Liu & Nocedal ("On the limited memory BFGS method", Math. Programming 45, 1989); the step satisfies the weak Wolfe
 * conditions, found by bracketing (Lewis & Overton, Math. Programming 141, 2013).
 */
import { boxOf, clip, markFree, project, projectedGradient, type Box } from "./box.ts";
import { spend } from "./effort.ts";

/** Value at x; writes the gradient there. May answer NaN or Infinity where the function is not defined: the step is cut. */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Bounds per variable; absent: none. -Infinity and Infinity stand for an open side. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** Stop when the largest component of the projected gradient is at most this. Default 1e-6. */
  readonly gradientTolerance?: number;
  /** Stop when a step improves the value by at most this share of max(|value|, 1). Default 0: no gain at all. */
  readonly valueTolerance?: number;
  /** Rounding error of the value, relative: falls smaller than this prove nothing. Default 4 machine epsilons. */
  readonly rounding?: number;
  /** Default 200. */
  readonly maxIterations?: number;
  /** Remembered steps. Default 10. */
  readonly memory?: number;
}

/**
 * Why the minimiser stopped. `gradient`, `value`: converged by that tolerance; `iterations`: the limit; `search`: no step
 * along a descent direction was better, which at rounding level means converged, and else a wrong gradient.
 */
export type LbfgsReason = "gradient" | "value" | "iterations" | "search";

export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  readonly reason: LbfgsReason;
}

const ARMIJO = 1e-4;
const WOLFE = 0.9;
const MAX_TRIES = 40;
const ROUNDING = 4 * Number.EPSILON;

/**
 * Minimises `f` from `start` (left unchanged; clipped into the bounds first).
 *
 * @throws RangeError when the value or gradient at the start is not finite, or a lower bound exceeds its upper one.
 * Cost: an evaluation and about 4 n memory multiply-adds an iteration.
 * Checked against SciPy's L-BFGS-B: test/reference/lbfgs.json, made by lbfgs.py beside it.
 */
export function lbfgs(f: Differentiable, start: Float64Array, options: LbfgsOptions = {}): LbfgsResult {
  const {
    gradientTolerance = 1e-6,
    valueTolerance = 0,
    rounding = ROUNDING,
    maxIterations = 200,
    memory = 10,
  } = options;
  const n = start.length;
  const box = boxOf(n, options);
  let x: Float64Array = project(start.slice(), box);
  let gradient: Float64Array = new Float64Array(n);
  let value = f(x, gradient);
  if (!Number.isFinite(value) || !gradient.every(Number.isFinite))
    throw new RangeError(
      `lbfgs: value and gradient at the start must be finite, got ${value} and [${gradient.join(", ")}]`,
    );
  let next: Float64Array = new Float64Array(n);
  let nextGradient: Float64Array = new Float64Array(n);
  const marks = box === undefined ? undefined : new Uint8Array(n);
  const history: Pair[] = [];
  const direction = new Float64Array(n);
  let evaluations = 1;
  const done = (iterations: number, reason: LbfgsReason): LbfgsResult => {
    spend("solverSteps", iterations);
    return { x, value, gradient, iterations, evaluations, reason };
  };

  let size = Infinity;
  let gain = Infinity;
  for (let iteration = 0; ; iteration++) {
    const before = size;
    size = projectedGradient(x, gradient, box);
    if (size <= gradientTolerance) return done(iteration, "gradient");
    // Near the minimum the value no longer shows progress that the gradient still does.
    if (gain <= valueTolerance * Math.max(Math.abs(value), 1) && size > 0.5 * before) return done(iteration, "value");
    if (iteration >= maxIterations) return done(iteration, "iterations");
    if (marks !== undefined) markFree(marks, x, gradient, box);
    const free = marks?.includes(0) === true ? marks : undefined; // with all free, as without a box
    quasiNewtonStep(direction, gradient, free, history);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      history.length = 0; // the curvature gathered so far does not fit here: fall back to steepest descent
      quasiNewtonStep(direction, gradient, free, history);
      slope = dot(direction, gradient);
    }
    const first = history.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
    const search = lineSearch(f, x, value, gradient, direction, slope, first, rounding, box, next, nextGradient);
    evaluations += search.evaluations;
    if (!search.found) {
      if (history.length === 0) return done(iteration, "search");
      history.length = 0;
      continue;
    }
    remember(history, memory, x, next, gradient, nextGradient);
    gain = value - search.value;
    [x, next] = [next, x];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = search.value;
  }
}

/** One remembered step: the move and the change of gradient along it. */
interface Pair {
  readonly move: Float64Array;
  readonly change: Float64Array;
  /** move . change */
  readonly curvature: number;
  /** change . change */
  readonly squares: number;
}

/** Writes -H g over the free variables, H from the remembered steps restricted to them (two-loop recursion). */
function quasiNewtonStep(
  out: Float64Array,
  gradient: Float64Array,
  free: Uint8Array | undefined,
  history: readonly Pair[],
): void {
  for (let i = 0; i < out.length; i++) out[i] = free === undefined || free[i] === 1 ? -gradient[i] : 0;
  const curvatures = history.map(({ move, change, curvature }) =>
    free === undefined ? curvature : maskedDot(move, change, free),
  );
  const weights = new Float64Array(history.length);
  let scale = 0;
  for (let h = history.length - 1; h >= 0; h--) {
    if (!(curvatures[h] > 0)) continue; // a step that has no curvature left among the free variables
    const { move, change, squares } = history[h];
    if (scale === 0) scale = curvatures[h] / (free === undefined ? squares : maskedDot(change, change, free));
    weights[h] = maskedDot(move, out, free) / curvatures[h];
    addMasked(out, change, -weights[h], free);
  }
  if (scale > 0) for (let i = 0; i < out.length; i++) out[i] *= scale;
  for (let h = 0; h < history.length; h++) {
    if (!(curvatures[h] > 0)) continue;
    const { move, change } = history[h];
    addMasked(out, move, weights[h] - maskedDot(change, out, free) / curvatures[h], free);
  }
}

/** Keeps the step when it shows positive curvature; the oldest makes room. */
function remember(
  history: Pair[],
  memory: number,
  x: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const move = difference(next, x);
  const change = difference(nextGradient, gradient);
  const curvature = dot(move, change);
  const squares = dot(change, change);
  if (!(curvature > 1e-10 * squares * Number.EPSILON)) return;
  history.push({ move, change, curvature, squares });
  if (history.length > memory) history.shift();
}

interface Search {
  readonly found: boolean;
  readonly value: number;
  readonly evaluations: number;
}

/**
 * Finds a step along the projected direction by bracketing: too long while the value has not fallen enough, too short
 * while the slope is still steep. Leaves the accepted point and its gradient in `next` and `nextGradient`.
 */
function lineSearch(
  f: Differentiable,
  x: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
  slope: number,
  first: number,
  rounding: number,
  box: Box | undefined,
  next: Float64Array,
  nextGradient: Float64Array,
): Search {
  let low = 0;
  let high = Infinity;
  let step = first;
  let evaluations = 0;
  while (evaluations < MAX_TRIES) {
    for (let i = 0; i < x.length; i++) next[i] = x[i] + step * direction[i];
    const clipped = box !== undefined && clip(next, box);
    const fall = clipped ? differenceDot(next, x, gradient) : step * slope;
    const nextValue = f(next, nextGradient);
    evaluations++;
    const fine = Number.isFinite(nextValue) && allFinite(nextGradient);
    const nextSlope = fine && !clipped ? dot(direction, nextGradient) : 0;
    const fell = fine && fall < 0 && nextValue < value && nextValue <= value + ARMIJO * fall;
    // Where rounding hides the fall, a flatter slope is the proof of progress (Hager & Zhang's approximate condition).
    const flat = fine && !clipped && Math.abs(nextValue - value) <= rounding * Math.abs(value);
    if (!fell && !(flat && Math.abs(nextSlope) <= WOLFE * Math.abs(slope))) {
      high = step;
      step = fine ? shorter(low, step, value, fall, nextValue) : (low + step) / 2;
    } else if (nextSlope < WOLFE * slope && step < 1e10 && evaluations < MAX_TRIES / 2) {
      low = step;
      step = high === Infinity ? 2 * step : (low + high) / 2;
    } else return { found: true, value: nextValue, evaluations };
    if (step === low || step < 1e-20 || sameAs(next, x)) break;
  }
  return { found: false, value, evaluations };
}

/** The minimiser of the parabola through the start and a step that was too long, kept off both ends. */
function shorter(low: number, step: number, value: number, fall: number, nextValue: number): number {
  if (low > 0 || !(fall < 0)) return (low + step) / 2;
  const share = -fall / (2 * (nextValue - value - fall));
  return step * Math.min(0.5, Math.max(0.1, share));
}

function sameAs(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function allFinite(a: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] - a[i]; // NaN as soon as one is not
  return sum === 0;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i] - b[i];
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** (a - b) . c */
function differenceDot(a: Float64Array, b: Float64Array, c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * c[i];
  return sum;
}

function maskedDot(a: Float64Array, b: Float64Array, free: Uint8Array | undefined): number {
  if (free === undefined) return dot(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (free[i] === 1) sum += a[i] * b[i];
  return sum;
}

function addMasked(out: Float64Array, a: Float64Array, times: number, free: Uint8Array | undefined): void {
  if (free === undefined) {
    for (let i = 0; i < out.length; i++) out[i] += times * a[i];
    return;
  }
  for (let i = 0; i < out.length; i++) if (free[i] === 1) out[i] += times * a[i];
}
