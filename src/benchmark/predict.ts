/** Predicting new rows with a saved model. */
import type { Estimator } from "../baselines/contract.ts";
import type { Model, Prediction } from "../models/contract.ts";
import { estimators as registry } from "../baselines/registry.ts";
import { shapeOf, type Dataset, type Shape } from "../data/dataset.ts";
import type { ReadOptions } from "../data/read/options.ts";
import { profiledColumns } from "../data/encode/profiled.ts";
import { outsideWarnings } from "../data/outside.ts";
import type { TableSource } from "../data/read/read-table.ts";
import { readSecond } from "../data/second/second-table.ts";
import type { Table } from "../data/table.ts";
import type { Warning } from "../data/warning.ts";
import { labels } from "../evaluate/metrics/scored.ts";
import type { ModelFile } from "../report/model-file.ts";
import { ArtifactError } from "../report/schema/check.ts";
import { withRule } from "./load.ts";
import { openModel } from "./open.ts";
import { csvCell, csvNumber } from "./table-file.ts";
import type { Benchmark } from "./train.ts";

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
 *   not fit its own schema.
 */
export async function predictTable(
  model: ModelFile,
  source: TableSource,
  options: ReadOptions = {},
  own: readonly Estimator[] = [],
): Promise<Predicted> {
  const { table, schema, data: read, empty, warnings } = await readSecond(source, model.columns, options, "predict");
  const data = await withRule(read, table, model.rule);
  const prediction = loadModel(model, shapeOf(data), own).predict(data);
  return {
    prediction,
    answers: answersOf(prediction, data),
    classes: data.target.task === "regression" ? [] : data.target.classes,
    warnings: [...warnings, ...outsideWarnings(schema, profiledColumns(schema, data, [table]), empty)],
    table,
    data,
  };
}

/** What a model can be taken from: itself, a benchmark (its model for use), or a file or folder of one. */
export type ModelSource = string | ModelFile | Pick<Benchmark, "final">;

/**
 * Predicts the rows of a table with a saved model; of a benchmark, with its model for use, fitted on all rows.
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
  if (typeof model === "string") return predictTable(openModel(model).model, source, options, own);
  return predictTable("final" in model ? model.final : model, source, options, own);
}

/** @throws ArtifactError when the family is unknown or refuses what was saved. */
export function loadModel({ model }: ModelFile, shape: Shape, own: readonly Estimator[] = []): Model {
  const estimator = [...registry, ...own].find(({ name }) => name === model.kind);
  if (!estimator)
    throw new ArtifactError(
      `model: there is no family ${JSON.stringify(model.kind)} here; it was made with an estimator of someone's own`,
    );
  try {
    return estimator.fromJSON(model, shape);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new ArtifactError(`model: ${error.message}`, { cause: error });
    throw error;
  }
}

function answersOf(prediction: Prediction, { target }: Dataset): readonly (number | string)[] {
  if (prediction.kind === "value" || target.task === "regression") return Array.from(prediction.values);
  return Array.from(labels(prediction.values, prediction.classes), (code) => target.classes[code]);
}

/** Predictions as CSV, in the form that `compare` takes: `row`, `prediction`, then `proba_<class>`. */
export function predictionsCsv({ prediction, answers, classes, table }: Predicted): string {
  const probabilities = prediction.kind === "probability" ? classes.map((name) => `proba_${name}`) : [];
  const lines = answers.map((answer, i) => {
    const shares = probabilities.map((_, k) => csvNumber(prediction.values[i * classes.length + k]));
    return [
      table.rowNumbers?.[i] ?? i,
      typeof answer === "number" ? csvNumber(answer) : csvCell(answer),
      ...shares,
    ].join(",");
  });
  return [["row", "prediction", ...probabilities].map(csvCell).join(","), ...lines, ""].join("\n");
}
