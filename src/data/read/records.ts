/** A plain splitter of delimited text for looking at the head of a file. The table itself is read by `block.ts`. */

export interface Cut {
  readonly delimiter: string;
  /** Empty: none. */
  readonly quote: string;
}

interface Scan extends Cut {
  readonly whole: boolean;
  /** Matches, without width, where a bare cell ends. */
  readonly stops: RegExp;
}

export interface SampleRecord {
  /** Trimmed cells, quotes removed. */
  readonly fields: readonly string[];
  /** Where the record begins and where the next line begins, as an index of the text. */
  readonly start: number;
  readonly end: number;
}

/**
 * The first records of a text, blank lines left out. The same rules as the fast reader's: blanks around cells go, a
 * quote counts only at the start of a cell, a doubled one is one, text after a closing quote is taken as it stands.
 *
 * @param whole The text is all there is; else the last record may be cut off and is left out.
 * @param most Stop after so many records.
 */
export function splitRecords(text: string, cut: Cut, whole: boolean, most: number): SampleRecord[] {
  const records: SampleRecord[] = [];
  const delimiter = cut.delimiter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const scan = { ...cut, whole, stops: new RegExp(`(?=[\\n\\r]|${delimiter})`, "g") };
  let at = 0;
  while (at < text.length && records.length < most) {
    const blank = blankLine(text, at, cut.delimiter);
    if (blank > at) {
      at = blank;
      continue;
    }
    const record = oneRecord(text, at, scan);
    if (record === undefined) break;
    records.push(record);
    at = record.end;
  }
  return records;
}

function blankLine(text: string, at: number, delimiter: string): number {
  const p = skipBlanks(text, at, delimiter);
  return isLineEnd(text, p) || p === text.length ? nextLine(text, p) : at;
}

function oneRecord(text: string, start: number, cut: Scan): SampleRecord | undefined {
  const { delimiter, quote, whole } = cut;
  const fields: string[] = [];
  let p = start;
  for (;;) {
    p = skipBlanks(text, p, delimiter);
    let cell = "";
    if (quote !== "" && text.startsWith(quote, p)) {
      const close = closingQuote(text, p + quote.length, quote);
      if (close < 0) return undefined;
      cell = text.slice(p + quote.length, close).replaceAll(quote + quote, quote);
      p = close + quote.length;
      const rest = cellEnd(text, p, cut);
      if (text.slice(p, rest).trim() !== "") cell = quote + cell + quote + text.slice(p, rest);
      p = rest;
    } else {
      const end = cellEnd(text, p, cut);
      cell = text.slice(p, end);
      p = end;
    }
    fields.push(cell.trim());
    if (p >= text.length || !text.startsWith(delimiter, p)) break;
    p += delimiter.length;
  }
  if (p >= text.length && !whole) return undefined;
  return { fields, start, end: nextLine(text, p) };
}

function closingQuote(text: string, from: number, quote: string): number {
  let p = text.indexOf(quote, from);
  while (p >= 0 && text.startsWith(quote, p + quote.length)) p = text.indexOf(quote, p + 2 * quote.length);
  return p;
}

function cellEnd(text: string, from: number, { stops }: Scan): number {
  stops.lastIndex = from;
  return stops.test(text) ? stops.lastIndex : text.length;
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let p = from;
  while ((text[p] === " " || text[p] === "\t") && text[p] !== delimiter) p++;
  return p;
}

function isLineEnd(text: string, p: number): boolean {
  return text[p] === "\n" || text[p] === "\r";
}

function nextLine(text: string, p: number): number {
  return text[p] === "\r" && text[p + 1] === "\n" ? p + 2 : p + 1;
}
