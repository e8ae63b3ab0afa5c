/** Out-of-fold rows of all repeats in one order: what every model's cross-validated answers are laid over. */
import { joined, merged } from "../frame/rows.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import { testOverTrain, type FoldPart } from "../compare/folds.ts";
import type { Dependence } from "../compare/independence.ts";
import { predictionAt } from "../frame/take.ts";
import { targetAt } from "../frame/take.ts";
import { gather } from "../numeric/gather.ts";
import type { FoldPlan, Splits } from "../evaluate/splits/contract.ts";
import type { RungAnswers } from "../folder/tables.ts";

/** Out-of-fold rows of all repeats, end to end, and how they are folded: the same for all models. */
export interface Folded {
  readonly part: FoldPart;
  /** Of each repeat: its scored rows, ascending. */
  readonly rows: readonly Rows[];
}

/** @param plans One a repeat. @param weighted The dataset's weights enter the metrics. */
export function foldedRows(data: Dataset, splits: Splits, plans: readonly FoldPlan[], weighted: boolean): Folded {
  const rows = plans.map(({ parts, folds }) => merged(folds.map(({ test }) => parts[test])));
  const all = joined(rows);
  const repeat = joined(rows.map((list, r) => new Int32Array(list.length).fill(r)));
  const fold = all.map((row, i) => splits.fold[repeat[i]][row]);
  const sizes = plans.flatMap(({ parts, folds }) =>
    folds.map(({ train, test }) => ({
      test: parts[test].length,
      train: train.reduce((sum, part) => sum + parts[part].length, 0),
    })),
  );
  const part: FoldPart = {
    truth: targetAt(data.target, all),
    row: all,
    fold,
    repeat,
    testOverTrain: testOverTrain(sizes),
    dependence: dependenceAt(data, all),
    ...(weighted && data.weights && { weights: gather(data.weights, all) }),
  };
  return { part, rows };
}

/** Groups and time of rows, as the tests need to know them. */
export function dependenceAt(data: Dataset, rows: Rows): Dependence {
  const { groups, time } = data;
  return {
    ...(groups && { groups: rows.map((row) => groups[row]) }),
    ...(time && { time: gather(time, rows) }),
  };
}

/** A rung's out-of-fold answers of all repeats, end to end. */
export function pooledOf({ outOfFold }: Pick<RungAnswers, "outOfFold">, { rows }: Pick<Folded, "rows">): Prediction {
  const pieces = rows.map((list, repeat) => predictionAt(outOfFold[repeat], list));
  if (pieces.length === 1) return pieces[0];
  const values = new Float64Array(pieces.reduce((sum, piece) => sum + piece.values.length, 0));
  let from = 0;
  for (const piece of pieces) {
    values.set(piece.values, from);
    from += piece.values.length;
  }
  return { ...pieces[0], values };
}
