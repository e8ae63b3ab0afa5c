/** One column cut into buckets, numbered from 0. A missing value has a bucket of its own, or none (-1). */
import * as v from "valibot";
import type { Dataset, Rows, Shape } from "../frame/dataset.ts";
import type { Fault } from "./contract.ts";
import { count, doubles, integers, lengthFault } from "./parts.ts";

export interface NumberCut {
  readonly column: number;
  /** Ascending. A value falls into the bucket numbered by the bounds below it; a bound belongs to the bucket under it. */
  readonly bounds: Float64Array;
  readonly missing: number;
}

export interface LevelCut {
  readonly column: number;
  /** The bucket of each level; -1: not among the training rows. */
  readonly bucketOf: Int32Array;
  readonly missing: number;
}

export type Cut = NumberCut | LevelCut;

const bucket = v.pipe(v.number(), v.safeInteger(), v.minValue(-1));

export const cutSchema: v.GenericSchema<unknown, Cut> = v.union(
  [
    v.strictObject({ column: count, bounds: doubles({ ascending: true }), missing: bucket }),
    v.strictObject({ column: count, bucketOf: integers({ low: -1 }), missing: bucket }),
  ],
  'wanted a column\'s "bounds" in ascending order, or "bucketOf" its levels, and the bucket of "missing" values',
);

/** Every bucket must be within reach and below the number of buckets. */
export function cutFault(cut: Cut, buckets: number, { columns }: Shape): Fault {
  const { column, missing } = cut;
  const kind = "bounds" in cut ? "number" : "category";
  if (columns[column]?.kind !== kind) return `cut: column ${column} is no ${kind} column of the table`;
  if (missing >= buckets) return `cut: missing values go to bucket ${missing} of ${buckets}`;
  if ("bounds" in cut) {
    const onlyMissing = cut.bounds.length === 0 && buckets === 1 && missing === 0; // no training row had a value
    const bounds = buckets - (missing < 0 ? 1 : 2);
    return onlyMissing ? undefined : lengthFault("cut.bounds", cut.bounds, bounds);
  }
  const far = cut.bucketOf.find((one) => one >= buckets);
  return far === undefined
    ? lengthFault("cut.bucketOf", cut.bucketOf, columns[column].levels.length)
    : `cut.bucketOf: there is no bucket ${far} of ${buckets}`;
}

/** The bucket of each row, -1 where there is none. */
export function bucketsOf(cut: Cut, data: Dataset, rows: Rows): Int32Array {
  const column = data.columns[cut.column];
  if ("bucketOf" in cut && column.kind === "category") {
    const { codes } = column;
    return rows.map((row) => (codes[row] < 0 ? cut.missing : (cut.bucketOf[codes[row]] ?? -1)));
  }
  if ("bounds" in cut && column.kind === "number") {
    const buckets = bucketsOfValues(cut.bounds, column.values, rows);
    if (cut.missing >= 0) for (let i = 0; i < buckets.length; i++) if (buckets[i] < 0) buckets[i] = cut.missing;
    return buckets;
  }
  throw new TypeError(
    `column ${column.name}: wanted a ${"bounds" in cut ? "number" : "category"}, got a ${column.kind}`,
  );
}

/** How many bounds are below the value. O(log bounds). */
export function bucketOfValue(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Cells of the table, and how many bounds may crowd in one. */
const TABLE = 4096;
const CROWD = 16;

/**
 * The buckets of many values, -1 for missing ones. A table over the range of the bounds tells where to start looking,
 * which is several times quicker than halving; few rows or crowded bounds are halved. O(rows).
 */
export function bucketsOfValues(bounds: Float64Array, values: Float64Array, rows: Rows): Int32Array {
  const out = new Int32Array(rows.length);
  const low = bounds[0];
  const scale = TABLE / (bounds[bounds.length - 1] - low);
  const first = rows.length < TABLE || !(scale > 0 && scale < Infinity) ? undefined : table(bounds, low, scale);
  if (first !== undefined) lookUp(bounds, first, low, scale, values, rows, out);
  else
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]];
      out[i] = value === value ? bucketOfValue(bounds, value) : -1;
    }
  return out;
}

/** For each cell, how many bounds are below all its values; nothing where bounds crowd. */
function table(bounds: Float64Array, low: number, scale: number): Int32Array | undefined {
  const first = new Int32Array(TABLE + 1);
  for (const bound of bounds) {
    const cell = Math.floor((bound - low) * scale);
    if (cell < TABLE) first[cell + 1]++; // of its own cell, some values may be below it
  }
  if (first.some((count) => count > CROWD)) return undefined;
  for (let cell = 1; cell <= TABLE; cell++) first[cell] += first[cell - 1];
  return first;
}

function lookUp(
  bounds: Float64Array,
  first: Int32Array,
  low: number,
  scale: number,
  values: Float64Array,
  rows: Rows,
  out: Int32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value !== value) {
      out[i] = -1;
      continue;
    }
    const cell = (value - low) * scale;
    let bucket = cell < 0 ? 0 : cell >= TABLE ? first[TABLE] : first[cell | 0];
    while (bucket < bounds.length && bounds[bucket] < value) bucket++;
    out[i] = bucket;
  }
}
