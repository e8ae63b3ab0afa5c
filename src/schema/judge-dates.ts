/** Columns of texts that are dates, and what to tell of them. */
import { levelTexts, type RawTexts, type Table } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";
import { few } from "../words/texts.ts";
import { detectDates } from "./dates.ts";
import type { Judgement } from "./kinds.ts";

/** A column of texts that are dates or times of day; undefined when they are none. */
export function judgeDates(table: Table, column: RawTexts): Judgement | undefined {
  const { name } = column;
  if (!promising(column)) return undefined;
  const missing = missingDates(table);
  const texts = levelTexts(column.levels);
  const codes = texts.flatMap((text, code) => (missing.has(text) ? [] : [code]));
  const kept = codes.map((code) => texts[code]);
  const found = detectDates(kept);
  if (found === undefined) return undefined;
  const { format, ambiguous, strays, zones } = found;
  const kind = format.form === "clock" ? "time" : "date";
  const warnings: Warning[] = [];
  if (ambiguous)
    warnings.push({
      code: "ambiguous-date",
      column: name,
      message: `${name}: day first or month first? Both fit all values; taken as ${format.order === "dmy" ? "day/month/year" : "month/day/year"}. Write dates as 2020-04-25 to be sure`,
      evidence: { order: format.order ?? "", example: kept[0] },
    });
  const told = zones.includes("") ? zones.length > 1 : zones.some((zone) => !/^(?:Z|UTC|GMT)$/i.test(zone));
  if (told)
    warnings.push({
      code: "time-zone",
      column: name,
      message: zones.includes("")
        ? `${name}: some times have an offset from UTC and some have none; all are taken in UTC, those without as they are`
        : `${name}: times are taken in UTC, by their offsets ${few(zones)}`,
      count: zones.length,
      evidence: { offsets: zones.slice(0, 20) },
    });
  if (strays.length > 0) {
    const odd = new Set(strays.map((i) => codes[i]));
    const cells = column.codes.reduce((sum, code) => sum + (odd.has(code) ? 1 : 0), 0);
    warnings.push({
      code: "not-a-date",
      column: name,
      message: `${counted(cells, "cell")} of ${name} ${cells === 1 ? `is no ${kind}` : `are no ${kind}s`}, such as ${JSON.stringify(kept[strays[0]].slice(0, 40))}, read as missing`,
      count: cells,
      evidence: { texts: strays.slice(0, 5).map((i) => kept[i]) },
    });
  }
  return { kind, role: "feature", reason: `${kind}s such as ${kept[0]}`, format, warnings };
}

/** Texts that mean "no date" beside those that mean missing everywhere. */
export function missingDates({ origin: { defaultNa } }: Pick<Table, "origin">): ReadonlySet<string> {
  return new Set(
    defaultNa ? ["0000-00-00", "0000-00-00 00:00:00", "none", "None", "NONE", "unknown", "Unknown", "--", "."] : [],
  );
}

/** Do the first texts hold digits? Spares decoding columns of words. */
function promising({ levels }: RawTexts): boolean {
  const head = levelTexts({ bytes: levels.bytes, ends: levels.ends.subarray(0, 20) });
  return head.filter((text) => /\d/.test(text)).length >= head.length / 2;
}
