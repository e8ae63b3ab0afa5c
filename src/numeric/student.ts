/** Student's t distribution for any positive number of degrees of freedom. Checked against distributions.json. */
import { incompleteBeta } from "./beta.ts";
import { stirlingError } from "./gamma.ts";
import { normalQuantile } from "./normal.ts";

const INV_SQRT_2PI = 0.3989422804014327;

/** P(T > t), without cancellation in the upper tail. NaN unless df > 0; df = Infinity is not supported. */
export function studentUpperTail(t: number, df: number): number {
  if (!(df > 0 && df < Infinity) || Number.isNaN(t)) return Number.NaN;
  const square = t * t;
  // |t| beyond 1e154 overflows when squared; the tail is 0 there in double precision for df > 2, and 1/|t| at df = 1.
  const x = square === Infinity ? df / Math.abs(t) / Math.abs(t) : df / (df + square);
  const half = 0.5 * incompleteBeta(df / 2, 0.5, x, square / (df + square)).lower;
  return t >= 0 ? half : 1 - half;
}

/** P(T <= t). */
export function studentCdf(t: number, df: number): number {
  return studentUpperTail(-t, df);
}

/** P(0 < T < t) for t > 0, without cancellation near 0. */
function centralMass(t: number, df: number): number {
  const square = t * t;
  return 0.5 * incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)).upper;
}

/** Density at t. */
export function studentDensity(t: number, df: number): number {
  const a = df / 2;
  const top = a * Math.log1p(0.5 / a) - 0.5 + stirlingError(a + 0.5) - stirlingError(a);
  return INV_SQRT_2PI * Math.exp(top - 0.5 * (df + 1) * Math.log1p((t * t) / df));
}

/**
 * The t with P(T <= t) = p. -Infinity at 0, Infinity at 1, NaN outside [0, 1].
 * A start from G. W. Hill (Algorithm 396, Communications of the ACM 13, 1970), then Newton's or Halley's steps.
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0 && df < Infinity)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const t = tail > 0.25 ? innerQuantile(Math.abs(p - 0.5), df) : outerQuantile(tail, df);
  return p < 0.5 ? -t : t;
}

/** The t > 0 with P(0 < T < t) = mass, for mass < ¼: the density is flat there, so Newton's steps cannot stray. */
function innerQuantile(mass: number, df: number): number {
  let t = mass / studentDensity(0, df);
  for (let round = 0; round < 30; round++) {
    const step = (mass - centralMass(t, df)) / studentDensity(t, df);
    t += step;
    if (Math.abs(step) <= 4 * Number.EPSILON * t) break;
  }
  return t;
}

/** The t > 0 with P(T > t) = tail, for tail <= ¼. */
function outerQuantile(tail: number, df: number): number {
  let t = hillStart(tail, df);
  for (let round = 0; round < 60; round++) {
    // Halley's method on ln P(T > t), which is close to straight where the tail itself is not.
    const upper = studentUpperTail(t, df);
    const slope = -studentDensity(t, df) / upper;
    const bend = (-(df + 1) * t) / (df + t * t) - slope;
    const newton = Math.log(upper / tail) / slope;
    const step = newton / (1 - 0.5 * newton * bend);
    const taken = Number.isFinite(step) && Math.abs(step) < t ? step : newton;
    t = t > taken ? t - taken : t / 2;
    if (Math.abs(taken) <= 4 * Number.EPSILON * t) break;
  }
  return t;
}

function hillStart(tail: number, df: number): number {
  const p = 2 * tail;
  if (df < 2) return Math.max((2 * tail) ** (-1 / df) * Math.sqrt(df) * 0.5, 1e-3);
  const a = 1 / (df - 0.5);
  const b = 48 / (a * a);
  let c = ((20700 * a) / b - 98) * a - 16;
  c = c * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * df;
  let y = (d * p) ** (2 / df);
  if (y > 0.05 + a) {
    const x = normalQuantile(tail);
    y = x * x;
    if (df < 5) c += 0.3 * (df - 4.5) * (x + 0.6);
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = a * y * y;
    y = y > 0.002 ? Math.expm1(y) : y + 0.5 * y * y;
  } else {
    y =
      ((1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3) + 0.5 / (df + 4)) * y - 1) *
        ((df + 1) / (df + 2)) +
      1 / y;
  }
  return Math.sqrt(df * y);
}
