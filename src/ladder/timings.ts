/** How long rungs took to fit, and take to answer. */
import type { Dataset, Rows } from "../frame/dataset.ts";
import type { Model } from "../models/contract.ts";
import type { Timing } from "../report/artifact.ts";
import { clock } from "../evaluate/clock.ts";
import type { Trained } from "./ladder.ts";
import { measureLatency } from "../evaluate/latency.ts";

/** @param rows Those that a model is asked about. */
export function timingsOf(
  trained: readonly Trained[],
  models: ReadonlyMap<string, Model>,
  data: Dataset,
  rows: Rows,
): Timing["rungs"] {
  return Object.fromEntries(
    trained.map((rung) => {
      const model = models.get(rung.estimator.name);
      const latency = model && measureLatency(model, data, rows, clock);
      const predictMicroseconds = latency
        ? { p50: latency.p50, p95: latency.p95, batch: latency.batch, runs: latency.runs }
        : null;
      const fitMilliseconds = rung.status === "ok" ? rung.result.final.milliseconds : null;
      return [rung.estimator.name, { fitMilliseconds, predictMicroseconds }];
    }),
  );
}
