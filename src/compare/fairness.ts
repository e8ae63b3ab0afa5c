/**
 * Rates by protected group, with fairlearn's conventions: the difference is that between the largest and the smallest
 * group rate, the ratio that of the smallest to the largest. Intervals hold for the extremes, not just for a pair picked
 * afterwards. They can only veto, and say nothing about law.
 */
import { normalQuantile } from "../numeric/normal.ts";
import { gapChange, type BothAnswers, type GapChange } from "./gap-change.ts";
import { differenceLimits, ratioLimits, type Share } from "./proportions.ts";

export type RateName = "selection-rate" | "true-positive-rate" | "false-positive-rate";

export interface ProtectionSpec {
  readonly column: string;
  readonly levels: readonly string[];
  /** Level of each judged row; -1: not known, left out. */
  readonly codes: Int32Array;
  /** Veto when the difference is proven larger, or the ratio proven smaller. Without limits only a step back from the baseline vetoes. */
  readonly limits?: { readonly difference?: number; readonly ratio?: number };
}

export interface GroupRate extends Share {
  readonly group: string;
  readonly rate: number | null;
}

export interface Extreme {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface RateResult {
  readonly rate: RateName;
  readonly groups: readonly GroupRate[];
  /** Null where fewer than two groups are large enough. */
  readonly difference: Extreme | null;
  readonly ratio: Extreme | null;
  /** The same of the baseline. */
  readonly baseline: { readonly difference: Extreme | null; readonly ratio: Extreme | null };
  /** How much wider the difference is than the baseline's, row by row on the same people. */
  readonly change: GapChange | null;
  readonly outcome: "beyond the limit" | "worse than the baseline" | "no objection" | "not judged";
}

export interface Protection {
  readonly column: string;
  readonly rates: readonly RateResult[];
}

const LEAST_ROWS = 30;
const LEAST_CASES = 10;
const RATES: readonly RateName[] = ["selection-rate", "true-positive-rate", "false-positive-rate"];

/** Does this rate speak of a row with this true label (1 positive, 0 negative)? */
function counts(rate: RateName, truth: number): boolean {
  return rate === "selection-rate" || (rate === "true-positive-rate") === (truth === 1);
}

/** Each group's rate of positive answers among the rows the rate speaks of. */
export function groupRates(
  rate: RateName,
  truth: ArrayLike<number>,
  answer: ArrayLike<number>,
  { codes, levels }: Pick<ProtectionSpec, "codes" | "levels">,
): GroupRate[] {
  const rows = new Float64Array(levels.length);
  const selected = new Float64Array(levels.length);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0 || !counts(rate, truth[i])) continue;
    rows[codes[i]]++;
    selected[codes[i]] += answer[i];
  }
  return levels.map((group, k) => ({
    group,
    rows: rows[k],
    selected: selected[k],
    rate: rows[k] > 0 ? selected[k] / rows[k] : null,
  }));
}

/**
 * The largest difference and the smallest ratio between groups. The bound on the far side needs no correction, because it holds
 * for the true extreme pair; the bound on the near side is Bonferroni's over all ordered pairs, because that pair is not known.
 * @returns Null with fewer than two groups.
 */
export function extremes(groups: readonly GroupRate[], alpha: number): { difference: Extreme; ratio: Extreme } | null {
  if (groups.length < 2) return null;
  const pairs = groups.flatMap((a) => groups.filter((b) => b !== a).map((b) => [a, b] as const));
  const [wide, plain] = [normalQuantile(1 - alpha / pairs.length), normalQuantile(1 - alpha)];
  const rates = groups.map((g) => g.selected / g.rows);
  const [most, least] = [Math.max(...rates), Math.min(...rates)];
  return {
    difference: {
      value: most - least,
      lower: Math.max(0, ...pairs.map(([a, b]) => differenceLimits(a, b, wide)[0])),
      upper: Math.max(...pairs.map(([a, b]) => differenceLimits(a, b, plain)[1])),
    },
    ratio: {
      value: most > 0 ? least / most : 1,
      lower: Math.min(...pairs.map(([a, b]) => ratioLimits(a, b, plain)[0])),
      upper: Math.min(1, ...pairs.map(([a, b]) => ratioLimits(a, b, wide)[1])),
    },
  };
}

/** How both models answered each group, among the rows the rate speaks of. */
function bothAnswers(
  rate: RateName,
  truth: ArrayLike<number>,
  challenger: ArrayLike<number>,
  baseline: ArrayLike<number>,
  { codes, levels }: Pick<ProtectionSpec, "codes" | "levels">,
): BothAnswers[] {
  const groups = levels.map(() => ({ rows: 0, challenger: 0, baseline: 0, both: 0 }));
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0 || !counts(rate, truth[i])) continue;
    const group = groups[codes[i]];
    group.rows++;
    group.challenger += challenger[i];
    group.baseline += baseline[i];
    group.both += challenger[i] * baseline[i];
  }
  return groups;
}

/**
 * Rates of the challenger by group beside those of a baseline.
 *
 * @param truth True labels, 1 positive. @param challenger,baseline Answers, 1 positive.
 * @param alpha Shared by the three rates (Bonferroni); a step back is proven when the lower bound of the change of the
 *   difference is above 0.
 * @returns Groups need 30 rows, and 10 positives (negatives) for the true- (false-) positive rate, to be judged.
 * @throws RangeError when the codes have another length than the truth. Cost: O(rows + groups⁴).
 */
export function judgeProtection(
  spec: ProtectionSpec,
  truth: ArrayLike<number>,
  challenger: ArrayLike<number>,
  baseline: ArrayLike<number>,
  alpha: number,
): Protection {
  if (spec.codes.length !== truth.length) {
    throw new RangeError(`protect: codes of ${spec.column} must have ${truth.length} values, got ${spec.codes.length}`);
  }
  const sizes = groupRates("selection-rate", truth, challenger, spec);
  const rates = RATES.map((rate): RateResult => {
    const all = groupRates(rate, truth, challenger, spec);
    const large = (_: unknown, k: number): boolean =>
      sizes[k].rows >= LEAST_ROWS && all[k].rows >= (rate === "selection-rate" ? LEAST_ROWS : LEAST_CASES);
    const share = alpha / RATES.length;
    const now = extremes(all.filter(large), share);
    const before = extremes(groupRates(rate, truth, baseline, spec).filter(large), share);
    const change = gapChange(bothAnswers(rate, truth, challenger, baseline, spec).filter(large), share) ?? null;
    const none = { difference: null, ratio: null };
    return {
      rate,
      groups: all,
      ...(now ?? none),
      baseline: before ?? none,
      change,
      outcome: outcomeOf(spec, now, change),
    };
  });
  return { column: spec.column, rates };
}

function outcomeOf(
  { limits = {} }: ProtectionSpec,
  now: ReturnType<typeof extremes>,
  change: GapChange | null,
): RateResult["outcome"] {
  if (now === null || change === null) return "not judged";
  const { difference = Infinity, ratio = 0 } = limits;
  if (now.difference.lower > difference || now.ratio.upper < ratio) return "beyond the limit";
  return change.lower > 0 ? "worse than the baseline" : "no objection";
}
