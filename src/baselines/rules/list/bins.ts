import type { Dataset } from "../../../frame/dataset.ts";
import { roundBetween } from "../../../numeric/round-between.ts";
import type { TrainingRows } from "../../training-rows.ts";
import { bucketsOfValues } from "../../../models/cut.ts";
import { equalWeightEnds } from "../../../bins/equal-weight.ts";
import { sortedColumn } from "../sorted-column.ts";
import { MOST_BINS } from "./cuts.ts";

/** A column's training rows in at most 64 bins, of some rows each. */
export interface BinnedColumn {
  readonly column: number;
  /** The bin of each training row; the last bin is that of missing values. */
  readonly bin: Uint8Array;
  /** Bins of values, without the one for missing values. */
  readonly bins: number;
  /** Between the bins of a number column. */
  readonly bounds?: Float64Array;
  /** The level behind each bin of a category, -1 for a bin of several rare levels. */
  readonly levels?: Int32Array;
}

/** Bins of fewer rows than this, on average, would cost time and follow noise. */
const ROWS_A_BIN = 8;

/**
 * Number columns cut at round numbers near equal shares of the weight, categories by their most frequent levels. In order
 * of their names, so that ties between columns do not depend on where they stand.
 */
export function binnedColumns(data: Dataset, training: TrainingRows): BinnedColumn[] {
  const names = data.columns.map((column) => column.name);
  const order = [...names.keys()].sort((a, b) => (names[a] < names[b] ? -1 : 1));
  return order.flatMap((at) => {
    const column = data.columns[at];
    if (column.kind === "text") return [];
    return column.kind === "number"
      ? binNumbers(column.values, at, training)
      : binLevels(column.codes, column.levels.length, at, training);
  });
}

function binNumbers(column: Float64Array, at: number, training: TrainingRows): BinnedColumn {
  const { values, at: order } = sortedColumn(column, training);
  const running = new Float64Array(order.length + 1);
  for (let i = 0; i < order.length; i++) running[i + 1] = running[i] + (training.weights?.[order[i]] ?? 1);
  const most = Math.min(MOST_BINS, Math.max(2, Math.ceil(running[order.length] / ROWS_A_BIN)));
  const ends = equalWeightEnds(values, (end) => running[end], most);
  const bounds = Float64Array.from(ends.subarray(0, -1), (end) => roundBetween(values[end - 1], values[end]));
  const bins = bounds.length + 1;
  const found = bucketsOfValues(bounds, column, training.rows);
  return { column: at, bin: new Uint8Array(found.map((bin) => (bin < 0 ? bins : bin))), bins, bounds };
}

function binLevels(codes: Int32Array, count: number, at: number, { rows, weights }: TrainingRows): BinnedColumn {
  const weight = new Float64Array(count);
  for (let i = 0; i < rows.length; i++) if (codes[rows[i]] >= 0) weight[codes[rows[i]]] += weights?.[i] ?? 1;
  const seen = [...weight.keys()].filter((level) => weight[level] > 0);
  seen.sort((a, b) => weight[b] - weight[a] || a - b);
  const kept = seen.length <= MOST_BINS ? seen : seen.slice(0, MOST_BINS - 1);
  const levels = Int32Array.from([...kept, ...(kept.length < seen.length ? [-1] : [])]);
  const binOf = new Map(kept.map((level, bin) => [level, bin]));
  const bin = new Uint8Array(
    rows.map((row) => (codes[row] < 0 ? levels.length : (binOf.get(codes[row]) ?? kept.length))),
  );
  return { column: at, bin, bins: levels.length, levels };
}
