/** Records right below the header that are no data: a second line of it, units, types. */
import { isTyped } from "./cell-kind.ts";
import { MISSING, MISSING_NUMBER } from "../markers.ts";
import { fits, modalWidth, type SampleRecord } from "./records.ts";

const MISSING_TEXTS = new Set(["", ...MISSING, ...MISSING_NUMBER]);
/** More lines than this no header has below its first. */
const MOST = 3;
/** What a record is held against: so many others, at least, nearly all with a value. */
const OTHERS = 3;
const TYPED = 0.9;
/** Among so few distinct answers a word that none of them gives stands out; in so many columns that is no chance. */
const ANSWERS = 0.2;
const COLUMNS = 3;

/**
 * How many of the first data records disagree with all others: words where these have values, or where they give a few
 * answers again and again, no value anywhere, and no cell that comes again.
 *
 * @param records The first data records.
 */
export function secondHeaders(records: readonly SampleRecord[]): number {
  const width = modalWidth(records);
  const cells = records.map(({ fields }) => fields);
  let count = 0;
  while (count < MOST && count < records.length && fits(records[count], width)) {
    if (!disagrees(cells[count], cells.slice(count + 1))) break;
    count++;
  }
  return count;
}

/**
 * The header's names with those of the lines below it, where they do not tell columns apart by themselves: a name that is missing
 * is that of the column before (as in merged cells), and one that comes again takes what stands below it.
 */
export function joinedNames(header: readonly string[], lines: readonly (readonly string[])[]): readonly string[] {
  if (lines.length === 0) return header;
  let last = "";
  const merged = header.map((name, c) => (name !== "" || lines.every((line) => line[c] === "") ? (last = name) : last));
  return merged.map((name, c) =>
    name !== "" && merged.indexOf(name) === merged.lastIndexOf(name)
      ? name
      : [name, ...lines.map((line) => line[c])].filter((part) => part !== "").join(" "),
  );
}

function disagrees(record: readonly string[], others: readonly (readonly string[])[]): boolean {
  if (others.length < OTHERS) return false;
  let words = 0;
  let strange = 0;
  let filled = 0;
  for (let c = 0; c < record.length; c++) {
    const cell = record[c];
    if (MISSING_TEXTS.has(cell)) continue;
    filled++;
    const column = others.map((other) => other[c] ?? "").filter((text) => !MISSING_TEXTS.has(text));
    const typed = column.filter(isTyped).length;
    if (isTyped(cell) || column.includes(cell)) return false;
    if (column.length >= OTHERS && typed >= TYPED * column.length) words++;
    else if (new Set(column).size <= ANSWERS * column.length) strange++;
  }
  return words > 1 || (words === 1 && filled === 1) || strange >= COLUMNS;
}
