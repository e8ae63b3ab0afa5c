/** The table that the references of trees, boosting and forests were made on. */
import { readFileSync } from "node:fs";
import type { Dataset, Rows, Task } from "../../../src/frame/dataset.ts";
import { allRows } from "../../../src/frame/dataset.ts";

interface Reference {
  readonly rows: number;
  readonly train: number;
  readonly eighths: readonly (readonly number[])[];
  /** Of the training rows. */
  readonly weights: readonly number[];
  readonly targets: Readonly<Record<Task, readonly number[]>>;
  readonly trees: readonly {
    readonly task: Task;
    readonly criterion: string;
    readonly minLeaf: number;
    readonly maxDepth: number;
    readonly feature: readonly number[];
    readonly threshold: readonly number[];
    readonly value: readonly (readonly number[])[];
    readonly penalties: readonly number[];
    readonly leaves: readonly number[];
  }[];
  readonly boosting: readonly {
    readonly task: Task;
    readonly rounds: number;
    readonly maxLeaves: number;
    readonly minLeaf: number;
    readonly l2: number;
    readonly loss?: string;
    readonly predictions: readonly (number | readonly number[])[];
  }[];
  readonly forests: readonly { readonly task: Task; readonly scores: readonly Readonly<Record<string, number>>[] }[];
}

export const reference = JSON.parse(readFileSync("test/reference/trees.json", "utf8")) as Reference;

/** The reference's columns a, b, ... with one of its targets, and its weights where they are asked for. */
export function referenceTable(task: Task, weighted = false): Dataset {
  const values = reference.targets[task];
  const columns = reference.eighths.map((eighths, i) => ({
    kind: "number" as const,
    name: "abcde"[i],
    values: Float64Array.from(eighths, (v) => v / 8),
  }));
  const target =
    task === "regression"
      ? { task, name: "y", values: Float64Array.from(values) }
      : { task, name: "y", classes: task === "binary" ? ["0", "1"] : ["0", "1", "2"], codes: Int32Array.from(values) };
  const weights = weighted && {
    weights: Float64Array.from({ length: reference.rows }, (_, i) => reference.weights[i] ?? 1),
  };
  return { rows: reference.rows, columns, target, ...weights };
}

export const trainingRows: Rows = allRows(reference.train);
export const testRows: Rows = allRows(reference.rows).subarray(reference.train);
