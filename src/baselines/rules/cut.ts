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

/** The bucket of each row, -1 where there is none. O(rows log buckets). */
export function bucketsOf(cut: Cut, data: Dataset, rows: Rows): Int32Array {
  const column = data.columns[cut.column];
  if (column.kind !== cut.kind)
    throw new TypeError(`column ${column.name}: wanted a ${cut.kind}, got a ${column.kind}`);
  if (cut.kind === "category" && column.kind === "category") {
    const { codes } = column;
    return rows.map((row) => (codes[row] < 0 ? cut.missing : (cut.bucketOf[codes[row]] ?? -1)));
  }
  const { values } = column as typeof column & { kind: "number" };
  const { bounds } = cut as Cut & { kind: "number" };
  return rows.map((row) => (Number.isNaN(values[row]) ? cut.missing : bucketOfValue(bounds, values[row])));
}

/** How many bounds are below the value. */
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
