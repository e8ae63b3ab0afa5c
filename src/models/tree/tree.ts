import * as v from "valibot";
import type { Dataset, Shape } from "../../frame/dataset.ts";
import { counted, percent, readable } from "../../words/numbers.ts";
import type { Explanation, Fault, Kind, Notes, Predictor, Reasons } from "../contract.ts";
import { notes, numbers } from "../parts.ts";
import { depthOf, leafCount, treePrediction, valueWidth, widthOf, type FlatTree } from "./flat-tree.ts";
import { gainShares } from "./importance.ts";
import { pathOf, thresholdsOf, withMeans } from "./path.ts";
import { addValues } from "./route.ts";
import { leafSharesFault, treeFault, treeSchema } from "./schema.ts";
import { treeDrawing } from "./tree-drawing.ts";
import { conditionOf, treeLines } from "./tree-text.ts";
import { cellsOf, walkerOf } from "./walk.ts";

export interface TreeData {
  /** Of the columns that are asked for, those with missing values in training: for the tree's text. */
  readonly missing: readonly number[];
  readonly tree: FlatTree;
}

const treeEntries = { missing: numbers({ low: 0, whole: true, ascending: true }), tree: treeSchema };

/** One tree. O(depth) a row. */
export const treeKind: Kind<TreeData> = {
  name: "tree",
  version: 1,
  schema: v.strictObject(treeEntries),
  faultIn,
  complexity: ({ tree }) => ({ count: leafCount(tree), unit: "leaves" }),
  notes: ({ tree }) => ({ depth: depthOf(tree) }),
  predictor,
  explain,
  reasons,
  turns: ({ tree }, shape, _table, _row, column) => thresholdsOf([tree], column, shape),
};

/** What ml-cart fitted. */
export const mljsCartKind: Kind<TreeData & { readonly notes: Notes }> = {
  ...treeKind,
  name: "mljs-cart",
  schema: v.strictObject({ ...treeEntries, notes }),
  notes: (data) => data.notes,
};

function faultIn({ missing, tree }: TreeData, shape: Shape): Fault {
  const classes = shape.classes.length;
  const far = missing.find((column) => column >= shape.columns.length);
  return (
    treeFault("tree", tree, shape, valueWidth(classes)) ??
    leafSharesFault("tree", tree, classes) ??
    (far === undefined ? undefined : `missing: there is no column ${far} of ${shape.columns.length}`)
  );
}

function predictor({ tree }: TreeData, shape: Shape): Predictor {
  const walker = walkerOf(tree, shape);
  const width = widthOf(tree);
  return (data, rows) => {
    const values = new Float64Array(rows.length * width);
    addValues(walker, cellsOf(data), rows, values);
    return treePrediction(values, shape.classes.length);
  };
}

function reasons({ tree, missing }: TreeData, shape: Shape, table: Dataset, row: number): Reasons {
  const path = pathOf(tree, table, row);
  const leaf = path[path.length - 1];
  const gaps = new Set(missing);
  const conditions = path
    .slice(1)
    .map((node, i) => conditionOf(tree, shape, path[i], node === path[i] + 1, gaps.has(tree.feature[path[i]])));
  const width = widthOf(tree);
  const values = treePrediction(tree.value.slice(leaf * width, (leaf + 1) * width), shape.classes.length).values;
  return {
    steps: [...conditions, `leaf: ${said(tree, leaf, shape)} (${readable(tree.weight[leaf])} training rows)`],
    answer: [...values],
  };
}

function explain({ tree, missing }: TreeData, shape: Shape): Explanation {
  const leaves = leafCount(tree);
  const importance = gainShares([tree], shape);
  const whole = withMeans(tree);
  const gaps = new Set(missing);
  const say = (node: number): string => said(whole, node, shape);
  const what = shape.task === "regression" ? `the value of ${shape.target}` : `the class shares of ${shape.target}`;
  return {
    summary:
      leaves === 1
        ? `Every row gets ${what} of the training rows: no split is worth its leaf.`
        : `At most ${counted(depthOf(tree), "question")} lead to one of ${leaves} leaves, which gives ${what} of its training rows.`,
    lines: treeLines(tree, shape, gaps, say),
    ...(importance && { importance }),
    ...(leaves > 1 && { drawing: treeDrawing(whole, shape, gaps, say) }),
  };
}

/** The value, or the most probable class and its share. */
function said(tree: FlatTree, node: number, { classes }: Shape): string {
  const { value } = tree;
  const width = widthOf(tree);
  if (classes.length === 0) return readable(value[node]);
  const shares =
    classes.length === 2 ? [1 - value[node], value[node]] : [...value.subarray(node * width, (node + 1) * width)];
  const top = shares.indexOf(Math.max(...shares));
  return `${classes[top]} ${percent(shares[top])}`;
}
