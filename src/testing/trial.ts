/** An estimator on trial: the tables it is tried on, and what its answers are held against. */
import { FitError, type Estimator } from "../baselines/contract.ts";
import { defaultPoint, type Point } from "../search/space.ts";
import { allRows, shapeOf, type Dataset, type Rows, type Task } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Model } from "../models/contract.ts";
import { seeded } from "../numeric/rng.ts";
import { holds } from "./law.ts";
import { plantedTable, type TableOptions } from "./tables.ts";

export interface Trial {
  readonly estimator: Estimator;
  readonly task: Task;
  /** Rows of the tables where a law does not say otherwise. */
  readonly rows: number;
  /** Names the tables' random numbers. */
  readonly seed: string | number;
}

/** A table that has what the estimator needs. */
export function tableFor({ estimator, task, rows, seed }: Trial, options: Partial<TableOptions> = {}): Dataset {
  const needs = estimator.needs ?? [];
  return plantedTable({
    task,
    rows,
    seed,
    forecast: needs.includes("forecast"),
    text: needs.includes("text"),
    groups: needs.includes("groups"),
    time: needs.includes("time"),
    ...options,
  });
}

export function defaults({ estimator }: Trial, data: Dataset, rows: number = data.rows): Point {
  return defaultPoint(estimator.space(shapeOf(data), rows));
}

/** The estimator's model with its defaults. */
export function fitOn(it: Trial, data: Dataset, rows: Rows = allRows(data.rows)): Model {
  return it.estimator.fit({ data, rows }, defaults(it, data, rows.length), seeded("checks"));
}

/** What is saved of a model. */
export function saved(model: Model): string {
  return JSON.stringify(model.toJSON());
}

/** Equal to a tolerance relative to the largest of the wanted values (sums may run in another order). */
export function close(got: Prediction, wanted: Prediction, what: string, tolerance = 1e-9): void {
  holds(got.kind === wanted.kind, `${what}: wanted a prediction of kind ${wanted.kind}, got ${got.kind}`);
  const [a, b] = [got.values, wanted.values];
  holds(a.length === b.length, `${what}: wanted ${b.length} numbers, got ${a.length}`);
  const scale = b.reduce((top, v) => Math.max(top, Math.abs(v)), 1);
  for (let i = 0; i < b.length; i++)
    holds(Math.abs(a[i] - b[i]) <= tolerance * scale, () => `${what}: wanted ${b[i]} at position ${i}, got ${a[i]}`);
}

/** Finite numbers, as many as the rows ask for; probabilities within 0 and 1 that sum to 1. */
export function usable({ target }: Dataset, prediction: Prediction, rows: number): void {
  const classes = target.task === "regression" ? undefined : target.classes.length;
  const kind = classes === undefined ? "value" : "probability";
  holds(prediction.kind === kind, `wanted a prediction of kind ${kind}, got ${prediction.kind}`);
  if (prediction.kind === "probability")
    holds(prediction.classes === classes, `wanted ${classes} classes, got ${prediction.classes}`);
  const { values } = prediction;
  const width = classes ?? 1;
  holds(values.length === rows * width, `wanted ${rows * width} numbers for ${rows} rows, got ${values.length}`);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  holds(wrong < 0, `wanted finite numbers, got ${values[wrong]} in row ${Math.floor(wrong / width)}`);
  if (classes === undefined) return;
  for (let row = 0; row < rows; row++) {
    const shares = values.subarray(row * width, (row + 1) * width);
    const outside = shares.find((share) => share < 0 || share > 1);
    holds(outside === undefined, `wanted probabilities within 0 and 1, got ${outside} in row ${row}`);
    const sum = shares.reduce((a, b) => a + b, 0);
    holds(Math.abs(sum - 1) < 1e-9, `wanted probabilities that sum to 1, got ${sum} in row ${row}`);
  }
}

/** A model whose answers are usable, or the family's own error. */
export function modelOrError(it: Trial, data: Dataset, rows: Rows, point?: Point): Model | FitError {
  const { estimator } = it;
  try {
    const params = point ?? defaults(it, data, rows.length);
    const model = estimator.fit({ data, rows }, params, seeded("checks"));
    usable(data, model.predict(data), data.rows);
    return model;
  } catch (error) {
    if (!(error instanceof FitError)) throw error;
    const stated = error.message.startsWith(`${estimator.name}: `) && error.message.length > estimator.name.length + 12;
    holds(stated, () => `wanted a sentence that begins "${estimator.name}: ", got ${JSON.stringify(error.message)}`);
    return error;
  }
}
