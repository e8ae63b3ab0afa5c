/** Predictions of forests that go on from one another. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import type { Prediction } from "../../frame/prediction.ts";
import type { Model } from "../../models/contract.ts";
import { forestKind } from "../../models/forest.ts";
import { dataOf } from "../../models/model.ts";
import { treePrediction, valueWidth, type FlatTree } from "../../models/tree/flat-tree.ts";
import { addValues } from "../../models/tree/route.ts";
import { cellsOf, sharedStart, walkerOf } from "../../models/tree/walk.ts";

/** As each model's `predict`; one that goes on from the model before it only adds the trees that are new. */
export function* predictTogether(models: readonly Model[], data: Dataset, rows: Rows): Generator<Prediction> {
  const cells = cellsOf(data);
  const classes = data.target.task === "regression" ? 0 : data.target.classes.length;
  let before: readonly FlatTree[] = [];
  let sums = new Float64Array(0);
  for (const model of models) {
    const { trees } = dataOf(forestKind, model);
    const known = sharedStart(before, trees);
    if (known === 0) sums = new Float64Array(rows.length * valueWidth(classes));
    for (const tree of trees.slice(known)) addValues(walkerOf(tree, data), cells, rows, sums);
    before = trees;
    yield treePrediction(
      sums.map((sum) => sum / trees.length),
      classes,
    );
  }
}
