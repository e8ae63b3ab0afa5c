/**
 * Dates and times of day from text. A column's format is decided by all its values together: 3/4/2020 alone may be
 * March or April, but not beside 25/4/2020.
 */

/** How a column writes dates. Plain data: it is part of the schema. */
export interface DateFormat {
  /**
   * `numeric`: 2020-04-25, 25/4/2020; `named`: 25 Apr 2020, April 25, 2020; `month`: 2020-04, Apr 2020, Apr-20; `compact`:
   * 20200425; `seconds` and `milliseconds` since 1970; `clock`: a time of day alone, 18:30, 18.30.00, 6:30 pm.
   */
  readonly form: "numeric" | "named" | "month" | "compact" | "seconds" | "milliseconds" | "clock";
  /** Of numeric dates. */
  readonly order?: "ymd" | "dmy" | "mdy";
  /** All clock times have an offset from UTC, or Z. */
  readonly zoned?: true;
}

const DAY = 86_400_000;
/** Hours ahead of UTC: the North American zones of RFC 5322 (4.3), and those of Europe. Others (IST, BST) mean several. */
const NAMED_ZONES: Readonly<Record<string, number>> = {
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
  ...{ WET: 0, WEST: 1, CET: 1, CEST: 2, MEZ: 1, MESZ: 2, EET: 2, EEST: 3 },
};
const ZONE = `(?:Z|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?|UTC|GMT|${Object.keys(NAMED_ZONES).join("|")})(?:\\[[\\w/+-]+\\])?`;
const CLOCK_TEXT = `(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?(?: ?([ap])\\.?m\\.?)? ?(${ZONE})?$`;
const CLOCK = new RegExp(`^${CLOCK_TEXT}`, "i");
const ENDS_IN_CLOCK = new RegExp(`(?<!\\d)${CLOCK_TEXT}`, "i");
const NUMERIC = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:(?:T|,? +|,)(.+))?$/;
const NAMED =
  /^(?:[A-Z][a-z]{2,8},? )?(?:(\d{1,2})(?:st|nd|rd|th)?[-. ]([A-Za-z]{3,9})\.?[-, ] ?(\d{2,4})|([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}))(?:(?:T|,? +|,)(.+))?$/;
const MONTH = /^(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/](\d{4})|([A-Za-z]{3,9})\.?(?:[- ](\d{4})|[-/'’](\d{2})))$/;
const COMPACT = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})(?:T?(\\d{2})(\\d{2})(\\d{2})?(${ZONE})?)?$`, "i");
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FULL_MONTHS = "january february march april may june july august september october november december sept".split(
  " ",
);

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
    const { order, ambiguous } = form === "numeric" ? numericOrder(texts) : { order: undefined, ambiguous: false };
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

function hasForm(text: string, form: DateFormat["form"]): boolean {
  if (form === "clock") return CLOCK.test(text);
  if (form === "named") return NAMED.test(text);
  if (form === "month") return MONTH.test(text);
  return form === "compact" ? COMPACT.test(text) : NUMERIC.test(text);
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
    const parts = NUMERIC.exec(text);
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
    const parts = ENDS_IN_CLOCK.exec(text);
    if (parts !== null) zones.add(parts[6] ?? "");
  }
  return [...zones];
}

/** Does every clock time have an offset? */
export function isZoned(zones: readonly string[]): boolean {
  return zones.length > 0 && !zones.includes("");
}

/** Hours that a zone is ahead of UTC. */
function hoursAhead(zone: string): number {
  const parts = /([+-])(\d{1,2}):?(\d{2})?/.exec(zone);
  if (parts === null) return NAMED_ZONES[zone.replace(/\[.*/, "").toUpperCase()] ?? 0;
  const hours = Number(parts[2]) + Number(parts[3] ?? 0) / 60;
  return parts[1] === "-" ? -hours : hours;
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
      return compactDate(text);
    case "seconds":
      return text.trim() === "" ? Number.NaN : Number(text) / (DAY / 1000);
    case "milliseconds":
      return text.trim() === "" ? Number.NaN : Number(text) / DAY;
  }
}

function numericDate(text: string, order: "ymd" | "dmy" | "mdy"): number {
  const parts = NUMERIC.exec(text);
  if (parts === null) return Number.NaN;
  const [a, b, c] = [parts[1], parts[3], parts[4]];
  const [year, month, day] = order === "ymd" ? [a, b, c] : order === "dmy" ? [c, b, a] : [c, a, b];
  if (day.length > 2 || month.length > 2) return Number.NaN;
  return dayNumber(year, Number(month), Number(day)) + timePart(parts[5]);
}

function namedDate(text: string): number {
  const parts = NAMED.exec(text);
  if (parts === null) return Number.NaN;
  const [, day1, month1, year1, month2, day2, year2, time] = parts;
  return dayNumber(year1 ?? year2, monthNumber(month1 ?? month2), Number(day1 ?? day2)) + timePart(time);
}

function monthDate(text: string): number {
  const parts = MONTH.exec(text);
  if (parts === null) return Number.NaN;
  const [, year1, month1, month2, year2, name, year3, year4] = parts;
  const month = name === undefined ? Number(month1 ?? month2) : monthNumber(name);
  return dayNumber(year1 ?? year2 ?? year3 ?? year4, month, 1);
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

/** Hours since midnight UTC where an offset is written, which may lie on the day before or after. */
function clockHours(text: string): number {
  const parts = CLOCK.exec(text);
  if (parts === null) return Number.NaN;
  const [, hour, minute, second = "0", fraction = "", half, zone = ""] = parts;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  return hours - hoursAhead(zone) + Number(minute) / 60 + Number(`${second}.${fraction}0`) / 3600;
}

/** Hours within the day, 24 itself kept. */
function ofDay(hours: number): number {
  return hours < 0 ? hours + 24 : hours > 24 ? hours - 24 : hours;
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

function monthNumber(name: string): number {
  const lower = name.toLowerCase();
  if (lower.length > 3 && !FULL_MONTHS.includes(lower)) return Number.NaN;
  return MONTHS.indexOf(lower.slice(0, 3)) + 1;
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
