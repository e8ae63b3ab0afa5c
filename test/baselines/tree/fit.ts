/** Trees of small tables, as their saved form: what the tests of the tree core look at. */
import type { Model } from "../../../src/models/contract.ts";
import type { TreeJSON } from "../../../src/models/tree/flat-tree.ts";
import { tree, type TreeParams } from "../../../src/baselines/tree/tree.ts";
import { allRows, type Column, type Dataset, type Target } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";

/** Every split that gains anything, and values as they are. */
export const UNPRUNED = { criterion: "squared", minLeaf: 1, smoothing: 0, penalty: 0 } as const;

export interface Fitted {
  readonly model: Model;
  readonly nodes: TreeJSON;
}

export function fitTree(
  data: Dataset,
  params: Partial<TreeParams> = {},
  rows: Int32Array = allRows(data.rows),
): Fitted {
  const model = tree.fit({ data, rows }, { ...UNPRUNED, ...params }, seeded("tree"));
  return { model, nodes: model.toJSON().tree as TreeJSON };
}

export function numberColumn(name: string, values: readonly (number | null)[]): Column {
  return { kind: "number", name, values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

export function categoryColumn(name: string, codes: readonly number[], levels: number): Column {
  const names = Array.from({ length: levels }, (_, code) => `level ${code}`);
  return { kind: "category", name, codes: Int32Array.from(codes), levels: names };
}

export function amounts(values: readonly number[]): Target {
  return { task: "regression", name: "y", values: Float64Array.from(values) };
}

/** Classes named by their codes; two of them are a binary task. */
export function classes(codes: readonly number[], count: number): Target {
  const names = Array.from({ length: count }, (_, code) => `class ${code}`);
  return { task: count === 2 ? "binary" : "multiclass", name: "t", codes: Int32Array.from(codes), classes: names };
}

export function tableOf(columns: readonly Column[], target: Target, weights?: readonly number[]): Dataset {
  const rows = target.task === "regression" ? target.values.length : target.codes.length;
  return { rows, columns, target, ...(weights && { weights: Float64Array.from(weights) }) };
}
