/** What the champion costs, measured here and now, so that a challenger's cost can be told as a multiple of it. */
import { join } from "node:path";
import type { Model } from "../models/contract.ts";
import { estimators } from "../baselines/registry.ts";
import { shapeOf, type Rows } from "../frame/dataset.ts";
import type { Measurements } from "../compare/budget.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { ModelFile } from "../report/model-file.ts";
import { clock } from "../evaluate/clock.ts";
import { measureSideBySide } from "../evaluate/latency.ts";
import type { Loaded } from "../intake/load.ts";
import { openModel } from "../folder/open-model.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { loadModel } from "../answering/load-model.ts";

/** A 95th percentile needs 59 runs for an upper bound, 72 against the champion's. */
const RUNS = 80;

/** The champion as it was saved, fitted on the training rows. @throws FolderError, ArtifactError when it cannot be read. */
export async function openChampion(
  { folder }: OpenBenchmark,
  { data }: Loaded,
): Promise<{ file: ModelFile; model: Model }> {
  const { model: file } = openModel(join(folder, "model.json"));
  return { file, model: await loadModel(file, shapeOf(data)) };
}

/** Bytes of a model as it is saved. */
export function sizeOf(model: ModelFile["model"]): number {
  return Buffer.byteLength(JSON.stringify(model));
}

/** Latencies of models, batch by batch in turn, on the rows that are scored. */
export async function latencies(
  { held, known }: OpenBenchmark,
  predict: readonly ((rows: Rows) => unknown)[],
): Promise<readonly Pick<Measurements, "latency">[]> {
  const rows = held.length > 0 ? held : rowsOf(known.splits, "train");
  const measured = await measureSideBySide(predict, rows, clock, RUNS);
  return predict.map((_, k) => {
    const one = measured?.[k];
    return one ? { latency: { runs: Float64Array.from(one.samples), batch: one.batch } } : {};
  });
}

/** One fit of the champion's recipe on the training rows; undefined for a family that is not ours. */
export async function championTraining(
  { known }: OpenBenchmark,
  { model, params }: ModelFile,
  runner: Runner,
): Promise<number | undefined> {
  if (!estimators.some(({ name }) => name === model.kind)) return undefined;
  const rows = rowsOf(known.splits, "train");
  const job = { kind: "fit", estimator: model.kind, rows, point: params, predict: new Int32Array(0) } as const;
  return (await runner.fit(job)).milliseconds;
}
