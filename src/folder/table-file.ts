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
  if (value !== value) return "";
  const size = Math.abs(value);
  if (!(size >= 1e-6 && size < 1e8)) return inDigits(value);
  let decimals = 9;
  while (size * POWERS[decimals] >= 1e9) decimals--;
  while (size * POWERS[decimals] < 1e8) decimals++;
  const shifted = size * POWERS[decimals];
  let digits = Math.floor(shifted);
  const rest = shifted - digits;
  if (Math.abs(rest - 0.5) < NEAR_HALF) return inDigits(value);
  if (rest > 0.5) digits++;
  for (; decimals > 0 && digits % 10 === 0; decimals--) digits /= 10;
  const text = String(digits).padStart(decimals + 1, "0");
  const point = text.length - decimals;
  return `${value < 0 ? "-" : ""}${text.slice(0, point)}${decimals > 0 ? `.${text.slice(point)}` : ""}`;
}

/** What nine digits are shifted by, and how near to a half what is left may be off for that. */
const POWERS = Array.from({ length: 16 }, (_, i) => 10 ** i);
const NEAR_HALF = 1e-6;

/** The same for any number, by way of its text: three times as slow. */
function inDigits(value: number): string {
  return String(Number(value.toPrecision(9)));
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
