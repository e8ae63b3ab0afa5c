/** Tables that are read after training: read as the model's columns demand, checked, and told of. */
import type { Dataset } from "./dataset.ts";
import { typesOf, type GivenKind, type ReadOptions } from "./read/options.ts";
import { readTable, type TableSource } from "./read/read-table.ts";
import type { Schema } from "./schema/schema.ts";
import type { RawColumn, Table } from "./table.ts";
import { applySchema } from "./to-dataset.ts";
import type { Warning } from "./warning.ts";

export interface SecondTable {
  readonly table: Table;
  readonly data: Dataset;
  /** Cells without a value, by column. */
  readonly empty: ReadonlyMap<string, number>;
  /** What reading had to tell, and what had to be counted to make the rows fit. */
  readonly warnings: readonly Warning[];
}

/**
 * Reads new rows for a schema: a column that held texts is texts again, one that held numbers numbers.
 *
 * @param options What the user says of this table; the rest is as it was in the first one.
 * @throws DataError when it cannot be read, lacks a feature, or a column holds something else.
 */
export async function readSecond(
  source: TableSource,
  schema: Schema,
  options: ReadOptions,
  use: "score" | "predict",
): Promise<SecondTable> {
  const { na, defaultNa, decimal, thousands } = schema.reading;
  const table = await readTable(source, {
    na,
    defaultNa,
    decimal,
    ...(thousands !== "" && { thousands }),
    ...options,
    types: new Map([...kindsOf(schema), ...typesOf(options)]),
  });
  const { data, warnings } = applySchema(table, schema, use);
  const empty = new Map(table.columns.map((column) => [column.name, emptyCells(column)]));
  return { table, data, empty, warnings: [...table.warnings, ...warnings] };
}

/** Columns that were texts stay texts, whatever their cells look like; groups are called as they please. */
function kindsOf({ columns }: Schema): ReadonlyMap<string, GivenKind> {
  const bound = columns.filter(({ role, storage }) => role !== "group" || storage === "text");
  return new Map(bound.map(({ name, storage }) => [name, storage === "text" ? "category" : "number"]));
}

function emptyCells(column: RawColumn): number {
  let count = 0;
  if (column.kind === "text") for (const code of column.codes) count += code < 0 ? 1 : 0;
  else for (const value of column.values) count += value === value ? 0 : 1;
  return count;
}
