/** A saved model explained, and why it answers a row as it does. */
import { join } from "node:path";
import { shapeOf, type Dataset } from "../frame/dataset.ts";
import { DataError } from "../frame/error.ts";
import type { ReadOptions } from "../table/options.ts";
import type { TableSource } from "../table/read-table.ts";
import type { Schema } from "../schema/schema.ts";
import { madeColumns, shapeOfSchema } from "../schema/shape.ts";
import { QUANTILES } from "../schema/json.ts";
import type { Warning } from "../frame/warning.ts";
import type { Estimator } from "../baselines/contract.ts";
import type { Model, Reasons, Sum } from "../models/contract.ts";
import { flipsOf, type Known } from "../models/flip.ts";
import { cellOf } from "../models/reasons.ts";
import { checkOptions } from "../options/check.ts";
import { readingOptions, rowOption, typesOption, workersOption } from "../options/data.ts";
import type { Explained, ExplainedRow } from "../report/explained.ts";
import { loadModel } from "./load-model.ts";
import { openModel } from "../folder/open-model.ts";
import { openArtifact } from "../folder/open.ts";
import { isOfBenchmark, predictTable, takeModel, type ModelSource, type TakenModel } from "./predict.ts";

export interface ExplainOptions extends ReadOptions {
  /** The row's number in the table, from 0 as in `splits.csv`; default 0. */
  readonly row?: number;
}

export interface ModelExplained {
  readonly explained: Explained;
  /** What reading the table had to tell. */
  readonly warnings: readonly Warning[];
}

/**
 * Explains a saved model; of a benchmark, its model for use. With a table, also why one of its rows gets its answer, and what
 * would change it.
 *
 * @param own Estimators of your own that models may be of: they explain themselves, and no row.
 * @throws DataError when there is no such row, or as `predict`; ArtifactError, FolderError when it is no model. Cost: with a row,
 *   one prediction of every value tried.
 */
export async function explain(
  model: ModelSource,
  source?: TableSource,
  options: ExplainOptions = {},
  own: readonly Estimator[] = [],
): Promise<ModelExplained> {
  const { row = 0, ...reading } = options;
  checkOptions("explain", options, [rowOption, typesOption, ...readingOptions, workersOption]);
  const found = takeModel("explain", model);
  return source === undefined
    ? { explained: await explainModel(found, own), warnings: [] }
    : explainRow(found, source, row, reading, own);
}

async function explainModel({ file, model }: TakenModel, own: readonly Estimator[]): Promise<Explained> {
  const shape = shapeOfSchema(model.columns);
  const loaded = await loadModel(model, shape, own);
  const { rung, fitted } = model;
  return { rung, file, target: shape.target, fitted, complexity: loaded.complexity, model: loaded.explain(shape) };
}

/** Of a benchmark folder's own table the row is explained by the model of the training rows, and a warning says so. */
async function explainRow(
  taken: TakenModel,
  source: TableSource,
  number: number,
  options: ReadOptions,
  own: readonly Estimator[],
): Promise<ModelExplained> {
  const { folder } = taken;
  const first = await predictTable(taken.model, source, options, own);
  const seen = folder !== undefined && isOfBenchmark(folder, first.table);
  const used = seen ? openModel(join(folder, "model.json")) : taken;
  const { model } = used;
  const { data, table, prediction, answers, warnings } = seen ? await predictTable(model, source, options, own) : first;
  const row = table.rowNumbers === undefined ? number : table.rowNumbers.indexOf(number);
  if (row < 0 || row >= table.rows)
    throw new DataError(`${table.origin.name}: there is no row ${number}; its ${table.rows} rows are numbered from 0`);
  const loaded = await loadModel(model, shapeOf(data), own);
  const { target } = data;
  const width = prediction.kind === "value" ? 0 : prediction.classes;
  const classes = target.task === "regression" ? [] : target.classes;
  return {
    explained: {
      ...(await explainModel(used, own)),
      row: {
        row: number,
        answer: answers[row],
        ...(width > 0 && {
          probabilities: classes.map((name, k) => ({ class: name, probability: prediction.values[row * width + k] })),
        }),
        ...reasonsOf(loaded, data, row, classes),
        changes: changesOf(loaded, data, row, classes, model.columns),
      },
    },
    warnings: seen ? [ownRows(table.origin.name, folder), ...warnings] : warnings,
  };
}

/** The model for use has seen the rows that the benchmark was made from. */
function ownRows(name: string, folder: string): Warning {
  const { rows } = openArtifact(folder).artifact.splits;
  const how =
    rows.holdout + rows.test > 0
      ? `model.json explains the row, fitted on the training rows alone; ${join(folder, "model-final.json")} is the model for use, fitted on all of them`
      : "the model has seen the row; what models without it answered stands in predictions.csv";
  return { code: "own-rows", message: `${name} is a table of this benchmark: ${how}` };
}

function reasonsOf(
  model: Model,
  data: Dataset,
  row: number,
  classes: readonly string[],
): Pick<ExplainedRow, "steps" | "sum"> {
  const { steps, sum }: Pick<Reasons, "steps" | "sum"> = model.reasons?.(data, row) ?? { steps: [] };
  return { steps, ...(sum && { sum: namedSum(sum, data, row, classes) }) };
}

function namedSum(sum: Sum, data: Dataset, row: number, classes: readonly string[]): NonNullable<ExplainedRow["sum"]> {
  const { scale, start, startIs, class: one, against, parts } = sum;
  return {
    scale,
    ...(one !== undefined && { class: classes[one] }),
    ...(against !== undefined && { against: classes[against] }),
    start,
    startIs,
    total: parts.reduce((total, { amount }) => total + amount, start),
    parts: parts.map(({ column, amount }) => ({
      column: data.columns[column].name,
      value: cellOf(data, column, row),
      amount,
    })),
  };
}

function changesOf(
  model: Model,
  data: Dataset,
  row: number,
  classes: readonly string[],
  schema: Schema,
): ExplainedRow["changes"] {
  if (classes.length === 0) return null;
  return flipsOf(model, data, row, knownOf(schema)).map(({ column, to, class: code, exact, unseen }) => ({
    column: data.columns[column].name,
    from: cellOf(data, column, row),
    to,
    answer: classes[code],
    exact,
    unseen,
  }));
}

/** What training rows held of each column; parts of a date do not change one by one. */
function knownOf(schema: Schema): (Known | undefined)[] {
  const [low, high] = [QUANTILES.indexOf(0.05), QUANTILES.indexOf(0.95)];
  return madeColumns(schema).map(({ from: { parts, profile } }) => {
    if (parts !== undefined) return undefined;
    const { quantiles, whole, min, max } = profile ?? {};
    return {
      ...(quantiles && { spread: quantiles[high] - quantiles[low] }),
      tried: quantiles ?? [],
      ...(min !== undefined && max !== undefined && { range: [min, max] as const }),
      whole: whole === true,
    };
  });
}
