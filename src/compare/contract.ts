/**
 * What a paired test takes and gives. A gain is positive when the challenger is better; every test answers two one-sided
 * questions at level alpha, so that its bounds together are a two-sided interval of level 1 - 2 alpha.
 */
import type { Rng } from "../numeric/rng.ts";

/** The answer of one paired test. Bounds are infinite where the data set no limit. */
export interface Evidence {
  /** The test's name in the registry; several joined by " and " where the wider answer was taken. */
  readonly test: string;
  /** The estimate of the gain. */
  readonly gain: number;
  /** One-sided lower and upper confidence bounds of the gain, each at 1 - alpha. */
  readonly lower: number;
  readonly upper: number;
  /** Coverage of [lower, upper]: 1 - 2 alpha. */
  readonly level: number;
  readonly statistic: number;
  /** P of a result at least this good when the gain is the margin or less. */
  readonly p: number;
  /** P of a result at least this bad when the gain is the margin or more. */
  readonly pBelow: number;
  /** Standard error of the gain. */
  readonly error: number;
  /** How far the bounds were moved for rows that were not drawn: down and up. */
  readonly unseen?: { readonly below: number; readonly above: number };
}

export interface TestOptions {
  /** The gain to be exceeded. */
  readonly margin?: number;
  /** One-sided level, 0 < alpha < ½. */
  readonly alpha?: number;
  /** Tests that draw: their stream; default the stream of their name. */
  readonly rng?: Rng;
}

export const ALPHA = 0.05;

/** Per-row (or per-fold) gains: loss of the baseline minus loss of the challenger. */
export interface Differences {
  readonly differences: Float64Array;
  /** The group of each row, 0, 1, ...; -1 is a row on its own. Tests that need groups. */
  readonly groups?: Int32Array;
  /** Smallest and largest difference that could occur. Tests with a finite-sample guarantee. */
  readonly range?: readonly [number, number];
  /** Rows tested on over rows trained on. Tests on resamples. */
  readonly testOverTrain?: number;
}

/** Counts of right and wrong answers. */
export interface Outcomes {
  /** Rows only the challenger got right. */
  readonly wins: number;
  /** Rows only the baseline got right. */
  readonly losses: number;
  /** All rows. */
  readonly rows: number;
}

/** Scores of two models for the same cases. */
export interface ScoredCases {
  /** 1 for a positive case, 0 for a negative one. */
  readonly positive: Uint8Array;
  readonly baseline: Float64Array;
  readonly challenger: Float64Array;
}

interface Described {
  readonly name: string;
  readonly title: string;
  /** What it answers, in one sentence. */
  readonly question: string;
  /** When its error rate holds, in one sentence. */
  readonly honest: string;
}

/** A paired test as a record; `needs` says which input it reads. */
export type PairedTest =
  | (Described & {
      readonly needs: "differences";
      /** What else it reads, or wants of the differences: their order, or that there are ten. */
      readonly also?: "groups" | "range" | "order" | "ten" | "testOverTrain";
      run(input: Differences, options?: TestOptions): Evidence;
    })
  | (Described & { readonly needs: "outcomes"; run(input: Outcomes, options?: TestOptions): Evidence })
  | (Described & { readonly needs: "scores"; run(input: ScoredCases, options?: TestOptions): Evidence });

/** Options with their defaults. @throws RangeError for a level outside (0, ½) or a margin that is not a finite number. */
export function checkedOptions(
  name: string,
  options: TestOptions,
): { readonly margin: number; readonly alpha: number } {
  const { margin = 0, alpha = ALPHA } = options;
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`${name}: alpha must be between 0 and 0.5, got ${alpha}`);
  if (!Number.isFinite(margin)) throw new RangeError(`${name}: margin must be a finite number, got ${margin}`);
  return { margin, alpha };
}

/** @throws RangeError naming the first value that is not finite, or when there are fewer than `least`. */
export function requireFinite(name: string, argument: string, values: Float64Array, least: number): void {
  if (values.length < least) {
    throw new RangeError(`${name}: ${argument} must have at least ${least} values, got ${values.length}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name}: ${argument} must be finite, got ${values[i]} at position ${i}`);
    }
  }
}

/** Of several answers to the same question, the most careful: the widest bounds and the largest p values. */
export function widest(evidence: readonly Evidence[]): Evidence {
  const careful = evidence.reduce((a, b) => (b.p > a.p ? b : a));
  return {
    test: evidence.map((e) => e.test).join(" and "),
    gain: evidence[0].gain,
    lower: Math.min(...evidence.map((e) => e.lower)),
    upper: Math.max(...evidence.map((e) => e.upper)),
    level: Math.max(...evidence.map((e) => e.level)),
    statistic: careful.statistic,
    p: careful.p,
    pBelow: Math.max(...evidence.map((e) => e.pBelow)),
    error: Math.max(...evidence.map((e) => e.error)),
  };
}
