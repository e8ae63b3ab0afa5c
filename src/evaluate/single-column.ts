/** How much of the target one column alone gives away: a screen for leakage, before any model is trained. */
import { allRows, type Column, type Dataset, type Rows } from "../frame/dataset.ts";
import { argsort } from "../numeric/argsort.ts";
import { gather } from "../numeric/gather.ts";
import type { Rng } from "../numeric/rng.ts";

export interface ColumnShare {
  readonly column: string;
  /** Share of the constant's loss that the column alone removes on rows it was not fitted on: 0 useless, 1 all. */
  readonly share: number;
}

/** Rows looked at: enough to tell 80 % from 95 %, few enough to cost nothing. */
const SAMPLE = 20_000;
const MOST_BINS = 64;

/**
 * Each column alone, cut into at most 64 bins (missing is one), predicts one half of a sample of the rows with class
 * shares or means of the other half, shrunk to the overall ones. The loss is log loss or squared error.
 * Largest share first. O(columns x sample log sample).
 */
export function singleColumnShares(data: Dataset, rows: Rows, rng: Rng): readonly ColumnShare[] {
  const sample = rows.length > SAMPLE ? rng.shuffle(rows.slice()).subarray(0, SAMPLE).sort() : rows;
  const half = new Uint8Array(sample.length);
  rng
    .split("halves")
    .shuffle(allRows(sample.length))
    .forEach((i, k) => (half[i] = k % 2));
  const floor = crossLoss(data, sample, half, new Int32Array(sample.length), 1);
  if (!(floor > 0)) return [];
  return data.columns
    .filter((column) => column.kind !== "text")
    .map((column) => {
      const { codes, bins } = binned(column, sample);
      return { column: column.name, share: 1 - crossLoss(data, sample, half, codes, bins) / floor };
    })
    .sort((a, b) => b.share - a.share);
}

/** The bin of each sampled row, missing last. Numbers: equal counts, equal values together. */
function binned(column: Exclude<Column, { kind: "text" }>, rows: Rows): { codes: Int32Array; bins: number } {
  if (column.kind === "category") {
    const bins = column.levels.length;
    return {
      codes: rows.map((row) => (column.codes[row] < 0 ? bins : column.codes[row])),
      bins: bins + 1,
    };
  }
  const values = gather(column.values, rows);
  const bins = Math.min(MOST_BINS, Math.ceil(Math.sqrt(rows.length)));
  const codes = new Int32Array(rows.length).fill(bins);
  const order = argsort(values);
  const known = values.reduce((n, value) => n + (value === value ? 1 : 0), 0);
  for (let i = 0; i < known;) {
    const bin = Math.floor((i * bins) / known);
    const value = values[order[i]];
    for (; i < known && values[order[i]] === value; i++) codes[order[i]] = bin;
  }
  return { codes, bins: bins + 1 };
}

/** Mean loss when each half is predicted from the other, bin by bin. */
function crossLoss(data: Dataset, rows: Rows, half: Uint8Array, codes: Int32Array, bins: number): number {
  const { target } = data;
  const width = target.task === "regression" ? 1 : target.classes.length;
  const sums = [new Float64Array(bins * width), new Float64Array(bins * width)];
  const counts = [new Float64Array(bins), new Float64Array(bins)];
  const totals = [new Float64Array(width), new Float64Array(width)];
  const sizes = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const h = half[i];
    const k = target.task === "regression" ? 0 : target.codes[rows[i]];
    const amount = target.task === "regression" ? target.values[rows[i]] : 1;
    sums[h][codes[i] * width + k] += amount;
    totals[h][k] += amount;
    counts[h][codes[i]]++;
    sizes[h]++;
  }
  let loss = 0;
  for (let i = 0; i < rows.length; i++) {
    const other = 1 - half[i];
    const bin = codes[i];
    if (target.task === "regression") {
      const overall = totals[other][0] / Math.max(1, sizes[other]);
      const mean = (sums[other][bin] + overall) / (counts[other][bin] + 1);
      loss += (target.values[rows[i]] - mean) ** 2;
    } else {
      const k = target.codes[rows[i]];
      const overall = (totals[other][k] + 0.5) / (sizes[other] + 0.5 * width);
      loss -= Math.log((sums[other][bin * width + k] + overall) / (counts[other][bin] + 1));
    }
  }
  return loss / rows.length;
}
