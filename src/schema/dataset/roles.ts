/** Columns that are no features: weights, groups, time, what the status quo says. */
import type { CategoryColumn, NumberColumn } from "../../frame/dataset.ts";
import { DataError } from "../../frame/error.ts";
import { sharedDoubles } from "../../frame/shared.ts";
import { ranks } from "../../frame/ranks.ts";
import { classOf } from "../levels.ts";
import type { Schema, TargetSchema } from "../schema.ts";
import { distinctTexts, findColumn, levelTexts, type RawColumn, type Table } from "../../frame/table.ts";
import { dateValues, encodeNumber, mapCells, type Note } from "./columns.ts";

/** What rows are for: weights are looked at to train and to score, and only training needs a time. */
export type Use = "train" | "score" | "predict";

/** @throws DataError unless every weight is a finite number >= 0 and one is above 0. */
export function encodeWeights(raw: RawColumn): Float64Array {
  const name = JSON.stringify(raw.name);
  if (raw.kind === "text") throw new DataError(`weight column ${name} must be numbers`);
  const row = raw.values.findIndex((value) => !(value >= 0 && value <= Number.MAX_VALUE));
  if (row >= 0)
    throw new DataError(
      `weight column ${name}: a weight must be a number from 0, got ${raw.values[row]} in row ${row}`,
    );
  if (!raw.values.some((value) => value > 0)) throw new DataError(`weight column ${name}: all weights are 0`);
  return raw.values;
}

/**
 * Groups 0, 1, ... in order of first appearance, and their names; -1 where missing.
 *
 * @param storage How the training table held the column: where it held numbers, 7 and 7.0 name one group.
 */
export function encodeGroups(
  raw: RawColumn,
  storage: "number" | "text",
): { readonly groups: Int32Array; readonly groupNames: readonly string[] } {
  const seen = new Map<string, number>();
  const groups = mapCells(raw, (text) => {
    const name = storage === "number" ? classOf(text) : text;
    let code = seen.get(name);
    if (code === undefined) seen.set(name, (code = seen.size));
    return code;
  });
  const names = [...seen.keys()];
  const dense = new Map<number, number>();
  for (let r = 0; r < groups.length; r++) {
    if (groups[r] < 0) continue;
    let group = dense.get(groups[r]);
    if (group === undefined) dense.set(groups[r], (group = dense.size));
    groups[r] = group;
  }
  return { groups, groupNames: Array.from(dense.keys(), (code) => names[code]) };
}

/** The order of rows in time, and the moments behind it; none where the rows' own order is the time. */
export interface Order {
  readonly time: Float64Array;
  readonly moments?: Float64Array;
}

/**
 * The rank of each row in time, from 0; rows of one moment share it. undefined when the schema has no time, or another table
 * lacks the column; rows to predict may have gaps in it, and then no order.
 *
 * @throws DataError when a time is missing or the column does not order rows.
 */
export function encodeTime(table: Table, schema: Schema, use: Use, note: Note): Order | undefined {
  if (schema.time === undefined) return undefined;
  if (schema.time === "@row") return { time: rowRanks(table.rows) };
  const name = JSON.stringify(schema.time);
  const raw = findColumn(table, schema.time);
  const column = schema.columns.find((c) => c.name === schema.time);
  if (raw === undefined || column === undefined) {
    if (use === "train") throw new DataError(`time column ${name} is missing`);
    return undefined;
  }
  if (column.format?.form === "clock")
    throw new DataError(
      `time column ${name} holds times of day, which come again every day; if the rows are in order, say --time @row`,
    );
  if (column.format === undefined && raw.kind === "text")
    throw new DataError(
      `time column ${name} holds neither dates nor numbers; say --types ${schema.time}=dmy if they are dates, or --time @row`,
    );
  const values =
    column.format === undefined
      ? (raw as { values: Float64Array }).values
      : dateValues(raw, column, table, () => undefined);
  const row = values.findIndex((value) => value - value !== 0);
  if (row >= 0 && use !== "predict")
    throw new DataError(
      `time column ${name} has no time in row ${row}; mend it, leave such rows out, or say --time @row`,
    );
  if (row >= 0) {
    const message = `row ${row} has no time in ${schema.time}, so the rows have no order in time`;
    note({ code: "no-order", column: schema.time, message });
    return undefined;
  }
  return { time: ranks(values), moments: values };
}

function rowRanks(rows: number): Float64Array {
  const out = sharedDoubles(rows);
  for (let r = 0; r < rows; r++) out[r] = r;
  return out;
}

/** Classes, coded as the target's are, when every value is one; else numbers (a value, or the positive class's probability). */
export function encodeForecast(raw: RawColumn, { task, classes }: TargetSchema): NumberColumn | CategoryColumn {
  const { name } = raw;
  if (task !== "regression") {
    const index = new Map(classes.map((text, code) => [text, code]));
    if (distinctTexts(raw).every((text) => index.has(classOf(text)))) {
      const codes = mapCells(raw, (text) => index.get(classOf(text)) ?? -1);
      return { kind: "category", name, codes, levels: classes };
    }
  }
  if (raw.kind === "number") return encodeNumber(raw, () => undefined);
  const stranger = levelTexts(raw.levels).find((text) => !classes.includes(classOf(text))) ?? "";
  throw new DataError(
    `rule column ${JSON.stringify(name)} must hold ${task === "regression" ? "numbers" : "classes of the target or probabilities"}, got ${JSON.stringify(stranger)}`,
  );
}
