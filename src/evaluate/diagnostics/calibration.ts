/** Do things that were given 30 % happen in 30 % of the rows? */
import { argsort } from "../../numeric/argsort.ts";
import { gather } from "../../numeric/gather.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { CalibrationBin } from "./contract.ts";

const BINS = 10;
/** Fewer rows than this in a bin say nothing. */
const SMALLEST = 5;
const DRAWS = 400;

/**
 * Bins of equal numbers of rows by predicted probability, and for each the band that 95 % of outcomes would fall into if every
 * probability were right: outcomes are drawn from the probabilities themselves, so the band is right for few rows too.
 *
 * @param came 1 for rows where it came true. Cost: O(n log n + draws x n).
 */
export function calibration(came: Uint8Array, probabilities: Float64Array, rng: Rng): readonly CalibrationBin[] {
  const order = argsort(probabilities);
  const n = order.length;
  const bins = Math.max(1, Math.min(BINS, Math.floor(n / SMALLEST)));
  return Array.from({ length: bins }, (_, b): CalibrationBin => {
    const rows = order.subarray(Math.floor((b * n) / bins), Math.floor(((b + 1) * n) / bins));
    const said = gather(probabilities, rows);
    const observed = rows.reduce((sum, row) => sum + came[row], 0) / rows.length;
    return { rows: rows.length, predicted: meanOf(said), observed, ...bandOf(said, rng) };
  });
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of many rows the share is normal to the last digit that is drawn; of few it is drawn. */
const NORMAL_FROM = 500;

function bandOf(said: Float64Array, rng: Rng): { readonly low: number; readonly high: number } {
  const n = said.length;
  if (n >= NORMAL_FROM) {
    const centre = meanOf(said);
    const reach = (1.959964 * Math.sqrt(said.reduce((sum, p) => sum + p * (1 - p), 0))) / n;
    return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
  }
  const shares = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    let came = 0;
    for (let i = 0; i < n; i++) if (rng.uniform() < said[i]) came++;
    shares[draw] = came / n;
  }
  shares.sort();
  return { low: shares[Math.floor(0.025 * DRAWS)], high: shares[Math.ceil(0.975 * DRAWS) - 1] };
}
