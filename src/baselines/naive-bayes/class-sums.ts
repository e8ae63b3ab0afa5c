/**
 * What naive Bayes needs to know of a set of rows, class by class: weights, moments of numbers, counts of levels. Sums of
 * disjoint sets of rows merge into those of their union without loss of digits (pairwise update of Chan, Golub & LeVeque,
 * "Updating formulae and a pairwise algorithm for computing sample variances", 1979).
 */
import { gather } from "../../numeric/gather.ts";
import type { Dataset, Rows, Target } from "../../frame/dataset.ts";

/** One number a class each. */
export interface NumberSums {
  readonly kind: "number";
  /** Weight of the rows with a value. */
  readonly weight: Float64Array;
  readonly mean: Float64Array;
  /** Sum of squared deviations from the mean. */
  readonly square: Float64Array;
}

export interface LevelSums {
  readonly kind: "category";
  /** Levels x classes. */
  readonly counts: Float64Array;
}

export interface ClassSums {
  /** Weight of each class. */
  readonly weight: Float64Array;
  /** One a column of the dataset; nothing for text. */
  readonly columns: readonly (NumberSums | LevelSums | undefined)[];
}

/** Sums over rows that all have a class. Missing values are left out. O(rows x columns). */
export function classSums({ columns, target, weights }: Dataset, rows: Rows): ClassSums {
  const { codes, classes } = target as Exclude<Target, { task: "regression" }>;
  const dense = rows.map((row) => codes[row]);
  const w = weights === undefined ? undefined : gather(weights, rows);
  const weight = new Float64Array(classes.length);
  for (let i = 0; i < dense.length; i++) weight[dense[i]] += w === undefined ? 1 : w[i];
  return {
    weight,
    columns: columns.map((column) => {
      if (column.kind === "number") return numberSums(column.values, rows, dense, classes.length, w);
      if (column.kind === "text") return undefined;
      const counts = new Float64Array(column.levels.length * classes.length);
      countLevels(column.codes, rows, dense, classes.length, w, counts);
      return { kind: "category", counts };
    }),
  };
}

function numberSums(
  values: Float64Array,
  rows: Rows,
  codes: Int32Array,
  classes: number,
  weights: Float64Array | undefined,
): NumberSums {
  const weight = new Float64Array(classes);
  const mean = new Float64Array(classes);
  const square = new Float64Array(classes);
  const origin = firstValue(values, rows); // sums run from here, so that a constant column has a variance of exactly 0
  addUp(values, rows, codes, weights, origin, weight, mean);
  for (let k = 0; k < classes; k++) mean[k] = weight[k] > 0 ? origin + mean[k] / weight[k] : 0;
  addSquares(values, rows, codes, weights, mean, square);
  return { kind: "number", weight, mean, square };
}

function firstValue(values: Float64Array, rows: Rows): number {
  for (let i = 0; i < rows.length; i++) if (!Number.isNaN(values[rows[i]])) return values[rows[i]];
  return 0;
}

function addUp(
  values: Float64Array,
  rows: Rows,
  codes: Int32Array,
  weights: Float64Array | undefined,
  origin: number,
  weight: Float64Array,
  sum: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value !== value) continue;
    const w = weights === undefined ? 1 : weights[i];
    weight[codes[i]] += w;
    sum[codes[i]] += w * (value - origin);
  }
}

function addSquares(
  values: Float64Array,
  rows: Rows,
  codes: Int32Array,
  weights: Float64Array | undefined,
  mean: Float64Array,
  square: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const off = values[rows[i]] - mean[codes[i]];
    if (off === off) square[codes[i]] += weights === undefined ? off * off : weights[i] * off * off;
  }
}

function countLevels(
  levelOf: Int32Array,
  rows: Rows,
  codes: Int32Array,
  classes: number,
  weights: Float64Array | undefined,
  counts: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const level = levelOf[rows[i]];
    if (level >= 0) counts[level * classes + codes[i]] += weights === undefined ? 1 : weights[i];
  }
}

/** The sums of the union of disjoint sets of rows. O(columns x levels x classes x sets). */
export function mergedSums(parts: readonly ClassSums[]): ClassSums {
  const [first, ...rest] = parts;
  if (rest.length === 0) return first;
  return {
    weight: added(parts.map((part) => part.weight)),
    columns: first.columns.map((column, j) => {
      if (column === undefined) return undefined;
      if (column.kind === "category")
        return { kind: "category", counts: added(parts.map((part) => (part.columns[j] as LevelSums).counts)) };
      return parts.map((part) => part.columns[j] as NumberSums).reduce(mergedNumbers);
    }),
  };
}

function added(lists: readonly Float64Array[]): Float64Array {
  const out = lists[0].slice();
  for (const list of lists.slice(1)) for (let i = 0; i < out.length; i++) out[i] += list[i];
  return out;
}

function mergedNumbers(a: NumberSums, b: NumberSums): NumberSums {
  const weight = added([a.weight, b.weight]);
  const mean = a.mean.slice();
  const square = added([a.square, b.square]);
  for (let k = 0; k < weight.length; k++) {
    if (b.weight[k] === 0) continue;
    const apart = b.mean[k] - a.mean[k];
    const share = b.weight[k] / weight[k];
    mean[k] = a.mean[k] + apart * share;
    square[k] += apart * apart * a.weight[k] * share;
  }
  return { kind: "number", weight, mean, square };
}
