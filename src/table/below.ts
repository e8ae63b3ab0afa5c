/** Lines below a table that are none of its records: where it is from, remarks, how many rows there were, totals with fields left out. */
import { levelTexts } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";
import { REMARK, TOTAL } from "./odd-records.ts";
import { MOST_BELOW, type Plan } from "./plan.ts";
import { STRING } from "./scan/block.ts";
import type { BlockTotals, Misfit } from "./scan/blocks.ts";
import type { ColumnStore } from "./scan/column-store.ts";
import { skipping } from "./sources/source.ts";
import { textOf } from "./sources/text.ts";

/** A line without delimiters is a remark when it has so many words. */
const WORDS = 4;
const COUNT = /^\(?\d[\d,. ]*(rows?|records?|entries|zeilen|datensätze|lignes|filas|registros|righe)\b/i;
const END = /^(-{2,}|={2,}|\(c\)|end of|eof\b)/i;

/** Whether a record, the `before`th that does not fit, may be such a line: that is known when all are read. */
export function mayStandBelow({ fields }: Misfit, before: number, columns: number): boolean {
  return fields > 0 && fields < columns && before < MOST_BELOW;
}

/** The records that do not fit, where they are lines below the table; else undefined. Reads the text again up to there. */
export async function linesBelow(
  plan: Plan,
  { store, misfits, repeats }: BlockTotals,
): Promise<readonly string[] | undefined> {
  const records = store.rows + misfits.length + repeats.length;
  if (misfits.some(({ record }, i) => record !== records - misfits.length + i)) return undefined;
  const parts: Uint8Array[] = [];
  for await (const chunk of skipping(textOf(plan), misfits[0].offset).open()) parts.push(chunk);
  const lines = Buffer.concat(parts)
    .toString("utf8")
    .split(/[\r\n]+/)
    .map((line) => line.replaceAll(/^[\s"']+|[\s"']+$/g, ""))
    .filter((line) => line !== "");
  const sentences = !firstCellsAreWordy(store); // else one is a record that was cut off
  const isRemark = (line: string, i: number): boolean =>
    [REMARK, TOTAL, COUNT, END].some((beginning) => beginning.test(line)) ||
    (sentences && (misfits[i]?.fields ?? 1) === 1 && isWordy(line));
  return lines.every(isRemark) ? lines : undefined;
}

function firstCellsAreWordy({ columns: [{ plan, dictionary }] }: ColumnStore): boolean {
  return plan === STRING && levelTexts(dictionary.levels()).some(isWordy);
}

function isWordy(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu) ?? []).length >= WORDS;
}

export function belowWarning(lines: readonly string[]): Warning {
  return {
    code: "lines-below",
    message: `${counted(lines.length, "line")} below the table left out: ${JSON.stringify(lines[0].slice(0, 60))}${lines.length > 1 ? ", ..." : ""}`,
    count: lines.length,
  };
}
