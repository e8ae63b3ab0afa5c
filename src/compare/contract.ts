/**
 * What a paired test takes and gives. A gain is positive when the challenger is better; every test answers two one-sided
 * questions at level alpha, so that its bounds together are a two-sided interval of level 1 - 2 alpha.
 */
import type { Rng } from "../numeric/rng.ts";
import type { Independence } from "./independence.ts";
import type { Known, UnitMoments } from "./units.ts";

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
  /** How many times as far from the gain the bounds lie, for mistakes that the models' probabilities allow. */
  readonly widened?: { readonly below: number; readonly above: number };
  /** How far the bounds were moved for rows that were not drawn: down and up. */
  readonly unseen?: {
    readonly below: number;
    readonly above: number;
    /** Of `below`, what is not there for rows being few. */
    readonly lasting: number;
  };
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

/** A statistic that would follow a known law if the gain were theta. */
export interface Pivot {
  /** The test it belongs to. */
  readonly test: string;
  readonly gain: number;
  /** Standard error of the gain; 0: every unit says exactly the same. */
  readonly error: number;
  /** Degrees of freedom of Student's law; Infinity: the normal. */
  readonly df: number;
  /** The statistic, were theta the true gain; falls as theta grows. */
  at(theta: number): number;
  /** The theta at which the statistic is x, where there is a formula; else it is searched for. */
  solve?(x: number): number;
}

/** What a verdict knows of a pair of models when it chooses among the tests. */
export interface Situation {
  /** Losses of 0 or 1, areas under one ROC curve, or anything else that is averaged. */
  readonly losses: "zero-one" | "roc-area" | "averaged";
  /** Rows that only one of the models gets right, of losses of 0 or 1. */
  readonly discordant?: number;
  readonly margin: { readonly kind: "absolute" | "relative"; readonly value: number };
  /** What the rows have that ties them together. */
  readonly groups: boolean;
  readonly time: boolean;
  /** Bounds are asked for that hold for any number of rows. */
  readonly guarantee: boolean;
  /** Both models were measured in the same bootstrap resamples. */
  readonly resampled: boolean;
}

/** The contrast of two models over what is independent: the columns n and q of n - θq, and their moments by unit. */
export interface UnitContrast {
  readonly n: Float64Array;
  readonly q?: Float64Array;
  readonly known: Known;
  readonly moments: UnitMoments;
  readonly rows: Independence;
  /** Moments with what may have been missed beside what was seen. */
  readonly reckon: (moments: UnitMoments) => UnitMoments;
}

/** Where a test stands apart from the others: what a check of all of them has to know. Absent members: it does not. */
export interface Traits {
  /** What it says depends on the order of rows, though it does not ask for one. */
  readonly ordered?: true;
  /** Its error rate holds where gains of neighbouring rows are alike. */
  readonly serial?: true;
  /** It knows a margin of 0 only. */
  readonly zeroMargin?: true;
  /** It is wrong less often than alpha allows. */
  readonly conservative?: true;
  /** It draws samples, thousands a run, where there are more rows than this. */
  readonly drawsBeyond?: number;
  /** How much more often than alpha it was measured to be wrong on either side, in samples of some dozen rows. */
  readonly excess?: number;
}

interface Described {
  readonly name: string;
  readonly title: string;
  /** What it answers, in one sentence. */
  readonly question: string;
  /** When its error rate holds, in one sentence. */
  readonly honest: string;
  /** When a verdict asks it; of several that it asks the widest bounds count. Absent: never by itself. */
  readonly decides?: (situation: Situation) => boolean;
  readonly traits?: Traits;
  /** How it judges a contrast, for tests that a verdict asks about contrasts. */
  readonly pivot?: (contrast: UnitContrast) => Pivot;
  /** How it judges a gain by what it was in resamples. @param skew The acceleration of its influence values. */
  readonly resampled?: (gain: number, replicates: Float64Array, skew: number, options: TestOptions) => Evidence;
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
