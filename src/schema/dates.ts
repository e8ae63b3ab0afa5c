/**
 * Dates and times of day from text. A column's format is decided by all its values together: 3/4/2020 alone may be
 * March or April, but not beside 25/4/2020.
 */
import { CLOCK, clockHours, ENDS_IN_CLOCK, hoursAhead, ofDay, ZONE } from "./clock.ts";
import { partsOf } from "./date-writing.ts";
import { monthNumber } from "./months.ts";

/** How a column writes dates. Plain data: it is part of the schema. */
export interface DateFormat {
  /**
   * `numeric`: 2020-04-25, 25/4/2020, 2020年4月25日; `named`: 25 Apr 2020, 25. April 2020, April 25, 2020, 25APR2020;
   * `month`, told by its first day: 2020-04, Apr 2020, Apr-20, and quarters and weeks, 2020Q2, 2020-W17; `compact`: 20200425,
   * 25042020; `seconds` and `milliseconds` since 1970; `clock`: a time of day alone, 18:30, 18.30.00, 6:30 pm.
   */
  readonly form: "numeric" | "named" | "month" | "compact" | "seconds" | "milliseconds" | "clock";
  /** Of numeric dates; of compact ones that do not begin with the year. */
  readonly order?: "ymd" | "dmy" | "mdy";
  /** All clock times have an offset from UTC, or Z. */
  readonly zoned?: true;
}

