/** Limits of shares, of their differences and of their ratios, from Wilson's score interval. */

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
