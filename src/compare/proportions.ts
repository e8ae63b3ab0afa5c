/** Limits of shares, of their differences and of their ratios, from Wilson's score interval. */
import { normalQuantile } from "../numeric/normal.ts";
import { brentRoot } from "../numeric/roots.ts";

export interface Share {
  /** Rows the share is of, and how many of them were selected. */
  readonly rows: number;
  readonly selected: number;
}

/** Wilson's score limit of a share: `z` standard errors down (negative) or up. */
export function wilsonLimit(selected: number, rows: number, z: number): number {
  if ((selected === 0 && z <= 0) || (selected === rows && z >= 0)) return selected / rows;
  const p = selected / rows;
  const square = (z * z) / rows;
  const centre = p + square / 2;
  const reach = z * Math.sqrt((p * (1 - p)) / rows + square / (4 * rows));
  return Math.min(1, Math.max(0, (centre + reach) / (1 + square)));
}

/**
 * Two-sided limits of a share at the level 1 - 2 alpha: Wilson's, with Poisson's for one to three rows of either kind (at most a
 * tenth of all), where Wilson's is too near.
 * Source: L. D. Brown, T. T. Cai & A. DasGupta, Statistical Science 16, 2001, section 4.1.1.
 */
export function shareLimits({ selected, rows }: Share, alpha: number): [lower: number, upper: number] {
  const z = normalQuantile(1 - alpha);
  const [lower, upper] = [wilsonLimit(selected, rows, -z), wilsonLimit(selected, rows, z)];
  const few = Math.min(3, rows / 10);
  const least = (count: number): number => (count >= 1 && count <= few ? poissonLimit(count, 2 * alpha) / rows : 1);
  return [Math.min(lower, least(selected)), Math.max(upper, 1 - least(rows - selected))];
}

/** The mean at which a Poisson count reaches this one with probability alpha. */
function poissonLimit(count: number, alpha: number): number {
  const below = (mean: number): number => {
    let [term, sum] = [1, 0];
    for (let k = 0; k < count; k++) {
      sum += term;
      term *= mean / (k + 1);
    }
    return Math.exp(-mean) * sum;
  };
  return brentRoot((mean) => below(mean) - (1 - alpha), 0, count);
}

/**
 * Limits of p1 - p2 of independent groups, `z` standard errors wide: Newcombe's hybrid of Wilson limits (Statistics in
 * Medicine 17, 1998, method 10).
 */
export function differenceLimits(a: Share, b: Share, z: number): [lower: number, upper: number] {
  const [p, q] = [a.selected / a.rows, b.selected / b.rows];
  const [pLow, pHigh] = [wilsonLimit(a.selected, a.rows, -z), wilsonLimit(a.selected, a.rows, z)];
  const [qLow, qHigh] = [wilsonLimit(b.selected, b.rows, -z), wilsonLimit(b.selected, b.rows, z)];
  return [p - q - Math.hypot(p - pLow, qHigh - q), p - q + Math.hypot(pHigh - p, q - qLow)];
}

/** Limits of p1 / p2 from the same Wilson limits (Donner & Zou, Statistical Methods in Medical Research 21, 2012). */
export function ratioLimits(a: Share, b: Share, z: number): [lower: number, upper: number] {
  const [p, q] = [a.selected / a.rows, b.selected / b.rows];
  const [pLow, pHigh] = [wilsonLimit(a.selected, a.rows, -z), wilsonLimit(a.selected, a.rows, z)];
  const [qLow, qHigh] = [wilsonLimit(b.selected, b.rows, -z), wilsonLimit(b.selected, b.rows, z)];
  const limit = (own: number, other: number, sign: 1 | -1): number => {
    const base = other * (2 * q - other);
    if (base <= 0) return sign === 1 ? Infinity : 0;
    return (p * q + sign * Math.sqrt(Math.max(0, (p * q) ** 2 - own * (2 * p - own) * base))) / base;
  };
  return [Math.max(0, limit(pLow, qHigh, -1)), limit(pHigh, qLow, 1)];
}
