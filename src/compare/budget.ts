/** Cost: limits on what a model takes, judged from repeated measurements with one-sided bounds. */
import type { Detail } from "./detail.ts";
import { OptionError } from "../error.ts";
import { binomialCdf, binomialUpperTail } from "../numeric/binomial.ts";

/** What can be limited. Latency is per row at a stated batch size, in microseconds; sizes in bytes; training in milliseconds. */
export type Quantity = "latency-p50" | "latency-p95" | "size" | "memory" | "training-time";

export interface Budget {
  readonly quantity: Quantity;
  /** > 0: in the quantity's unit, or as a multiple of the champion's. */
  readonly limit: number;
  readonly relative: boolean;
}

/** What was measured of one model. `exact` numbers are counted, or are the very thing limited (the one training run). */
export interface Measurements {
  /** Microseconds per row of each timed batch, after warm-up; batches of `batch` rows. */
  readonly latency?: { readonly runs: Float64Array; readonly batch: number };
  readonly size?: number;
  readonly memory?: number | Float64Array;
  readonly trainingTime?: number | Float64Array;
  /** What was not measured here, but told: taken at its word, and marked. */
  readonly declared?: ReadonlyMap<Quantity, number>;
}

export interface BudgetResult<D = Detail> {
  readonly quantity: Quantity;
  readonly unit: "microseconds per row" | "bytes" | "milliseconds" | "times the champion";
  readonly limit: number;
  readonly measured: number | null;
  /** It was told, not measured. */
  readonly declared: boolean;
  /** One-sided 95 % bounds; null: too few runs to say. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly runs: number;
  /** Rows per batch, for latency. */
  readonly batch: number | null;
  readonly outcome: "within" | "over" | "uncertain";
  readonly detail: D;
}

const LEVEL = 0.95;
/** Fewer timings than this settle no latency. */
export const LEAST_RUNS = 30;

interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * A quantile with distribution-free one-sided bounds: order statistics, each right with probability at least `level`.
 * Infinite where no order statistic is good enough (an upper bound of the 95th percentile takes 59 runs at 95 %).
 *
 * @param share 0 < share < 1. @throws RangeError without runs, or for one that is not a finite number.
 * Cost: O(n log n). Source: H. A. David & H. N. Nagaraja, Order Statistics, 3rd edition, section 7.1.
 */
export function quantileBounds(runs: Float64Array, share: number, level: number = LEVEL): Interval {
  if (runs.length === 0) throw new RangeError("quantileBounds: runs must not be empty");
  const bad = runs.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw new RangeError(`quantileBounds: runs must be finite, got ${runs[bad]} at position ${bad}`);
  const sorted = runs.slice().sort();
  const n = sorted.length;
  let low = 0; // the largest rank with P(Bin(n, share) >= rank) >= level
  while (low < n && binomialUpperTail(low + 1, n, share) >= level) low++;
  let high = n + 1; // the smallest rank with P(Bin(n, share) < rank) >= level
  while (high > 1 && binomialCdf(high - 2, n, share) >= level) high--;
  return {
    value: sorted[Math.min(n - 1, Math.max(0, Math.ceil(share * n) - 1))],
    lower: low === 0 ? -Infinity : sorted[low - 1],
    upper: high === n + 1 ? Infinity : sorted[high - 1],
  };
}

/**
 * Judges each budget: over when the lower bound is over, within when the upper bound is within, else uncertain.
 * A multiple of the champion is bounded by both models' bounds at 97.5 %.
 *
 * @throws RangeError for a limit that is not above 0. A budget on something not measured is uncertain, never within.
 */
export function judgeBudgets(
  budgets: readonly Budget[],
  challenger: Measurements | undefined,
  champion: Measurements | undefined,
): BudgetResult[] {
  return budgets.map((budget) => {
    if (!(budget.limit > 0 && budget.limit < Infinity)) {
      throw new OptionError(`budget: limit of ${budget.quantity} must be above 0, got ${budget.limit}`);
    }
    return judgeBudget(budget, challenger, champion);
  });
}

function judgeBudget(
  budget: Budget,
  challenger: Measurements | undefined,
  champion: Measurements | undefined,
): BudgetResult {
  const { quantity, limit, relative } = budget;
  const level = relative ? 1 - (1 - LEVEL) / 2 : LEVEL;
  const own = measured(quantity, challenger, level);
  const other = relative ? measured(quantity, champion, level) : { value: 1, lower: 1, upper: 1, runs: Infinity };
  const batch = quantity.startsWith("latency") ? (challenger?.latency?.batch ?? null) : null;
  const facts = { quantity, limit, batch, unit: relative ? "times the champion" : unitOf(quantity) } as const;
  if (own === undefined || other === undefined) {
    const of = own === undefined ? "challenger" : "champion";
    return {
      ...facts,
      measured: null,
      declared: false,
      lower: null,
      upper: null,
      runs: 0,
      outcome: "uncertain",
      detail: { kind: "not-measured", quantity, of },
    };
  }
  const declared = measuredOf(quantity, challenger) === undefined;
  const value = own.value / other.value;
  const [lower, upper] = [own.lower / other.upper, own.upper / other.lower];
  const runs = Math.min(own.runs, other.runs);
  const few = quantity.startsWith("latency") && runs < LEAST_RUNS;
  const outcome = few ? "uncertain" : lower > limit ? "over" : upper <= limit ? "within" : "uncertain";
  return {
    ...facts,
    measured: finite(value),
    declared,
    lower: lower > 0 ? finite(lower) : null,
    upper: finite(upper),
    runs: runs === Infinity ? 1 : runs,
    outcome,
    detail: few
      ? { kind: "too-few", what: "timed runs", have: runs, least: LEAST_RUNS }
      : declared
        ? { kind: "declared-cost", quantity, over: outcome === "over" }
        : outcome === "uncertain" && upper === Infinity && quantity === "latency-p95"
          ? { kind: "no-upper-bound" }
          : { kind: "measured-cost", quantity, outcome },
  };
}

function measured(
  quantity: Quantity,
  of: Measurements | undefined,
  level: number,
): (Interval & { runs: number }) | undefined {
  const given = measuredOf(quantity, of) ?? of?.declared?.get(quantity);
  if (given === undefined) return undefined;
  if (typeof given === "number") return { value: given, lower: given, upper: given, runs: Infinity };
  return { ...quantileBounds(given, quantity === "latency-p95" ? 0.95 : 0.5, level), runs: given.length };
}

function measuredOf(quantity: Quantity, of: Measurements | undefined): number | Float64Array | undefined {
  if (quantity === "size") return of?.size;
  if (quantity === "memory") return of?.memory;
  return quantity === "training-time" ? of?.trainingTime : of?.latency?.runs;
}

function unitOf(quantity: Quantity): BudgetResult["unit"] {
  if (quantity === "training-time") return "milliseconds";
  return quantity.startsWith("latency") ? "microseconds per row" : "bytes";
}

function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}
