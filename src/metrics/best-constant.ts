import { argsort } from "../numeric/argsort.ts";
import { gather } from "../numeric/gather.ts";
import type { Rows, Target } from "../frame/dataset.ts";
import type { Floor } from "./floors.ts";

/** What decides which constant is best. `quantile` is read when the floor is `quantile`. */
export interface Constant {
  readonly floor: Floor;
  readonly quantile: number;
}

/**
 * The best constant of some rows: one value, or a share for each class.
 *
 * @param rows At least one; each has a target and a weight above 0. @param total Of their weights.
 * Cost: O(n) for means and shares, O(n log n) for the others.
 */
export function bestConstant(
  target: Target,
  rows: Rows,
  weightOf: (row: number) => number,
  total: number,
  { floor, quantile }: Constant,
): Float64Array {
  if (target.task !== "regression") return classShares(target, rows, weightOf, total, floor);
  return Float64Array.of(bestNumber(target.values, rows, weightOf, total, floor, quantile));
}

function classShares(
  target: Exclude<Target, { task: "regression" }>,
  rows: Int32Array,
  weightOf: (row: number) => number,
  total: number,
  floor: Floor,
): Float64Array {
  const shares = new Float64Array(target.classes.length);
  for (const row of rows) shares[target.codes[row]] += weightOf(row) / total;
  if (floor === "prior") return shares;
  const top = shares.indexOf(Math.max(...shares));
  return shares.map((_, k) => (k === top ? 1 : 0));
}

function bestNumber(
  values: Float64Array,
  rows: Rows,
  weightOf: (row: number) => number,
  total: number,
  floor: Floor,
  quantile: number,
): number {
  if (floor === "mean" || floor === "log-mean") {
    const logs = floor === "log-mean";
    let mean = 0;
    for (const row of rows) mean += (weightOf(row) / total) * (logs ? Math.log1p(values[row]) : values[row]);
    return logs ? Math.expm1(mean) : mean;
  }
  if (floor === "shortest-half") return shortestHalf(values, rows, weightOf);
  const relative = floor === "weighted-median";
  return weightedQuantile(
    rows,
    (row) => values[row],
    (row) => weightOf(row) / (relative ? Math.max(Math.abs(values[row]), Number.EPSILON) : 1),
    floor === "quantile" ? quantile : 0.5,
  );
}

/** The smallest value whose cumulative weight reaches the share q; the middle of two where it is reached exactly. */
function weightedQuantile(
  rows: Rows,
  valueOf: (row: number) => number,
  weightOf: (row: number) => number,
  q: number,
): number {
  const counted = rows.filter((row) => weightOf(row) > 0);
  const values = new Float64Array(counted.length);
  let total = 0;
  for (let i = 0; i < counted.length; i++) {
    values[i] = valueOf(counted[i]);
    total += weightOf(counted[i]);
  }
  const order = argsort(values);
  for (let i = 0; i < order.length; i++) order[i] = counted[order[i]];
  let reached = 0;
  for (let i = 0; i < order.length; i++) {
    reached += weightOf(order[i]);
    const gap = reached - q * total;
    if (Math.abs(gap) <= 1e-12 * total && i + 1 < order.length) return (valueOf(order[i]) + valueOf(order[i + 1])) / 2;
    if (gap > 0) return valueOf(order[i]);
  }
  return valueOf(order[order.length - 1]);
}

/**
 * The middle of the shortest stretch of values that holds more than half of the weight: no constant has a smaller median of absolute
 * errors. Source: P. Rousseeuw, Journal of the American Statistical Association 79, 1984 (least median of squares).
 */
function shortestHalf(all: Float64Array, rows: Rows, weightOf: (row: number) => number): number {
  const counted = rows.filter((row) => weightOf(row) > 0);
  const places = argsort(gather(all, counted));
  const sorted = places.map((place) => counted[place]);
  const total = counted.reduce((sum, row) => sum + weightOf(row), 0);
  let [middle, shortest] = [all[sorted[0]], Infinity];
  let held = 0;
  let end = 0;
  for (let start = 0; start < sorted.length; start++) {
    while (end < sorted.length && !(held > total / 2)) held += weightOf(sorted[end++]);
    if (!(held > total / 2)) break;
    const [low, high] = [all[sorted[start]], all[sorted[end - 1]]];
    if (high - low < shortest) [middle, shortest] = [(low + high) / 2, high - low];
    held -= weightOf(sorted[start]);
  }
  return middle;
}
