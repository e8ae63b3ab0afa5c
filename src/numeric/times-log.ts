/** Most numbers that are looked up: 8 MiB. */
const MOST = 2 ** 20;
let known = new Float64Array(1);

/**
 * `x log x` of x = 0 .. most, or of more: where many are asked for, logarithms are most of the work. Kept from call to call;
 * undefined beyond 2^20.
 */
export function timesLogs(most: number): Float64Array | undefined {
  if (most > MOST) return undefined;
  if (most >= known.length) {
    const more = new Float64Array(Math.min(MOST, 2 * most) + 1);
    more.set(known);
    for (let x = known.length; x < more.length; x++) more[x] = x * Math.log(x);
    known = more;
  }
  return known;
}
