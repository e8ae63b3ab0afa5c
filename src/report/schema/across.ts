/** The part of `bench.json` that speaks of all datasets at once. */
import * as v from "valibot";
import type { Posterior } from "../../compare/correlated-t.ts";
import type { Across, Overall } from "../across.ts";
import { count, finite, maybe } from "./parts.ts";

const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const counts = { wins: count, ties: count, losses: count };
const posterior: v.GenericSchema<Posterior> = v.strictObject({ worse: share, equivalent: share, better: share });

export const across: v.GenericSchema<Across> = v.strictObject({
  datasets: count,
  contestants: v.array(v.strictObject({ name: v.string(), datasets: count, meanRank: maybe, failures: count })),
  pairs: v.array(
    v.strictObject({
      pair: v.strictTuple([v.string(), v.string()]),
      datasets: count,
      ...counts,
      mean: maybe,
      typical: maybe,
      p: share,
      adjusted: share,
      posterior,
    }),
  ),
});

export const overall: v.GenericSchema<Overall> = v.strictObject({
  name: v.string(),
  verdict: v.picklist(["JUSTIFIED", "NOT JUSTIFIED", "INCONCLUSIVE"]),
  sublabel: v.nullable(
    v.picklist(["worse", "equivalent", "no-gain", "gain-too-small", "over-budget", "must-pass", "slice", "fairness"]),
  ),
  reason: v.nullable(v.picklist(["too-few-datasets", "near-margin", "underpowered", "budget-uncertain"])),
  detail: v.nullable(v.string()),
  datasets: count,
  ...counts,
  gain: maybe,
  bounds: v.strictObject({ lower: maybe, upper: maybe, level: share }),
  test: v.strictObject({ name: v.string(), p: share, adjusted: share, pBelow: share }),
  posterior,
});
