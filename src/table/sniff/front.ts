/** What stands before a table in its file: lines that the user says, Excel's `sep=;`, titles, lines of remarks. */
import { isTyped } from "./cell-kind.ts";
import { detectHeader, headerEvidence } from "./header.ts";
import { fits, modalWidth, type SampleRecord } from "./records.ts";

/** Excel's first line that names the delimiter; `length` counts its characters, the line end included. */
export function separatorLine(text: string): { readonly delimiter: string; readonly length: number } | undefined {
  const line = /^sep=(.)"?[,;\t]*\r?\n/i.exec(text);
  return line === null ? undefined : { delimiter: line[1], length: line[0].length };
}

/** The characters of the first `count` lines; undefined when there are fewer. */
export function linesLength(text: string, count: number): number | undefined {
  const ends = /\r\n|\n|\r/g;
  for (let i = 0; i < count; i++) if (ends.exec(text) === null) return undefined;
  return ends.lastIndex;
}

const MOST = 50;
const TYPED = 0.3;
/** Titles over a table of words are told by so many records of one width, at least. */
const EVEN = 5;

/**
 * How many records at the start belong to no table: remarks (`# ...`) of another width, and titles: fewer fields than
 * the table has, or one that holds something among empty ones, over a header.
 */
export function frontRecords(records: readonly SampleRecord[]): number {
  const width = modalWidth(records);
  const remark = ({ fields }: SampleRecord): boolean => fields[0].startsWith("#") && fields.length !== width;
  let front = 0;
  while (front < MOST && front < records.length - 1 && remark(records[front])) front++;
  let titles = front;
  while (titles < MOST && titles < records.length - 1 && isTitle(records[titles], width)) titles++;
  return titles > front && isTable(records.slice(titles), records.slice(front, titles), width) ? titles : front;
}

/** Too few fields, or too few that hold something. */
function isTitle({ fields }: SampleRecord, width: number): boolean {
  return width > 1 && (fields.length < width || fields.filter((cell) => cell !== "").length <= width / 2);
}

/** Whether what follows the titles is a table with a header that is not itself one of them. */
function isTable(records: readonly SampleRecord[], titles: readonly SampleRecord[], width: number): boolean {
  const cells = records.map(({ fields }) => fields);
  const header = detectHeader(cells).value;
  const narrow = titles.every(({ fields }) => fields.length === 1);
  // beside two fields, a lone one may also be a header that lacks a name for row names: then no header follows
  if (narrow && (width > 2 || header) && typedShare(records.slice(1)) >= TYPED) return true;
  if (!header || cells[0].filter((cell) => cell !== "").length < width / 2) return false;
  if (headerEvidence(cells).over > 0) return true;
  // a header may lack names, or the one of row names
  const poor = titles.every(
    ({ fields }) => fields.length < width - 1 || fields.filter((cell) => cell !== "").length < 2,
  );
  return poor && width > 2 && records.length >= EVEN && records.every((record) => fits(record, width));
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
