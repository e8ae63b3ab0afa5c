import { allRows, type Dataset, type Rows, type Shape } from "../../data/dataset.ts";
import type { Explanation, Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { leafCount } from "../tree/model/flat-tree.ts";
import { gainShares, importanceLines } from "../tree/model/importance.ts";
import { treeFromJSON, treeToJSON } from "../tree/model/tree-json.ts";
import { addValues } from "../tree/model/route.ts";
import { cellsOf, sharedStart, walkerOf, type Walker } from "../tree/model/walk.ts";
import { predictionOf, valueWidth } from "../tree/tree-model.ts";

/** The trees of models, for `predictTogether`. */
const treesOf = new WeakMap<Model, readonly Walker[]>();

/** The mean of what the trees say. @param notes What fitting has to tell. @param classes Of the target; 0 for regression. */
export function forestModel(walkers: readonly Walker[], notes: Model["notes"], classes: number): Model {
  const trees = walkers.map(({ tree }) => tree);
  const leaves = trees.reduce((sum, tree) => sum + leafCount(tree), 0);
  const model: Model = {
    complexity: { count: leaves, unit: "leaves" },
    notes,
    predict: (data, rows = allRows(data.rows)) => {
      const values = new Float64Array(rows.length * valueWidth(classes));
      const cells = cellsOf(data);
      for (const walker of walkers) addValues(walker, cells, rows, values);
      for (let i = 0; i < values.length; i++) values[i] /= walkers.length;
      return predictionOf(values, classes);
    },
    explain: (shape) => explanation(walkers, leaves, shape),
    toJSON: () => ({ kind: "forest", version: 1, notes, trees: trees.map(treeToJSON) }),
  };
  treesOf.set(model, walkers);
  return Object.freeze(model);
}

/** As each model's `predict`; one that goes on from the model before it only adds the trees that are new. */
export function* predictTogether(models: readonly Model[], data: Dataset, rows: Rows): Generator<Prediction> {
  const cells = cellsOf(data);
  const classes = data.target.task === "regression" ? 0 : data.target.classes.length;
  let before: readonly Walker[] = [];
  let sums = new Float64Array(0);
  for (const model of models) {
    const walkers = treesOf.get(model) as readonly Walker[];
    const known = sharedStart(before, walkers);
    if (known === 0) sums = new Float64Array(rows.length * valueWidth(classes));
    for (const walker of walkers.slice(known)) addValues(walker, cells, rows, sums);
    before = walkers;
    yield predictionOf(
      sums.map((sum) => sum / walkers.length),
      classes,
    );
  }
}

/** @throws TypeError as the contract says. */
export function forestFromJSON(json: unknown, shape: Shape): Model {
  const { notes, trees } = readModel(json, "forest", 1);
  if (!Array.isArray(trees) || trees.length === 0) throw new TypeError("forest: trees must be a list of at least one");
  if (typeof notes !== "object" || notes === null) throw new TypeError("forest: notes must be an object");
  const classes = shape.classes.length;
  const isCategory = (feature: number): boolean => shape.columns[feature].kind === "category";
  const walkers = trees.map((tree) => walkerOf(treeFromJSON("forest", tree, shape, valueWidth(classes)), isCategory));
  return forestModel(walkers, notes as Model["notes"], classes);
}

function explanation(walkers: readonly Walker[], leaves: number, shape: Shape): Explanation {
  const trees = walkers.map(({ tree }) => tree);
  const importance = gainShares(trees, shape);
  return {
    summary: `The mean of ${walkers.length} trees with ${leaves} leaves in all, each grown on a bootstrap sample.`,
    lines: importanceLines(trees, shape),
    ...(importance && { importance }),
  };
}
