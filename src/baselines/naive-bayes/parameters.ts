import type { BinCounts } from "./bins.ts";
import type { ClassSums, NumberSums } from "./class-sums.ts";

/** A number column as one normal curve a class. */
export interface Curves {
  readonly kind: "curves";
  readonly column: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** A column as the frequencies of its levels, or of bins of its numbers, in each class. */
export interface Frequencies {
  readonly kind: "frequencies";
  readonly column: number;
  /** Levels or bins x classes; 0s where training saw none. */
  readonly shares: Float64Array;
  /** Of a number column: between its bins. */
  readonly bounds?: Float64Array;
}

export interface Parameters {
  /** Share of each class; 0 for one that training did not see. */
  readonly prior: Float64Array;
  /** Of the columns that are used. */
  readonly columns: readonly (Curves | Frequencies)[];
  /** The power that the evidence of the columns is raised to. */
  readonly temper: number;
}

/** How counts become parameters. */
export type Smoothing = {
  /** Into how many bins of equal weight a number column is cut; 0: a normal curve instead. */
  readonly bins: number;
  /** Added to each variance, as a share of the column's own variance. */
  readonly variance?: number;
  /** Added to the count of each level or bin in each class. */
  readonly alpha: number;
  readonly temper: number;
};

/**
 * The parameters of a training set; `binned`: its number columns in bins, where that is wanted. A class without a value in a number
 * column gets the curve of all classes together. Number columns whose variance is 0 or beyond double range and categories
 * with fewer than two levels say nothing and are left out. O(columns x levels x classes).
 */
export function parametersOf(
  sums: ClassSums,
  binned: readonly (BinCounts | undefined)[] | undefined,
  { variance = 0, alpha, temper }: Smoothing,
): Parameters {
  const total = sums.weight.reduce((sum, weight) => sum + weight, 0);
  const prior = sums.weight.map((weight) => weight / total);
  const columns = sums.columns.flatMap((column, at): (Curves | Frequencies)[] => {
    if (column === undefined) return [];
    if (column.kind === "number" && binned === undefined) return curvesOf(column, at, variance);
    const { counts, bounds } = column.kind === "category" ? { ...column, bounds: undefined } : binned![at]!;
    const shares = sharesOf(counts, prior.length, alpha);
    return shares === undefined ? [] : [{ kind: "frequencies", column: at, shares, ...(bounds && { bounds }) }];
  });
  return { prior, columns, temper };
}

function curvesOf({ weight, mean, square }: NumberSums, column: number, smoothing: number): Curves[] {
  const all = momentsOfAll(weight, mean, square);
  if (!(all.variance > 0 && all.variance < Infinity)) return [];
  const curves: Curves = {
    kind: "curves",
    column,
    mean: mean.map((own, k) => (weight[k] > 0 ? own : all.mean)),
    variance: square.map((own, k) => (weight[k] > 0 ? own / weight[k] + smoothing * all.variance : all.variance)),
  };
  return [curves];
}

/** Mean and variance of a column over all classes, from those of each. */
export function momentsOfAll(
  weight: Float64Array,
  mean: Float64Array,
  square: Float64Array,
): { mean: number; variance: number } {
  const total = weight.reduce((sum, w) => sum + w, 0);
  const origin = mean[weight.findIndex((w) => w > 0)]; // equal means give exactly that mean
  const centre = weight.reduce((sum, w, k) => (w > 0 ? sum + (w / total) * (mean[k] - origin) : sum), origin);
  const variance = weight.reduce((sum, w, k) => sum + (square[k] + w * (mean[k] - centre) ** 2) / total, 0);
  return { mean: centre, variance };
}

/** Laplace's shares of the levels that occur; nothing when fewer than two do. */
function sharesOf(counts: Float64Array, classes: number, alpha: number): Float64Array | undefined {
  const totals = new Float64Array(classes);
  const seen: number[] = [];
  for (let from = 0; from < counts.length; from += classes) {
    let weight = 0;
    for (let k = 0; k < classes; k++) {
      totals[k] += counts[from + k];
      weight += counts[from + k];
    }
    if (weight > 0) seen.push(from);
  }
  if (seen.length < 2) return undefined;
  const shares = new Float64Array(counts.length);
  for (const from of seen)
    for (let k = 0; k < classes; k++) shares[from + k] = (counts[from + k] + alpha) / (totals[k] + alpha * seen.length);
  return shares;
}
