/**
 * The fast reader's core: a block of delimited text, UTF-8, straight into typed cells. Pure: the same bytes and
 * layout give the same result, in whichever thread.
 */
import { ByteDictionary, type Levels } from "../../frame/byte-dictionary.ts";
import { CellScanner, CR, LF, SPACE, TAB, UNCLOSED } from "./cell-scanner.ts";
import { INFINITE } from "../markers.ts";
import { scanNumber, scanShape, SEEN } from "./number.ts";

/** What to make of a column. */
export const SKIP = 0;
export const NUMBER = 1;
export const STRING = 2;
/** A shape bit beside those of `number.ts`: a cell of a NUMBER column is neither a number nor a marker. */
export const NOT_NUMBER = 16;
/** In place of a bad record's number of fields: it is the header again, or text follows a quote that closes lines below. */
export const REPEATED = -2;
export const SWALLOWING = -3;

/** How to cut records and read cells; the same for all blocks of a table. */
export interface Layout {
  /** Bytes. A quote of 256 is none. */
  readonly delimiter: number;
  readonly quote: number;
  readonly decimal: number;
  /** SKIP, NUMBER or STRING, one a column. */
  readonly plan: Uint8Array;
  /** Texts that stand for a missing number. */
  readonly markers: readonly string[];
  /** The header's cells, trimmed, UTF-8: a record of just these is left out. Empty: none is. */
  readonly header: readonly Uint8Array[];
  /** Empty fields after the last column are let pass; else a record that has them has too many. */
  readonly padded: boolean;
  /** Records that may not fit. A block with more is read only up to there: its table will be refused. */
  readonly mostBad: number;
}

/** Where the cells go: row r of the i-th NUMBER column to numbers[i * capacity + r], codes of STRING columns alike. */
export interface Cells {
  readonly capacity: number;
  readonly numbers: Float64Array;
  readonly codes: Int32Array;
}

/** A record that does not fit the columns, or is no data. */
export interface BadRecord {
  /** Its number among the records of the block, blank lines not counted. */
  readonly record: number;
  /** Its bytes in the block. */
  readonly start: number;
  readonly end: number;
  /** How many it has, or UNCLOSED, REPEATED or SWALLOWING. */
  readonly fields: number;
}

export interface Block {
  /** The cells had no room for all rows: the block must be read again with more. */
  readonly full: boolean;
  /** Good records, which are the rows written. */
  readonly rows: number;
  readonly bad: readonly BadRecord[];
  /** Bytes read; what follows is a record whose quote is still open. */
  readonly consumed: number;
  /** Shape bits of the numbers, one byte a column. */
  readonly shapes: Uint8Array;
  /** How often marker m stood in column c, at key c * markers + m. */
  readonly missing: ReadonlyMap<number, number>;
  /** The distinct texts of each STRING column, by code. */
  readonly levels: readonly Levels[];
  /** Quoted cells with text after the closing quote; they are taken as they stand, quotes and all. */
  readonly strayQuotes: number;
  /** Records with empty fields after the last column. */
  readonly padded: number;
}

/**
 * Rows to make room for in a block: half as many again as there are when records have `recordBytes`; where that is not
 * known, as many as there can be. A record of n fields has at least n bytes, one of a single field two.
 */
export function capacityFor(length: number, columns: number, recordBytes: number | undefined): number {
  const most = length / Math.max(2, columns);
  return Math.floor(recordBytes === undefined ? most : Math.min(most, (1.5 * length) / recordBytes + 16)) + 2;
}

/**
 * Reads a block that starts where a record starts.
 *
 * @param bytes At least two bytes longer than `length`; those two are overwritten.
 * @param last No text follows: a quote still open at the end makes its line bad.
 * Cost: O(length), one pass; a second one when there are bad records or an open one at the end, so that these leave
 * no trace.
 */
