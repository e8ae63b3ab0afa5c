/** The finite-sample guarantee for bounded losses, by betting, on the scale of the margin. */
import { OptionError } from "../error.ts";
import { gather } from "../numeric/gather.ts";
import { normalQuantile } from "../numeric/normal.ts";
import { brentRoot } from "../numeric/roots.ts";
import { seeded } from "../numeric/rng.ts";
import type { Evidence } from "./contract.ts";
import type { MarginSpec } from "./margin.ts";
import type { Measured } from "./measure.ts";
import { betting, bettingP } from "./tests/betting.ts";

/** The smallest and largest loss of a row, as the loss defines them (never as observed). */
export type LossRange = readonly [number, number];

/**
 * Betting evidence on the row differences, in an order drawn once from a fixed stream (bets may not be made in an order that
 * has to do with the outcome, and files are often sorted). A relative margin r is a claim about (1 - r) l_b - l_c.
 * @throws RangeError unless the losses are additive, unweighted and inside a finite range.
 */
export function guaranteedEvidence(
  baseline: Measured,
  challenger: Measured,
  margin: MarginSpec,
  alpha: number,
  range: LossRange,
): Evidence {
  const [low, high] = range;
  if (!(low < high && Number.isFinite(low) && Number.isFinite(high))) {
    throw new OptionError(`compare: the finite-sample guarantee needs losses in a finite range, got [${low}, ${high}]`);
  }
  const plain = baseline.link.kind === "identity" || baseline.link.kind === "complement";
  if (baseline.how !== "mean" || baseline.base !== undefined || !(plain || margin.kind === "relative")) {
    throw new OptionError("compare: the finite-sample guarantee needs a metric that is a plain mean of row losses");
  }
  const order = seeded("betting order").shuffle(Int32Array.from(baseline.losses, (_, i) => i));
  const [b, c] = [baseline, challenger].map(({ losses }) => gather(losses, order));
  const contrast = (r: number) => ({
    differences: b.map((loss, i) => (1 - r) * loss - c[i]),
    range: [(1 - r) * low - high, (1 - r) * high - low] as const,
  });
  if (margin.kind === "absolute") return betting(contrast(0), { margin: margin.value, alpha });
  const root = baseline.link.kind === "root";
  return relative(contrast, root ? 1 - (1 - margin.value) ** 2 : margin.value, alpha, root);
}

/** The same claim at every r: bounds are the r at which its p value is alpha. */
function relative(
  contrast: (r: number) => { differences: Float64Array; range: readonly [number, number] },
  margin: number,
  alpha: number,
  root: boolean,
): Evidence {
  const at = bettingP(contrast(margin), { alpha });
  const better = (r: number): number => bettingP(contrast(r), { alpha }).p;
  const worse = (r: number): number => bettingP(contrast(r), { alpha }).pBelow;
  const toGain = (r: number): number => (root ? 1 - Math.sqrt(Math.max(0, 1 - r)) : r);
  const sums = contrast(0).differences.reduce((sum, d) => sum + d, 0);
  const base = sums - contrast(1).differences.reduce((sum, d) => sum + d, 0);
  const gain = sums / base;
  let low = Math.min(gain, 0) - 1;
  while (better(low) > alpha && low > -1e6) low *= 4;
  const lower = better(low) > alpha ? -Infinity : brentRoot((r) => better(r) - alpha, low, 1, 1e-6);
  const upper = worse(1) > alpha ? 1 : brentRoot((r) => worse(r) - alpha, low, 1, 1e-6);
  return {
    test: "betting",
    gain: toGain(gain),
    lower: toGain(lower),
    upper: toGain(upper),
    level: 1 - 2 * alpha,
    statistic: -Math.log(at.p),
    ...at,
    error: (toGain(gain) - toGain(lower)) / normalQuantile(1 - alpha),
  };
}
