/** What answers give away of where they come from: digests of the answers of models that have seen the rows, and of columns. */
import { createHash } from "node:crypto";
import type { Estimator } from "../baselines/contract.ts";
import { shapeOf, type Rows } from "../frame/dataset.ts";
import { findColumn } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { predictionAt } from "../frame/take.ts";
import { type Design } from "../evaluate/rung.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Model, ModelJSON } from "../models/contract.ts";
import type { Trace } from "../report/artifact.ts";
import type { Judged } from "./judge.ts";
import type { Loaded } from "../intake/load.ts";

/** Rows that digests are made of, evenly spread, at the most; fewer of wide answers. */
const MOST_ROWS = 20_000;
const MOST_CELLS = 200_000;

export interface Traced {
  readonly loaded: Loaded;
  readonly design: Design;
  readonly judged: Pick<Judged, "answers" | "foldPart">;
  /** The champion: its recipe, its model of the training rows, and as it was fitted on all rows. */
  readonly estimator: Estimator;
  readonly trained: Model;
  readonly final: ModelJSON;
  readonly warnings: readonly Warning[];
}

/**
 * Traces of the champion's models on rows they were fitted on, and of the columns that no feature is made of (ignored, dropped,
 * ids) or that nearly decide the target alone. Cost: predictions of at most 20,000 rows, a sort a column.
 */
export function tracesOf({ loaded, design, judged, estimator, trained, final, warnings }: Traced): readonly Trace[] {
  const { row, repeat } = judged.foldPart;
  const rows = { holdout: design.held, folds: row.filter((_, i) => repeat[i] === 0) };
  const { target } = loaded.data;
  const digested = digestedRows(target.task === "regression" ? 1 : target.classes.length);
  const asked = { holdout: digested(rows.holdout), folds: digested(rows.folds) };
  const [answers] = judged.answers.find(({ rung }) => rung === estimator.name)!.outOfFold;
  const outOfFold = predictionAt(answers, asked.folds);
  const finalModel = estimator.fromJSON(final, shapeOf(loaded.data));
  const { data, schema } = loaded;
  const found: Trace[] = [];
  // Where a model that has not seen the rows says the same, the answers tell nothing.
  const seen = (name: string, part: Trace["part"], model: Model, unseen: Prediction): void => {
    const digest = answersDigest(model.predict(data, asked[part]));
    if (digest !== undefined && digest !== answersDigest(unseen)) found.push({ kind: "model", name, part, digest });
  };
  if (rows.holdout.length > 0) seen("model-final.json", "holdout", finalModel, trained.predict(data, asked.holdout));
  seen("model-final.json", "folds", finalModel, outOfFold);
  seen("model.json", "folds", trained, outOfFold);
  const suspects = new Set(warnings.flatMap(({ code, column }) => (code === "near-perfect-column" ? [column] : [])));
  const columns = schema.columns.filter(
    ({ name, role }) => suspects.has(name) || role === "ignored" || role === "dropped" || role === "id",
  );
  for (const { name } of columns)
    for (const part of ["holdout", "folds"] as const) {
      const digest = columnDigest(loaded, name, rows[part]);
      if (digest !== undefined) found.push({ kind: "column", name, part, digest });
    }
  return found;
}

/** The traces that answers for a part bear. @param prediction One answer a row; of repeats, those of the first. */
export function tracesIn(traces: readonly Trace[], part: Trace["part"], prediction: Prediction): readonly Trace[] {
  if (traces.length === 0) return [];
  const own = new Set([answersDigest(prediction), ...shapesOf(answerKeys(prediction))]);
  return traces.filter((trace) => trace.part === part && own.has(trace.digest));
}

/** Of some rows those that the digest of their answers, `width` numbers each, is made of. */
function digestedRows(width: number): (rows: Rows) => Rows {
  return (rows) => Int32Array.from(sampled(rows.length, mostRows(width)), (i) => rows[i]);
}

function mostRows(width: number): number {
  return Math.min(MOST_ROWS, Math.max(1, Math.floor(MOST_CELLS / width)));
}

/** What answers say, to six digits: files hold nine. Undefined where all rows get the same. */
function answersDigest(prediction: Prediction): string | undefined {
  const keys = answerKeys(prediction);
  return keys.every((key) => key === keys[0]) ? undefined : digestOf("answers", keys);
}

/** One key a row: the value, the positive class's probability, or all of them. */
function answerKeys({ values, ...rest }: Prediction): readonly (number | string)[] {
  const width = rest.kind === "value" ? 1 : rest.classes;
  const rows = sampled(values.length / width, mostRows(width));
  if (width <= 2) return rows.map((row) => rounded(values[row * width + width - 1]));
  return rows.map((row) => Array.from(values.subarray(row * width, (row + 1) * width), rounded).join(" "));
}

function columnDigest({ table, testTable, testFrom }: Loaded, name: string, rows: Rows): string | undefined {
  if (rows.length === 0) return undefined;
  const column = findColumn(rows[0] < testFrom ? table : (testTable ?? table), name);
  if (column === undefined) return undefined;
  const cell = (row: number): number => {
    const i = row < testFrom ? row : row - testFrom;
    return column.kind === "number" ? rounded(column.values[i]) : column.codes[i];
  };
  const cells = sampled(rows.length).map((i) => cell(rows[i]));
  return column.kind === "number" ? shapesOf(cells)[0] : shapesOf(cells)[2];
}

/** Digests of the order of values, of its reverse, and of which rows are alike: equal for any monotone, or any one-to-one, change of them. */
function shapesOf(keys: readonly (number | string)[]): readonly (string | undefined)[] {
  const distinct = Array.from(new Set(keys));
  if (distinct.length < 2) return [undefined, undefined, undefined];
  const places = (list: readonly (number | string)[]): Map<number | string, number> =>
    new Map(list.map((x, i) => [x, i]));
  const digest = (kind: string, place: Map<number | string, number>): string =>
    digestOf(
      kind,
      keys.map((key) => place.get(key)!),
    );
  // Where most rows are alone, which are alike says nothing.
  const alike = distinct.length <= keys.length / 2 ? digest("alike", places(distinct)) : undefined;
  if (typeof keys[0] === "string") return [undefined, undefined, alike];
  const ascending = (distinct as number[]).toSorted((a, b) => (Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b));
  return [digest("order", places(ascending)), digest("order", places(ascending.toReversed())), alike];
}

function sampled(rows: number, most = MOST_ROWS): readonly number[] {
  const step = Math.ceil(rows / most);
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
}

function rounded(value: number): number {
  return Number(Number(value.toPrecision(9)).toPrecision(6));
}

function digestOf(kind: string, keys: readonly (number | string)[]): string {
  return createHash("sha256")
    .update(`${kind} ${keys.join(",")}`)
    .digest("hex");
}
