import { allRows, shapeOf, type Dataset, type Rows, type Shape } from "../../data/dataset.ts";
import type { Explanation, Model, Prediction } from "../contract.ts";
import { readModel } from "../model-json.ts";
import { depthOf, leafCount, type FlatTree } from "./model/flat-tree.ts";
import { gainShares } from "./model/importance.ts";
import { treeFromJSON, treeToJSON } from "./model/tree-json.ts";
import { short, treeLines } from "./model/tree-text.ts";
import { addValues, cellsOf, walkerOf } from "./model/walk.ts";

/** @param rows The training rows: they tell which columns have missing values, for the tree's text. */
export function treeModel(tree: FlatTree, data: Dataset, rows: Rows): Model {
  const asked = new Set(tree.feature);
  const missing = data.columns.flatMap((column, index) => {
    if (!asked.has(index) || column.kind === "text") return [];
    const { kind } = column;
    const gone =
      kind === "number" ? (row: number) => Number.isNaN(column.values[row]) : (row: number) => column.codes[row] < 0;
    return rows.some(gone) ? [index] : [];
  });
  return modelOf(tree, missing, shapeOf(data));
}

/** @throws TypeError as the contract says. */
export function treeModelFromJSON(json: unknown, shape: Shape): Model {
  const members = readModel(json, "tree", 1);
  const tree = treeFromJSON("tree", members.tree, shape, valueWidth(shape.classes.length));
  const { missing } = members;
  if (!Array.isArray(missing) || !missing.every((column) => Number.isInteger(column) && column in shape.columns))
    throw new TypeError(`tree: missing must be a list of columns, got ${JSON.stringify(missing)}`);
  return modelOf(tree, missing as number[], shape);
}

/** Numbers in a tree's value: one for regression (no classes), one for two classes (the share of the second), else one a class. */
export function valueWidth(classes: number): number {
  return classes === 2 ? 1 : Math.max(1, classes);
}

function modelOf(tree: FlatTree, missing: readonly number[], fittedOn: Shape): Model {
  const walker = walkerOf(tree, (feature) => fittedOn.columns[feature].kind === "category");
  const leaves = leafCount(tree);
  const model: Model = {
    complexity: { count: leaves, unit: "leaves" },
    notes: { depth: depthOf(tree) },
    predict: (data, rows = allRows(data.rows)) => {
      const values = new Float64Array(rows.length * tree.width);
      addValues(walker, cellsOf(data), rows, values);
      return predictionOf(values, fittedOn.classes.length);
    },
    explain: (shape) => explanation(tree, new Set(missing), leaves, shape),
    toJSON: () => ({ kind: "tree", version: 1, missing, tree: treeToJSON(tree) }),
  };
  return Object.freeze(model);
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
