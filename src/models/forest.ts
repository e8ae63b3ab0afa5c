import * as v from "valibot";
import type { Dataset, Shape } from "../frame/dataset.ts";
import type { Explanation, Fault, Kind, Notes, Predictor, Reasons } from "./contract.ts";
import { firstFault, notes } from "./parts.ts";
import { answerOf, partsOf, toldClasses } from "./reasons.ts";
import { leafCount, treePrediction, valueWidth, type FlatTree } from "./tree/flat-tree.ts";
import { gainShares, importanceLines } from "./tree/importance.ts";
import { addPathAmounts, PATH_START, pathOf, thresholdsOf } from "./tree/path.ts";
import { addValues } from "./tree/route.ts";
import { leafSharesFault, treeFault, treeSchema } from "./tree/schema.ts";
import { cellsOf, walkerOf } from "./tree/walk.ts";
import { percent, readable } from "../words/numbers.ts";

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
  reasons,
  turns: ({ trees }, shape, _table, _row, column) => thresholdsOf(trees, column, shape),
};

function faultIn({ trees }: ForestData, shape: Shape): Fault {
  const classes = shape.classes.length;
  return firstFault(
    trees,
    (tree, t) =>
      treeFault(`trees.${t}`, tree, shape, valueWidth(classes)) ?? leafSharesFault(`trees.${t}`, tree, classes),
  );
}

function predictor({ trees }: Pick<ForestData, "trees">, shape: Shape): Predictor {
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

function reasons({ trees }: ForestData, shape: Shape, table: Dataset, row: number): Reasons {
  const classes = shape.classes.length;
  const answer = answerOf(predictor({ trees }, shape), table, row);
  const told = classes === 0 ? 0 : toldClasses(answer)[0];
  const output = classes <= 2 ? 0 : told;
  const amounts = new Float64Array(table.columns.length);
  const factor = 1 / trees.length;
  const start = trees.reduce((sum, tree) => sum + addPathAmounts(amounts, tree, table, row, { output, factor }), 0);
  const each = trees.map((tree) => {
    const path = pathOf(tree, table, row);
    return tree.value[path[path.length - 1] * valueWidth(classes) + output];
  });
  const [low, high] = [Math.min(...each), Math.max(...each)];
  const what =
    classes === 0
      ? `values from ${readable(low)} to ${readable(high)}`
      : `shares of ${shape.classes[told]} from ${percent(low)} to ${percent(high)}`;
  return {
    steps: [`${trees.length} trees say ${what}, and the mean is taken`],
    sum: {
      ...(classes === 0 ? { scale: "value" } : { scale: "probability", class: told }),
      start,
      startIs: PATH_START,
      parts: partsOf(amounts),
    },
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
