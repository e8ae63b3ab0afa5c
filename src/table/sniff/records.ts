/** A plain splitter of delimited text for looking at the head of a file. The table itself is read by `block.ts`. */
import { evenedText, separatorOf } from "../sources/squeeze.ts";

/** How cells are quoted. */
export interface Quoting {
  /** Empty: not at all. */
  readonly quote: string;
  /** What makes a quote inside a quoted cell plain: the quote itself, or another character that does so with any. */
  readonly escape: string;
}

export interface Cut extends Quoting {
  readonly delimiter: string;
}

/** How much to take. */
export interface Extent {
  /** The text is all there is; else the last record may be cut off and is left out. */
  readonly whole: boolean;
  readonly records: number;
  /** A record of more is cut off behind one more. */
  readonly fields: number;
}

interface Scan extends Cut, Extent {
  /** Matches, without width, where a bare cell ends. */
  readonly stops: RegExp;
}

export interface SampleRecord {
  /** Trimmed cells, quotes removed. */
  readonly fields: readonly string[];
  /** Where the record begins and where the next line begins, as an index of the text. */
  readonly start: number;
  readonly end: number;
  /** How much its cells speak against the quoting: text or lines behind a closing quote, quotes at bare cells. */
  readonly malformed: number;
}

/** Does a record have so many fields, but for empty ones behind them? */
export function fits({ fields }: SampleRecord, width: number): boolean {
  return fields.length >= width && filledWidth(fields) <= width;
}

/** The number of fields that most records fit; of two, the larger. 0 without records. */
export function modalWidth(records: readonly SampleRecord[]): number {
  const changes = new Map<number, number>(); // of the number of records that fit, where the width grows to the key
  const change = (width: number, by: number): void => void changes.set(width, (changes.get(width) ?? 0) + by);
  for (const { fields } of records) {
    change(Math.max(1, filledWidth(fields)), 1);
    change(fields.length + 1, -1);
  }
  let fitting = 0;
  let most = 0;
  let best = 0;
  const widths = [...changes].toSorted(([a], [b]) => a - b);
  widths.forEach(([, by], i) => {
    fitting += by;
    if (fitting < most || i + 1 === widths.length) return;
    most = fitting;
    best = widths[i + 1][0] - 1;
  });
  return best;
}

/** Fields up to the last one that holds something. */
function filledWidth(fields: readonly string[]): number {
  let width = fields.length;
  while (width > 0 && fields[width - 1] === "") width--;
  return width;
}

/** The records of a text as it is cut: where blanks separate cells, those of the evened text. */
export function cutRecords(text: string, delimiter: string, quoting: Quoting, extent: Extent): SampleRecord[] {
  return splitRecords(
    evenedText(text, delimiter, quoting.quote),
    { delimiter: separatorOf(delimiter), ...quoting },
    extent,
  );
}

/**
 * The first records of a text, blank lines left out. The same rules as the fast reader's: blanks around cells go, a
 * quote counts only at the start of a cell, a doubled one is one, text after a closing quote is taken as it stands.
 */
export function splitRecords(text: string, cut: Cut, extent: Extent): SampleRecord[] {
  const records: SampleRecord[] = [];
  const delimiter = cut.delimiter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const scan = { ...cut, ...extent, stops: new RegExp(`(?=[\\n\\r]|${delimiter})`, "g") };
  let at = 0;
  while (at < text.length && records.length < extent.records) {
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
  const { delimiter, quote, escape, whole } = cut;
  const fields: string[] = [];
  const bare: string[] = [];
  let weight = 0;
  let p = start;
  for (;;) {
    p = skipBlanks(text, p, delimiter);
    let cell = "";
    if (quote !== "" && text.startsWith(quote, p)) {
      const close = closingQuote(text, p + quote.length, cut);
      if (close < 0) return undefined;
      const inner = text.slice(p + quote.length, close);
      cell = escape === quote ? inner.replaceAll(quote + quote, quote) : unescaped(inner, escape);
      p = close + quote.length;
      const rest = cellEnd(text, p, cut);
      if (text.slice(p, rest).trim() !== "") {
        cell = quote + cell + quote + text.slice(p, rest);
        weight += 2 + 2 * lineEnds(inner);
      }
      p = rest;
    } else {
      const end = cellEnd(text, p, cut);
      cell = text.slice(p, end);
      p = end;
      if (MARKS.some((mark) => cell.includes(mark))) bare.push(cell.trim());
    }
    fields.push(cell.trim());
    if (fields.length > cut.fields) return { fields, start, end: text.length, malformed: weight };
    if (p >= text.length || !text.startsWith(delimiter, p)) break;
    p += delimiter.length;
  }
  if (p >= text.length && !whole) return undefined;
  return { fields, start, end: nextLine(text, p), malformed: weight + malformed(bare) };
}

/**
 * How much bare cells look as if they were quoted in another way: wrapped in quotes, or the two halves of such a cell; a
 * lone half says little.
 */
function malformed(cells: readonly string[]): number {
  let weight = 0;
  for (const mark of MARKS) {
    let open = false;
    for (const cell of cells) {
      const opens = cell.startsWith(mark);
      const closes = cell.endsWith(mark);
      if (opens && closes && cell.length > 1) weight += 2;
      else if ((opens || closes) && cell.split(mark).length % 2 === 0) {
        weight += open && closes ? 3 : 1;
        open = opens;
      }
    }
  }
  return weight;
}

/** Characters that may quote. */
export const MARKS = ['"', "'"] as const;

/** Line ends in a text; CRLF is one. */
export function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function closingQuote(text: string, from: number, { quote, escape }: Quoting): number {
  if (escape !== quote) return closingBehind(text, from, quote, escape);
  let p = text.indexOf(quote, from);
  while (p >= 0 && text.startsWith(quote, p + quote.length)) p = text.indexOf(quote, p + 2 * quote.length);
  return p;
}

/** The first quote that no escape stands before. */
function closingBehind(text: string, from: number, quote: string, escape: string): number {
  let close = text.indexOf(quote, from);
  let escaped = text.indexOf(escape, from);
  while (escaped >= 0 && escaped < close) {
    const next = escaped + escape.length + 1;
    if (close < next) close = text.indexOf(quote, next);
    escaped = text.indexOf(escape, next);
  }
  return close;
}

function unescaped(inner: string, escape: string): string {
  return inner
    .split(escape + escape)
    .map((part) => part.replaceAll(escape, ""))
    .join(escape);
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
