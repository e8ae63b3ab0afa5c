/** A column's training rows as a small drawing: how often each level, or each part of the range, occurs. */
import type { ColumnEntry } from "../artifact.ts";
import type { Text } from "../document/document.ts";

const LEVELS = 12;
const BINS = 16;
/** Where the quantiles of a profile lie, from the smallest value to the largest. */
const SHARES = [0, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1];

/** Empty where the profile holds nothing to draw: texts, dropped columns, redacted artifacts. */
export function sharesOf({ name, profile }: ColumnEntry): Text {
  if (profile?.levels !== undefined && profile.levels.length > 0) {
    const shares = profile.levels.slice(0, LEVELS).map(({ share }) => share);
    return { kind: "shares", shares, label: `shares of the most frequent levels of ${name}` };
  }
  const { quantiles } = profile ?? {};
  if (quantiles === undefined || quantiles.length !== SHARES.length) return "";
  const low = quantiles[2];
  const high = quantiles[8];
  if (!(high > low)) return "";
  const shares = Array.from({ length: BINS }, (_, bin) => {
    const from = low + ((high - low) * bin) / BINS;
    const to = low + ((high - low) * (bin + 1)) / BINS;
    return shareBelow(to, quantiles) - shareBelow(from, quantiles);
  });
  return { kind: "shares", shares, label: `distribution of ${name} between its 1 % and 99 % quantiles` };
}

/** Share of rows below a value, straight between quantiles. */
function shareBelow(value: number, quantiles: readonly number[]): number {
  const at = quantiles.findIndex((quantile) => quantile >= value);
  if (at <= 0) return at === 0 ? 0 : 1;
  const below = quantiles[at - 1];
  const part = (value - below) / (quantiles[at] - below);
  return SHARES[at - 1] + part * (SHARES[at] - SHARES[at - 1]);
}
