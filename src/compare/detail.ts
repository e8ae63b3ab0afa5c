/** What lies behind an outcome, as facts: `src/report` has the words. */

export type Detail =
  | {
      readonly kind: "too-few";
      readonly what: "rows" | "groups" | "time steps" | "timed runs";
      readonly have: number;
      readonly least: number;
    }
  | { readonly kind: "few-of-class"; readonly class: string; readonly have: number; readonly least: number }
  /** Rows on which exactly one of the challenger and the baseline is right. */
  | { readonly kind: "few-discordant"; readonly baseline: string; readonly have: number; readonly least: number }
  | { readonly kind: "no-rows" }
  /** The rows are not independent, and nobody said how. */
  | { readonly kind: "undeclared-dependence" }
  | { readonly kind: "undefined-metric" }
  | { readonly kind: "nothing-to-gain" | "no-spread"; readonly baseline: string }
  /** Its squared errors, as a multiple of what its own probabilities allow for. */
  | { readonly kind: "overconfident"; readonly baseline: string; readonly times: number }
  /** Alone it would pass; Holm's correction for the others holds it back. */
  | { readonly kind: "held-by-others" }
  | { readonly kind: "not-trained"; readonly rungs: readonly string[] }
  /** What the caller suspects of the rows, in its words. */
  | { readonly kind: "suspected"; readonly of: string }
  /** Held-out rows with an identical one in training, and those without, on which the gain is not shown. */
  | { readonly kind: "twins"; readonly rows: number; readonly others: number }
  | { readonly kind: "not-measured"; readonly quantity: string; readonly of: "challenger" | "champion" }
  | { readonly kind: "declared-cost"; readonly quantity: string; readonly over: boolean }
  | { readonly kind: "measured-cost"; readonly quantity: string; readonly outcome: "over" | "within" | "uncertain" }
  /** Too few timed runs for an upper bound of the 95th percentile. */
  | { readonly kind: "no-upper-bound" };
