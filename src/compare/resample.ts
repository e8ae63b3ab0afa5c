/** Paired bootstrap: the same resamples for every model, stratified by class, or of whole groups or stretches of time. */
import type { Target } from "../frame/dataset.ts";
import type { Rng } from "../numeric/rng.ts";
import type { Independence } from "./independence.ts";
import type { Measured } from "./measure.ts";
import { RESAMPLES } from "./tests/bca.ts";

/** More rows than this need no bootstrap: the linear approximation has settled. */
const BOOTSTRAP_ROWS = 1000;
/** Nor do more rows x classes: a mean over so many classes is near its linear approximation, and dear. */
const BOOTSTRAP_CELLS = 20_000;

export function needsBootstrap(truth: Target): boolean {
  if (truth.task === "regression") return truth.values.length <= BOOTSTRAP_ROWS;
  const rows = truth.codes.length;
  return rows <= BOOTSTRAP_ROWS && rows * truth.classes.length <= BOOTSTRAP_CELLS;
}

/** How often each row is in each resample, one resample after another: the same for whatever is measured in them. */
export interface Resamples {
  readonly rows: number;
  readonly counts: Uint16Array;
}

/**
 * Draws resamples, 4,999 unless said otherwise.
 *
 * @param strata Class of each row: classes keep their sizes. Not used where groups or times are resampled whole.
 * Cost: O(resamples x rows) time, two bytes for each of them.
 */
export function drawResamples(
  rows: Independence,
  strata: Int32Array | undefined,
  rng: Rng,
  resamples: number = RESAMPLES,
): Resamples {
  const units = membersOf(rows);
  const pools =
    strata === undefined || units !== undefined ? [identity(units?.length ?? rows.rows)] : byStratum(strata);
  const counts = new Uint16Array(resamples * rows.rows);
  for (let b = 0; b < resamples; b++) {
    const own = counts.subarray(b * rows.rows, (b + 1) * rows.rows);
    for (const pool of pools) draw(pool, units, own, rng);
  }
  return { rows: rows.rows, counts };
}

/**
 * Every model's loss in each resample.
 *
 * @returns One array a model. A resample in which the metric is not defined gives NaN.
 * @throws RangeError when a model cannot be reweighed. Cost: O(resamples x models x rows).
 */
export function resampledLosses(models: readonly Measured[], { rows, counts }: Resamples): Float64Array[] {
  const resamples = counts.length / rows;
  const losses = models.map(() => new Float64Array(resamples));
  const weights = new Float64Array(rows);
  for (let b = 0; b < resamples; b++) {
    weights.set(counts.subarray(b * rows, (b + 1) * rows));
    models.forEach((model, m) => {
      if (model.reweigh === undefined) throw new RangeError("resampledLosses: this metric cannot be reweighed");
      losses[m][b] = model.reweigh(weights);
    });
  }
  return losses;
}

/** Draws as many members of a pool as it has, with replacement, and counts their rows. */
function draw(
  pool: Int32Array,
  units: readonly (readonly number[])[] | undefined,
  counts: Uint16Array,
  rng: Rng,
): void {
  for (let k = 0; k < pool.length; k++) {
    const drawn = pool[rng.below(pool.length)];
    if (units === undefined) counts[drawn]++;
    else for (const row of units[drawn]) counts[row]++;
  }
}

function membersOf({ groups, time }: Independence): number[][] | undefined {
  const unitOf = groups ?? time?.blocks;
  if (unitOf === undefined) return undefined;
  const members: number[][] = [];
  unitOf.forEach((unit, row) => (members[unit] ??= []).push(row));
  return members;
}

function identity(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

function byStratum(strata: Int32Array): Int32Array[] {
  const pools = new Map<number, number[]>();
  strata.forEach((stratum, row) =>
    pools
      .set(stratum, pools.get(stratum) ?? [])
      .get(stratum)
      ?.push(row),
  );
  return Array.from(pools.values(), (rows) => Int32Array.from(rows));
}
