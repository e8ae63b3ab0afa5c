import * as v from "valibot";
import type { Shape } from "../data/dataset.ts";
import type { Explanation, Fault, Kind, Notes, Predictor } from "./contract.ts";
import { firstFault, notes } from "./parts.ts";
import { leafCount, treePrediction, valueWidth, type FlatTree } from "./tree/flat-tree.ts";
import { gainShares, importanceLines } from "./tree/importance.ts";
import { addValues } from "./tree/route.ts";
import { leafSharesFault, treeFault, treeSchema } from "./tree/schema.ts";
import { cellsOf, walkerOf } from "./tree/walk.ts";

export interface ForestData {
  readonly notes: Notes;
  readonly trees: readonly FlatTree[];
}

/** The mean of what the trees say. O(trees x depth) a row. */
export const forestKind: Kind<ForestData> = {
  name: "forest",
  version: 1,
  schema: v.strictObject({ notes, trees: v.pipe(v.array(treeSchema), v.minLength(1)) }),
  faultIn,
  complexity: ({ trees }) => ({ count: trees.reduce((sum, tree) => sum + leafCount(tree), 0), unit: "leaves" }),
  notes: (data) => data.notes,
  predictor,
  explain,
};

function faultIn({ trees }: ForestData, shape: Shape): Fault {
  const classes = shape.classes.length;
  return firstFault(
    trees,
    (tree, t) =>
      treeFault(`trees.${t}`, tree, shape, valueWidth(classes)) ?? leafSharesFault(`trees.${t}`, tree, classes),
  );
}

function predictor({ trees }: ForestData, shape: Shape): Predictor {
  const classes = shape.classes.length;
  const walkers = trees.map((tree) => walkerOf(tree, shape));
  return (data, rows) => {
    const values = new Float64Array(rows.length * valueWidth(classes));
    const cells = cellsOf(data);
    for (const walker of walkers) addValues(walker, cells, rows, values);
    for (let i = 0; i < values.length; i++) values[i] /= walkers.length;
    return treePrediction(values, classes);
  };
}

function explain({ trees }: ForestData, shape: Shape): Explanation {
  const leaves = trees.reduce((sum, tree) => sum + leafCount(tree), 0);
  const importance = gainShares(trees, shape);
  return {
    summary: `The mean of ${trees.length} trees with ${leaves} leaves in all, each grown on a bootstrap sample.`,
    lines: importanceLines(trees, shape),
    ...(importance && { importance }),
  };
}
