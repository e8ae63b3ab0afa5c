import { shapeOf, type Dataset, type Rows, type View } from "../../frame/dataset.ts";
import { gather } from "../../numeric/gather.ts";
import { medianInPlace } from "../../numeric/median.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { depthOf, valueWidth } from "../../models/tree/flat-tree.ts";
import { mljsCartKind } from "../../models/tree/tree.ts";
import { missingColumns } from "../tree/missing-columns.ts";
import type { IntParameter } from "../../search/space.ts";
import { flatTree, type CartColumn } from "./flat-cart.ts";
import { mlCart, type CartOptions } from "./packages.ts";
import { plainRows } from "./training.ts";

const NAME = mljsCartKind.name;
const ROWS = 1000;
/** Codes of more levels than this mean nothing to a threshold, and a tree of ours lists no more. */
const LEVELS = 255;

interface Params {
  readonly [parameter: string]: number;
  readonly maxDepth: number;
  /** Nodes of at most so many rows are leaves. */
  readonly minSamples: number;
}

/**
 * A CART tree by ml-cart, which tries every boundary by going through all rows again: at most 1,000 rows, evenly spaced.
 * Gaps are filled with medians; categories are their codes, missing below all. Rows are given in the order of target and
 * cells, because ml-cart looks for boundaries where neighbours differ, which with ties depends on their order.
 */
export const mljsCart: Estimator<Params> = {
  name: NAME,
  family: "tree",
  title: "Decision tree (ml-cart)",
  role: "reference",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["features"],
  rowCap: ROWS,
  space: (): { maxDepth: IntParameter; minSamples: IntParameter } => ({
    maxDepth: { type: "int", low: 2, high: 6, step: 2, default: 4, simpler: "low" },
    minSamples: { type: "int", low: 3, high: 27, log: true, default: 9, simpler: "high" },
  }),
  fit,
  fromJSON: readerOf(mljsCartKind),
};

function fit({ data, rows }: View, { maxDepth, minSamples }: Params): Model {
  const plain = plainRows(NAME, { data, rows }, ROWS);
  const columns = columnsOf(data, plain.rows);
  const { target } = data;
  const truth = target.task === "regression" ? target.values : target.codes;
  if (plain.rows.some((row) => !Number.isFinite(truth[row] ** 2)))
    throw new FitError(`${NAME}: the target's values are too large to be squared`);
  const cells = Array.from(plain.rows, (row) => [truth[row], ...columns.map(({ cellOf }) => cellOf(row))]);
  cells.sort(byCells);
  const { DecisionTreeClassifier, DecisionTreeRegression } = mlCart();
  // The gain of a regression split is the error it leaves, in the target's unit squared: no threshold fits all targets.
  const options: CartOptions = { maxDepth, minNumSamples: minSamples };
  const cart =
    target.task === "regression"
      ? new DecisionTreeRegression({ ...options, gainThreshold: 0 })
      : new DecisionTreeClassifier(options);
  // Without a column there is nothing to split; a column of zeros says the same.
  cart.train(
    cells.map(([, ...row]) => (row.length > 0 ? row : [0])),
    cells.map(([y]) => y),
  );
  const width = valueWidth(target.task === "regression" ? 0 : target.classes.length);
  const tree = flatTree(cart.root, columns, cells, width, target.task === "regression" ? 0 : target.classes.length);
  const missing = missingColumns(data, plain.distinct).filter((column) => tree.feature.includes(column));
  return modelOf(mljsCartKind, { missing, tree, notes: { depth: depthOf(tree), ...plain.notes } }, shapeOf(data));
}

function columnsOf({ columns }: Dataset, rows: Rows): CartColumn[] {
  return columns.flatMap((column, index): CartColumn[] => {
    if (column.kind === "category") {
      const levels = column.levels.length;
      return levels > LEVELS ? [] : [{ index, levels, missing: -1, cellOf: (row) => column.codes[row] }];
    }
    if (column.kind === "text") return [];
    const { values } = column;
    const present = gather(values, rows).filter((value) => !Number.isNaN(value));
    if (present.length === 0) return [];
    const missing = medianInPlace(present);
    return [{ index, levels: 0, missing, cellOf: (row) => (Number.isNaN(values[row]) ? missing : values[row]) }];
  });
}

function byCells(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}
