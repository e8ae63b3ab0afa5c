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
  const rows: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < partOf.length; i++) if (partOf[i] >= 0) rows[partOf[i]].push(i);
  const parts = rows.filter((list) => list.length > 0).map((list) => Int32Array.from(list));
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
  const partOf = new Int32Array(data.rows).fill(-1);
  rows.forEach((row, i) => (partOf[row] = dealt[i]));
  return planOf(name, partOf, folds, scheme);
}

/** Rows of a part, ascending. */
export function rowsOf(splits: Splits, part: Part): Rows {
  const rows: number[] = [];
  for (let i = 0; i < splits.part.length; i++) if (splits.part[i] === part) rows.push(i);
  return Int32Array.from(rows);
}
