/** Cutting a stream of UTF-8 into pieces that very likely hold whole records. */
import { isUtf8 } from "node:buffer";
import { DataError } from "../../frame/error.ts";
import { sharedBytes } from "../../frame/shared.ts";
import { NotUtf8 } from "../sources/encoding.ts";
import { memorySize } from "../../words/numbers.ts";

export interface PieceOptions {
  /** The quote's byte; 256: none. */
  readonly quote: number;
  readonly lineBytes: number;
  /** For messages. */
  readonly label: string;
  /** Bytes of a piece; small ones are for tests. */
  readonly blockBytes?: number;
}

/** bytes[0 .. length), with room for two bytes more. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** No text follows. Every text has exactly one such piece, which may be empty. */
  readonly last: boolean;
}

const LF = 10;
const CR = 13;

/**
 * @param fresh Gives memory for the next piece; a piece's memory belongs to the caller once it is yielded.
 * @throws NotUtf8, and DataError for NUL bytes and lines beyond the limit.
 */
export async function* cutPieces(
  text: AsyncIterable<Uint8Array>,
  options: PieceOptions,
  fresh: () => Uint8Array,
): AsyncIterable<Piece> {
  let bytes = fresh();
  let fill = 0;
  for await (const chunk of text)
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + bytes.length - 2 - fill);
      bytes.set(part, fill);
      fill += part.length;
      at += part.length;
      if (fill < bytes.length - 2) break;
      const end = lastRecordEnd(bytes, fill, options.quote);
      if (end === 0) {
        if (fill > options.lineBytes) throw tooLong(options, "is this a table?");
        const larger = sharedBytes(2 * bytes.length);
        larger.set(bytes.subarray(0, fill));
        bytes = larger;
        continue;
      }
      const next = fresh();
      const roomy = next.length - 2 > fill - end ? next : sharedBytes(bytes.length);
      roomy.set(bytes.subarray(end, fill));
      yield checked(bytes, end, false, options);
      bytes = roomy;
      fill -= end;
    }
  yield checked(bytes, fill, true, options);
}

function checked(bytes: Uint8Array, length: number, last: boolean, { label }: PieceOptions): Piece {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, length);
  if (!isUtf8(text)) throw new NotUtf8(label);
  if (text.includes(0))
    throw new DataError(
      `${label}: holds NUL bytes, which no UTF-8 text does; give a text table (CSV) or a Parquet file, or say its --encoding`,
    );
  return { bytes, length, last };
}

export function tooLong({ label, lineBytes }: PieceOptions, guess: string): DataError {
  return new DataError(
    `${label}: a record is longer than ${memorySize(lineBytes)}; ${guess} (the option limits.lineBytes allows more)`,
  );
}

/**
 * Behind the last line end that seems to end a record: outside quotes when these are counted from the start. Where that
 * would leave most of the piece (a lone quote inside a cell turns the count round), the last line end of all.
 */
function lastRecordEnd(bytes: Uint8Array, fill: number, quote: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, fill);
  const last = lastLineEnd(text);
  if (quote > 255 || !text.includes(quote)) return last;
  const outside = lastLineEndOutside(bytes, fill, quote);
  return outside > fill / 2 ? outside : last;
}

function lastLineEnd(text: Buffer): number {
  const feed = text.lastIndexOf(LF);
  if (feed >= 0) return feed + 1;
  return text.subarray(0, Math.max(0, text.length - 1)).lastIndexOf(CR) + 1; // a line feed may follow the last byte
}

function lastLineEndOutside(bytes: Uint8Array, fill: number, quote: number): number {
  let outside = true;
  let end = 0;
  for (let p = 0; p < fill; p++) {
    const b = bytes[p];
    if (b === quote) outside = !outside;
    else if (b === LF && outside) end = p + 1;
  }
  return end;
}
