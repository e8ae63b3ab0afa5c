import { mean, moments } from "../../numeric/moments.ts";
import { normalCdf, normalQuantile } from "../../numeric/normal.ts";
import { seeded, type Rng } from "../../numeric/rng.ts";
import { isContrast, isRocArea } from "../situation.ts";
import {
  checkedOptions,
  requireFinite,
  type Differences,
  type Evidence,
  type PairedTest,
  type TestOptions,
} from "../contract.ts";

export const RESAMPLES = 4999;

/** Efron's acceleration from influence values (or mean(jackknife) - jackknife): Σu³ / (6 (Σu²)^1.5); 0 without spread. */
export function acceleration(influence: ArrayLike<number>): number {
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < influence.length; i++) {
    squares += influence[i] ** 2;
    cubes += influence[i] ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

/**
 * Bias-corrected and accelerated bounds from bootstrap replicates of a gain.
 *
 * @param replicates The gain in each resample; NaN where it was not defined (those are left out).
 * @param skew What `acceleration` says of the gain's influence values.
 * @returns Bounds, p and pBelow as the levels at which a bound meets the margin. All replicates equal: nothing is claimed.
 * Source: B. Efron, "Better bootstrap confidence intervals", JASA 82, 1987. Cost: O(B log B).
 */
export function bcaEvidence(gain: number, replicates: Float64Array, skew: number, options: TestOptions = {}): Evidence {
  const { margin, alpha } = checkedOptions("bca", options);
  const sorted = replicates.filter((gain) => Number.isFinite(gain)).sort();
  const level = 1 - 2 * alpha;
  const error = Math.sqrt(moments(sorted).variance);
  const none = { test: "bca", gain, lower: -Infinity, upper: Infinity, level, statistic: 0, p: 1, pBelow: 1, error };
  if (sorted.length < 2 || !(sorted[0] < sorted[sorted.length - 1])) return none;
  const bias = normalQuantile(shareBelow(sorted, gain));
  const bound = (z: number): number => {
    const shifted = bias + z;
    const room = 1 - skew * shifted;
    if (room <= 0) return shifted > 0 ? Infinity : -Infinity;
    return quantile(sorted, normalCdf(bias + shifted / room));
  };
  // The z at which a bound is the margin: the inverse of the line above.
  const reach = normalQuantile(shareBelow(sorted, margin)) - bias;
  const z = reach / (1 + skew * reach) - bias;
  const p = 1 + skew * reach > 0 ? normalCdf(z) : reach > 0 ? 1 : 0;
  return {
    ...none,
    lower: bound(normalQuantile(alpha)),
    upper: bound(-normalQuantile(alpha)),
    statistic: -z,
    p: Math.max(p, 1 / (sorted.length + 1)),
    pBelow: Math.max(1 - p, 1 / (sorted.length + 1)),
  };
}

/** Share of sorted values below x, ties counted half, kept half a value away from 0 and 1. */
function shareBelow(sorted: Float64Array, x: number): number {
  let below = 0;
  let tied = 0;
  for (const value of sorted) {
    if (value < x) below++;
    else if (value === x) tied++;
    else break;
  }
  const share = (below + 0.5 * tied) / sorted.length;
  return Math.min(1 - 0.5 / sorted.length, Math.max(0.5 / sorted.length, share));
}

/** Quantile of sorted values by linear interpolation. */
export function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}

/**
 * BCa bootstrap of the mean gain: is it above the margin? For comparison; `tAndHall` is better below 50 rows and free.
 *
 * @param input Gains of independent rows; rows are resampled for both models at once. `rng`: the stream of the resamples.
 * @throws As `pairedT`. Cost: O(4,999 rows).
 */
export function bca({ differences }: Differences, options: TestOptions & { resamples?: number } = {}): Evidence {
  requireFinite("bca", "differences", differences, 2);
  const { rng = seeded("bca"), resamples = RESAMPLES } = options;
  const centre = mean(differences);
  const replicates = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) replicates[b] = resampledMean(differences, rng);
  return bcaEvidence(centre, replicates, acceleration(differences.map((d) => d - centre)), options);
}

function resampledMean(values: Float64Array, rng: Rng): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[rng.below(values.length)];
  return sum / values.length;
}

export const bcaTest: PairedTest = {
  name: "bca",
  title: "BCa bootstrap",
  question: "Is the mean gain above the margin by the bias-corrected, accelerated bootstrap?",
  honest: "Independent rows, 100 or more of them.",
  traits: { drawsBeyond: 0, excess: 0.02 },
  needs: "differences",
  decides: (situation) => situation.resampled && (isContrast(situation) || isRocArea(situation)),
  resampled: bcaEvidence,
  run: bca,
};
