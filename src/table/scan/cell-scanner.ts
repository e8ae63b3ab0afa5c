/** Finding one cell in delimited text: quotes, doubled quotes, blanks around it. */
import { HASH_PRIME, HASH_SEED, hashBytes } from "../../frame/byte-dictionary.ts";

/** What a scan gives when a quote is opened and not closed before the end of the text. */
export const UNCLOSED = -1;

export const LF = 10;
export const CR = 13;
export const TAB = 9;
export const SPACE = 32;
/** The first byte of a byte order mark. */
const MARK = 0xef;

export class CellScanner {
  /** The cell found last, trimmed: text[start .. end) and the hash of these bytes. `text[end]` is part of no number. */
  text: Uint8Array;
  start = 0;
  end = 0;
  hash = 0;
  /** Quoted cells with text after the closing quote so far; they are taken as they stand, quotes and all. */
  strayQuotes = 0;
  /** One of these went over a line end: it is hardly a cell. Set back by the reader. */
  swallowed = false;
  private readonly bytes: Uint8Array;
  private readonly length: number;
  private readonly delimiter: number;
  private readonly quote: number;
  private scratch: Uint8Array = new Uint8Array(256);

  /** @param bytes Two bytes longer than `length`; these become a line end and a quote, so that no scan looks at the length. */
  constructor(bytes: Uint8Array, length: number, delimiter: number, quote: number) {
    this.bytes = bytes;
    this.text = bytes;
    this.length = length;
    this.delimiter = delimiter;
    this.quote = quote;
    bytes[length] = LF;
    bytes[length + 1] = quote;
  }

  /** Finds the cell at p (no blanks before it). Returns where its delimiter or line end stands, or UNCLOSED. */
  cell(p: number): number {
    const { bytes, delimiter } = this;
    let b = bytes[p];
    if (b === this.quote) return this.quoted(p);
    let h = HASH_SEED;
    let q = p;
    while (b !== delimiter && b !== LF && b !== CR) {
      h = Math.imul(h ^ b, HASH_PRIME);
      b = bytes[++q];
    }
    this.text = bytes;
    this.start = p;
    this.end = q;
    this.hash = h;
    if (q > p && (bytes[q - 1] <= SPACE || bytes[q - 1] >= 0x80 || bytes[p] >= 0x80)) this.trim();
    return q;
  }

  /** Where the next line starts when the record at p has just these cells, 0 when it has others or there are none. */
  recordOf(p: number, cells: readonly Uint8Array[]): number {
    if (cells.length === 0) return 0;
    const { bytes, delimiter, strayQuotes } = this;
    const b = bytes[p];
    const [first] = cells;
    // most records are told by their first byte; a quote, blanks and a byte order mark may stand before it
    if (b !== (first.length > 0 ? first[0] : delimiter) && b !== this.quote && b > SPACE && b !== MARK) return 0;
    for (let c = 0, q = p; ; q++) {
      while ((bytes[q] === SPACE || bytes[q] === TAB) && bytes[q] !== delimiter) q++;
      q = this.cell(q);
      if (q === UNCLOSED || !this.holds(cells[c])) break;
      if (++c === cells.length) {
        if (bytes[q] === delimiter) break;
        return bytes[q] === CR && bytes[q + 1] === LF ? q + 2 : q + 1;
      }
      if (bytes[q] !== delimiter) break;
    }
    this.strayQuotes = strayQuotes;
    return 0;
  }