export function readBlock(bytes: Uint8Array, length: number, last: boolean, layout: Layout, cells: Cells): Block {
  const block = new BlockReader(bytes, length, last, layout, cells).read([], length);
  const clean = block.consumed === length && block.bad.every(({ fields }) => fields === REPEATED);
  if (block.full || clean) return block;
  return new BlockReader(bytes, length, last, layout, cells).read(block.bad, block.consumed);
}

class BlockReader {
  private readonly bytes: Uint8Array;
  private readonly length: number;
  private readonly last: boolean;
  private readonly delimiter: number;
  private readonly decimal: number;
  private readonly plan: Uint8Array;
  private readonly markers: number;
  private readonly mostBad: number;
  private readonly header: readonly Uint8Array[];
  private readonly padding: boolean;
  private readonly cells: Cells;
  private readonly shapes: Uint8Array;
  private readonly base: Int32Array;
  /** By column; holes where it is not read as text. */
  private readonly dictionaries: ByteDictionary[];
  /** Texts for infinity, then those for missing. */
  private readonly special = new ByteDictionary();
  private readonly infinities: Float64Array;
  private readonly missing = new Map<number, number>();
  private padded = 0;
  /** Fields of the last record. */
  private fields = 0;
  private readonly scanner: CellScanner;

  constructor(bytes: Uint8Array, length: number, last: boolean, layout: Layout, cells: Cells) {
    this.bytes = bytes;
    this.scanner = new CellScanner(bytes, length, layout.delimiter, layout.quote);
    this.length = length;
    this.last = last;
    this.delimiter = layout.delimiter;
    this.decimal = layout.decimal;
    this.plan = layout.plan;
    this.markers = layout.markers.length;
    this.mostBad = layout.mostBad;
    this.header = layout.header;
    this.padding = layout.padded;
    this.cells = cells;
    this.shapes = new Uint8Array(layout.plan.length);
    this.base = new Int32Array(layout.plan.length);
    this.dictionaries = [];
    const seen = [0, 0, 0];
    layout.plan.forEach((kind, c) => {
      this.base[c] = seen[kind]++ * cells.capacity;
      if (kind === STRING) this.dictionaries[c] = new ByteDictionary();
    });
    this.infinities = Float64Array.from(INFINITE.values());
    for (const text of INFINITE.keys()) this.special.addText(text);
    for (const text of layout.markers) this.special.addText(text);
  }

  /** Reads up to `until`, jumping over records known to be bad. */
  read(jumps: readonly BadRecord[], until: number): Block {
    const bad: BadRecord[] = [];
    const { capacity } = this.cells;
    let full = false;
    let misfits = 0;
    let rows = 0;
    let jump = 0;
    let p = 0;
    for (let record = 0; p < until; record++) {
      const start = this.skipBlankLines(p);
      p = start;
      if (start >= until) break;
      full = rows === capacity;
      if (full) break;
      if (jump < jumps.length && jumps[jump].start === start) {
        p = jumps[jump++].end;
        continue;
      }
      const repeat = this.scanner.recordOf(start, this.header);
      const stop = repeat > 0 ? repeat : this.record(start, rows);
      if (repeat > 0) this.fields = REPEATED;
      if (repeat === 0 && (stop === UNCLOSED || this.scanner.swallowed)) {
        if (stop === UNCLOSED && !this.last) break;
        this.fields = stop === UNCLOSED ? UNCLOSED : SWALLOWING;
        this.scanner.swallowed = false;
        p = this.lineEnd(start);
      } else p = stop;
      if (this.fields === this.plan.length) rows++;
      else {
        bad.push({ record, start, end: p, fields: this.fields });
        if (this.fields !== REPEATED && ++misfits > this.mostBad) break;
      }
    }
    return {
      full,
      rows,
      bad: jumps.length > 0 ? jumps : bad,
      consumed: Math.min(p, this.length),
      shapes: this.shapes,
      missing: this.missing,
      levels: this.dictionaries.filter((d) => d !== undefined).map((d) => d.levels()),
      strayQuotes: this.scanner.strayQuotes,
      padded: this.padded,
    };
  }

