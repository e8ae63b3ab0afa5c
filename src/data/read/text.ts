/** The text that the fast reader gets, and where in the file its parts stand. */
import type { Dialect } from "../table.ts";
import type { Misfit } from "./blocks.ts";
import { CR, LF } from "./cell-scanner.ts";
import { toUtf8 } from "./encoding.ts";
import type { Plan } from "./plan.ts";
import { skipping, type Source } from "./source.ts";
import { BLANKS, squeezed } from "./squeeze.ts";
import { translated, translatedRecord } from "./translate.ts";

/** The text behind the header, in UTF-8 and a dialect that the fast reader takes. */
export function textOf({ source, encoding, sample, limits, translate }: Plan): Source {
  const { dialect, before, recordsBefore } = sample;
  const text = evened(toUtf8(source, encoding), dialect);
  if (translate) return translated(text, dialect, limits.lineBytes, recordsBefore);
  return skipping(text, Buffer.byteLength(before));
}

function evened(utf8: Source, { delimiter, quote }: Dialect): Source {
  return delimiter === BLANKS ? squeezed(utf8, quote) : utf8;
}

/** The line of the file, from 1, on which a misfit starts. Reads the text again up to there. */
export async function lineOf({ source, encoding, sample, limits, translate }: Plan, misfit: Misfit): Promise<number> {
  const { dialect, before, recordsBefore } = sample;
  const text = evened(toUtf8(source, encoding), dialect);
  if (!translate) return (await linesBefore(text, Buffer.byteLength(before) + misfit.offset)).ends + 1;
  const number = misfit.record + recordsBefore;
  const { end, lines } = await translatedRecord(text, dialect, limits.lineBytes, number);
  const { ends, closed } = await linesBefore(text, end);
  return ends - lines + (closed ? 1 : 2);
}

/** Line ends in the first bytes of a text (CRLF is one), and whether one of them is the last byte. */
async function linesBefore(text: Source, upTo: number): Promise<{ ends: number; closed: boolean }> {
  let lines = 0;
  let at = 0;
  let previous = 0;
  for await (const chunk of text.open()) {
    for (let p = 0; p < chunk.length && at < upTo; p++, at++) {
      if (chunk[p] === CR || (chunk[p] === LF && previous !== CR)) lines++;
      previous = chunk[p];
    }
    if (at === upTo) break;
  }
  return { ends: lines, closed: previous === LF || previous === CR };
}
