/**
 * What `--redact` takes out of a table before anything is learnt from it, so that nothing made of it can tell. SECURITY.md
 * says item by item what stays.
 */
import type { Column } from "../frame/dataset.ts";
import type { ColumnSchema, Schema } from "../schema/schema.ts";
import type { Warning } from "../frame/warning.ts";
import type { Loaded } from "../intake/load.ts";

/** Levels of fewer rows than this have no name. */
const LEAST = 5;

/** The same rows without names of rare levels and of groups, and a schema that quotes no cell. O(cells of categories). */
export function redacted({ data, schema, ...rest }: Loaded): Loaded {
  const { groupNames: _, ...unnamed } = data;
  const columns = data.columns.map(withoutRare);
  const levels = new Map(
    columns.flatMap((column) => (column.kind === "category" ? [[column.name, column.levels]] : [])),
  );
  return { ...rest, data: { ...unnamed, columns }, schema: quotingNothing(schema, levels) };
}

function withoutRare(column: Column): Column {
  if (column.kind !== "category") return column;
  const rows = new Int32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) rows[code]++;
  const known = new Set(column.levels);
  let rare = 0;
  const next = (): string => {
    const name = `(rare level ${++rare})`;
    return known.has(name) ? next() : name;
  };
  return { ...column, levels: column.levels.map((level, code) => (rows[code] < LEAST ? next() : level)) };
}

function quotingNothing(schema: Schema, levels: ReadonlyMap<string, readonly string[]>): Schema {
  const columns = schema.columns.map(({ levels: _l, ...column }): ColumnSchema => {
    const known = levels.get(column.name);
    return { ...column, reason: `read as ${column.kind}`, ...(known && { levels: known }) };
  });
  return { ...schema, columns, warnings: schema.warnings.map(withoutCells) };
}

/** A warning without what it quotes from the table. */
export function withoutCells({ code, column, count }: Warning): Warning {
  const message = `${code}${column === undefined ? "" : ` in ${column}`}: details are left out (--redact)`;
  return { code, message, ...(column !== undefined && { column }), ...(count !== undefined && { count }) };
}
