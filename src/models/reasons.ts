/** What the kinds' reasons share. */
import type { Dataset } from "../frame/dataset.ts";
import type { Predictor, Reasons, Sum } from "./contract.ts";

/** Amounts by column as parts of a sum, largest first (ties: first in the table). */
export function partsOf(amounts: Float64Array): Sum["parts"] {
  return Array.from(amounts, (amount, column) => ({ column, amount }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || a.column - b.column);
}

/** The classes whose odds are told: of two the positive one against the other, else the most probable against the next. */
export function toldClasses(shares: ArrayLike<number>): readonly [number, number] {
  if (shares.length === 2) return [1, 0];
  const order = Array.from({ length: shares.length }, (_, k) => k).sort((a, b) => shares[b] - shares[a] || a - b);
  return [order[0], order[1]];
}

/** What a model answers for one row: a value, or a share for each class. */
export function answerOf(predictor: Predictor, table: Dataset, row: number): readonly number[] {
  return Array.from(predictor(table, Int32Array.of(row)).values);
}

/** Reasons of a model that looks nothing up and adds nothing: its answer, and why in a sentence. */
export function plainReasons(predictor: Predictor, table: Dataset, row: number, step: string): Reasons {
  return { steps: [step], answer: answerOf(predictor, table, row) };
}

/** What the text of a cell of the table is; empty: it has none. */
export function cellOf(table: Dataset, column: number, row: number): string | number | null {
  const of = table.columns[column];
  if (of.kind === "number") return Number.isNaN(of.values[row]) ? null : of.values[row];
  if (of.kind === "category") return of.codes[row] < 0 ? null : of.levels[of.codes[row]];
  const from = row === 0 ? 0 : of.ends[row - 1];
  return of.ends[row] === from ? null : Buffer.from(of.bytes.subarray(from, of.ends[row])).toString("utf8");
}
