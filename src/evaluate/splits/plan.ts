/** From splits to the partitions that are trained and scored. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Fold, FoldPlan, Part, Scheme, Splits } from "./contract.ts";
import { dealFolds } from "./deal.ts";

/** The folds of one repeat as a plan. Folds without rows are left out. O(rows). */
export function foldPlan(splits: Splits, repeat: number): FoldPlan {
  return planOf(`repeat ${repeat}`, splits.fold[repeat], splits.folds, splits.scheme);
}

/** A plan from the part number of each row (-1: in none). */
export function planOf(name: string, partOf: Int32Array, count: number, scheme: Scheme): FoldPlan {
  const sizes = new Int32Array(count);
  for (let i = 0; i < partOf.length; i++) if (partOf[i] >= 0) sizes[partOf[i]]++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(count);
  for (let i = 0; i < partOf.length; i++) if (partOf[i] >= 0) rows[partOf[i]][filled[partOf[i]]++] = i;
  const parts = rows.filter((list) => list.length > 0);
  return { name, scheme, parts, folds: foldsOf([...parts.keys()], scheme) };
}

/** Folds over the given parts, in order. */
export function foldsOf(parts: readonly number[], scheme: Scheme): readonly Fold[] {
  return parts
    .map((test, k) => ({
      test,
      train: scheme === "exchange" ? parts.filter((part) => part !== test) : parts.slice(0, k),
    }))
    .filter(({ train }) => train.length > 0);
}

/** Deals the given rows into a plan of their own, by the rules of the whole: in order of time, by groups, or stratified. */
export function dealPlan(name: string, data: Dataset, rows: Rows, folds: number, scheme: Scheme, rng: Rng): FoldPlan {
  const dealt = dealFolds(data, rows, folds, scheme, rng);
  return planOf(name, scattered(dealt, rows, data.rows), folds, scheme);
}

/** The part number of every row of a table from those of some rows; -1 for the others. */
export function scattered(dealt: Int32Array, rows: Rows, all: number): Int32Array {
  const partOf = new Int32Array(all).fill(-1);
  for (let i = 0; i < rows.length; i++) partOf[rows[i]] = dealt[i];
  return partOf;
}

/** The rows that were dealt into one part, in their order. */
export function rowsDealt(rows: Rows, dealt: Int32Array, part: number): Rows {
  const out = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (dealt[i] === part) out[count++] = rows[i];
  return out.slice(0, count);
}

/** Rows of a part, ascending. */
export function rowsOf({ part: parts }: Splits, part: Part): Rows {
  const rows = new Int32Array(parts.length);
  let count = 0;
  for (let i = 0; i < parts.length; i++) if (parts[i] === part) rows[count++] = i;
  return rows.slice(0, count);
}
