/** Roots of functions of one variable. */

/**
 * A root of a continuous function between two points where its signs differ, by Brent's method: never slower than
 * bisection by more than a constant, as fast as the secant method where the function is smooth.
 *
 * @param f Finite on [low, high], with f(low) and f(high) of different sign (or one of them 0).
 * @param tolerance Absolute, on x; at least a few units in the last place are always allowed.
 * @throws RangeError when the signs do not differ. Cost: about 10 evaluations for smooth f.
 * Source: R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4.
 */
export function brentRoot(f: (x: number) => number, low: number, high: number, tolerance = 1e-14): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (!(fa * fb <= 0)) throw new RangeError(`brentRoot: f must change sign, got ${fa} at ${low} and ${fb} at ${high}`);
  let c = a;
  let fc = fa;
  let step = b - a;
  let previous = step;
  for (let round = 0; round < 200; round++) {
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = b - a;
      previous = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const allowed = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance;
    const middle = 0.5 * (c - b);
    if (Math.abs(middle) <= allowed || fb === 0) return b;
    let next = middle;
    if (Math.abs(previous) >= allowed && Math.abs(fa) > Math.abs(fb)) {
      const guess = interpolate(a, fa, b, fb, c, fc);
      // Kept only while it stays inside the bracket and shrinks faster than halving would.
      if (guess * middle > 0 && Math.abs(guess) < Math.min(1.5 * Math.abs(middle), 0.5 * Math.abs(previous))) {
        next = guess;
      }
    }
    previous = next === middle ? middle : step;
    step = next;
    a = b;
    fa = fb;
    b += Math.abs(step) > allowed ? step : middle > 0 ? allowed : -allowed;
    fb = f(b);
  }
  return b;
}

/** The step from b to where the inverse quadratic (or, with two distinct points, the line) meets zero. */
function interpolate(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
  const s = fb / fa;
  if (a === c) return ((c - b) * s) / (s - 1);
  const q = fa / fc;
  const r = fb / fc;
  const p = s * ((c - b) * q * (q - r) - (b - a) * (r - 1));
  return -p / ((q - 1) * (r - 1) * (s - 1));
}
