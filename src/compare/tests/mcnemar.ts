import { binomialProbability, binomialUpperTail } from "../../numeric/binomial.ts";
import { brentRoot } from "../../numeric/roots.ts";
import { areCounts } from "../situation.ts";
import { checkedOptions, type Evidence, type Outcomes, type PairedTest, type TestOptions } from "../contract.ts";

/** @throws RangeError unless the counts are whole, not negative, and fit into the rows. */
export function requireCounts(name: string, { wins, losses, rows }: Outcomes): void {
  const whole = [wins, losses, rows].every((count) => Number.isInteger(count) && count >= 0);
  if (!whole || rows < 1 || wins + losses > rows) {
    throw new RangeError(
      `${name}: wins, losses and rows must be whole numbers with wins + losses <= rows, got ${wins}, ${losses}, ${rows}`,
    );
  }
}

/** P(X >= k) for X ~ Bin(n, share), less half of P(X = k) for the mid-p version. */
function upperTail(k: number, n: number, share: number, midP: boolean): number {
  return binomialUpperTail(k, n, share) - (midP ? 0.5 * binomialProbability(k, n, share) : 0);
}

function conditional(name: string, input: Outcomes, options: TestOptions, midP: boolean): Evidence {
  requireCounts(name, input);
  const { margin, alpha } = checkedOptions(name, options);
  if (margin !== 0) throw new RangeError(`${name}: can only test a margin of 0 (use tango), got ${margin}`);
  const { wins, losses, rows } = input;
  const discordant = wins + losses;
  const gain = (wins - losses) / rows;
  const lower = shareBound(wins, discordant, alpha, midP);
  const upper = 1 - shareBound(losses, discordant, alpha, midP);
  return {
    test: name,
    gain,
    lower: ((2 * lower - 1) * discordant) / rows,
    upper: ((2 * upper - 1) * discordant) / rows,
    level: 1 - 2 * alpha,
    statistic: wins,
    p: discordant === 0 ? 1 : upperTail(wins, discordant, 0.5, midP),
    pBelow: discordant === 0 ? 1 : upperTail(losses, discordant, 0.5, midP),
    error: Math.sqrt(Math.max(0, discordant - (wins - losses) ** 2 / rows)) / rows,
  };
}

/** The one-sided lower bound (Clopper and Pearson's, or its mid-p version) of the share of wins. */
function shareBound(wins: number, discordant: number, alpha: number, midP: boolean): number {
  if (wins === 0) return 0;
  return brentRoot((share) => upperTail(wins, discordant, share, midP) - alpha, 0, 1, 1e-15);
}

/**
 * McNemar's test by the exact binomial: among the rows that only one model got right, does the challenger win more than half?
 *
 * @param input Counts; only the discordant rows speak.
 * @returns p values are exact and conservative; the bounds of the gain take the share of discordant rows as fixed, so they
 *   exclude 0 when p < alpha. Without discordant rows nothing is claimed (p = 1).
 * @throws RangeError for impossible counts or a margin other than 0 (that is `tango`'s).
 * Cost: O(sqrt(discordant)). Source: Q. McNemar, Psychometrika 12, 1947.
 */
export function mcnemarExact(input: Outcomes, options: TestOptions = {}): Evidence {
  return conditional("mcnemar-exact", input, options, false);
}

/**
 * McNemar's mid-p test: the same with half the probability of the observed split, which takes out most of the
 * conservatism; never above the nominal level in the 9,595 settings of Fagerland, Lydersen & Laake (2013).
 */
export function mcnemarMidP(input: Outcomes, options: TestOptions = {}): Evidence {
  return conditional("mcnemar-mid-p", input, options, true);
}

/** The two-sided p value of either: twice the smaller side, at most 1; with equal counts mid-p is 1 - ½ P(X = wins). */
export function mcnemarTwoSided({ wins, losses, rows }: Outcomes, midP: boolean): number {
  requireCounts("mcnemar", { wins, losses, rows });
  if (wins === losses && midP) return 1 - 0.5 * binomialProbability(wins, wins + losses, 0.5);
  return Math.min(1, 2 * upperTail(Math.max(wins, losses), wins + losses, 0.5, midP));
}

/** Discordant rows below this are few. */
const FEW = 25;

const question = "Among rows that only one model got right, does the challenger win more than half?";

export const mcnemarExactTest: PairedTest = {
  name: "mcnemar-exact",
  title: "McNemar, exact",
  question,
  honest: "Independent rows, any number of them; conservative.",
  traits: { zeroMargin: true, conservative: true },
  needs: "outcomes",
  // Tango's test is too sure of a handful of rows.
  decides: (situation) => {
    const { discordant = 0, margin } = situation;
    return areCounts(situation) && discordant > 0 && discordant < FEW && margin.value === 0;
  },
  run: mcnemarExact,
};

export const mcnemarMidPTest: PairedTest = {
  name: "mcnemar-mid-p",
  title: "McNemar, mid-p",
  question,
  honest: "Independent rows, any number of them.",
  traits: { zeroMargin: true },
  needs: "outcomes",
  run: mcnemarMidP,
};
