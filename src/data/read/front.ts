/** What stands before a table in its file: Excel's `sep=;`, titles, lines of remarks. */
import { isTyped } from "./cell-kind.ts";
import { detectHeader } from "./header.ts";
import type { SampleRecord } from "./records.ts";

/** Excel's first line that names the delimiter; `length` counts its characters, the line end included. */
export function separatorLine(text: string): { readonly delimiter: string; readonly length: number } | undefined {
  const line = /^sep=(.)"?[,;\t]*\r?\n/i.exec(text);
  return line === null ? undefined : { delimiter: line[1], length: line[0].length };
}

const MOST = 50;
const TYPED = 0.3;

/** The number of fields that most records have; of two, the larger. 0 without records. */
export function modalWidth(records: readonly SampleRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && width > best)) best = width;
  }
  return best;
}

/**
 * How many records at the start belong to no table: remarks (`# ...`) of another width, and titles, which have one
 * field where the table has several and most of its cells are values.
 */
export function frontRecords(records: readonly SampleRecord[]): number {
  const width = modalWidth(records);
  const remark = ({ fields }: SampleRecord): boolean => fields[0].startsWith("#") && fields.length !== width;
  let front = 0;
  while (front < MOST && front < records.length - 1 && remark(records[front])) front++;
  let titles = front;
  while (titles < MOST && titles < records.length - 1 && isTitle(records, titles, width)) titles++;
  return titles > front && typedShare(records.slice(titles + 1)) < TYPED ? front : titles;
}

function isTitle(records: readonly SampleRecord[], at: number, width: number): boolean {
  const { fields } = records[at];
  if (fields.length !== 1 || width < 2) return false;
  if (width > 2) return true;
  // beside two fields, one may also be a header that lacks a name for row names: then no header follows
  return detectHeader(records.slice(at + 1).map((record) => record.fields)).value;
}

/** The share of filled cells that have a type: numbers, dates, truth values. */
export function typedShare(records: readonly SampleRecord[]): number {
  let typed = 0;
  let filled = 0;
  for (const { fields } of records)
    for (const cell of fields) {
      if (cell === "") continue;
      filled++;
      if (isTyped(cell)) typed++;
    }
  return typed / Math.max(1, filled);
}
