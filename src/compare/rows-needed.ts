/** How many test rows would settle the question? Never from "observed power", which only repeats the p value. */
import { normalQuantile } from "../numeric/normal.ts";

export const POWER = 0.8;

export interface Spread {
  /** Standard deviation of one row's contribution when the true gain is at the margin, and when it is the scenario's. */
  atMargin: number;
  atGain: number;
}

/**
 * Rows for a one-sided test at alpha to prove a gain above the margin with this power.
 *
 * @param unseen What rows that were not drawn take from the gain, times the rows: it falls as 1 / rows.
 * @returns A whole number; Infinity unless gain > margin.
 * Source: the normal sample-size formula; for 0/1 losses with the two spreads sqrt(ψ - m²) and sqrt(ψ - δ²) it is that of
 * R. J. Connor, Biometrics 43, 1987.
 */
export function rowsFor(
  spread: Spread,
  gain: number,
  margin: number,
  alpha: number,
  { power = POWER, unseen = 0 }: { readonly power?: number; readonly unseen?: number } = {},
): number {
  if (!(gain > margin)) return Infinity;
  const reach = normalQuantile(1 - alpha) * spread.atMargin + normalQuantile(power) * spread.atGain;
  const away = gain - margin;
  // The root of away rows - reach sqrt(rows) - unseen.
  return Math.ceil(((reach + Math.sqrt(reach * reach + 4 * away * unseen)) / (2 * away)) ** 2);
}

/** Spread of one row's 0/1 difference when a share of the rows is discordant. */
export function zeroOneSpread(discordance: number, gain: number, margin: number): Spread {
  const at = (delta: number): number => Math.sqrt(Math.max(discordance - delta * delta, 0));
  return { atMargin: at(margin), atGain: at(Math.min(gain, discordance)) };
}

/**
 * Factors by which rows needed may be off, from an 80 % interval of the standard deviation: log s has standard error
 * sqrt((kurtosis - 1) / (4 n)), which for normal values is the familiar 1 / sqrt(2 n).
 */
export function spreadFactors(kurtosis: number, units: number): { readonly low: number; readonly high: number } {
  const high = Math.exp(2 * normalQuantile(0.9) * Math.sqrt(Math.max(kurtosis - 1, 0) / (4 * units)));
  return { low: 1 / high, high };
}
