/**
 * The beta family, from which Student's t, F and the binomial are made. The prefactor is Loader's (see `gamma.ts`), the
 * rest a continued fraction by Lentz's method. Checked against test/reference/distributions.json.
 */
import { countDeviance, stirlingError } from "./gamma.ts";

const TWO_PI = 6.283185307179586;
const EPS = 1.1102230246251565e-16;
const TINY = 1e-300;
const MOST_TERMS = 1_000_000;

/**
 * The regularised incomplete beta function, both sides: P(X <= x) and P(X > x) for X ~ Beta(a, b).
 * The smaller side is computed directly, so tails keep about 14 digits.
 *
 * @param y 1 - x, to be given where the caller knows it more exactly than the subtraction does.
 * @returns NaN unless a, b > 0 and x is in [0, 1]. Cost: O(sqrt(max(a, b))) steps near the mean.
 */
export function incompleteBeta(
  a: number,
  b: number,
  x: number,
  y: number = 1 - x,
): { readonly lower: number; readonly upper: number } {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const density = betaPrefactor(a, b, x, y);
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = density / betaFraction(a, b, x, y);
    return { lower, upper: 1 - lower };
  }
  const upper = density / betaFraction(b, a, y, x);
  return { lower: 1 - upper, upper };
}

/** x^a y^b / B(a, b) with y = 1 - x. */
function betaPrefactor(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - countDeviance(a, n * x) - countDeviance(b, n * y);
  return Math.sqrt((a * b) / (TWO_PI * n)) * Math.exp(exponent);
}

/**
 * The continued fraction whose reciprocal is I_x(a, b) B(a, b) / (x^a y^b); quick for x below the mean. Written with
 * a y - b x, so that nothing cancels when a is large and y small (the form of Didonato & Morris, Algorithm 708, 1992).
 */
function betaFraction(a: number, b: number, x: number, y: number): number {
  const lead = a * y - b * x + 1;
  let value = nonZero((a * lead) / (a + 1));
  let c = value;
  let d = 0;
  for (let m = 1; m < MOST_TERMS; m++) {
    const middle = a + 2 * m - 1;
    const top = ((a + m - 1) / middle) * ((a + b + m - 1) / middle) * m * (b - m) * x * x;
    const base = m + (m * (b - m) * x) / middle + ((a + m) * (lead + m * (1 + y))) / (middle + 2);
    d = 1 / nonZero(base + top * d);
    c = nonZero(base + top / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) <= 2 * EPS) break;
  }
  return value;
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
