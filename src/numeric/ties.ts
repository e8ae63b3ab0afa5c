/** Ties of floating-point numbers: differences that rounding alone could have made. */

/** What rounding leaves of sums of the same terms in another order, relative to their size: thousands of unit roundoffs. */
const ROUNDING = 1e-12;

/** The largest difference that rounding could make between values of this size. */
export function roundingOf(size: number): number {
  return ROUNDING * Math.abs(size);
}

function isRounding(difference: number, size: number): boolean {
  return Number.isFinite(difference) && Math.abs(difference) <= roundingOf(size);
}

/** Could rounding alone have told them apart? Infinite or missing values tie with nothing but themselves. */
export function isTie(a: number, b: number): boolean {
  return a === b || isRounding(a - b, Math.max(Math.abs(a), Math.abs(b)));
}

/**
 * Do two arrays hold the same values, rounding aside? A value is measured by its own size or the mean size, whichever is
 * larger: sums that cancel carry the rounding of their terms. O(n).
 */
export function sameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  let size = 0;
  for (let i = 0; i < a.length; i++) size += Math.abs(a[i]) / a.length;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !isRounding(a[i] - b[i], Math.max(size, Math.abs(a[i]), Math.abs(b[i])))) return false;
  }
  return true;
}
