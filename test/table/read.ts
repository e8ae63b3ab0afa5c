/** Reading a text in tests: by either reader, in blocks of any size. */
import { readDelimited } from "../../src/table/delimited.ts";
import { LIMITS } from "../../src/table/limits.ts";
import type { Tuning } from "../../src/table/plan.ts";
import type { ReadOptions } from "../../src/table/options.ts";
import { bufferSource, peeked, tapped } from "../../src/table/sources/source.ts";
import { cellText, levelTexts, type RawColumn, type Table } from "../../src/frame/table.ts";
import type { Warning } from "../../src/frame/warning.ts";

export function read(text: string | Uint8Array, options: ReadOptions = {}, tuning: Tuning = {}): Promise<Table> {
  const tap = tapped(bufferSource(typeof text === "string" ? Buffer.from(text) : text, "test.csv"));
  return readDelimited(
    peeked(tap.source),
    "none",
    tap,
    { workers: 1, ...options },
    { ...LIMITS, ...options.limits },
    tuning,
  );
}

/** All cells as texts, by row. */
export function cells(table: Table): string[][] {
  return Array.from({ length: table.rows }, (_, r) => table.columns.map((column) => cellText(column, r)));
}

/** Everything in a table as plain values, so that two can be compared. */
export function plain(table: Table): unknown {
  return {
    rows: table.rows,
    columns: table.columns.map((column) =>
      column.kind === "number"
        ? { ...column, values: [...column.values] }
        : { ...column, codes: [...column.codes], levels: levelTexts(column.levels) },
    ),
    rowNumbers: table.rowNumbers === undefined ? undefined : [...table.rowNumbers],
    warnings: table.warnings,
    skipped: table.origin.skipped,
  };
}

/** One column of cells, beside a second one so that no cell is a blank line; tabs part them. */
export async function column(
  texts: readonly string[],
  options: ReadOptions = {},
): Promise<{ column: RawColumn; cells: string[]; warnings: readonly Warning[] }> {
  const body = texts.map((text) => `${text}\tz`).join("\n");
  const table = await read(`v\tother\n${body}\n`, { delimiter: "tab", header: true, ...options });
  return { column: table.columns[0], cells: cells(table).map((row) => row[0]), warnings: table.warnings };
}
