/** The only clocks of the library. Whatever they say ends up under `timing` and `environment`, nowhere else. */
import type { Clock } from "../search/clock.ts";

/** Milliseconds since some moment, never going back. */
export function clock(): number {
  return performance.now();
}

/** Seconds since 1970, for the journal. */
export function wallClock(): number {
  return Date.now() / 1000;
}

/** Timers count milliseconds in 32 bits, and one beyond them would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Does something later, after 24 days at most. It keeps no process alive. @returns What calls it off. */
export function after(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, Math.min(milliseconds, LONGEST)).unref();
  return () => clearTimeout(timer);
}

/** The clock that searches are timed by. */
export const searchClock: Clock = { now: () => 1000 * wallClock(), after };
