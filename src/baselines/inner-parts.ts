import type { Dataset } from "../frame/dataset.ts";
import type { TrainingRows } from "./training-rows.ts";

/** Rows alike in every cell that weigh more than this share of a part are dealt out one by one. */
const COMMON = 0.1;

/**
 * Deals training rows into parts by what they hold, for choices that a family makes inside its own training rows. Rows
 * of one group stay together, and so do rows that are alike in every cell, so that no row is judged by its twin; but
 * where alike rows are common (few columns of few levels) their weight is spread over all parts, one at a time.
 * Neither the order of rows or columns nor writing a row twice instead of giving it weight 2 changes anything.
 * Returns the weight of each training row in each part; over all parts they add up to its weight. O(rows x columns).
 */
export function innerParts(data: Dataset, training: TrainingRows, parts: number): readonly Float64Array[] {
  const { rows, weights, total } = training;
  const keys = contentHashes(data, training);
  if (data.groups !== undefined)
    for (let i = 0; i < rows.length; i++) if (data.groups[rows[i]] >= 0) keys[i] = data.groups[rows[i]];
  const together = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) together.set(keys[i], (together.get(keys[i]) ?? 0) + (weights?.[i] ?? 1));
  const out = Array.from({ length: parts }, () => new Float64Array(rows.length));
  for (let i = 0; i < rows.length; i++) {
    const alike = together.get(keys[i])!;
    const weight = weights?.[i] ?? 1;
    const first = finish(keys[i]) % parts;
    const grouped = data.groups !== undefined && data.groups[rows[i]] >= 0;
    if (grouped || alike <= (COMMON * total) / parts) out[first][i] = weight;
    else for (let p = 0; p < parts; p++) out[(first + p) % parts][i] = (weight * dealtTo(p, alike, parts)) / alike;
  }
  return out;
}

/** What the p-th of some parts gets when a weight is dealt out in turn, one at a time, the last a fraction. */
function dealtTo(p: number, weight: number, parts: number): number {
  const rounds = Math.floor(weight / parts);
  return rounds + Math.min(1, Math.max(0, weight - rounds * parts - p));
}

/** One a training row. Sums of hashes of cells, so that they do not depend on the order of columns. */
function contentHashes(data: Dataset, { rows }: TrainingRows): Int32Array {
  const hashes = new Int32Array(rows.length);
  for (const column of data.columns)
    if (column.kind === "number") addHashes(hashes, rows, column.values, column.name);
    else if (column.kind === "category") addHashes(hashes, rows, column.codes, column.name);
  const { target } = data;
  addHashes(hashes, rows, target.task === "regression" ? target.values : target.codes, "");
  return hashes;
}

function addHashes(hashes: Int32Array, rows: Int32Array, values: ArrayLike<number>, name: string): void {
  let seed = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) seed = Math.imul(seed ^ name.charCodeAt(i), 0x01000193);
  const cell = new Float64Array(1);
  const words = new Int32Array(cell.buffer);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    cell[0] = value === value ? value + 0 : Number.NaN; // one NaN, no -0
    hashes[i] += finish(Math.imul(finish(words[0] ^ seed) ^ words[1], 0x9e3779b1));
  }
}

/** murmur3's finish, as a number from 0 to 2^32 - 1. */
function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
