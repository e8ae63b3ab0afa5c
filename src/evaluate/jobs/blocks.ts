/** Row losses averaged over fixed blocks of rows: enough for paired standard errors, at a fraction of the memory. */
import type { Dataset, Rows } from "../../frame/dataset.ts";

/** Blocks of one fold. Few enough to keep and to journal for every configuration, enough for a steady standard error. */
const MOST = 40;

/** The blocks of a fold. */
export interface Blocks {
  /** The block of each row. */
  readonly of: Int32Array;
  /** How many rows each block has, at least one. */
  readonly sizes: Int32Array;
}

/**
 * The blocks of a fold's rows: whole groups where the dataset has groups (so that errors are robust to them),
 * runs of neighbours where it has a time, else dealt round. At most 40 blocks. O(rows).
 */
export function blocksOf(data: Dataset, rows: Rows): Blocks {
  const of = blockOfRows(data, rows);
  const sizes = new Int32Array(of.reduce((count, block) => Math.max(count, block + 1), 0));
  for (const block of of) sizes[block]++;
  return { of, sizes };
}

function blockOfRows(data: Dataset, rows: Rows): Int32Array {
  const count = Math.min(MOST, rows.length);
  if (data.groups) return byGroup(data.groups, rows);
  if (!data.time) return rows.map((_, i) => i % count);
  const { time } = data;
  const order = Array.from(rows.keys()).sort((a, b) => time[rows[a]] - time[rows[b]] || a - b);
  const out = new Int32Array(rows.length);
  order.forEach((i, k) => (out[i] = Math.floor((k * count) / rows.length)));
  return out;
}

function byGroup(groups: Int32Array, rows: Rows): Int32Array {
  const seen = new Map<number, number>();
  return rows.map((row, i) => {
    const group = groups[row] < 0 ? -1 - i : groups[row];
    const number = seen.get(group) ?? seen.size;
    seen.set(group, number);
    return number % MOST;
  });
}

/** The mean of each block's losses. */
export function blockMeans(losses: Float64Array, { of, sizes }: Blocks): Float64Array {
  const means = new Float64Array(sizes.length);
  for (let i = 0; i < losses.length; i++) means[of[i]] += losses[i];
  for (let block = 0; block < means.length; block++) means[block] /= sizes[block];
  return means;
}
