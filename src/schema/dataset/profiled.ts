/** The columns that profiles are made of: one for each column of the schema, dates and times whole, not in parts. */
import type { CategoryColumn, Column, Dataset } from "../../frame/dataset.ts";
import { joinColumns } from "../../frame/join.ts";
import type { ColumnSchema, Schema } from "../schema.ts";
import { distinctTexts, findColumn, type RawColumn, type Table } from "../../frame/table.ts";
import { dateValues, mapCells } from "./columns.ts";

/**
 * By column of the schema: features, the target, and columns that were dropped because they were constant. Nothing for the
 * others, and for columns that a table lacks.
 *
 * @param data Made of the tables, their rows end to end. Cost: one pass over dates and constants; the rest is shared.
 */
export function profiledColumns(schema: Schema, data: Dataset, tables: readonly Table[]): (Column | undefined)[] {
  let at = 0;
  const whole = (make: (table: Table, raw: RawColumn) => Column, name: string): Column | undefined => {
    const made = tables.map((table) => {
      const raw = findColumn(table, name);
      return raw && make(table, raw);
    });
    return made.reduce((a, b) => a && b && joinColumns(a, b));
  };
  return schema.columns.map((column) => {
    const { name, role, kind, parts } = column;
    if (role === "target") return targetColumn(data);
    if (role === "feature") {
      const first = data.columns[at];
      at += parts?.length ?? 1;
      return parts === undefined ? first : whole((table, raw) => moments(table, raw, column), name);
    }
    if (kind !== "constant" || role !== "dropped") return undefined;
    const levels = [...new Set(tables.flatMap((table) => distinctTexts(findColumn(table, name) ?? EMPTY)))];
    return whole((_, raw) => inLevels(raw, levels), name);
  });
}

const EMPTY: RawColumn = { kind: "number", name: "", markers: [], values: new Float64Array(0) };

function targetColumn({ target }: Dataset): Column {
  const { name } = target;
  if (target.task === "regression") return { kind: "number", name, values: target.values };
  return { kind: "category", name, codes: target.codes, levels: target.classes };
}

function moments(table: Table, raw: RawColumn, schema: ColumnSchema): Column {
  return { kind: "number", name: raw.name, values: dateValues(raw, schema, table, () => undefined) };
}

function inLevels(raw: RawColumn, levels: readonly string[]): CategoryColumn {
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { kind: "category", name: raw.name, codes: mapCells(raw, (text) => codeOf.get(text) ?? -1), levels };
}
