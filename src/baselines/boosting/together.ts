/** Predictions of boosted models that go on from one another. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import { addTrees, boostingKind, linked, startScores } from "../../models/boosting.ts";
import type { Prediction } from "../../frame/prediction.ts";
import type { Model } from "../../models/contract.ts";
import { dataOf } from "../../models/model.ts";
import type { FlatTree } from "../../models/tree/flat-tree.ts";
import { sharedStart } from "../../models/tree/walk.ts";

/** As each model's `predict`; one that goes on from the model before it only adds the trees that are new. */
export function* predictTogether(models: readonly Model[], data: Dataset, rows: Rows): Generator<Prediction> {
  const classes = data.target.task === "regression" ? 0 : data.target.classes.length;
  let before: readonly FlatTree[] = [];
  let scores: Float64Array = new Float64Array(0);
  for (const model of models) {
    const { loss, start, trees } = dataOf(boostingKind, model);
    const known = sharedStart(before, trees);
    if (known === 0) scores = startScores(start, rows.length);
    addTrees(scores, trees.slice(known), start.length, data, rows);
    before = trees;
    yield linked(loss, scores.slice(), start.length, classes);
  }
}
