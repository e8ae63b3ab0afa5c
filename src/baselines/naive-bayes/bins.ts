import type { Dataset, NumberColumn, Target } from "../../frame/dataset.ts";
import { bucketsOfValues } from "../../models/cut.ts";
import { equalWeightEnds } from "../../bins/equal-weight.ts";
import { boundsOf } from "../../bins/holte.ts";
import { sortedColumn } from "../rules/sorted-column.ts";
import { evenlySpaced, type TrainingRows } from "../training-rows.ts";

/** A number column cut into bins, and the weight of each class in each: bins x classes. */
export interface BinCounts {
  readonly bounds: Float64Array;
  readonly counts: Float64Array;
}

/** Above this many training rows the bounds come from so many of them, evenly spaced. */
const SAMPLE = 20_000;

/**
 * Each number column of a dataset in bins of equal weight (fewer where values repeat); nothing for other columns.
 * Missing values are left out. O(rows x columns).
 */
export function binCounts(data: Dataset, training: TrainingRows, bins: number): readonly (BinCounts | undefined)[] {
  const { codes, classes } = data.target as Exclude<Target, { task: "regression" }>;
  const sample = evenlySpaced(training, SAMPLE);
  return data.columns.map((column) => {
    if (column.kind !== "number") return undefined;
    const bounds = boundsOfBins(column, sample, bins);
    const counts = new Float64Array((bounds.length + 1) * classes.length);
    count(bucketsOfValues(bounds, column.values, training.rows), training, codes, classes.length, counts);
    return { bounds, counts };
  });
}

function boundsOfBins(column: NumberColumn, sample: TrainingRows, bins: number): Float64Array {
  const { values, at } = sortedColumn(column.values, sample);
  const running = new Float64Array(values.length + 1);
  for (let i = 0; i < at.length; i++) running[i + 1] = running[i] + (sample.weights?.[at[i]] ?? 1);
  return boundsOf(
    { values },
    equalWeightEnds(values, (end) => running[end], bins),
  );
}

function count(
  bins: Int32Array,
  { rows, weights }: TrainingRows,
  codes: Int32Array,
  classes: number,
  counts: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++)
    if (bins[i] >= 0) counts[bins[i] * classes + codes[rows[i]]] += weights === undefined ? 1 : weights[i];
}
