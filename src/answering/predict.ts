/** Predicting new rows with a saved model. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Estimator } from "../baselines/contract.ts";
import { faultyAnswer, mostFrequent } from "../models/answers.ts";
import type { Prediction } from "../frame/prediction.ts";
import { shapeOf, type Dataset } from "../frame/dataset.ts";
import type { ReadOptions } from "../table/options.ts";
import { profiledColumns } from "../schema/dataset/profiled.ts";
import { outsideWarnings } from "../schema/outside.ts";
import type { TableSource } from "../table/read-table.ts";
import { readSecond } from "../schema/second/second-table.ts";
import type { Table } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { OptionError } from "../error.ts";
import { checkOptions, shown } from "../options/check.ts";
import { readingOptions, typesOption, workersOption } from "../options/data.ts";
import type { ModelFile } from "../report/model-file.ts";
import { ArtifactError } from "../report/schema/check.ts";
import { withRule } from "../intake/forecast.ts";
import { loadModel } from "./load-model.ts";
import { openModel } from "../folder/open-model.ts";
import { readJson } from "../folder/read-json.ts";
import type { Benchmark } from "../ladder/made.ts";

export interface Predicted {
  readonly prediction: Prediction;
  /** The predicted value or class of each row. */
  readonly answers: readonly (number | string)[];
  /** Of classification, in the order of the probabilities. */
  readonly classes: readonly string[];
  /** What reading had to tell, what had to be counted (unseen levels, values out of form), and what training rows never held. */
  readonly warnings: readonly Warning[];
  readonly table: Table;
  readonly data: Dataset;
}

/**
 * Predicts the rows of a table. Columns may stand in any order, others are ignored and counted, levels the model does
 * not know are missing and counted; the target need not be there.
 *
 * @throws DataError when a column the model needs is missing or holds something else; ArtifactError when the model does
 *   not fit its own schema, or an answer is no finite number.
 */
export async function predictTable(
  model: ModelFile,
  source: TableSource,
  options: ReadOptions = {},
  own: readonly Estimator[] = [],
): Promise<Predicted> {
  const { table, schema, data: read, empty, warnings } = await readSecond(source, model.columns, options, "predict");
  const data = await withRule(read, table, model.rule);
  const loaded = await loadModel(model, shapeOf(data), own);
  const prediction = loaded.predict(data);
  checkAnswers(prediction, table);
  return {
    prediction,
    answers: answersOf(prediction, data),
    classes: data.target.task === "regression" ? [] : data.target.classes,
    warnings: [
      ...warnings,
      ...outsideWarnings(schema, profiledColumns(schema, data, [table]), empty),
      ...(loaded.strangers?.(data) ?? []),
    ],
    table,
    data,
  };
}

/** What a model can be taken from: itself, a benchmark (its model for use), or a file or folder of one. */
export type ModelSource = string | ModelFile | Pick<Benchmark, "final">;

/**
 * Predicts the rows of a table with a saved model; of a benchmark, with its model for use, fitted on all rows. Of a benchmark
 * folder's own table the rows are answered by models that have not seen them, and a warning says so (`unseenAnswers`).
 *
 * @param own Estimators of your own that models may be of.
 * @throws DataError, ArtifactError, FolderError as `predictTable` and `openModel`.
 */
export async function predict(
  model: ModelSource,
  source: TableSource,
  options: ReadOptions = {},
  own: readonly Estimator[] = [],
): Promise<Predicted> {
  checkOptions("predict", options, [typesOption, ...readingOptions, workersOption]);
  const { folder, model: file } = takeModel("predict", model);
  const predicted = await predictTable(file, source, options, own);
  if (folder === undefined || !isOfBenchmark(folder, predicted.table)) return predicted;
  const { unseenAnswers } = await import("./own-rows.ts");
  return unseenAnswers(folder, predicted);
}

/** A model, what it is called, and the benchmark folder that it was taken from, where there is one. */
export type TakenModel = ReturnType<typeof openModel>;

/** @param where Who asks, for messages. @throws OptionError for what no model can be taken from, and as `openModel`. */
export function takeModel(where: string, model: ModelSource): TakenModel {
  if (typeof model === "string") return openModel(model);
  if (typeof model !== "object" || (model as unknown) === null)
    throw new OptionError(`${where}: wanted a folder, a model file or a benchmark, got ${shown(model)}`);
  return { file: "a model in memory", model: "final" in model ? model.final : model };
}

/** Is it a table that the benchmark was made from, by the bytes of its file? What the folder says is checked by who reads it. */
export function isOfBenchmark(folder: string, { origin: { sha256 } }: Table): boolean {
  const file = join(folder, "benchmark.json");
  if (sha256 === "" || !existsSync(file)) return false;
  const { dataset } = readJson(file, (value) => value) as {
    dataset?: { sha256?: unknown; test?: { sha256?: unknown } };
  };
  return dataset?.sha256 === sha256 || dataset?.test?.sha256 === sha256;
}

/** @throws ArtifactError naming the first row whose answer is no finite number, or no probabilities. */
function checkAnswers(prediction: Prediction, { rowNumbers }: Table): void {
  const place = faultyAnswer(prediction);
  if (place < 0) return;
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const got = Array.from(prediction.values.subarray(place * width, (place + 1) * width)).join(", ");
  const wanted = prediction.kind === "value" ? "a finite number" : "probabilities that sum to 1";
  throw new ArtifactError(
    `model: its answer for row ${rowNumbers?.[place] ?? place} is ${got}, wanted ${wanted}; a value in that row is too large for it, or the model file was changed`,
  );
}

/** The value or the most probable class of each row. */
export function answersOf(prediction: Prediction, { target }: Dataset): readonly (number | string)[] {
  if (prediction.kind === "value" || target.task === "regression") return Array.from(prediction.values);
  const { values, classes } = prediction;
  const rows = values.length / classes;
  return Array.from({ length: rows }, (_, i) => target.classes[mostFrequent(values, i * classes, classes)]);
}
