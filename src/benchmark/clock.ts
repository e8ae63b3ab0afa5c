/** The only clocks of the library. Whatever they say ends up under `timing` and `environment`, nowhere else. */

/** Milliseconds since some moment, never going back. */
export function clock(): number {
  return performance.now();
}

/** Seconds since 1970, for the journal. */
export function wallClock(): number {
  return Date.now() / 1000;
}
