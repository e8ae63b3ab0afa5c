import { normalQuantile } from "../../numeric/normal.ts";
import { signedRankUpperTail } from "../../numeric/signed-rank.ts";
import {
  checkedOptions,
  requireFinite,
  type Differences,
  type Evidence,
  type PairedTest,
  type TestOptions,
} from "../contract.ts";

/** Means of pairs are listed: 12 million of them. */
const MOST = 5000;

/**
 * Wilcoxon's signed-rank test: would gains of this size on this side of the margin be rare if each could as well lie on the
 * other? The gain is the Hodges-Lehmann estimate, the median of the means of all pairs of gains; p counts them above the margin.
 *
 * @param input Gains of at least two independent units, such as datasets.
 * @returns Exact up to 50 units, ties and zeros included (`signedRankUpperTail`). Few units cannot reach small p: 2^-units
 *   at best.
 * @throws As `pairedT`, and above 5,000 units. Cost: O(units²).
 * Source: M. Hollander, D. A. Wolfe & E. Chicken, Nonparametric Statistical Methods, 3rd edition, sections 3.1 to 3.3.
 */
export function signedRank({ differences }: Differences, options: TestOptions = {}): Evidence {
  requireFinite("signedRank", "differences", differences, 2);
  return rankEvidence(differences, options);
}

/**
 * The same for gains that may be infinite: what failed lost by more than any other. A bound may then be infinite as well, and
 * the gain, where half of the pairs are.
 */
export function rankEvidence(gains: Float64Array, options: TestOptions = {}): Evidence {
  const { margin, alpha } = checkedOptions("signedRank", options);
  if (gains.length > MOST) throw new RangeError(`signedRank: at most ${MOST} units, got ${gains.length}`);
  const means = pairMeans(gains);
  const lower = lowerBound(gains, means, alpha);
  const upper = -lowerBound(turned(gains), turned(means), alpha);
  return {
    test: "signed-rank",
    gain: between(means[(means.length - 1) >> 1], means[means.length >> 1]),
    lower,
    upper,
    level: 1 - 2 * alpha,
    statistic: means.reduce((sum, mean) => sum + (mean > margin ? 1 : mean === margin ? 0.5 : 0), 0),
    p: tailAt(gains, margin),
    pBelow: tailAt(turned(gains), -margin),
    error: lower === upper ? 0 : (upper - lower) / (2 * normalQuantile(1 - alpha)),
  };
}

function tailAt(gains: Float64Array, theta: number): number {
  return signedRankUpperTail(gains.map((gain) => gain - theta));
}

/** The other side: signs changed, ascending order kept. */
function turned(values: Float64Array): Float64Array {
  return values.map((value) => -value).reverse();
}

/** Means of all pairs, each value paired with itself too, ascending; opposite infinities have none. */
function pairMeans(gains: Float64Array): Float64Array {
  const means = new Float64Array((gains.length * (gains.length + 1)) / 2);
  let count = 0;
  for (let i = 0; i < gains.length; i++)
    for (let j = i; j < gains.length; j++) {
      const mean = gains[i] / 2 + gains[j] / 2;
      if (!Number.isNaN(mean)) means[count++] = mean;
    }
  return means.subarray(0, count).sort();
}

/**
 * p changes at the means of pairs only: between them it is asked for, and the bound is the first at which it is above alpha.
 * @param means Ascending.
 */
function lowerBound(gains: Float64Array, means: Float64Array, alpha: number): number {
  const steps = means.filter((mean, k) => k === 0 || mean > means[k - 1]);
  let refused = 0; // gaps below this one have a p of at most alpha
  for (let open = steps.length + 1; refused < open;) {
    const gap = (refused + open) >> 1;
    if (tailAt(gains, between(steps[gap - 1] ?? -Infinity, steps[gap] ?? Infinity)) <= alpha) refused = gap + 1;
    else open = gap;
  }
  return refused === 0 ? -Infinity : (steps[refused - 1] ?? Infinity);
}

/** A number between two, as far as there is one. */
function between(a: number, b: number): number {
  if (a === b) return a;
  if (a === -Infinity) return b === Infinity ? 0 : b - 1 - Math.abs(b);
  return b === Infinity ? a + 1 + Math.abs(a) : a / 2 + b / 2;
}

export const signedRankTest: PairedTest = {
  name: "signed-rank",
  title: "Wilcoxon's signed-rank test",
  question: "Is the typical gain per unit above the margin, whatever the scale of single units?",
  honest: "Independent units, such as datasets, with gains symmetric about their median, any number of them.",
  needs: "differences",
  run: signedRank,
};
