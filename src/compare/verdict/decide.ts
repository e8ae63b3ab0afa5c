/** The three-way rule over all baselines that have to be beaten. */
import type { Evidence } from "../contract.ts";
import type { Detail } from "../detail.ts";
import { LEAST_DISCORDANT, type Guard } from "../guards.ts";
import type { Margin } from "../margin.ts";
import { withheld, type Overconfidence } from "../overconfidence.ts";
import type { Pair } from "../paired.ts";
import type { PartModels } from "./models.ts";
import { FEW_FADED } from "../unseen.ts";
import { POWER, rowsFor, spreadFactors, zeroOneSpread } from "../rows-needed.ts";
import { finiteOrNull, type Bounds, type Reason, type RowsNeeded, type Sublabel, type Verdict } from "./contract.ts";

/** The challenger against one baseline. */
export interface Contest {
  readonly baseline: string;
  /** The baseline's metric. */
  readonly score: number;
  readonly isChampion: boolean;
  /** The same answer to every row, bare labels excepted. */
  readonly identical: boolean;
  /** The baseline is far surer than it is right, and the pair says no more than can be said of it. */
  readonly overconfidence?: Overconfidence;
  readonly pair: Pair;
}

/**
 * Enters a challenger against a baseline. The same answers gain nothing; but bare labels that agree on all of a few rows may
 * differ on many others, so under 0/1 loss the rows have to say how many.
 */
export function contestOf(
  models: Pick<PartModels, "score" | "same" | "bare" | "overconfidence" | "pair">,
  baseline: { readonly name: string; readonly key: string },
  challenger: string,
  isChampion: boolean,
): Contest {
  const overconfidence = models.overconfidence(baseline.key);
  const told = models.pair(baseline.key, challenger);
  const pair = remembered(overconfidence === undefined ? told : withheld(told, overconfidence));
  const { value } = models.score(baseline.key);
  const labels = pair.discordant !== undefined && models.bare(challenger);
  return {
    baseline: baseline.name,
    score: value,
    isChampion,
    identical: models.same(baseline.key, challenger) && !labels,
    ...(overconfidence !== undefined && { overconfidence }),
    pair,
  };
}

/** Evidence at a level is asked for several times, and betting takes a hundred passes over the rows for it. */
function remembered(pair: Pair): Pair {
  const known = new Map<number, Evidence>();
  return {
    ...pair,
    at: (alpha) => {
      const evidence = known.get(alpha) ?? pair.at(alpha);
      known.set(alpha, evidence);
      return evidence;
    },
  };
}

/** A challenger's evidence against one baseline, with the bounds that decide. */
export interface Stand extends Pick<Evidence, "gain" | "lower" | "upper" | "level" | "p"> {
  readonly contest: Contest;
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
  /** Of a gain below the margin over some baseline: Bonferroni's, by the shares of alpha. */
  readonly pBelow: number;
  /** The level at which the hardest baseline's upper bound holds. */
  readonly alphaBelow: number;
  readonly stands: readonly Stand[];
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
  const others = contests.filter(({ isChampion }) => !isChampion).length;
  const shares = contests.map(({ isChampion }) => (others === 0 ? alpha : alpha / 2 / (isChampion ? 1 : others)));
  const below = contests.map((contest, i) => evidenceOf(contest, shares[i]));
  let at = 0;
  for (let i = 1; i < all.length; i++) if (hardness(all[i]) > hardness(all[at])) at = i;
  const stands = contests.map((contest, i): Stand => {
    const { gain, lower, p } = all[i];
    return { contest, gain, lower, p, upper: below[i].upper, level: 1 - alpha - shares[i] };
  });
  return {
    hardest: contests[at],
    evidence: all[at],
    lower: Math.min(...stands.map(({ lower }) => lower)),
    upper: Math.min(...stands.map(({ upper }) => upper)),
    level: 1 - 2 * alpha,
    p: Math.max(...stands.map(({ p }) => p)),
    pBelow: Math.min(1, ...below.map(({ pBelow }, i) => (pBelow * alpha) / shares[i])),
    alphaBelow: shares[at],
    stands,
  };
}

/** A baseline of which no share can be gained or lost tells nothing, beside any other. */
function hardness({ gain }: Evidence): number {
  return Number.isNaN(gain) ? -Infinity : -gain;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly sublabel: Sublabel | null;
  readonly reason: Reason | null;
  readonly detail: Detail | null;
  /** How many times the rows that there are a claim needs at the least. */
  readonly times: number;
}

export const open = (reason: Reason, detail: Detail | null = null, times = 1): Decision => ({
  verdict: "INCONCLUSIVE",
  sublabel: null,
  reason,
  detail,
  times,
});

export const not = (sublabel: Sublabel): Decision => ({
  verdict: "NOT JUSTIFIED",
  sublabel,
  reason: null,
  detail: null,
  times: 1,
});

/** Open for a baseline that is far surer than it is right. */
export const overconfident = (baseline: string, { times }: Overconfidence): Decision =>
  open("overconfident-baseline", { kind: "overconfident", baseline, times });

const openBy = ({ reason, detail, times }: Guard): Decision => open(reason, detail, times);

const JUSTIFIED: Decision = { verdict: "JUSTIFIED", sublabel: null, reason: null, detail: null, times: 1 };

/** What the rows allow to be claimed, whatever the bounds. */
export interface Claims {
  readonly margin: Margin;
  /** Nothing may be. */
  readonly guard: Guard | undefined;
  /** No gain may be ruled out, though a loss may be shown. */
  readonly scarce: Guard | undefined;
  /** The challenger passes among all. */
  readonly passesHolm: boolean;
}

/**
 * JUSTIFIED when the lower bound is above the margin (and Holm agrees, where there are several challengers), NOT JUSTIFIED when
 * the upper bound is below it, else INCONCLUSIVE. Guards come first.
 */
