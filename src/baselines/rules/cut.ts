import type { Dataset, Rows, Shape } from "../../data/dataset.ts";

/** One column cut into buckets, numbered from 0. A missing value has a bucket of its own, or none (-1). */
export type Cut =
  | {
      readonly kind: "number";
      readonly column: number;
      /** Ascending. A value falls into the bucket numbered by the bounds below it; a bound belongs to the bucket under it. */
      readonly bounds: Float64Array;
      readonly missing: number;
    }
  | {
      readonly kind: "category";
      readonly column: number;
      /** The bucket of each level; -1: not among the training rows. */
      readonly bucketOf: Int32Array;
      readonly missing: number;
    };

/** The bucket of each row, -1 where there is none. */
export function bucketsOf(cut: Cut, data: Dataset, rows: Rows): Int32Array {
  const column = data.columns[cut.column];
  if (cut.kind === "category" && column.kind === "category") {
    const { codes } = column;
    return rows.map((row) => (codes[row] < 0 ? cut.missing : (cut.bucketOf[codes[row]] ?? -1)));
  }
  if (cut.kind === "number" && column.kind === "number") {
    const buckets = bucketsOfValues(cut.bounds, column.values, rows);
    if (cut.missing >= 0) for (let i = 0; i < buckets.length; i++) if (buckets[i] < 0) buckets[i] = cut.missing;
    return buckets;
  }
  throw new TypeError(`column ${column.name}: wanted a ${cut.kind}, got a ${column.kind}`);
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

/** A number between two neighbours: halfway, or the lower one where rounding leaves no room. */
export function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

export function cutToJSON(cut: Cut): object {
  return cut.kind === "number"
    ? { column: cut.column, bounds: [...cut.bounds], missing: cut.missing }
    : { column: cut.column, bucketOf: [...cut.bucketOf], missing: cut.missing };
}

/** @throws TypeError when it is not a cut of a column of that shape into so many buckets. */
export function cutFromJSON(estimator: string, json: unknown, shape: Shape, buckets: number): Cut {
  const { column, bounds, bucketOf, missing } = (json ?? {}) as Record<string, unknown>;
  const wrong = (what: string): never => {
    throw new TypeError(`${estimator}: the saved model's ${what}`);
  };
  const isBucket = (b: unknown): b is number => Number.isInteger(b) && (b as number) >= -1 && (b as number) < buckets;
  if (!Number.isInteger(column) || shape.columns[column as number] === undefined)
    return wrong(`column ${JSON.stringify(column)} does not exist`);
  const at = column as number;
  const { kind, levels } = shape.columns[at];
  if (!isBucket(missing)) return wrong(`bucket of missing values is ${JSON.stringify(missing)}`);
  if (kind === "number") {
    if (!Array.isArray(bounds) || bounds.length >= buckets || !bounds.every(Number.isFinite))
      return wrong("bounds are not finite numbers, one fewer than buckets");
    if (bounds.some((b, i) => i > 0 && b <= bounds[i - 1])) return wrong("bounds do not ascend");
    return { kind, column: at, bounds: Float64Array.from(bounds as number[]), missing };
  }
  if (kind !== "category") return wrong(`column ${at} is a ${kind} column`);
  if (!Array.isArray(bucketOf) || bucketOf.length !== levels.length || !bucketOf.every(isBucket))
    return wrong(`buckets of the levels of column ${at} do not match its ${levels.length} levels`);
  return { kind, column: at, bucketOf: Int32Array.from(bucketOf), missing };
}
