/** Rows of the benchmark's table as they were read, for learners outside of this program. */
import { cellText, findColumn, levelTexts, type RawColumn, type Table } from "../frame/table.ts";
import type { Rows } from "../frame/dataset.ts";
import type { Loaded } from "../intake/load.ts";
import { csvCell, freeName, writeTable } from "../folder/table-file.ts";

/**
 * The columns a challenger gets, in the order of the table: all but those the benchmark ignores (`--ignore` names what is
 * known only afterwards, such as a copy of the target; a model that read them would beat every baseline that may not).
 */
export function givenColumns({ schema }: Loaded): readonly string[] {
  return schema.columns.filter(({ role }) => role !== "ignored").map(({ name }) => name);
}

/** Names of columns that are held back. */
export function heldBack({ schema }: Loaded): readonly string[] {
  return schema.columns.filter(({ role }) => role === "ignored").map(({ name }) => name);
}

/** A table, and which of its rows are meant, with the numbers they go by. */
export interface RawRows {
  readonly table: Table;
  readonly rows: Rows;
  readonly number: (row: number) => number;
}

/** Rows of the benchmark (those of one file only) as rows of the table they stand in. */
export function rawRows({ table, testTable, testFrom, rowNumber }: Loaded, rows: Rows): RawRows {
  const isTest = testTable !== undefined && rows.length > 0 && rows[0] >= testFrom;
  if (!isTest) return { table, rows, number: rowNumber };
  return { table: testTable, rows: rows.map((row) => row - testFrom), number: (row) => rowNumber(row + testFrom) };
}

/** The largest row number of both tables: must-pass cases are numbered on from it. */
export function lastNumber({ data, rowNumber }: Loaded): number {
  let largest = 0;
  for (let row = 0; row < data.rows; row++) largest = Math.max(largest, rowNumber(row));
  return largest;
}

/**
 * Writes `row` and the given columns as CSV, cells as they were read (numbers in their shortest form, missing cells empty).
 * A column that a table does not have is empty. A column of the data named `row` is written as `row.2`.
 */
export function writeRawRows(path: string, names: readonly string[], blocks: readonly RawRows[]): void {
  const header = ["row", ...names.map((name) => freeName(name, ["row"], names))];
  const lines = blocks.flatMap(({ table, rows, number }) => {
    const cells = names.map((name) => cellReader(findColumn(table, name)));
    return Array.from(rows, (row) => ({ row, number, cells }));
  });
  writeTable(path, header, lines.length, (line) => {
    const { row, number, cells } = lines[line];
    let text = String(number(row));
    for (const cell of cells) text += `,${cell(row)}`;
    return text;
  });
}

/** Texts are escaped once a level, not once a cell. */
function cellReader(column: RawColumn | undefined): (row: number) => string {
  if (column === undefined) return () => "";
  if (column.kind === "number") return (row) => cellText(column, row);
  const texts = levelTexts(column.levels).map(csvCell);
  return (row) => (column.codes[row] < 0 ? "" : texts[column.codes[row]]);
}