const DAY = 86_400_000;
const NUMERIC = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:(?:T|,? +|,)(\d.*))?$/;
const TIME = "(?:(?:T|,? +|,|:)(\\d.*))?$";
const NAMED = new RegExp(
  `^(?:\\p{L}{2,12}\\.?,? )?(?:(\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?[-./ ]?(?:de )?(\\p{L}{3,12})\\.?[-,/ ]? ?(?:de )?(\\d{2}|\\d{4})|(\\p{L}{3,12})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4}))${TIME}`,
  "u",
);
const MONTH =
  /^(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/](\d{4})|(\p{L}{3,12})\.?(?:(?:[- ]| de )(\d{4})|(?:[-/]| ?['’])(\d{2})))$/u;
const QUARTER = /^(?:(\d{4})[-/ ]?Q([1-4])|Q([1-4])[-/ ](\d{4}))$/i;
const WEEK = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/;
const COMPACT = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})(?:T?(\\d{2})(\\d{2})(\\d{2})?(${ZONE})?)?$`, "i");
/** 25042020 or 4252020. */
const COMPACT_LAST = /^(\d{1,2})(\d{2})((?:19|20)\d{2})$/;

export interface FoundDates {
  readonly format: DateFormat;
  /** Both day first and month first fit all values. */
  readonly ambiguous: boolean;
  /** Texts that are no date in this format. */
  readonly strays: readonly number[];
  /** Offsets from UTC that its clock times have, as written; the empty one: none. */
  readonly zones: readonly string[];
}

const HEAD = 200;
const STRAY_SHARE = 0.05;

/**
 * The format of a column's distinct texts, or undefined when they are no dates.
 *
 * @param texts Distinct texts without those that mean missing.
 * Cost: O(texts); texts that are plainly none are given up after 200.
 */
export function detectDates(texts: readonly string[]): FoundDates | undefined {
  if (texts.length === 0) return undefined;
  const head = texts.slice(0, HEAD);
  for (const form of ["numeric", "named", "month", "compact", "clock"] as const) {
    const shaped = head.filter((text) => hasForm(text, form)).length;
    if (shaped < (1 - STRAY_SHARE) * head.length) continue;
    if (form === "month" && isNumbering(texts)) continue;
    const { order, ambiguous } = orderOf(form, texts);
    const zones = zonesIn(texts);
    const format: DateFormat = {
      form,
      ...(order !== undefined && { order }),
      ...(isZoned(zones) && { zoned: true as const }),
    };
    const strays: number[] = [];
    texts.forEach((text, code) => {
      if (Number.isNaN(dateValue(text, format))) strays.push(code);
    });
    if (strays.length === 0 || (texts.length >= 20 && strays.length <= STRAY_SHARE * texts.length))
      return { format, ambiguous, strays, zones };
  }
  return undefined;
}

/** How texts are written whose order is given. */
export function writtenIn(order: "ymd" | "dmy" | "mdy", texts: readonly string[]): DateFormat {
  if (!texts.every((text) => /^\d{7,8}$/.test(text))) return { form: "numeric", order };
  return { form: "compact", ...(order !== "ymd" && { order }) };
}

/** Set-01, Set-02 or Set 4021, Set 4022: one word with numbers that are no years. */
function isNumbering(texts: readonly string[]): boolean {
  const parts = texts.map((text) => MONTH.exec(text));
  if (parts.some((part) => part?.[5] === undefined) || new Set(parts.map((part) => part?.[5])).size > 1) return false;
  return parts.some((part) => part?.[7] !== undefined || !/^(?:1[89]|2[01])/.test(part?.[6] ?? ""));
}

/** The order of year, month and day in a form that has several; whether another fits all texts as well. */
function orderOf(
  form: DateFormat["form"],
  texts: readonly string[],
): { order?: "ymd" | "dmy" | "mdy"; ambiguous: boolean } {
  if (form === "numeric") return numericOrder(texts);
  const yearFirst = form !== "compact" || texts.some((text) => !Number.isNaN(dateValue(text, { form })));
  return yearFirst ? { ambiguous: false } : numericOrder(texts.map((text) => text.replace(COMPACT_LAST, "$1-$2-$3")));
}

function hasForm(text: string, form: DateFormat["form"]): boolean {
  if (form === "clock") return CLOCK.test(text);
  if (form === "named") return partsOf(NAMED, text) !== null;
  if (form === "month") return MONTH.test(text) || QUARTER.test(text) || WEEK.test(text);
  return form === "compact" ? COMPACT.test(text) || COMPACT_LAST.test(text) : partsOf(NUMERIC, text) !== null;
}

/** Which of three numbers is which: a year has four digits or is too large for a day; a month is at most 12. */
function numericOrder(texts: readonly string[]): { order: "ymd" | "dmy" | "mdy"; ambiguous: boolean } {
  const isYear = (part: string): boolean => part.length >= 3 || Number(part) > 31;
  let yearFirst = 0;
  let yearLast = 0;
  let dayFirst = 0;
  let monthFirst = 0;
  let slashes = 0;
  for (const text of texts) {
    const parts = partsOf(NUMERIC, text);
    if (parts === null) continue;
    const [, first, separator, second, third] = parts;
    if (separator === "/") slashes++;
    if (isYear(first)) yearFirst++;
    else {
      if (isYear(third)) yearLast++;
      if (Number(first) > 12) dayFirst++;
      else if (Number(second) > 12) monthFirst++;
    }
  }
  if (yearFirst > yearLast) return { order: "ymd", ambiguous: false };
  if (dayFirst > monthFirst) return { order: "dmy", ambiguous: false };
  if (monthFirst > dayFirst) return { order: "mdy", ambiguous: false };
  const dmy = course(texts, "dmy"); // rows are mostly written in order of time, by small steps
  const mdy = course(texts, "mdy");
  if (dmy.rise !== mdy.rise) return { order: dmy.rise > mdy.rise ? "dmy" : "mdy", ambiguous: true };
  if (texts.length > 2 && dmy.rise === texts.length - 1 && dmy.unevenness !== mdy.unevenness)
    return { order: dmy.unevenness < mdy.unevenness ? "dmy" : "mdy", ambiguous: true };
  return { order: slashes > 0 ? "mdy" : "dmy", ambiguous: true };
}

/** Steps forward minus steps back, in order of first appearance, and how much the steps differ: their spread over their mean. */
function course(texts: readonly string[], order: "dmy" | "mdy"): { rise: number; unevenness: number } {
  const days = texts.map((text) => dateValue(text, { form: "numeric", order }));
  const steps = days.slice(1).map((day, i) => day - days[i]);
  const rise = steps.reduce((sum, step) => sum + (step > 0 ? 1 : step < 0 ? -1 : 0), 0);
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const spread = Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length);
  return { rise, unevenness: spread / mean };
}

/** Offsets from UTC of texts that end in a clock time, as written; the empty one: none. */
export function zonesIn(texts: readonly string[]): string[] {
  const zones = new Set<string>();
  for (const text of texts) {
    const parts = partsOf(ENDS_IN_CLOCK, text);
    if (parts !== null) zones.add(parts[6] ?? "");
  }
  return [...zones];
}

/** Does every clock time have an offset? */
export function isZoned(zones: readonly string[]): boolean {
  return zones.length > 0 && !zones.includes("");
}

/**
 * The date of a text in a format: days since 1970-01-01 (a part of a day for times), in UTC where an offset is written, else
 * in the clock time that is written. For `clock`: hours since midnight. NaN when the text is none.
 */
export function dateValue(text: string, format: DateFormat): number {
  switch (format.form) {
    case "clock":
      return ofDay(clockHours(text));
    case "numeric":
      return numericDate(text, format.order ?? "ymd");
    case "named":
      return namedDate(text);
    case "month":
      return monthDate(text);
    case "compact":
      return format.order === undefined ? compactDate(text) : yearLastDate(text, format.order);
    case "seconds":
      return text.trim() === "" ? Number.NaN : Number(text) / (DAY / 1000);
    case "milliseconds":
      return text.trim() === "" ? Number.NaN : Number(text) / DAY;
  }
}

function numericDate(text: string, order: "ymd" | "dmy" | "mdy"): number {
  const parts = partsOf(NUMERIC, text);
  if (parts === null) return Number.NaN;
  const [a, b, c] = [parts[1], parts[3], parts[4]];
  const [year, month, day] = order === "ymd" ? [a, b, c] : order === "dmy" ? [c, b, a] : [c, a, b];
  if (day.length > 2 || month.length > 2) return Number.NaN;
  return dayNumber(year, Number(month), Number(day)) + timePart(parts[5]);
}

function namedDate(text: string): number {
  const parts = partsOf(NAMED, text);
  if (parts === null) return Number.NaN;
  const [, day1, month1, year1, month2, day2, year2, time] = parts;
  return dayNumber(year1 ?? year2, monthNumber(month1 ?? month2), Number(day1 ?? day2)) + timePart(time);
}

function monthDate(text: string): number {
  const parts = MONTH.exec(text);
  if (parts === null) return quarterDate(text);
  const [, year1, month1, month2, year2, name, year3, year4] = parts;
  const month = name === undefined ? Number(month1 ?? month2) : monthNumber(name);
  return dayNumber(year1 ?? year2 ?? year3 ?? year4, month, 1);
}

/** The first day of a quarter, or of a week (ISO 8601: the first one holds January 4), or the day of one. */
function quarterDate(text: string): number {
  const quarter = QUARTER.exec(text);
  if (quarter !== null) {
    const [, year1, first, second, year2] = quarter;
    return dayNumber(year1 ?? year2, 3 * Number(first ?? second) - 2, 1);
  }
  const week = WEEK.exec(text);
  if (week === null || Number(week[2]) < 1 || Number(week[2]) > 53) return Number.NaN;
  const inFirst = dayNumber(week[1], 1, 4);
  const monday = inFirst - datePart(inFirst, "weekday") + 1;
  return monday + 7 * (Number(week[2]) - 1) + Number(week[3] ?? 1) - 1;
}

function yearLastDate(text: string, order: "ymd" | "dmy" | "mdy"): number {
  const parts = COMPACT_LAST.exec(text);
  if (parts === null) return Number.NaN;
  const [, a, b, year] = parts;
  return order === "dmy" ? dayNumber(year, Number(b), Number(a)) : dayNumber(year, Number(a), Number(b));
}

function compactDate(text: string): number {
  const parts = COMPACT.exec(text);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour = "0", minute = "0", second = "0", zone = ""] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  const seconds = (Number(hour) - hoursAhead(zone)) * 3600 + Number(minute) * 60 + Number(second);
  return dayNumber(year, Number(month), Number(day)) + seconds / 86400;
}

function timePart(text: string | undefined): number {
  return text === undefined ? 0 : clockHours(text) / 24;
}

/** Days since 1970-01-01; NaN when there is no such day. Years of two digits are 1950 to 2049, as in X.509. */
function dayNumber(yearText: string, month: number, day: number): number {
  let year = Number(yearText);
  if (yearText.length === 2) year += year < 50 ? 2000 : 1900;
  else if (yearText.length !== 4) return Number.NaN;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() / DAY : Number.NaN;
}

/** What is taken from a date: each becomes a number column `NAME.part`. */
export type DatePart = "year" | "month" | "weekday" | "weekend" | "hour" | "days";

/** One part of days since 1970. month 1-12; weekday 1 (Monday) to 7; weekend 0 or 1; hour with its fraction; days as they are. */
export function datePart(days: number, part: DatePart): number {
  if (part === "days") return days;
  if (part === "hour") return Math.round(86400 * (days - Math.floor(days))) / 3600;
  const weekday = ((((Math.floor(days) + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday
  if (part === "weekday") return weekday;
  if (part === "weekend") return weekday >= 6 ? 1 : 0;
  const date = new Date(Math.floor(days) * DAY);
  return part === "year" ? date.getUTCFullYear() : date.getUTCMonth() + 1;
}
