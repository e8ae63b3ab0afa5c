/** Finding identical rows without comparing all pairs. */
import type { Column, Dataset } from "./dataset.ts";

/**
 * A 53-bit hash of each row's features (and target when asked for): equal rows have equal hashes; unequal ones collide
 * with probability about 1e-16 a pair. Missing equals missing, -0 equals 0. O(rows x columns).
 */
export function rowHashes(data: Dataset, withTarget: boolean): Float64Array {
  const low = new Uint32Array(data.rows).fill(0x9747b28c);
  const high = new Uint32Array(data.rows).fill(0x3c6ef372);
  for (const column of data.columns) mixColumn(column, low, high);
  if (withTarget) {
    const { target } = data;
    if (target.task === "regression") mixNumbers(target.values, low, high);
    else mixCodes(target.codes, low, high);
  }
  const out = new Float64Array(data.rows);
  for (let i = 0; i < out.length; i++) out[i] = (high[i] >>> 11) * 4294967296 + low[i];
  return out;
}

function mixColumn(column: Column, low: Uint32Array, high: Uint32Array): void {
  if (column.kind === "number") mixNumbers(column.values, low, high);
  else if (column.kind === "category") mixCodes(column.codes, low, high);
  else mixTexts(column.bytes, column.ends, low, high);
}

function mixNumbers(values: Float64Array, low: Uint32Array, high: Uint32Array): void {
  const cell = new Float64Array(1);
  const words = new Uint32Array(cell.buffer);
  for (let i = 0; i < values.length; i++) {
    cell[0] = values[i] !== values[i] ? Number.NaN : values[i] + 0;
    mix(low, high, i, words[0]);
    mix(low, high, i, words[1]);
  }
}

function mixCodes(codes: Int32Array, low: Uint32Array, high: Uint32Array): void {
  for (let i = 0; i < codes.length; i++) mix(low, high, i, codes[i]);
}

function mixTexts(bytes: Uint8Array, ends: Float64Array, low: Uint32Array, high: Uint32Array): void {
  let at = 0;
  for (let i = 0; i < ends.length; i++) {
    mix(low, high, i, ends[i] - at);
    for (; at < ends[i]; at++) mix(low, high, i, bytes[at]);
  }
}

/** One word into both halves, each with its own multipliers (murmur3's and xxHash's). */
function mix(low: Uint32Array, high: Uint32Array, row: number, word: number): void {
  let a = Math.imul(low[row] ^ word, 0xcc9e2d51);
  a = Math.imul((a << 15) | (a >>> 17), 0x1b873593);
  low[row] = a ^ (a >>> 16);
  let b = Math.imul(high[row] + word, 0x85ebca77);
  b = Math.imul((b << 13) | (b >>> 19), 0x9e3779b1);
  high[row] = b ^ (b >>> 15);
}

/**
 * Group codes that keep identical rows (features alike) together, joined with groups the data already has: rows linked
 * by either share a code. O(rows).
 */
export function duplicateGroups(data: Dataset): Int32Array {
  const parent = Int32Array.from({ length: data.rows }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  };
  const join = (keys: ArrayLike<number>, skip: (key: number) => boolean): void => {
    const first = new Map<number, number>();
    for (let i = 0; i < data.rows; i++) {
      if (skip(keys[i])) continue;
      const known = first.get(keys[i]);
      if (known === undefined) first.set(keys[i], i);
      else parent[root(i)] = root(known);
    }
  };
  join(rowHashes(data, false), () => false);
  if (data.groups) join(data.groups, (group) => group < 0);
  const codes = new Map<number, number>();
  return parent.map((_, i) => {
    const top = root(i);
    const code = codes.get(top) ?? codes.size;
    codes.set(top, code);
    return code;
  });
}
