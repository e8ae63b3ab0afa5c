import { gather } from "../numeric/gather.ts";
import type { Dataset, Rows, View } from "../frame/dataset.ts";
import { FitError } from "./contract.ts";

/** The rows of a view that count in fitting: with a target and a weight above 0. */
export interface TrainingRows {
  /** Ascending. */
  readonly rows: Rows;
  /** One a row of `rows`; absent: all 1. */
  readonly weights?: Float64Array;
  /** Sum of the weights. */
  readonly total: number;
}

/** @throws FitError when no row counts or a weight is negative or not finite. O(n). */
export function trainingRows(estimator: string, { data, rows }: View): TrainingRows {
  const kept = rowsThatCount(estimator, data, rows);
  if (kept.length === 0)
    throw new FitError(
      rows.length === 0
        ? `${estimator}: needs at least one training row, got none`
        : `${estimator}: none of the ${rows.length} training rows has a target and a weight above 0`,
    );
  if (data.weights === undefined) return { rows: kept, total: kept.length };
  const weights = new Float64Array(kept.length);
  let total = 0;
  for (let i = 0; i < kept.length; i++) total += weights[i] = data.weights[kept[i]];
  return { rows: kept, weights, total };
}

/** At most so many of the training rows, evenly spaced; all of them where there are no more. O(n). */
export function evenlySpaced(training: TrainingRows, most: number): TrainingRows {
  const { rows, weights } = training;
  if (rows.length <= most) return training;
  const places = Int32Array.from({ length: most }, (_, i) => Math.floor((i * rows.length) / most));
  const some = places.map((place) => rows[place]);
  if (weights === undefined) return { rows: some, total: most };
  const chosen = gather(weights, places);
  return { rows: some, weights: chosen, total: chosen.reduce((sum, weight) => sum + weight, 0) };
}

/** Same as `trainingRows` without the error for an empty result: for the parts of a partition. */
export function rowsThatCount(estimator: string, { target, weights }: Dataset, rows: Rows): Rows {
  const counts = (row: number): boolean =>
    target.task === "regression" ? !Number.isNaN(target.values[row]) : target.codes[row] >= 0;
  let missing = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const weight = weights === undefined ? 1 : weights[row];
    if (!(weight >= 0 && weight < Infinity))
      throw new FitError(`${estimator}: weights must be finite and 0 or more, row ${row} has ${weight}`);
    if (weight === 0 || !counts(row)) missing++;
  }
  return missing === 0 ? rows : rows.filter((row) => (weights?.[row] ?? 1) > 0 && counts(row));
}
