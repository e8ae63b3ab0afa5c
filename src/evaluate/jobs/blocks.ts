/** Row losses averaged over fixed blocks of rows: enough for paired standard errors, at a fraction of the memory. */
import type { Dataset, Rows } from "../../frame/dataset.ts";

/** Blocks of one fold. Few enough to keep and to journal for every configuration, enough for a steady standard error. */
const MOST = 40;

/**
 * The block of each of a fold's rows: whole groups where the dataset has groups (so that errors are robust to them),
 * runs of neighbours where it has a time, else dealt round. At most 40 blocks; every block has rows. O(rows).
 */
export function blockOfRows(data: Dataset, rows: Rows): Int32Array {
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
export function blockMeans(losses: Float64Array, blockOf: Int32Array): Float64Array {
  let count = 0;
  for (let i = 0; i < blockOf.length; i++) if (blockOf[i] >= count) count = blockOf[i] + 1;
  const sums = new Float64Array(count);
  const sizes = new Int32Array(count);
  for (let i = 0; i < losses.length; i++) {
    sums[blockOf[i]] += losses[i];
    sizes[blockOf[i]]++;
  }
  return sums.map((sum, block) => sum / sizes[block]);
}
