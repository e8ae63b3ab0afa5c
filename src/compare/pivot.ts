/**
 * Pivots: statistics that would follow a known law if the gain were theta. A test reads one at the margin; a confidence
 * bound is the theta at which it meets its critical value, so bounds and p values never contradict each other.
 */
import { normalQuantile, normalUpperTail } from "../numeric/normal.ts";
import { brentRoot } from "../numeric/roots.ts";
import { studentQuantile, studentUpperTail } from "../numeric/student.ts";
import { checkedOptions, type Evidence, type Pivot, type TestOptions } from "./contract.ts";
import { contrastAt, type UnitMoments } from "./units.ts";

/** Below this many units, or without any spread, nothing can be claimed: infinite bounds and p = 1. */
export function judge(pivot: Pivot, options: TestOptions = {}): Evidence {
  const { margin, alpha } = checkedOptions(pivot.test, options);
  const { test, gain, error, df } = pivot;
  const level = 1 - 2 * alpha;
  const statistic = pivot.at(margin);
  if (!(df > 0) || !Number.isFinite(statistic)) {
    return { test, gain, lower: -Infinity, upper: Infinity, level, statistic: 0, p: 1, pBelow: 1, error };
  }
  const critical = df === Infinity ? normalQuantile(1 - alpha) : studentQuantile(1 - alpha, df);
  const tail = (x: number): number => (df === Infinity ? normalUpperTail(x) : studentUpperTail(x, df));
  return {
    test,
    gain,
    lower: pivot.solve?.(critical) ?? search(pivot, critical, -1, margin),
    upper: pivot.solve?.(-critical) ?? search(pivot, -critical, 1, margin),
    level,
    statistic,
    p: tail(statistic),
    pBelow: tail(-statistic),
    error,
  };
}

/**
 * Walks from the estimate, doubling the step, until the statistic has passed its critical value; then closes in. A statistic
 * whose skewness changes on the way may pass it several times: the bound lies on the side of the margin that the test at the
 * margin says, and never beyond the estimate.
 */
function search(pivot: Pivot, critical: number, side: 1 | -1, margin: number): number {
  const excess = (theta: number): number => statisticAt(pivot, theta) - critical;
  const passed = (theta: number): boolean => excess(theta) * side <= 0;
  const between = (a: number, b: number): number =>
    brentRoot(excess, Math.min(a, b), Math.max(a, b), 1e-13 * Math.abs(a - b));
  // Without a share to gain, what is said of one gain is said of all.
  if (!Number.isFinite(pivot.gain)) return passed(margin) ? -side * Infinity : side * Infinity;
  const ahead = (margin - pivot.gain) * side > 0;
  if (ahead && passed(margin)) return passed(pivot.gain) ? pivot.gain : between(pivot.gain, margin);
  let near = ahead ? margin : pivot.gain;
  let step = Math.max(pivot.error, Math.abs(pivot.gain) * 1e-9, 1e-300);
  for (let round = 0; round < 400; round++) {
    const far = near + side * step;
    if (passed(far)) return passed(near) ? near : between(near, far);
    near = far;
    step *= 2;
  }
  return side * Infinity;
}

/** Of an estimate that every unit agrees on: none at the estimate, without end beside it. */
function statisticAt(pivot: Pivot, theta: number): number {
  const x = pivot.at(theta);
  return Number.isNaN(x) ? 0 : Math.min(Math.max(x, -ENDLESS), ENDLESS);
}

const ENDLESS = 1e300;

/** Gain Σn / Σq with its delta-method standard error. */
function estimate(moments: UnitMoments): { gain: number; sd: number } {
  const gain = moments.n / moments.q;
  return { gain, sd: contrastAt(moments, gain).sd / Math.abs(moments.q) };
}

/**
 * Student's t on the contrast n - θq.
 *
 * @param variance What the variance of a unit is multiplied by to get that of the mean: 1 / units when units are
 *   independent; more where they are not.
 */
export function studentPivot(test: string, moments: UnitMoments, variance: number = 1 / moments.units): Pivot {
  const { gain, sd } = estimate(moments);
  const plain = moments.second[2] === 0 && moments.q === 1;
  const error = sd * Math.sqrt(variance);
  return {
    test,
    gain,
    error,
    df: moments.df,
    at: (theta) => {
      const contrast = contrastAt(moments, theta);
      return contrast.mean / (contrast.sd * Math.sqrt(variance));
    },
    ...(plain ? { solve: (x: number) => gain - x * error } : {}),
  };
}

/**
 * Hall's transformation of the t statistic, which takes the skewness of the units out of it.
 * Source: P. Hall, "On the removal of skewness by transformation", JRSS B 54, 1992.
 */
export function hallPivot(test: string, moments: UnitMoments): Pivot {
  const { gain, sd } = estimate(moments);
  const root = Math.sqrt(moments.units);
  const plain = moments.second[2] === 0 && moments.q === 1;
  const { skewness } = contrastAt(moments, gain);
  return {
    test,
    gain,
    error: sd / root,
    df: moments.df,
    at: (theta) => {
      const contrast = contrastAt(moments, theta);
      return hallTransform(contrast.mean / contrast.sd, contrast.skewness, moments.units);
    },
    ...(plain ? { solve: (x: number) => gain - sd * hallInverse(x, skewness, moments.units) } : {}),
  };
}

/** sqrt(n) (S + gS²/3 + g²S³/27 + g/(6n)) for the standardised mean S and the skewness g of n units. */
export function hallTransform(s: number, skewness: number, units: number): number {
  const g = skewness;
  if (g === 0) return Math.sqrt(units) * s;
  return Math.sqrt(units) * (s + (g * s * s) / 3 + (g * g * s * s * s) / 27 + g / (6 * units));
}

/** The S that `hallTransform` takes to x. */
export function hallInverse(x: number, skewness: number, units: number): number {
  const q = x / Math.sqrt(units);
  if (Math.abs(skewness) < 1e-12) return q;
  return (3 / skewness) * (Math.cbrt(1 + skewness * (q - skewness / (6 * units))) - 1);
}