export function decide(
  contests: readonly Contest[],
  at: Standing,
  { margin, guard, scarce, passesHolm }: Claims,
): Decision {
  if (guard !== undefined) return openBy(guard);
  const m = margin.value;
  const estimate = { gain: at.evidence.gain, lower: at.lower, upper: at.upper };
  if (contests.some(({ identical }) => identical)) return ruledOutAs(estimate, m);
  const few = contests.find(({ pair }) => (pair.discordant ?? Infinity) < LEAST_DISCORDANT);
  // Only Tango's test is exact enough to rule a gain out by the rarity of disagreement alone.
  const ruledOut = at.upper < m && (few === undefined || evidenceOf(few, 0.05).test === "tango");
  if (ruledOut) {
    const refusal = ruledOutAs(estimate, m);
    return scarce === undefined || refusal.sublabel === "worse" ? refusal : openBy(scarce);
  }
  const mute = contests.find((contest) => isMute(evidenceOf(contest, 0.05)));
  if (mute !== undefined) return open("degenerate", { kind: "no-spread", baseline: mute.baseline });
  const perfect = contests.find((contest) => !Number.isFinite(evidenceOf(contest, 0.05).gain));
  if (perfect !== undefined) return open("degenerate", { kind: "nothing-to-gain", baseline: perfect.baseline });
  if (few !== undefined) {
    const [have, least] = [few.pair.discordant ?? 0, LEAST_DISCORDANT];
    const detail = { kind: "few-discordant", baseline: few.baseline, have, least } as const;
    return open("too-few-discordant", detail, least / Math.max(1, have));
  }
  if (at.lower > m && passesHolm) return JUSTIFIED;
  if (at.lower > m) return open("underpowered", { kind: "held-by-others" });
  const { baseline, overconfidence } = contests.find((contest) => contest.overconfidence?.useless) ?? at.hardest;
  if (overconfidence !== undefined) return overconfident(baseline, overconfidence);
  return open(isNearMargin(estimate, m) ? "near-margin" : "underpowered");
}

/** Neither spread nor bounds, for no want of rows. */
function isMute({ gain, error, lower, upper }: Evidence): boolean {
  return Number.isFinite(gain) && error === 0 && lower === -Infinity && upper === Infinity;
}

interface Estimate {
  readonly gain: number;
  readonly lower: number;
  readonly upper: number;
}

/** What a gain is that is not above the margin. */
export function ruledOutAs({ gain, lower, upper }: Estimate, margin: number): Decision {
  if (upper < 0) return not("worse");
  if (lower > -margin || gain === 0) return not("equivalent");
  return not(gain < 0 ? "no-gain" : "gain-too-small");
}

/**
 * Is the margin the question, not the sample? Only where these rows tell gains of the margin's size apart, and the gain still lies
 * within a quarter of the interval of it, so that it takes some nine times the rows.
 */
export function isNearMargin({ gain, lower, upper }: Estimate, margin: number): boolean {
  const width = upper - lower;
  return width <= 2 * margin && Math.abs(gain - margin) < 0.25 * width;
}

/**
 * Rows that would settle it, for three true gains: as JUSTIFIED above the margin, as NOT JUSTIFIED below it.
 * @param alpha Level of the proof of a gain above the margin. @param least Rows that a claim needs whatever the gain.
 */
export function rowsNeeded(at: Standing, margin: Margin, rows: number, alpha: number, least: number): RowsNeeded {
  const { pair } = at.hardest;
  const m = margin.value;
  const sd = at.evidence.error * Math.sqrt(rows);
  const { widened = { below: 1, above: 1 }, unseen = NOTHING_MISSED } = at.evidence;
  const factors = spreadFactors(pair.kurtosis, pair.units);
  const zeroOne = at.evidence.test.startsWith("tango") && pair.discordant !== undefined;
  const scenarios = (
    [
      ["observed gain", at.evidence.gain],
      ["twice the margin", 2 * m],
      ["upper bound", at.upper],
    ] as const
  ).filter(([, gain], k) => Number.isFinite(gain) && (k !== 1 || (m > 0 && (margin.kind === "absolute" || gain < 1))));
  return {
    now: rows,
    power: POWER,
    scenarios: scenarios.map(([scenario, gain]) => {
      const spread = zeroOne ? zeroOneSpread((pair.discordant ?? 0) / rows, gain, m) : { atMargin: sd, atGain: sd };
      const above = gain > m;
      const reach = { ...spread, atMargin: spread.atMargin * (above ? widened.below : widened.above) };
      const toJustify = (missed: number): number => rowsFor(reach, gain, m, alpha, { unseen: rows * missed });
      const needed = above
        ? Math.min(toJustify(unseen.below), Math.max(toJustify(unseen.lasting), FEW_FADED))
        : rowsFor(reach, -gain, -m, at.alphaBelow, { unseen: rows * unseen.above });
      // What is seen has not settled it on these rows.
      const likely = scenario === "observed gain" ? Math.max(needed, rows + 1) : needed;
      const enough = (count: number): number | null => finiteOrNull(Math.max(Math.ceil(count), least));
      return {
        scenario,
        gain,
        settles: needed === Infinity ? null : above ? ("JUSTIFIED" as const) : ("NOT JUSTIFIED" as const),
        rows: enough(likely),
        low: enough(needed * factors.low),
        high: enough(likely * factors.high),
      };
    }),
  };
}

const NOTHING_MISSED = { below: 0, above: 0, lasting: 0 };

export function boundsOf({ lower, upper, level }: { lower: number; upper: number; level: number }): Bounds {
  return { lower: finiteOrNull(lower), upper: finiteOrNull(upper), level };
}