  private skipBlankLines(p: number): number {
    const { bytes, delimiter, length } = this;
    for (;;) {
      let q = p;
      let b = bytes[q];
      while ((b === SPACE || b === TAB) && b !== delimiter) b = bytes[++q];
      if (q >= length || (b !== LF && b !== CR)) return q >= length ? q : p;
      p = b === CR && bytes[q + 1] === LF ? q + 2 : q + 1;
    }
  }

  private lineEnd(p: number): number {
    const { bytes } = this;
    while (bytes[p] !== LF && bytes[p] !== CR) p++;
    return bytes[p] === CR && bytes[p + 1] === LF ? p + 2 : p + 1;
  }

  /** Reads the record at p into a row. Returns where the next line starts, or UNCLOSED. */
  private record(p: number, row: number): number {
    const { bytes, delimiter, decimal, plan, shapes, base, scanner } = this;
    const { numbers, codes } = this.cells;
    const columns = plan.length;
    let c = 0;
    let b = 0;
    for (;;) {
      b = bytes[p];
      while (b <= SPACE && (b === SPACE || b === TAB) && b !== delimiter) b = bytes[++p];
      if (plan[c] === NUMBER) {
        let q = scanNumber(bytes, p, decimal, numbers, base[c] + row);
        const found = q > p;
        b = bytes[q];
        while (b <= SPACE && (b === SPACE || b === TAB) && b !== delimiter) b = bytes[++q];
        if (found && (b === delimiter || b === LF || b === CR)) {
          shapes[c] |= scanShape;
          p = q;
        } else p = this.oddNumber(p, c, base[c] + row);
      } else {
        p = scanner.cell(p);
        if (plan[c] === STRING && p !== UNCLOSED) {
          const { text, start, end, hash } = scanner;
          codes[base[c] + row] = start === end ? -1 : this.dictionaries[c].add(text, start, end, hash);
        }
      }
      if (p === UNCLOSED) return UNCLOSED;
      b = bytes[p];
      if (++c === columns || b !== delimiter) break;
      p++;
    }
    this.fields = c;
    if (b === delimiter) {
      p = this.surplus(p + 1);
      if (p === UNCLOSED) return UNCLOSED;
      b = bytes[p];
    }
    return b === CR && bytes[p + 1] === LF ? p + 2 : p + 1;
  }

  /** Fields after the last column: when all are empty they are padding, else the record has too many. */
  private surplus(p: number): number {
    let count = 0;
    let filled = false;
    const { bytes, delimiter, scanner } = this;
    for (;;) {
      while ((bytes[p] === SPACE || bytes[p] === TAB) && bytes[p] !== delimiter) p++;
      p = scanner.cell(p);
      if (p === UNCLOSED) return UNCLOSED;
      count++;
      filled ||= scanner.end > scanner.start;
      if (bytes[p] !== delimiter) break;
      p++;
    }
    if (filled || !this.padding) this.fields += count;
    else this.padded++;
    return p;
  }

  /** A cell of a NUMBER column that is not a bare number: empty, quoted, a marker, or the end of the column's being numbers. */
  private oddNumber(p: number, c: number, at: number): number {
    const stop = this.scanner.cell(p);
    if (stop === UNCLOSED) return UNCLOSED;
    const { text, start, end, hash } = this.scanner;
    const { numbers } = this.cells;
    numbers[at] = Number.NaN;
    if (start === end) return stop;
    if (scanNumber(text, start, this.decimal, numbers, at) === end) {
      this.shapes[c] |= scanShape;
      return stop;
    }
    numbers[at] = Number.NaN;
    const code = this.special.find(text, start, end, hash);
    const infinite = this.infinities.length;
    if (code < 0) this.shapes[c] |= NOT_NUMBER;
    else if (code < infinite) {
      numbers[at] = this.infinities[code];
      this.shapes[c] |= SEEN;
    } else {
      const key = c * this.markers + code - infinite;
      this.missing.set(key, (this.missing.get(key) ?? 0) + 1);
    }
    return stop;
  }
}
