import * as v from "valibot";
import type { Dataset, Rows, Shape } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Explanation, Fault, Kind, Notes, Reasons } from "./contract.ts";
import { firstFault, lengthFault, notes, numbers } from "./parts.ts";
import { partsOf, toldClasses } from "./reasons.ts";
import { leafCount, treePrediction, type FlatTree } from "./tree/flat-tree.ts";
import { gainShares, importanceLines } from "./tree/importance.ts";
import { addPathAmounts, PATH_START, thresholdsOf } from "./tree/path.ts";
import { addValues } from "./tree/route.ts";
import { treeFault, treeSchema } from "./tree/schema.ts";
import { cellsOf, walkerOf } from "./tree/walk.ts";

export type LossName = (typeof LOSSES)[number];

const LOSSES = ["logistic", "softmax", "squared", "absolute", "poisson"] as const;

/** Scores start at `start`, and every round adds one tree to each of them. */
export interface BoostingData {
  readonly loss: LossName;
  readonly start: readonly number[];
  readonly notes: Notes;
  /** Round after round, one tree a score in each. */
  readonly trees: readonly FlatTree[];
}

/** Sums of trees, turned into predictions as the loss says. O(trees x depth) a row. */
export const boostingKind: Kind<BoostingData> = {
  name: "boosting",
  version: 1,
  schema: v.strictObject({ loss: v.picklist(LOSSES), start: numbers(), notes, trees: v.array(treeSchema) }),
  faultIn,
  complexity: ({ trees }) => ({ count: trees.reduce((sum, tree) => sum + leafCount(tree), 0), unit: "leaves" }),
  notes: (data) => data.notes,
  predictor:
    ({ loss, start, trees }, { classes }) =>
    (data, rows) => {
      const scores = startScores(start, rows.length);
      addTrees(scores, trees, start.length, data, rows);
      return linked(loss, scores, start.length, classes.length);
    },
  explain,
  reasons,
  turns: ({ trees }, shape, _table, _row, column) => thresholdsOf(trees, column, shape),
};

function faultIn({ loss, start, trees }: BoostingData, shape: Shape): Fault {
  const { task, classes } = shape;
  const classification = loss === "logistic" || loss === "softmax";
  if (classification === (task === "regression") || (loss === "logistic" && classes.length !== 2))
    return `loss: ${loss} does not suit a ${task} task`;
  const outputs = loss === "softmax" ? classes.length : 1;
  if (trees.length % outputs !== 0) return `trees: wanted ${outputs} a round, got ${trees.length} in all`;
  return (
    lengthFault("start", start, outputs) ?? firstFault(trees, (tree, t) => treeFault(`trees.${t}`, tree, shape, 1))
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
  trees: readonly FlatTree[],
  outputs: number,
  data: Dataset,
  rows: Rows,
): void {
  const cells = cellsOf(data);
  for (const [t, tree] of trees.entries()) addValues(walkerOf(tree, data), cells, rows, scores, outputs, t % outputs);
}

/** Scores as a prediction; the scores are overwritten. */
export function linked(loss: LossName, scores: Float64Array, outputs: number, classes: number): Prediction {
  link(loss, scores, outputs);
  return outputs === 1 ? treePrediction(scores, classes) : { kind: "probability", values: scores, classes };
}

/** Scores (`outputs` a row) to predictions, in place: shares of classes, means; squared and absolute scores are values. */
function link(name: LossName, scores: Float64Array, outputs: number): void {
  if (name === "logistic") for (let i = 0; i < scores.length; i++) scores[i] = 1 / (1 + Math.exp(-scores[i]));
  if (name === "poisson") for (let i = 0; i < scores.length; i++) scores[i] = Math.exp(Math.min(scores[i], 709));
  if (name !== "softmax") return;
  for (let at = 0; at < scores.length; at += outputs) {
    let top = scores[at];
    for (let k = 1; k < outputs; k++) top = Math.max(top, scores[at + k]);
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += scores[at + k] = Math.exp(scores[at + k] - top);
    for (let k = 0; k < outputs; k++) scores[at + k] /= sum;
  }
}

function reasons({ loss, start, trees }: BoostingData, { classes }: Shape, table: Dataset, row: number): Reasons {
  const outputs = start.length;
  const scores = startScores(start, 1);
  addTrees(scores, trees, outputs, table, Int32Array.of(row));
  const [one, other] = outputs === 1 ? [0, -1] : toldClasses(scores);
  const amounts = new Float64Array(table.columns.length);
  let from = start[one] - (other < 0 ? 0 : start[other]);
  for (const [t, tree] of trees.entries()) {
    const factor = t % outputs === one ? 1 : t % outputs === other ? -1 : 0;
    if (factor !== 0) from += addPathAmounts(amounts, tree, table, row, { output: 0, factor });
  }
  return {
    steps: [`${trees.length / outputs} rounds of trees are added up`],
    sum: {
      ...(classes.length === 0
        ? { scale: loss === "poisson" ? "log" : "value" }
        : { scale: "log-odds", class: outputs === 1 ? 1 : one, against: outputs === 1 ? 0 : other }),
      start: from,
      startIs: PATH_START,
      parts: partsOf(amounts),
    },
  };
}

function explain({ start, trees }: BoostingData, shape: Shape): Explanation {
  const leaves = trees.reduce((sum, tree) => sum + leafCount(tree), 0);
  const importance = gainShares(trees, shape);
  const each = start.length === 1 ? "a tree each" : `${start.length} trees each, one a class`;
  return {
    summary: `${trees.length / start.length} rounds of boosting with ${each} and ${leaves} leaves in all.`,
    lines: importanceLines(trees, shape),
    ...(importance && { importance }),
  };
}
