import {
  momentsOfAll,
  type Curves,
  type Frequencies,
  type NaiveBayesData,
} from "../../models/naive-bayes/parameters.ts";
import type { BinCounts } from "./bins.ts";
import type { ClassSums, NumberSums } from "./class-sums.ts";

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
): NaiveBayesData {
  const total = sums.weight.reduce((sum, weight) => sum + weight, 0);
  const prior = sums.weight.map((weight) => weight / total);
  const columns = sums.columns.flatMap((column, at): (Curves | Frequencies)[] => {
    if (column === undefined) return [];
    if (column.kind === "number" && binned === undefined) return curvesOf(column, at, variance);
    const { counts, bounds } = column.kind === "category" ? { ...column, bounds: undefined } : binned![at]!;
    const shares = sharesOf(counts, prior.length, alpha);
    return shares === undefined ? [] : [{ column: at, shares, ...(bounds && { bounds }) }];
  });
  return { prior, temper, columns };
}

function curvesOf({ weight, mean, square }: NumberSums, column: number, smoothing: number): Curves[] {
  const all = momentsOfAll(weight, mean, square);
  if (!(all.variance > 0 && all.variance < Infinity)) return [];
  const curves: Curves = {
    column,
    mean: mean.map((own, k) => (weight[k] > 0 ? own : all.mean)),
    variance: square.map((own, k) => (weight[k] > 0 ? own / weight[k] + smoothing * all.variance : all.variance)),
  };
  return [curves];
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
