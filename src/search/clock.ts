/** Time, for the limits and dates that need it. Library code never reads a clock of its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `then` once after so many milliseconds; the function it returns calls that off. */
  after(milliseconds: number, then: () => void): () => void;
}

/** Local date and time as Optuna writes them; the epoch where there is no clock. */
export function timestamp(clock: Clock | undefined): string {
  return new Date(clock?.now() ?? 0).toISOString().replace("Z", "000");
}
