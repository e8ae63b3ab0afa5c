/** The text that the fast reader gets, and where in the file its parts stand. */
import type { Misfit } from "../scan/blocks.ts";
import { CR, LF } from "../scan/cell-scanner.ts";
import { toUtf8 } from "./encoding.ts";
import type { Plan } from "../plan.ts";
import { skipping, type Source } from "./source.ts";
import { BLANKS, squeezed } from "./squeeze.ts";
import { lineEnds } from "../sniff/records.ts";
import { translated, translatedRecord } from "./translate.ts";

/** The text behind the header, in UTF-8 and a dialect that the fast reader takes. */
export function textOf(plan: Plan): Source {
  const { sample, limits, translate } = plan;
  const { dialect, before, recordsBefore } = sample;
  const text = tableText(plan);
  if (translate) return translated(text, dialect, limits.lineBytes, recordsBefore);
  return skipping(text, Buffer.byteLength(before));
}

/** The text without the lines that are skipped, in UTF-8, blanks made even where they separate cells. */
function tableText({ source, encoding, sample }: Plan): Source {
  const { delimiter, quote } = sample.dialect;
  const text = skipping(toUtf8(source, encoding), Buffer.byteLength(sample.skipped));
  return delimiter === BLANKS ? squeezed(text, quote) : text;
}

/** The line of the file, from 1, on which a misfit starts. Reads the text again up to there. */
export async function lineOf(plan: Plan, misfit: Misfit): Promise<number> {
  const { sample, limits, translate } = plan;
  const { dialect, before, recordsBefore, skipped } = sample;
  const text = tableText(plan);
  const first = lineEnds(skipped) + 1;
  if (!translate) return first + (await linesBefore(text, Buffer.byteLength(before) + misfit.offset)).ends;
  const number = misfit.record + recordsBefore;
  const { end, lines } = await translatedRecord(text, dialect, limits.lineBytes, number);
  const { ends, closed } = await linesBefore(text, end);
  return first + ends - lines + (closed ? 0 : 1);
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
