/** The three-way rule over all baselines that have to be beaten. */
import type { Evidence } from "../contract.ts";
import { LEAST_DISCORDANT, type Guard } from "../guards.ts";
import type { Margin } from "../margin.ts";
import type { Pair } from "../paired.ts";
import { POWER, rowsFor, spreadFactors, zeroOneSpread } from "../rows-needed.ts";
import { finiteOrNull, type Bounds, type Reason, type RowsNeeded, type Sublabel, type Verdict } from "./contract.ts";

/** The challenger against one baseline. */
export interface Contest {
  readonly baseline: string;
  /** The baseline's metric. */
  readonly score: number;
  readonly isChampion: boolean;
  /** The same answer to every row. */
  readonly identical: boolean;
  readonly pair: Pair;
}

/** The contest with the smallest observed gain, and bounds of the smallest true gain. */
export interface Standing {
  readonly hardest: Contest;
  readonly evidence: Evidence;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** The largest p: every baseline has to be beaten, so the conjunction keeps the level of each test (Berger 1982). */
  readonly p: number;
}

const NOTHING: Omit<Evidence, "level"> = {
  test: "identical predictions",
  gain: 0,
  lower: 0,
  upper: 0,
  statistic: 0,
  p: 1,
  pBelow: 0,
  error: 0,
};

/** A contest's evidence at a level; identical predictions gain exactly nothing. */
export function evidenceOf({ identical, pair }: Contest, alpha: number): Evidence {
  return identical ? { ...NOTHING, level: 1 - 2 * alpha } : pair.at(alpha);
}

/**
 * Where a challenger stands against all contests at once. The smallest gain is above the margin when each is, so lower
 * bounds need no correction. It is below the margin when any is: there the champion, which was expected to be the hardest,
 * has half of alpha and the others share the rest.
 */
export function standing(contests: readonly Contest[], alpha: number): Standing {
  const all = contests.map((contest) => evidenceOf(contest, alpha));
  const share = (contest: Contest): number => {
    if (contests.length === 1) return alpha;
    return contest.isChampion ? alpha / 2 : alpha / 2 / Math.max(1, contests.filter((c) => !c.isChampion).length);
  };
  let at = 0;
  for (let i = 1; i < all.length; i++) if (all[i].gain < all[at].gain) at = i;
  return {
    hardest: contests[at],
    evidence: all[at],
    lower: Math.min(...all.map((e) => e.lower)),
    upper: Math.min(...contests.map((contest) => evidenceOf(contest, share(contest)).upper)),
    level: 1 - 2 * alpha,
    p: Math.max(...all.map((e) => e.p)),
  };
}

export interface Decision {
  readonly verdict: Verdict;
  readonly sublabel: Sublabel | null;
  readonly reason: Reason | null;
  readonly detail: string | null;
}

const open = (reason: Reason, detail: string | null = null): Decision => ({
  verdict: "INCONCLUSIVE",
  sublabel: null,
  reason,
  detail,
});

const not = (sublabel: Sublabel): Decision => ({ verdict: "NOT JUSTIFIED", sublabel, reason: null, detail: null });

/**
 * JUSTIFIED when the lower bound is above the margin (and Holm agrees, where there are several challengers), NOT JUSTIFIED when
 * the upper bound is below it, else INCONCLUSIVE. Guards come first.
 */
export function decide(
  contests: readonly Contest[],
  at: Standing,
  { margin, guard, passesHolm }: { margin: Margin; guard: Guard | undefined; passesHolm: boolean },
): Decision {
  if (guard !== undefined) return open(guard.reason, guard.detail);
  const m = margin.value;
  const identical = contests.some((c) => c.identical);
  if (identical) return not(at.upper < 0 ? "worse" : "equivalent");
  const flat = contests.find(
    (contest) => contest.pair.discordant === undefined && !(evidenceOf(contest, 0.05).error > 0),
  );
  if (flat !== undefined) {
    return open("degenerate", `every row says exactly the same of ${flat.baseline}: there is no spread to judge by`);
  }
  const few = contests.find(({ pair }) => (pair.discordant ?? Infinity) < LEAST_DISCORDANT);
  // Only Tango's test is exact enough to rule a gain out by the rarity of disagreement alone.
  const ruledOut = at.upper < m && (few === undefined || evidenceOf(few, 0.05).test === "tango");
  if (ruledOut) return not(at.upper < 0 ? "worse" : at.lower > -m ? "equivalent" : "gain-too-small");
  if (few !== undefined) {
    return open(
      "too-few-discordant",
      `only ${few.pair.discordant} rows on which exactly one of it and ${few.baseline} is right, at least ${LEAST_DISCORDANT} are needed`,
    );
  }
  if (at.lower > m && passesHolm) return { verdict: "JUSTIFIED", sublabel: null, reason: null, detail: null };
  if (at.lower > m) return open("underpowered", "alone it would pass, among this many challengers it does not");
  return open(Math.abs(at.evidence.gain - m) < 0.25 * (at.upper - at.lower) ? "near-margin" : "underpowered");
}

/** Rows that would settle it, for three true gains. */
export function rowsNeeded(at: Standing, margin: Margin, rows: number, alpha: number): RowsNeeded {
  const { pair } = at.hardest;
  const m = margin.value;
  const sd = at.evidence.error * Math.sqrt(rows);
  const factors = spreadFactors(pair.kurtosis, pair.units);
  const zeroOne = at.evidence.test.startsWith("tango") && pair.discordant !== undefined;
  const scenarios = (
    [
      ["observed gain", at.evidence.gain],
      ["twice the margin", 2 * m],
      ["upper bound", at.upper],
    ] as const
  ).filter(([, gain]) => Number.isFinite(gain));
  return {
    now: rows,
    power: POWER,
    scenarios: scenarios.map(([scenario, gain]) => {
      const spread = zeroOne ? zeroOneSpread((pair.discordant ?? 0) / rows, gain, m) : { atMargin: sd, atGain: sd };
      const needed = rowsFor(spread, gain, m, alpha);
      return {
        scenario,
        gain,
        rows: finiteOrNull(needed),
        low: finiteOrNull(Math.ceil(needed * factors.low)),
        high: finiteOrNull(Math.ceil(needed * factors.high)),
      };
    }),
  };
}

export function boundsOf({ lower, upper, level }: { lower: number; upper: number; level: number }): Bounds {
  return { lower: finiteOrNull(lower), upper: finiteOrNull(upper), level };
}