  private holds(text: Uint8Array): boolean {
    if (this.end - this.start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (this.text[this.start + i] !== text[i]) return false;
    return true;
  }

  private quoted(p: number): number {
    const { bytes, quote, delimiter } = this;
    let q = p + 1;
    while (bytes[q] !== quote) q++;
    this.text = bytes;
    this.start = p + 1;
    this.end = q;
    if (bytes[q + 1] === quote && q < this.length) q = this.unescape(p + 1, q);
    if (q >= this.length) return UNCLOSED;
    q++;
    const after = q;
    while ((bytes[q] === SPACE || bytes[q] === TAB) && bytes[q] !== delimiter) q++;
    const b = bytes[q];
    if (b !== delimiter && b !== LF && b !== CR) q = this.literal(after);
    this.trim();
    return q;
  }

  /** A quoted cell with doubled quotes, the first at q: copied with single ones. Returns the closing quote. */
  private unescape(from: number, q: number): number {
    const { bytes, quote, length } = this;
    let used = 0;
    for (;;) {
      const next = q < length && bytes[q + 1] === quote && q + 1 < length;
      const upTo = next ? q + 1 : q;
      this.reserve(used + upTo - from);
      for (let p = from; p < upTo; p++) this.scratch[used++] = bytes[p];
      if (!next) break;
      from = q + 2;
      q = from;
      while (bytes[q] !== quote) q++;
    }
    this.use(0, used);
    return q;
  }

  /** Text after the closing quote, at p: the cell as it stands, up to the delimiter. Returns where that is. */
  private literal(p: number): number {
    const { bytes, quote, delimiter } = this;
    const inner = this.text.slice(this.start, this.end);
    let q = p;
    while (bytes[q] !== delimiter && bytes[q] !== LF && bytes[q] !== CR) q++;
    this.reserve(inner.length + 2 + q - p);
    this.scratch[0] = quote;
    this.scratch.set(inner, 1);
    this.scratch[inner.length + 1] = quote;
    this.scratch.set(bytes.subarray(p, q), inner.length + 2);
    this.use(0, inner.length + 2 + q - p);
    this.strayQuotes++;
    this.swallowed ||= inner.includes(LF) || inner.includes(CR);
    return q;
  }

  private reserve(length: number): void {
    if (length + 1 <= this.scratch.length) return;
    const larger = new Uint8Array(2 * length + 1);
    larger.set(this.scratch);
    this.scratch = larger;
  }

  private use(start: number, end: number): void {
    this.text = this.scratch;
    this.start = start;
    this.end = end;
    this.scratch[end] = LF; // numbers are scanned up to a byte that belongs to none
  }

  /** Takes blanks off both ends: what `String.prototype.trim` does, on UTF-8. */
  private trim(): void {
    const { text } = this;
    for (let size = 1; size > 0; this.end -= size) size = blankBefore(text, this.start, this.end);
    for (let size = 1; size > 0; this.start += size) size = blankAt(text, this.start, this.end);
    this.hash = hashBytes(text, this.start, this.end);
  }
}

/** Bytes of the blank that ends before `end`, 0 when there is none. */
function blankBefore(text: Uint8Array, start: number, end: number): number {
  for (const size of [1, 2, 3]) if (end - size >= start && blankAt(text, end - size, end) === size) return size;
  return 0;
}

/** Bytes of the blank at p, 0 when there is none. */
function blankAt(text: Uint8Array, p: number, end: number): number {
  if (p >= end) return 0;
  const first = text[p];
  if (first === SPACE || (first >= TAB && first <= CR)) return 1;
  if (first < 0xc2) return 0;
  const second = text[p + 1];
  if (first === 0xc2) return second === 0xa0 && p + 1 < end ? 2 : 0;
  return p + 2 < end && WIDE_BLANKS.has((first << 16) | (second << 8) | text[p + 2]) ? 3 : 0;
}

/** Blanks of three bytes: the spaces of U+2000 to U+200A, line and paragraph separators, U+FEFF and others. */
const WIDE_BLANKS: ReadonlySet<number> = new Set(
  [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff, ...Array.from({ length: 11 }, (_, i) => 0x2000 + i)].map(
    (code) => ((0xe0 | (code >> 12)) << 16) | ((0x80 | ((code >> 6) & 63)) << 8) | (0x80 | (code & 63)),
  ),
);
