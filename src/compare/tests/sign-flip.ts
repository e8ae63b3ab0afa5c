import { moments } from "../../numeric/moments.ts";
import { seeded, type Rng } from "../../numeric/rng.ts";
import {
  checkedOptions,
  requireFinite,
  type Differences,
  type Evidence,
  type PairedTest,
  type TestOptions,
} from "../contract.ts";

const EXACT_UP_TO = 16;
const DRAWS = 9999;

/**
 * Sign-flip (randomisation) test: would gains this large be rare if each could as well have had the other sign?
 * Flipping the signs of d - m gives at least the observed mean exactly where the flipped rows have a mean of at most m; so
 * one list of subset means (Hartigan's typical values) gives p at every margin, and the bounds are its order statistics.
 *
 * @param input Gains of independent rows. Up to 16 rows all subsets are listed, above that 9,999 random ones.
 * @returns Exact where gains are symmetric about the margin; as generous as `pairedT` where they are left-skewed, since for
 *   one sample the mean and the t statistic rise together under flips. Few rows cannot reach small p: 2^-rows at best.
 * @throws As `pairedT`. Cost: O(2^rows) up to 16 rows, else O(9,999 rows).
 * Source: J. A. Hartigan, "Using subsample values as typical values", JASA 64, 1969.
 */
export function signFlip({ differences }: Differences, options: TestOptions = {}): Evidence {
  requireFinite("signFlip", "differences", differences, 2);
  const { margin, alpha } = checkedOptions("signFlip", options);
  const means =
    differences.length <= EXACT_UP_TO
      ? allSubsetMeans(differences)
      : randomSubsetMeans(differences, options.rng ?? seeded("sign-flip"));
  means.sort();
  const { mean, variance } = moments(differences);
  const slack = 1e-12 * differences.reduce((sum, d) => Math.abs(d) + sum, 0); // ties differ by rounding
  const all = means.length + 1; // and the data as they are
  const rank = Math.floor(alpha * all + 1e-9);
  return {
    test: "sign-flip",
    gain: mean,
    lower: rank < 1 ? -Infinity : means[rank - 1],
    upper: rank < 1 ? Infinity : means[means.length - rank],
    level: 1 - 2 * alpha,
    statistic: mean - margin,
    p: (1 + means.filter((m) => m <= margin + slack).length) / all,
    pBelow: (1 + means.filter((m) => m >= margin - slack).length) / all,
    error: Math.sqrt(variance / differences.length),
  };
}

/** Means of all subsets but the empty one, each from the subset without its lowest member. */
function allSubsetMeans(values: Float64Array): Float64Array {
  const count = 2 ** values.length;
  const sums = new Float64Array(count);
  const means = new Float64Array(count - 1);
  for (let subset = 1; subset < count; subset++) {
    const lowest = 31 - Math.clz32(subset & -subset);
    sums[subset] = sums[subset & (subset - 1)] + values[lowest];
    means[subset - 1] = sums[subset] / bits(subset);
  }
  return means;
}

function bits(subset: number): number {
  let count = 0;
  for (let rest = subset; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function randomSubsetMeans(values: Float64Array, rng: Rng): Float64Array {
  const means = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) means[draw] = randomSubsetMean(values, rng);
  return means;
}

/** The mean of a subset in which each row is with probability ½; the empty one is drawn again. */
function randomSubsetMean(values: Float64Array, rng: Rng): number {
  let sum = 0;
  let count = 0;
  while (count === 0) {
    for (let i = 0; i < values.length; i += 32) {
      let word = rng.uint32();
      for (let k = i; k < Math.min(i + 32, values.length); k++, word >>>= 1) {
        if ((word & 1) === 0) continue;
        sum += values[k];
        count++;
      }
    }
  }
  return sum / count;
}

export const signFlipTest: PairedTest = {
  name: "sign-flip",
  title: "Sign-flip test",
  question: "Would gains this large be rare if each could as well have had the other sign?",
  honest: "Independent rows with gains symmetric about the margin, any number of them.",
  traits: { drawsBeyond: EXACT_UP_TO },
  needs: "differences",
  run: signFlip,
};
