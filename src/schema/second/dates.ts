/** A column of dates or times in a second table: in the format of training, or in another one that only its cells can mean. */
import { DataError } from "../../frame/error.ts";
import type { GivenKind } from "../../table/options.ts";
import { dateValue, detectDates, isZoned, writtenIn, zonesIn, type DateFormat } from "../dates.ts";
import { missingDates } from "../judge-dates.ts";
import type { ColumnSchema } from "../schema.ts";
import { distinctTexts, findColumn, type Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { flagItem } from "../../words/texts.ts";

/**
 * How the dates of a column are written here; undefined for columns without dates.
 *
 * @param given What the user says of it. @param used Rows cannot do without it.
 * @throws DataError when day and month can be taken for each other and training wrote them in neither order.
 */
export function formatHere(
  table: Table,
  { name, format }: ColumnSchema,
  given: GivenKind | undefined,
  used: boolean,
  warn: (warning: Warning) => void,
): DateFormat | undefined {
  const raw = findColumn(table, name);
  if (format === undefined || raw === undefined) return format;
  const missing = missingDates(table);
  const texts = distinctTexts(raw).filter((text) => !missing.has(text));
  if (given === "dmy" || given === "mdy" || given === "ymd") return writtenIn(given, texts);
  const zones = zonesIn(texts);
  if (zones.length > 0 && isZoned(zones) !== (format.zoned ?? false)) warn(otherZone(name, isZoned(zones)));
  const strays = texts.filter((text) => Number.isNaN(dateValue(text, format)));
  if (strays.length === 0) return format;
  const found = detectDates(texts);
  const isTime = (one: DateFormat): boolean => one.form === "clock";
  if (found === undefined || isTime(found.format) !== isTime(format) || found.strays.length >= strays.length)
    return format;
  if (found.ambiguous) {
    if (!used) return format;
    const item = (order: string): string => `--types ${flagItem(`${name}=${order}`)}`;
    throw new DataError(
      `${table.origin.name}: ${JSON.stringify(strays[0])} in column ${JSON.stringify(name)} may have the day or the month first; say ${item("dmy")} or ${item("mdy")}`,
    );
  }
  warn({
    code: "date-format",
    column: name,
    message: `${name} is written otherwise than in training, such as ${JSON.stringify(strays[0])}: read as ${wordsOf(found.format)}`,
    evidence: { example: strays[0] },
  });
  return found.format;
}

function otherZone(name: string, zoned: boolean): Warning {
  return {
    code: "time-zone",
    column: name,
    message: zoned
      ? `${name}: times have offsets from UTC, where training had none or not at all of them; they are taken in UTC`
      : `${name}: times have no offset from UTC, or not all of them, where training had one; those without are taken as UTC`,
  };
}

function wordsOf({ form, order }: DateFormat): string {
  if (form === "numeric")
    return { ymd: "year, month, day", dmy: "day, month, year", mdy: "month, day, year" }[order ?? "ymd"];
  return {
    named: "dates with names of months",
    month: "months",
    compact: "digits alone",
    clock: "times of day",
    seconds: "seconds since 1970",
    milliseconds: "milliseconds since 1970",
  }[form];
}
