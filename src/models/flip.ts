/** The smallest change of one column that changes a row's class. */
import type { Column, Dataset } from "../frame/dataset.ts";
import { repeatRow } from "../frame/repeat.ts";
import { mostFrequent } from "./answers.ts";
import type { Model } from "./contract.ts";

/** What is known of a column from training. */
export interface Known {
  /** What one step is measured by: how far most training rows lie apart. */
  readonly spread?: number;
  /** Values to try where those at which the class may change are not known. */
  readonly tried: readonly number[];
  /** Least and greatest number of training rows. */
  readonly range?: readonly [least: number, greatest: number];
  /** Training rows had whole numbers only. */
  readonly whole: boolean;
}

export interface Flip {
  readonly column: number;
  readonly to: number | string;
  /** The class that the row then gets. */
  readonly class: number;
  /** Share of the spread of a number; 1 for another level. */
  readonly distance: number;
  /** No smaller change of this column does it; else none of the values that were tried. */
  readonly exact: boolean;
  /** No training row has a number as small, or as large: the answer is true of the model, the row may be of nobody. */
  readonly unseen: boolean;
}

/**
 * For each column that can do it alone, its smallest change: smallest first, those beyond all training rows last. Cells without a value and texts are left alone.
 * Every one was put to the model: the class really changes.
 *
 * @param known By column of the table; nothing: the column is left alone. Cost: one prediction of each value tried.
 */
export function flipsOf(model: Model, table: Dataset, row: number, known: readonly (Known | undefined)[]): Flip[] {
  if (table.target.task === "regression") return [];
  return table.columns
    .flatMap((column, c) => {
      const facts = known[c];
      return facts === undefined ? [] : (flipOf(model, table, row, column, c, facts) ?? []);
    })
    .sort((a, b) => Number(a.unseen) - Number(b.unseen) || a.distance - b.distance || a.column - b.column);
}

function flipOf(model: Model, table: Dataset, row: number, column: Column, c: number, facts: Known): Flip | undefined {
  if (column.kind === "text") return undefined;
  if (column.kind === "category") {
    const { codes, levels } = column;
    if (codes[row] < 0) return undefined;
    const tried = Int32Array.from(levels.keys()).filter((code) => code !== codes[row]);
    const found = firstOther(model, table, row, c, { ...column, codes: tried });
    const flip = { column: c, distance: 1, exact: true, unseen: false };
    return found && { ...flip, to: levels[tried[found.place]], class: found.class };
  }
  const x = column.values[row];
  if (Number.isNaN(x)) return undefined;
  const turns = model.turns?.(table, row, c);
  const values = candidates(x, turns, facts);
  const found = firstOther(model, table, row, c, { ...column, values });
  if (!found) return undefined;
  const to = values[found.place];
  const spread = facts.spread ?? Math.abs(x);
  const [least, greatest] = facts.range ?? [-Infinity, Infinity];
  return {
    column: c,
    to,
    class: found.class,
    distance: Math.abs(to - x) / (spread > 0 ? spread : 1),
    exact: turns !== undefined,
    unseen: to < least || to > greatest,
  };
}

/** A turn and its near neighbours: rounding may hide on which side of it the answer changes. */
function around(turn: number, x: number): number[] {
  const size = Math.max(Math.abs(turn), Math.abs(x));
  const steps = [Math.max(Number.MIN_VALUE, Number.EPSILON * Math.abs(turn)), 1e-12 * size, 1e-9 * size];
  return [turn, ...steps.flatMap((step) => [turn - step, turn + step])];
}

/** Values to try, nearest first: both sides of each turn, or the values seen in training. */
function candidates(x: number, turns: readonly number[] | undefined, { tried, whole }: Known): Float64Array {
  const sides = turns?.flatMap((turn) => around(turn, x)) ?? tried;
  const held = whole ? sides.map((value) => (value > x ? Math.ceil(value) : Math.floor(value))) : sides;
  return Float64Array.from(new Set(held))
    .filter((value) => value !== x && Math.abs(value) < Number.MAX_VALUE)
    .sort((a, b) => Math.abs(a - x) - Math.abs(b - x));
}

/** The first of a column's values by which the row gets another class. */
function firstOther(
  model: Model,
  table: Dataset,
  row: number,
  place: number,
  values: Exclude<Column, { kind: "text" }>,
): { readonly place: number; readonly class: number } | undefined {
  const count = values.kind === "number" ? values.values.length : values.codes.length;
  if (count === 0) return undefined;
  const probe = repeatRow(table, row, count);
  const prediction = model.predict({ ...probe, columns: probe.columns.with(place, values) });
  const before = model.predict(repeatRow(table, row, 1));
  if (prediction.kind !== "probability") return undefined;
  const { classes } = prediction;
  const now = mostFrequent(before.values, 0, classes);
  for (let i = 0; i < count; i++) {
    const found = mostFrequent(prediction.values, i * classes, classes);
    if (found !== now) return { place: i, class: found };
  }
  return undefined;
}
