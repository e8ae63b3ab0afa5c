/** Columns set apart by blanks, as many as it takes to line them up: every run of blanks becomes one tab. */
import type { Source } from "./source.ts";

/** How this delimiter is called. */
export const BLANKS = "blanks";

/** The character that separates cells once runs of blanks are tabs. */
export function separatorOf(delimiter: string): string {
  return delimiter === BLANKS ? "\t" : delimiter;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

/** Takes a text piece by piece; quotes protect what is between them. */
function squeezer(quote: string): (piece: Uint8Array) => Uint8Array {
  const mark = quote === "" ? -1 : quote.charCodeAt(0);
  let quoted = false;
  let blank = false;
  let start = true; // of a line: blanks before the first cell part nothing
  return (piece) => {
    const out = new Uint8Array(piece.length + 1);
    let size = 0;
    for (const byte of piece) {
      if (!quoted && (byte === SPACE || byte === TAB)) {
        blank = true;
        continue;
      }
      const lineEnd = !quoted && (byte === LF || byte === CR);
      if (blank && !start && !lineEnd) out[size++] = TAB;
      if (byte === mark) quoted = !quoted;
      blank = false;
      start = lineEnd;
      out[size++] = byte;
    }
    return out.subarray(0, size);
  };
}

/** A UTF-8 source with tabs for runs of blanks. Lines stay lines. */
export function squeezed(source: Source, quote: string): Source {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    const squeeze = squeezer(quote);
    for await (const chunk of source.open()) yield squeeze(chunk);
  };
  return { label: source.label, name: source.name, open: chunks };
}

/** A text as it is cut: with tabs for runs of blanks where these separate cells. */
export function evenedText(text: string, delimiter: string, quote: string): string {
  return delimiter === BLANKS ? Buffer.from(squeezer(quote)(Buffer.from(text))).toString() : text;
}
