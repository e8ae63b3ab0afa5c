/**
 * Tables that are read after training: read as the model's columns demand, checked, told of. What the cells of a column
 * looked like in training says what they may look like here; what can be read in two ways is refused, and what cannot be
 * read is missing, and counted.
 */
import type { Dataset } from "../../frame/dataset.ts";
import { conventionsFor, conventionsOf } from "../../table/conventions.ts";
import { typesOf, type GivenKind, type ReadOptions } from "../../table/options.ts";
import { readTable, type TableSource } from "../../table/read-table.ts";
import type { ColumnSchema, Schema } from "../schema.ts";
import type { RawColumn, Table } from "../../frame/table.ts";
import { applySchema } from "../dataset/to-dataset.ts";
import type { Warning } from "../../frame/warning.ts";
import { formatHere } from "./dates.ts";
import { numbersLike, plainLike } from "./numbers.ts";

export interface SecondTable {
  readonly table: Table;
  /** The schema, with dates in the format they have here. */
  readonly schema: Schema;
  readonly data: Dataset;
  /** Cells that hold nothing, by column. */
  readonly empty: ReadonlyMap<string, number>;
  /** What reading had to tell, and what had to be counted to make the rows fit. */
  readonly warnings: readonly Warning[];
}

/**
 * Reads new rows for a schema: a column that held texts is texts again, one that held numbers numbers.
 *
 * @param options What the user says of this table; the rest is as it was in the first one.
 * @throws DataError when it cannot be read, lacks a feature, or a column holds something else or can be read in two ways.
 * Cost: as `readTable`; a column of numbers that are not plain is read once more, by its distinct texts.
 */
export async function readSecond(
  source: TableSource,
  schema: Schema,
  options: ReadOptions,
  use: "score" | "predict",
): Promise<SecondTable> {
  const { decimal, thousands, header, ...reading } = schema.reading;
  const given = typesOf(options);
  const settings: ReadOptions = {
    ...reading,
    ...(thousands !== "" && { thousands }),
    ...(header !== undefined && { header }),
    ...options,
    na: [...reading.na, ...(options.na ?? [])],
    keepNa: [...(reading.keepNa ?? []), ...(options.keepNa ?? [])],
    earlier: { decimal },
    types: new Map([...textKinds(schema), ...given]),
  };
  const read = await readTable(source, settings);
  const warnings: Warning[] = [...read.warnings];
  const warn = (warning: Warning): void => void warnings.push(warning);
  if (read.origin.decimal !== decimal) warn(otherDecimal(read, decimal));
  const uses = usesOf(schema, use);
  const byName = new Map(schema.columns.map((column) => [column.name, column]));
  const names = read.columns.map(({ name }) => name);
  const shared = conventionsOf(settings, read.origin.decimal, names);
  const asked = { decimal: options.decimal, thousands: options.thousands ?? thousands };
  const columns = read.columns.map((raw): RawColumn => {
    const column = byName.get(raw.name);
    if (column === undefined || !holdsNumbers(column)) return raw;
    const before = column.notation ?? { decimal };
    if (raw.kind === "number") return plainLike(raw, before, warn);
    const conventions = conventionsFor(shared, raw.name);
    const { missingNumber: missing } = conventions;
    return numbersLike(raw, { before, missing, conventions, origin: read.origin, asked, used: uses(column) }, warn);
  });
  const table: Table = { ...read, columns };
  const format = (column: ColumnSchema): ColumnSchema => {
    const found = formatHere(table, column, given.get(column.name), uses(column), warn);
    return found === undefined ? column : { ...column, format: found };
  };
  const here: Schema = { ...schema, columns: schema.columns.map(format) };
  const { data, warnings: found } = applySchema(table, here, use);
  const empty = new Map(columns.map((column, c) => [column.name, emptyCells(read.columns[c], column)]));
  return { table, schema: here, data, empty, warnings: [...warnings, ...found] };
}

/** Is a column one that the rows cannot do without? */
function usesOf({ time }: Schema, use: "score" | "predict"): (column: ColumnSchema) => boolean {
  return ({ name, role }) =>
    role === "feature" ||
    role === "forecast" ||
    name === time ||
    (use === "score" && (role === "target" || role === "weight"));
}

/** Columns that were texts stay texts, whatever their cells look like. */
function textKinds({ columns }: Schema): readonly (readonly [string, GivenKind])[] {
  return columns.filter(({ storage }) => storage === "text").map(({ name }) => [name, "category"]);
}

/** Codes and groups are called as they please; the others have to be numbers. */
function holdsNumbers({ storage, kind, role, format }: ColumnSchema): boolean {
  const named = kind === "category" || kind === "boolean" || role === "group" || role === "id";
  return storage === "number" && !named && format === undefined;
}

function otherDecimal({ origin }: Table, before: "." | ","): Warning {
  const { decimal, name, reasons } = origin;
  return {
    code: "decimal-mark",
    message: `${name}: numbers are written with ${JSON.stringify(decimal)} for decimals (${reasons.decimal}), where the training table had ${JSON.stringify(before)}`,
    evidence: { decimal, before },
  };
}

/** Cells of a column that hold nothing, or what means nothing. */
function emptyCells(before: RawColumn, after: RawColumn): number {
  let count = 0;
  if (before.kind === "number") for (const value of before.values) count += value === value ? 0 : 1;
  else for (const code of before.codes) count += code < 0 ? 1 : 0;
  if (before.kind === after.kind) return count;
  return after.markers.reduce((sum, marker) => sum + marker.count, count);
}
