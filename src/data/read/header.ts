/** Is the first record a header, and what are the columns called. */
import { isNumeric, isTyped } from "./cell-kind.ts";
import type { Found } from "./delimiter.ts";
import { MISSING, MISSING_NUMBER } from "./markers.ts";

const MISSING_TEXTS = new Set(["", ...MISSING, ...MISSING_NUMBER]);

/**
 * Judges by columns: a word over numbers speaks for a header; a number over numbers, or a word that comes again
 * below it, speaks against one. Nothing to judge by: a header, as most tables have one.
 *
 * @param records Cells of the first records.
 */
export function detectHeader(records: readonly (readonly string[])[]): Found<boolean> {
  const [first, ...below] = records;
  if (first === undefined) return { value: true, reason: "no record" };
  if (below.length === 0) {
    const numbers = first.filter(isTyped).length;
    if (numbers > 0) return { value: false, reason: "the only record holds values" };
    return { value: true, reason: "the only record holds names" };
  }
  if (countsUp(first)) return { value: true, reason: "the first record counts up" };
  let over = 0;
  let numeric = 0;
  let repeated = 0;
  let words = 0;
  first.forEach((cell, c) => {
    if (MISSING_TEXTS.has(cell)) return;
    const column = below.map((record) => record[c] ?? "").filter((text) => !MISSING_TEXTS.has(text));
    if (isTyped(cell)) {
      if (column.length > 0 && share(column, isTyped) > 0.5) numeric++;
    } else if (column.length > 0 && share(column, isNumeric) === 1) over++;
    else if (column.length > 0 && share(column, isTyped) > 0.9) over++;
    else if (column.includes(cell)) repeated++;
    else words++;
  });
  if (over > numeric + repeated)
    return { value: true, reason: `${over} of its cells are words over columns of values` };
  if (numeric + repeated > 0)
    return {
      value: false,
      reason:
        numeric >= repeated
          ? `${numeric} cells of the first record are values like those below`
          : `${repeated} cells of the first record come again below`,
    };
  return {
    value: true,
    reason: words > 0 ? "its cells do not come again below" : "nothing speaks against one",
  };
}

/** 0, 1, 2, ... or years in a row: numbers that are names all the same. */
function countsUp(first: readonly string[]): boolean {
  const numbers = first.filter((cell) => /^\d+$/.test(cell)).map(Number);
  if (numbers.length < 3 || numbers.some((n, i) => i > 0 && n !== numbers[i - 1] + 1)) return false;
  return numbers[0] === 0 || (numbers[0] >= 1800 && numbers[numbers.length - 1] <= 2200);
}

function share(texts: readonly string[], test: (text: string) => boolean): number {
  return texts.filter(test).length / texts.length;
}

/**
 * Unique names for columns: an empty one at position i (from 1) becomes `unnamed_i`, the second occurrence of NAME
 * `NAME.2`, the third `NAME.3`; a name that is taken already gets further suffixes until it is not.
 */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const literal = new Set(header);
  return header.map((cell, i) => {
    const base = cell === "" ? `unnamed_${i + 1}` : cell;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    let name = count === 1 ? base : `${base}.${count}`;
    for (let k = 2; taken.has(name) || (name !== cell && literal.has(name)); k++)
      name = `${count === 1 ? base : `${base}.${count}`}.${k}`;
    taken.add(name);
    return name;
  });
}

/** c1, c2, ... for tables without a header. */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `c${i + 1}`);
}
