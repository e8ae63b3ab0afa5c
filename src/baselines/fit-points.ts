import type { Dataset, Rows, View } from "../frame/dataset.ts";
import { merged } from "../frame/rows.ts";
import type { Estimator } from "./contract.ts";
import type { Model } from "../models/contract.ts";
import type { Point } from "../search/space.ts";

/**
 * `fit` and `prepare` of a family in which the points of one training set share their work (a sort, a grown list) but
 * training sets share nothing.
 * @param nothing What is kept of a training set, for the points that are asked for later, before the first one.
 */
export function sharedByPoints<P extends Point, K>(
  fitAll: (view: View, points: readonly P[], kept: K) => readonly Model[],
  nothing: () => K,
): Pick<Estimator<P>, "fit"> & Required<Pick<Estimator<P>, "prepare">> {
  return {
    fit: (view, params) => fitAll(view, [params], nothing())[0],
    prepare: (data: Dataset, parts: readonly Rows[]) => {
      const known = new Map<string, K>();
      return {
        fit: (train, points) => {
          const key = train.join();
          const kept = known.get(key) ?? nothing();
          known.set(key, kept);
          return fitAll({ data, rows: merged(train.map((part) => parts[part])) }, points, kept);
        },
      };
    },
  };
}

/** Tables of more cells than this would fill the memory with what is kept of each training set. */
const KEPT_CELLS = 200_000;

export function isKeepable({ rows, columns }: Dataset): boolean {
  return rows * columns.length <= KEPT_CELLS;
}

/** What is known by key, in the order of the keys; what is not known yet is made together. */
export function filled<T>(
  known: Map<number, T>,
  keys: readonly number[],
  make: (missing: readonly number[]) => readonly T[],
): readonly T[] {
  const missing = [...new Set(keys)].filter((key) => !known.has(key));
  if (missing.length > 0) for (const [i, made] of make(missing).entries()) known.set(missing[i], made);
  return keys.map((key) => known.get(key)!);
}
