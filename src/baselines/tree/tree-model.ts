import { allRows, type Dataset, type Rows, type Shape } from "../../data/dataset.ts";
import type { Explanation, Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { depthOf, leafCount, type FlatTree } from "./model/flat-tree.ts";
import { gainShares } from "./model/importance.ts";
import { treeFromJSON, treeToJSON } from "./model/tree-json.ts";
import { short, treeLines } from "./model/tree-text.ts";
import { addValues } from "./model/route.ts";
import { cellsOf, walkerOf } from "./model/walk.ts";

/**
 * @param make The tree. Called when it is first needed: of the many prunings that a search tries, only predictions are
 * asked for, and those of all of them at once (`predictTogether`).
 * @param missing Columns with missing values in training, for the tree's text.
 */
export function treeModel(make: () => FlatTree, missing: readonly number[], fittedOn: Shape): Model {
  const made = once(() => {
    const tree = make();
    const walker = walkerOf(tree, (feature) => fittedOn.columns[feature].kind === "category");
    return { tree, walker, leaves: leafCount(tree), depth: depthOf(tree) };
  });
  const model: Model = {
    get complexity() {
      return { count: made().leaves, unit: "leaves" };
    },
    get notes() {
      return { depth: made().depth };
    },
    predict: (data, rows = allRows(data.rows)) => {
      const { tree, walker } = made();
      const values = new Float64Array(rows.length * tree.width);
      addValues(walker, cellsOf(data), rows, values);
      return predictionOf(values, fittedOn.classes.length);
    },
    explain: (shape) => explanation(made().tree, new Set(missing), made().leaves, shape),
    toJSON: () => {
      const { tree } = made();
      const asked = new Set(tree.feature);
      return { kind: "tree", version: 1, missing: missing.filter((c) => asked.has(c)), tree: treeToJSON(tree) };
    },
  };
  return Object.freeze(model);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Number and category columns that miss a value in some of the rows, by index. O(rows x columns). */
export function missingColumns({ columns }: Dataset, rows: Rows): number[] {
  return columns.flatMap((column, index) => {
    if (column.kind === "text") return [];
    const gone = column.kind === "number" ? missesNumber(column.values, rows) : missesLevel(column.codes, rows);
    return gone ? [index] : [];
  });
}

function missesNumber(values: Float64Array, rows: Rows): boolean {
  for (let i = 0; i < rows.length; i++) if (Number.isNaN(values[rows[i]])) return true;
  return false;
}

function missesLevel(codes: Int32Array, rows: Rows): boolean {
  for (let i = 0; i < rows.length; i++) if (codes[rows[i]] < 0) return true;
  return false;
}

/** @throws TypeError as the contract says. */
export function treeModelFromJSON(json: unknown, shape: Shape): Model {
  const members = readModel(json, "tree", 1);
  const tree = treeFromJSON("tree", members.tree, shape, valueWidth(shape.classes.length));
  const { missing } = members;
  if (!Array.isArray(missing) || !missing.every((column) => Number.isInteger(column) && column in shape.columns))
    throw new TypeError(`tree: missing must be a list of columns, got ${JSON.stringify(missing)}`);
  return treeModel(() => tree, missing as number[], shape);
}

/** Numbers in a tree's value: one for regression (no classes), one for two classes (the share of the second), else one a class. */
export function valueWidth(classes: number): number {
  return classes === 2 ? 1 : Math.max(1, classes);
}

/** Values as predictions; of two classes, the values are the share of the second. */
export function predictionOf(values: Float64Array, classes: number): Prediction {
  if (classes === 0) return { kind: "value", values };
  if (classes !== 2) return { kind: "probability", values, classes };
  const both = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    both[2 * i] = 1 - values[i];
    both[2 * i + 1] = values[i];
  }
  return { kind: "probability", values: both, classes };
}

function explanation(tree: FlatTree, missing: ReadonlySet<number>, leaves: number, shape: Shape): Explanation {
  const importance = gainShares([tree], shape);
  const what = shape.task === "regression" ? `the value of ${shape.target}` : `the class shares of ${shape.target}`;
  return {
    summary:
      leaves === 1
        ? `Every row gets ${what} of the training rows: no split is worth its leaf.`
        : `At most ${depthOf(tree)} questions lead to one of ${leaves} leaves, which gives ${what} of its training rows.`,
    lines: treeLines(tree, shape, missing, (node) => said(tree, node, shape)),
    ...(importance && { importance }),
  };
}

/** The value, or the most probable class and its share. */
function said({ value, width }: FlatTree, node: number, { classes }: Shape): string {
  if (classes.length === 0) return short(value[node]);
  const shares =
    classes.length === 2 ? [1 - value[node], value[node]] : [...value.subarray(node * width, (node + 1) * width)];
  const top = shares.indexOf(Math.max(...shares));
  return `${classes[top]} ${(100 * shares[top]).toFixed(1)} %`;
}
