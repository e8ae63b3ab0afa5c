/** The curves that are tried, fitted by ml-regression. */
import { mlRegression } from "../mljs/packages.ts";
import { valueAt, type Curve, type Form } from "../../models/curve.ts";

/** Points (x, y); a row of weight 2 is two points. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Slopes between all pairs are sorted, so Theil-Sen takes at most so many points, evenly spaced by x. */
const THEIL_SEN_POINTS = 300;

/**
 * Fits a form; nothing when the points do not allow it: two distinct x are needed, a power needs x and y above 0, an
 * exponential y above 0. Powers and exponentials are fitted to logarithms, which aims at the median; their level is then
 * set by least squares.
 */
export function fitCurve(form: Form, { x, y }: Points): Curve | undefined {
  const moments = momentsOf(x);
  if (moments === undefined) return undefined;
  const { low, high } = moments;
  if ((form === "power" && low <= 0) || ((form === "power" || form === "exponential") && !y.every((v) => v > 0)))
    return undefined;
  const centre = form === "power" ? 0 : moments.mean;
  const scale = form === "power" ? Math.sqrt(low) * Math.sqrt(high) : moments.deviation;
  const z = x.map((v) => (v - centre) / scale);
  const coefficients = coefficientsOf(form, z, y);
  if (!coefficients.every(Number.isFinite)) return undefined;
  const curve = { form, centre, scale, coefficients, low, high };
  return form === "power" || form === "exponential" ? levelled(curve, x, y) : curve;
}

function coefficientsOf(form: Form, z: readonly number[], y: readonly number[]): number[] {
  const ml = mlRegression();
  switch (form) {
    case "line": {
      const { intercept, slope } = new ml.SimpleLinearRegression(z, y);
      return [intercept, slope];
    }
    case "theil-sen": {
      const order = [...z.keys()].sort((a, b) => z[a] - z[b] || y[a] - y[b]);
      const few = Math.min(z.length, THEIL_SEN_POINTS);
      const at = Array.from({ length: few }, (_, i) => order[Math.floor(((i + 0.5) * z.length) / few)]);
      if (z[at[0]] === z[at[few - 1]]) return [Number.NaN];
      const { intercept, slope } = new ml.TheilSenRegression(
        at.map((i) => z[i]),
        at.map((i) => y[i]),
      );
      return [intercept, slope];
    }
    case "power": {
      const { A, B } = new ml.PowerRegression(z, y);
      return [A, B];
    }
    case "exponential": {
      const { A, B } = new ml.ExponentialRegression(z, y);
      return [B, A];
    }
    default:
      return polynomial(z, y, form === "quadratic" ? 2 : 3);
  }
}

/** NaN where there are too few distinct x for the degree. */
function polynomial(z: readonly number[], y: readonly number[], degree: number): number[] {
  if (new Set(z).size <= degree) return [Number.NaN];
  return new (mlRegression().PolynomialRegression)(z, y, degree).coefficients;
}

/** Mean and standard deviation, smallest and largest; nothing unless the deviation is a finite number above 0. */
function momentsOf(x: readonly number[]): { mean: number; deviation: number; low: number; high: number } | undefined {
  let low = Infinity;
  let high = -Infinity;
  let mean = 0;
  for (const v of x) {
    low = Math.min(low, v);
    high = Math.max(high, v);
    mean += v / x.length;
  }
  const half = (high - low) / 2;
  if (!(half > 0 && half < Infinity)) return undefined;
  const deviation = half * Math.sqrt(x.reduce((sum, v) => sum + ((v - mean) / half) ** 2, 0) / x.length);
  return deviation > 0 ? { mean, deviation, low, high } : undefined;
}

/** The same curve times the factor that makes the squared errors least. */
function levelled(curve: Curve, x: readonly number[], y: readonly number[]): Curve | undefined {
  let cross = 0;
  let square = 0;
  for (let i = 0; i < x.length; i++) {
    const fitted = valueAt(curve, x[i]);
    cross += fitted * y[i];
    square += fitted * fitted;
  }
  const factor = cross / square;
  if (!(factor > 0 && factor < Infinity)) return undefined;
  const [level, ...rest] = curve.coefficients;
  return { ...curve, coefficients: [level * factor, ...rest] };
}
