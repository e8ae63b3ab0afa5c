import type { Dataset, Rows, View } from "../frame/dataset.ts";
import type { Rng } from "../numeric/rng.ts";
import type { Estimator } from "./contract.ts";
import type { Model } from "../models/contract.ts";
import type { Point } from "../search/space.ts";
import { unionOf } from "./training-rows.ts";

/**
 * `fit` and `prepare` of a family in which the points of one training set share their work (a sort, a grown list) but
 * training sets share nothing.
 */
export function sharedByPoints<P extends Point>(
  fitAll: (view: View, points: readonly P[], rng: Rng) => readonly Model[],
): Pick<Estimator<P>, "fit"> & Required<Pick<Estimator<P>, "prepare">> {
  return {
    fit: (view, params, rng) => fitAll(view, [params], rng)[0],
    prepare: (data: Dataset, parts: readonly Rows[]) => ({
      fit: (train, points, rng) => fitAll({ data, rows: unionOf(parts, train) }, points, rng),
    }),
  };
}
