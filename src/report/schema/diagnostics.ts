import * as v from "valibot";
import type { Diagnostics } from "../../evaluate/diagnostics/contract.ts";
import { count, finite, maybe } from "./parts.ts";

/** Figures are drawn from these lists: none is longer than a figure can show. */
const MOST = 400;
const few = <T>(item: v.GenericSchema<T>): v.GenericSchema<T[]> => v.pipe(v.array(item), v.maxLength(MOST));

export const diagnosticsSchema: v.GenericSchema<Diagnostics> = v.strictObject({
  rung: v.string(),
  rows: v.strictObject({ part: v.picklist(["holdout", "test", "out-of-fold"]), count }),
  loss: v.string(),
  cuts: v.optional(
    v.strictObject({
      positives: count,
      negatives: count,
      points: few(v.strictObject({ threshold: maybe, truePositives: count, falsePositives: count })),
    }),
  ),
  calibration: v.optional(
    few(v.strictObject({ rows: count, predicted: finite, observed: finite, low: finite, high: finite })),
  ),
  confusion: v.optional(
    v.pipe(
      v.strictObject({ classes: few(v.string()), counts: few(few(count)) }),
      v.check(
        ({ classes, counts }) => [counts, ...counts].every((list) => list.length === classes.length),
        "a count for each pair of classes",
      ),
    ),
  ),
  residuals: v.optional(
    v.pipe(
      v.strictObject({ edges: few(finite), counts: few(count) }),
      v.check(({ edges, counts }) => edges.length === counts.length + 1, "an edge more than counts"),
    ),
  ),
  agreement: v.optional(
    v.pipe(
      v.strictObject({
        edges: few(finite),
        cells: few(v.strictObject({ predicted: count, actual: count, rows: count })),
      }),
      v.check(
        ({ edges, cells }) => cells.every(({ predicted, actual }) => Math.max(predicted, actual) < edges.length - 1),
        "cells between the edges",
      ),
    ),
  ),
  errorBy: few(
    v.strictObject({
      column: v.string(),
      explained: finite,
      byChance: v.exactOptional(v.literal(true)),
      groups: few(v.strictObject({ name: v.string(), rows: count, mean: finite, error: finite })),
    }),
  ),
  worst: few(
    v.strictObject({
      row: count,
      part: v.picklist(["train", "holdout", "test"]),
      truth: v.string(),
      predicted: v.string(),
      loss: finite,
    }),
  ),
  importance: v.optional(
    v.strictObject({
      rows: v.picklist(["held-out", "training"]),
      repeats: count,
      floor: finite,
      columns: few(v.strictObject({ column: v.string(), increase: finite, error: finite })),
    }),
  ),
  effects: few(
    v.strictObject({
      column: v.string(),
      points: few(v.strictObject({ at: v.union([finite, v.string()]), answer: finite })),
    }),
  ),
  learning: few(v.strictObject({ rows: count, loss: finite, error: maybe })),
  search: v.optional(
    few(v.strictObject({ fits: count, saved: count, loss: maybe, best: maybe, stopped: v.boolean() })),
  ),
});
