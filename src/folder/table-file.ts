/** Writing large CSV files row by row with flat memory. */
import { closeSync, openSync, writeFileSync } from "node:fs";

/** One cell in CSV: quoted when it holds a delimiter, a quote, a line end or blanks at its ends. */
export function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Would a spreadsheet run this text as a formula? */
export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

/** A number in at most 9 significant digits; an empty cell for NaN. */
export function csvNumber(value: number): string {
  return Number.isNaN(value) ? "" : String(Number(value.toPrecision(9)));
}

/**
 * The name that a column of the data gets beside columns of ours: `row.2` where both are called row.
 *
 * @param names All columns of the data that stand there.
 */
export function freeName(name: string, ours: readonly string[], names: readonly string[]): string {
  if (!ours.includes(name)) return name;
  let next = 2;
  while (ours.includes(`${name}.${next}`) || names.includes(`${name}.${next}`)) next++;
  return `${name}.${next}`;
}

const CHUNK = 1 << 16;

/** Writes a header and `rows` lines. `line(i)` is a finished line without its end. @throws what the file system throws. */
export function writeTable(path: string, header: readonly string[], rows: number, line: (row: number) => string): void {
  const file = openSync(path, "w");
  try {
    let text = `${header.map(csvCell).join(",")}\n`;
    for (let row = 0; row < rows; row++) {
      text += `${line(row)}\n`;
      if (text.length < CHUNK) continue;
      writeFileSync(file, text);
      text = "";
    }
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}
