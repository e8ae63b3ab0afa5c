/** The only clocks of the library. Whatever they say ends up under `timing` and `environment`, nowhere else. */
import type { Clock } from "../evaluate/search/clock.ts";

/** Milliseconds since some moment, never going back. */
export function clock(): number {
  return performance.now();
}

/** Seconds since 1970, for the journal. */
export function wallClock(): number {
  return Date.now() / 1000;
}

/** The clock that searches are timed by. */
export const searchClock: Clock = {
  now: () => 1000 * wallClock(),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};
