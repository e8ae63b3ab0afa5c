/** How much a champion's score flatters it for having been chosen by that very score. */
import { sum } from "../numeric/moments.ts";
import type { Rng } from "../numeric/rng.ts";
import { roundingOf } from "../numeric/ties.ts";
import type { RungLosses } from "./champion.ts";
import type { Independence } from "./independence.ts";

const PARTS = 5;
const REPEATS = 20;
/** Each repeat deals all units; of so many that were dealt the luck is known. */
const ENOUGH = 2_000_000;

/**
 * A champion is chosen again without each fifth of the units in turn, 20 times over (less often above 100,000 units), and its loss on that fifth, which had no say in
 * the choice, is held against its loss on the units that had. Were the choice always the same, the two would be equal on average;
 * what is between them is luck of the choice, larger than that of all units by the square root of 5 / 4. The choice is that
 * of `chooseChampion` with plain standard errors of unit means.
 *
 * @param rungs In ladder order.
 * @returns In loss units, not below 0; NaN with fewer than 5 units. Cost: O(rungs² x units + 20 x rungs x units, or 2,000,000 x rungs).
 * Source of the idea: Tibshirani & Tibshirani, Annals of Applied Statistics 3, 2009; Tsamardinos et al., Machine Learning 107, 2018.
 */
export function championOptimism(rungs: readonly RungLosses[], rows: Independence, rng: Rng): number {
  const unitOf = rows.groups ?? rows.time?.blocks;
  const losses = rungs.map((rung) => unitSums(rung.losses, unitOf));
  const units = losses[0].length;
  if (units < PARTS) return Number.NaN;
  const base = unitSums(rungs[0].base ?? new Float64Array(rows.rows).fill(1), unitOf);
  const total = sum(base);
  const sums = losses.map(sum);
  const errors = pairErrors(losses, sums, base, total);
  const shortfall = Math.sqrt(PARTS / (PARTS - 1)); // of what is chosen by: errors of fewer units are larger
  const place = Int32Array.from({ length: units }, (_, unit) => unit % PARTS);
  const repeats = Math.min(REPEATS, Math.ceil(ENOUGH / units));
  let luck = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    rng.shuffle(place);
    const parts = losses.map((own) => partSums(own, place));
    const bases = partSums(base, place);
    for (let part = 0; part < PARTS; part++) {
      const means = parts.map((own, k) => (sums[k] - own[part]) / (total - bases[part]));
      const least = means.indexOf(Math.min(...means));
      const best = means.findIndex((mean, k) => mean - means[least] <= roundingOf(means[k]));
      const chosen = means.findIndex(
        (mean, k) => mean - means[best] <= Math.max(shortfall * errors[k][best], roundingOf(mean)),
      );
      luck += (parts[chosen][part] - means[chosen] * bases[part]) / (repeats * total);
    }
  }
  return luck > roundingOf(sums[0] / total) ? luck / shortfall : 0;
}

function unitSums(values: Float64Array, unitOf: Int32Array | undefined): Float64Array {
  if (unitOf === undefined) return values;
  const out = new Float64Array(unitOf.reduce((top, unit) => Math.max(top, unit), 0) + 1);
  for (let row = 0; row < values.length; row++) out[unitOf[row]] += values[row];
  return out;
}

function partSums(values: Float64Array, place: Int32Array): Float64Array {
  const out = new Float64Array(PARTS);
  for (let unit = 0; unit < values.length; unit++) out[place[unit]] += values[unit];
  return out;
}

/** Standard errors of the differences of two means over units, for each pair. */
function pairErrors(
  losses: readonly Float64Array[],
  sums: readonly number[],
  base: Float64Array,
  total: number,
): readonly Float64Array[] {
  const errors = losses.map(() => new Float64Array(losses.length));
  for (const [j, a] of losses.entries())
    for (let k = 0; k < j; k++) {
      const b = losses[k];
      const difference = (sums[j] - sums[k]) / total;
      errors[j][k] = errors[k][j] = spread(a, b, base, difference) / total;
    }
  return errors;
}

function spread(a: Float64Array, b: Float64Array, base: Float64Array, difference: number): number {
  const units = a.length;
  let square = 0;
  for (let unit = 0; unit < units; unit++) square += (a[unit] - b[unit] - difference * base[unit]) ** 2;
  return Math.sqrt((square * units) / (units - 1));
}
