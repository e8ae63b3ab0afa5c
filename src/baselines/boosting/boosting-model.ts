import { allRows, type Dataset, type Rows, type Shape } from "../../data/dataset.ts";
import type { Explanation, Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { leafCount } from "../tree/model/flat-tree.ts";
import { gainShares, importanceLines } from "../tree/model/importance.ts";
import { treeFromJSON, treeToJSON } from "../tree/model/tree-json.ts";
import { addValues } from "../tree/model/route.ts";
import { cellsOf, sharedStart, walkerOf, type Cells, type Walker } from "../tree/model/walk.ts";
import { predictionOf } from "../tree/tree-model.ts";
import { link, LOSSES, outputsOf, type LossName } from "./losses.ts";

/** Scores start at `start`, and every round adds one tree to each of them. */
export interface Boosted {
  readonly loss: LossName;
  readonly start: readonly number[];
  /** Round after round, one tree a score in each. */
  readonly walkers: readonly Walker[];
}

/** What models are made of, for `predictTogether`. */
const parts = new WeakMap<Model, Boosted>();

/** @param notes What fitting has to tell. @param classes Of the target; 0 for regression. */
export function boostingModel(boosted: Boosted, notes: Model["notes"], classes: number): Model {
  const { loss, start, walkers } = boosted;
  const trees = walkers.map(({ tree }) => tree);
  const leaves = trees.reduce((sum, tree) => sum + leafCount(tree), 0);
  const model: Model = {
    complexity: { count: leaves, unit: "leaves" },
    notes,
    predict: (data, rows = allRows(data.rows)) => {
      const scores = startScores(start, rows.length);
      addTrees(scores, walkers, start.length, cellsOf(data), rows);
      return linked(loss, scores, start.length, classes);
    },
    explain: (shape) => explanation(boosted, leaves, shape),
    toJSON: () => ({ kind: "boosting", version: 1, loss, start, notes, trees: trees.map(treeToJSON) }),
  };
  parts.set(model, boosted);
  return Object.freeze(model);
}

/** As each model's `predict`; one that goes on from the model before it only adds the trees that are new. */
export function* predictTogether(models: readonly Model[], data: Dataset, rows: Rows): Generator<Prediction> {
  const cells = cellsOf(data);
  const classes = data.target.task === "regression" ? 0 : data.target.classes.length;
  let before: readonly Walker[] = [];
  let scores: Float64Array = new Float64Array(0);
  for (const model of models) {
    const { loss, start, walkers } = parts.get(model) as Boosted;
    const known = sharedStart(before, walkers);
    if (known === 0) scores = startScores(start, rows.length);
    addTrees(scores, walkers.slice(known), start.length, cells, rows);
    before = walkers;
    yield linked(loss, scores.slice(), start.length, classes);
  }
}

/** @throws TypeError as the contract says. */
export function boostingFromJSON(json: unknown, shape: Shape): Model {
  const { loss, start, notes, trees } = readModel(json, "boosting", 1);
  const name = LOSSES.find((known) => known === loss);
  if (name === undefined) throw new TypeError(`boosting: unknown loss ${JSON.stringify(loss)}`);
  const outputs = outputsOf(name, shape);
  if (!Array.isArray(start) || start.length !== outputs || !start.every(Number.isFinite))
    throw new TypeError(`boosting: start must be ${outputs} finite numbers, got ${JSON.stringify(start)}`);
  if (!Array.isArray(trees) || trees.length % outputs !== 0)
    throw new TypeError(`boosting: trees must be a list of ${outputs} a round`);
  if (typeof notes !== "object" || notes === null) throw new TypeError("boosting: notes must be an object");
  const isCategory = (feature: number): boolean => shape.columns[feature].kind === "category";
  const walkers = trees.map((tree) => walkerOf(treeFromJSON("boosting", tree, shape, 1), isCategory));
  return boostingModel(
    { loss: name, start: start as number[], walkers },
    notes as Model["notes"],
    shape.classes.length,
  );
}

/** The same start for every row, row by row. */
export function startScores(start: readonly number[], rows: number): Float64Array {
  const scores = new Float64Array(rows * start.length);
  for (let i = 0; i < scores.length; i++) scores[i] = start[i % start.length];
  return scores;
}

/** Adds trees, round after round, to the scores of the rows. */
export function addTrees(
  scores: Float64Array,
  walkers: readonly Walker[],
  outputs: number,
  cells: Cells,
  rows: Rows,
): void {
  for (const [t, walker] of walkers.entries()) addValues(walker, cells, rows, scores, outputs, t % outputs);
}

/** Scores as a prediction; the scores are overwritten. */
export function linked(loss: LossName, scores: Float64Array, outputs: number, classes: number): Prediction {
  link(loss, scores, outputs);
  return outputs === 1 ? predictionOf(scores, classes) : { kind: "probability", values: scores, classes };
}

function explanation({ start, walkers }: Boosted, leaves: number, shape: Shape): Explanation {
  const trees = walkers.map(({ tree }) => tree);
  const importance = gainShares(trees, shape);
  const each = start.length === 1 ? "a tree each" : `${start.length} trees each, one a class`;
  return {
    summary: `${walkers.length / start.length} rounds of boosting with ${each} and ${leaves} leaves in all.`,
    lines: importanceLines(trees, shape),
    ...(importance && { importance }),
  };
}
