/** Wilcoxon's signed ranks: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945. */
import { normalUpperTail } from "./normal.ts";
import { midRanks } from "./ranks.ts";
import { argsort } from "./argsort.ts";
import { roundingOf } from "./ties.ts";

/** Up to this many values all sign patterns are counted. */
const EXACT_UP_TO = 50;

/**
 * P(positive values have at least the rank sum seen) where each value could as well have had the other sign. Equal sizes share
 * the mean of their ranks; zeros are ranked too and count half on either side (SciPy's "zsplit": the same p as Pratt's way,
 * where they count on neither). Sizes within rounding of each other are equal; infinite values rank highest, and tie.
 *
 * @returns Exact up to 50 values, with ties and zeros too; above that from the normal law with the variance of the ranks that
 *   occurred, without a correction for continuity. 1 without a value that is not 0. NaN is not allowed.
 * Cost: one sort; O(n³) up to 50 values.
 */
export function signedRankUpperTail(values: Float64Array): number {
  const sizes = snapped(values.map(Math.abs));
  const ranks = midRanks(sizes);
  const moving = ranks.filter((_, i) => sizes[i] > 0); // zeros add the same to the sum whatever the signs
  const positive = ranks.reduce((sum, rank, i) => (values[i] > 0 && sizes[i] > 0 ? sum + rank : sum), 0);
  if (moving.length === 0) return 1;
  if (values.length <= EXACT_UP_TO) return exactTail(moving, positive);
  const centre = moving.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = moving.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return normalUpperTail((positive - centre) / Math.sqrt(variance));
}

/** Sizes that only rounding tells apart made equal: each to the smallest of its run; what is rounding next to the largest is 0. */
function snapped(sizes: Float64Array): Float64Array {
  const order = argsort(sizes);
  const finite = order.filter((i) => sizes[i] < Infinity);
  const slack = finite.length === 0 ? 0 : roundingOf(sizes[finite[finite.length - 1]]);
  const out = sizes.slice();
  let seen = 0;
  let run = 0;
  for (const i of finite) {
    if (sizes[i] - seen > slack) run = sizes[i];
    seen = sizes[i];
    out[i] = run;
  }
  return out;
}

/** Share of the sign patterns in which the positive ranks sum to at least `sum`; ranks are whole numbers and halves. */
function exactTail(ranks: Float64Array, sum: number): number {
  const steps = ranks.map((rank) => 2 * rank);
  const largest = steps.reduce((total, step) => total + step, 0);
  const ways = new Float64Array(largest + 1); // at most 2^50 in all: counted without rounding
  ways[0] = 1;
  for (const step of steps) for (let s = largest; s >= step; s--) ways[s] += ways[s - step];
  let tail = 0;
  for (let s = 2 * sum; s <= largest; s++) tail += ways[s];
  return tail / 2 ** steps.length;
}
