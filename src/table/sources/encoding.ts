/** From bytes in any encoding to UTF-8: a byte order mark decides, else strict UTF-8, else a guess with a warning. */
import { isUtf8 } from "node:buffer";
import { DataError } from "../../frame/error.ts";
import type { Source } from "./source.ts";

export interface Encoding {
  /** As `iconv-lite` names it: utf8, utf-16le, utf-16be, windows-1252, ... */
  readonly name: string;
  /** Bytes of the byte order mark in front. */
  readonly mark: number;
  /** Why, in words. */
  readonly reason: string;
  /** Nothing in the file says so. */
  readonly guessed: boolean;
}

/** The text is not in the encoding it was taken for; reading starts again with another. */
export class NotUtf8 extends Error {
  override readonly name = "NotUtf8";
}

const MARKS: readonly { readonly name: string; readonly bytes: readonly number[] }[] = [
  { name: "utf8", bytes: [0xef, 0xbb, 0xbf] },
  { name: "utf-16le", bytes: [0xff, 0xfe] },
  { name: "utf-16be", bytes: [0xfe, 0xff] },
];

/**
 * @param head The first bytes of the file.
 * @param asked What the user says it is.
 * @throws DataError when the name is unknown.
 */
export async function detectEncoding(head: Buffer, asked?: string): Promise<Encoding> {
  const marked = MARKS.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (asked !== undefined) {
    const name = await knownEncoding(asked);
    return { name, mark: marked?.name === name ? marked.bytes.length : 0, reason: "as asked", guessed: false };
  }
  if (marked !== undefined)
    return { name: marked.name, mark: marked.bytes.length, reason: "byte order mark", guessed: false };
  const wide = wideWithoutMark(head);
  if (wide !== undefined) return { name: wide, mark: 0, reason: "every other byte of the head is zero", guessed: true };
  if (startsAsUtf8(head, false)) return { name: "utf8", mark: 0, reason: "valid UTF-8", guessed: false };
  const { guessEncoding } = await import("./guess-encoding.ts");
  const name = await guessEncoding(head);
  return { name, mark: 0, reason: "not valid UTF-8", guessed: true };
}

async function knownEncoding(asked: string): Promise<string> {
  const plain = asked.toLowerCase();
  if (plain === "utf8" || plain === "utf-8" || plain === "ascii") return "utf8";
  const { default: iconv } = await import("iconv-lite");
  if (!iconv.encodingExists(asked))
    throw new DataError(
      `unknown encoding ${JSON.stringify(asked)}; give one such as utf-8, utf-16le, windows-1252, shift_jis or gb18030`,
    );
  if (plain === "utf16le" || plain === "utf-16le" || plain === "ucs2") return "utf-16le";
  if (plain === "utf16be" || plain === "utf-16be") return "utf-16be";
  return asked;
}

/** UTF-16 that lacks its mark: of ASCII text every other byte is zero; of other signs hardly any has its other byte zero. */
function wideWithoutMark(head: Buffer): string | undefined {
  const pairs = Math.min(head.length >> 1, 512);
  if (pairs < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (odd > 0.7 * pairs && even < 0.05 * pairs) return "utf-16le";
  if (even > 0.7 * pairs && odd < 0.05 * pairs) return "utf-16be";
  return undefined;
}

/** Is the head of a text valid UTF-8? One that goes on may end within a character. */
export function startsAsUtf8(head: Uint8Array, whole: boolean): boolean {
  return isUtf8(whole ? head : head.subarray(0, wholeCharacters(head)));
}

/** How many bytes hold whole UTF-8 characters: a head may end within one. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Ctrl-Z: what DOS programs write behind a text. */
const END_OF_TEXT = 0x1a;

/**
 * The source's text as UTF-8 without byte order mark, and without the mark of DOS at its end. UTF-8 passes as it is; whether
 * it is valid is checked by the reader.
 */
export function toUtf8(source: Source, encoding: Encoding): Source {
  const { name, mark } = encoding;
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    let skip = mark;
    const decoder = name === "utf8" ? undefined : (await import("iconv-lite")).default.getDecoder(name);
    for await (const raw of withoutEndMark(source.open())) {
      const chunk = raw.subarray(Math.min(skip, raw.length));
      skip -= raw.length - chunk.length;
      if (decoder === undefined) yield chunk;
      else yield Buffer.from(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)));
    }
    const rest = decoder?.end();
    if (rest) yield Buffer.from(rest);
  };
  const { label, name: file, size } = source;
  return { label, name: file, open: chunks, ...(size !== undefined && { size }) };
}

/** Bytes without Ctrl-Z at their end. */
async function* withoutEndMark(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    if (held.length > 0) yield held;
    const end = chunk.length - (chunk[chunk.length - 1] === END_OF_TEXT ? 1 : 0);
    held = chunk.slice(end);
    yield chunk.subarray(0, end);
  }
}

/** The head of a text as a string, without its marks at the start and the end; a character cut off at the end is left out. */
export async function decodedText(bytes: Buffer, { name, mark }: Encoding, whole: boolean): Promise<string> {
  const body = bytes.subarray(mark, whole && bytes[bytes.length - 1] === END_OF_TEXT ? bytes.length - 1 : undefined);
  if (name === "utf8") return body.toString("utf8", 0, whole ? body.length : wholeCharacters(body));
  const { default: iconv } = await import("iconv-lite");
  const decoder = iconv.getDecoder(name);
  return decoder.write(body) + (whole ? (decoder.end() ?? "") : "");
}
