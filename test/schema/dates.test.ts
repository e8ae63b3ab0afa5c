import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datePart, dateValue, detectDates, type DateFormat } from "../../src/schema/dates.ts";

const DAY = 86_400_000;
const days = (iso: string): number => Date.parse(iso.length > 10 ? `${iso}Z` : iso) / DAY;

describe("detectDates", () => {
  const found: [string, string[], DateFormat, string][] = [
    ["ISO", ["2012-01-01", "2012-12-31"], { form: "numeric", order: "ymd" }, "2012-01-01"],
    ["ISO without padding, slashes", ["2012/1/1", "2012/12/31"], { form: "numeric", order: "ymd" }, "2012-01-01"],
    [
      "ISO with time",
      ["2013-08-13 06:03:42", "2013-01-26 03:45:27"],
      { form: "numeric", order: "ymd" },
      "2013-08-13T06:03:42",
    ],
    [
      "ISO with T, fraction and zone",
      ["2013-08-13T06:03:42.500Z", "2013-08-13T06:03:42+02:00"],
      { form: "numeric", order: "ymd" },
      "2013-08-13T06:03:42.500",
    ],
    ["month first", ["9/14/2014", "10/2/2014"], { form: "numeric", order: "mdy" }, "2014-09-14"],
    ["day first", ["14/9/2014", "2/10/2014"], { form: "numeric", order: "dmy" }, "2014-09-14"],
    ["day first with points", ["14.09.2014", "02.10.2014"], { form: "numeric", order: "dmy" }, "2014-09-14"],
    ["years of two digits", ["14/9/14", "2/10/99"], { form: "numeric", order: "dmy" }, "2014-09-14"],
    [
      "month first with time of day",
      ["9/14/2014 2:30 PM", "9/15/2014 12:05 am"],
      { form: "numeric", order: "mdy" },
      "2014-09-14T14:30:00",
    ],
    ["names of months", ["14 Sep 2014", "2 October 2015"], { form: "named" }, "2014-09-14"],
    ["names of months first", ["Sep 14, 2014", "October 2, 2015"], { form: "named" }, "2014-09-14"],
    ["names with hyphens", ["14-Sep-14", "02-Oct-15"], { form: "named" }, "2014-09-14"],
    ["names of days too", ["Sunday, 14 Sep 2014", "Monday, 15 Sep 2014"], { form: "named" }, "2014-09-14"],
    ["months", ["2014-09", "2014-10"], { form: "month" }, "2014-09-01"],
    ["months by name", ["Sep 2014", "Oct 2014"], { form: "month" }, "2014-09-01"],
    ["one month of several years", ["Sep 2014", "Sep 2015"], { form: "month" }, "2014-09-01"],
    ["months and years of two digits", ["Aug-62", "Sep-62", "Jan-05"], { form: "month" }, "1962-08-01"],
    ["months with an apostrophe", ["Aug'62", "Sep’62"], { form: "month" }, "1962-08-01"],
    [
      "years of two digits first",
      ["99/09/14", "00/10/02", "05/03/04"],
      { form: "numeric", order: "ymd" },
      "1999-09-14",
    ],
    [
      "blanks before the time",
      ["2014-09-14  10:30", "2014-09-15 11:30"],
      { form: "numeric", order: "ymd" },
      "2014-09-14T10:30:00",
    ],
    ["blanks behind a comma", ["14 Sep 2014,  10:30", "15 Sep 2014, 11:30"], { form: "named" }, "2014-09-14T10:30:00"],
    [
      "zones by name",
      ["2014-09-14 10:00 CEST", "2014-12-14 10:00 CET"],
      { form: "numeric", order: "ymd" },
      "2014-09-14T08:00:00",
    ],
    [
      "a zone by name and in brackets",
      ["14 Sep 2014 10:00 est[America/New_York]"],
      { form: "named" },
      "2014-09-14T15:00:00",
    ],
    [
      "a bracketed zone",
      ["2014-09-14T10:00:00+02:00[Europe/Rome]"],
      { form: "numeric", order: "ymd" },
      "2014-09-14T08:00:00",
    ],
    [
      "one number, with letters in time",
      ["20140914T1030", "20140915T1130"],
      { form: "compact" },
      "2014-09-14T10:30:00",
    ],
    ["one number, day first", ["14092014", "02102014"], { form: "compact", order: "dmy" }, "2014-09-14"],
    [
      "one number, month first, without its zero",
      ["9142014", "12312014"],
      { form: "compact", order: "mdy" },
      "2014-09-14",
    ],
    ["letters between digits", ["14SEP2014", "02OCT2014"], { form: "named" }, "2014-09-14"],
    ["web server logs", ["14/Sep/2014:10:30:00 +0200"], { form: "named", zoned: true }, "2014-09-14T08:30:00"],
    ["the year at the end", ["Sun Sep 14 10:30:00 2014"], { form: "named" }, "2014-09-14T10:30:00"],
    [
      "the zone before the year",
      ["Sun Sep 14 10:30:00 +0200 2014"],
      { form: "named", zoned: true },
      "2014-09-14T08:30:00",
    ],
    ["German months", ["14. September 2014", "3. März 2015", "1. Dez. 2015"], { form: "named" }, "2014-09-14"],
    ["French months", ["14 sept. 2014", "1er février 2015", "2 août 2015"], { form: "named" }, "2014-09-14"],
    ["Spanish months", ["14 de septiembre de 2014", "3 de enero de 2015"], { form: "named" }, "2014-09-14"],
    ["Italian months", ["14-set-2014", "03-gen-2015", "05-mag-2015"], { form: "named" }, "2014-09-14"],
    ["Portuguese months", ["14/set/2014", "03/fev/2015", "05/dez/2015"], { form: "named" }, "2014-09-14"],
    ["Russian months", ["14 сентября 2014 г.", "3 янв. 2015 г."], { form: "named" }, "2014-09-14"],
    ["Turkish months, in capitals", ["14 EYLÜL 2014", "3 MAYIS 2015"], { form: "named" }, "2014-09-14"],
    ["Dutch names of days", ["zo 14 september 2014", "ma, 2 mrt 2015"], { form: "named" }, "2014-09-14"],
    ["months and years as spreadsheets shorten them", ["set-14", "fev-15"], { form: "month" }, "2014-09-01"],
    ["Japanese and Chinese dates", ["2014年9月14日", "2014年10月2日"], { form: "numeric", order: "ymd" }, "2014-09-14"],
    [
      "Chinese dates with a time",
      ["2014年09月14日 10时30分", "2014年10月02日 7时5分9秒"],
      { form: "numeric", order: "ymd" },
      "2014-09-14T10:30:00",
    ],
    ["Korean dates", ["2014년 9월 14일", "2014년 10월 2일"], { form: "numeric", order: "ymd" }, "2014-09-14"],
    ["blanks behind points", ["2014. 9. 14.", "2014. 10. 2."], { form: "numeric", order: "ymd" }, "2014-09-14"],
    ["the word for year behind it", ["14.9.2014 r.", "2.10.2014 r."], { form: "numeric", order: "dmy" }, "2014-09-14"],
    ["quarters, year first", ["2014Q3", "2014-Q4", "2015 q1"], { form: "month" }, "2014-07-01"],
    ["quarters, year last", ["Q3 2014", "Q4/2014"], { form: "month" }, "2014-07-01"],
    ["weeks", ["2014-W37", "2015-W01"], { form: "month" }, "2014-09-08"],
    ["days of weeks", ["2014-W37-7", "2015W011"], { form: "month" }, "2014-09-14"],
  ];
  for (const [what, texts, format, first] of found)
    it(`knows ${what}`, () => {
      const dates = detectDates(texts);
      expect(dates).toMatchObject({ format, ambiguous: false, strays: [] });
      expect(dateValue(texts[0], format)).toBeCloseTo(days(first), 8);
    });
  it("knows times of day, as hours", () => {
    for (const texts of [
      ["18.00.00", "19.30.00"],
      ["18:00", "19:30"],
      ["6:00 pm", "7:30 PM"],
      ["18:00:00.000", "19:30:00"],
    ]) {
      expect(detectDates(texts)?.format).toEqual({ form: "clock" });
      expect(texts.map((text) => dateValue(text, { form: "clock" }))).toEqual([18, 19.5]);
    }
    expect(dateValue("12:00 am", { form: "clock" })).toBe(0);
    expect(dateValue("12:00 pm", { form: "clock" })).toBe(12);
  });
  const none: [string, string[]][] = [
    ["words", ["january", "monday"]],
    ["words with numbers of two digits", ["model-12", "model-13"]],
    ["days of a month without a year", ["Aug 12", "Aug 13"]],
    ["no such day", ["31/02/2012", "30/02/2012"]],
    ["no such month", ["2012-13-01", "2012-14-01"]],
    ["versions", ["1.2.3.4", "1.2.3.5"]],
    ["phone numbers", ["555-1234", "555-9876"]],
    ["fractions", ["1/2", "3/4"]],
    ["ranges", ["10-20", "20-30"]],
    ["two separators", ["2012-01/02", "2012/01-03"]],
    ["hours beyond the day", ["25:00", "26:30"]],
    ["years of three digits", ["1/2/201", "3/4/202"]],
    ["a word that is a month too, numbered", ["Set-01", "Set-02", "Set-12"]],
    ["the same with large numbers", ["Set 2021", "Set 4021", "Set 1007"]],
    ["words that begin like months", ["3 marbles 2014", "4 octopuses 2015"]],
    ["the beginning of two months", ["3 jui 2014", "4 jui 2015"]],
    ["codes of eight digits", ["14992014", "45102099"]],
    ["a fifth quarter", ["2014Q5", "2015Q6"]],
    ["nothing", []],
  ];
  for (const [what, texts] of none)
    it(`does not take for dates: ${what}`, () => expect(detectDates(texts)).toBeUndefined());
  it("says so when day and month could be either, and takes what goes forward in time", () => {
    expect(detectDates(["01/02/2014", "02/02/2014", "03/02/2014"])).toMatchObject({
      format: { order: "dmy" },
      ambiguous: true,
    });
    expect(detectDates(["01/02/2014", "01/03/2014", "01/04/2014"])).toMatchObject({
      format: { order: "mdy" },
      ambiguous: true,
    });
    const monthly = Array.from(
      { length: 30 },
      (_, i) => `01/${String(1 + (i % 12)).padStart(2, "0")}/${2014 + Math.floor(i / 12)}`,
    );
    expect(detectDates(monthly)).toMatchObject({ format: { order: "dmy" }, ambiguous: true });
    const swapped = monthly.map((text) => text.replace(/^(..).(..)/, "$2/$1"));
    expect(detectDates(swapped)).toMatchObject({ format: { order: "mdy" }, ambiguous: true });
    expect(detectDates(["01/01/2014"])).toMatchObject({ format: { order: "mdy" }, ambiguous: true });
    expect(detectDates(["01.01.2014"])).toMatchObject({ format: { order: "dmy" }, ambiguous: true });
  });
  it("bears a few strangers among many", () => {
    const texts = Array.from({ length: 40 }, (_, i) => `2014-0${1 + (i % 9)}-1${i % 10}`);
    expect(detectDates([...texts, "unclear"])?.strays).toEqual([40]);
    expect(detectDates([...texts, ...Array.from({ length: 10 }, (_, i) => `unclear ${i}`)])).toBeUndefined();
    expect(detectDates(["2014-01-01", "soon"])).toBeUndefined();
    const days = Array.from({ length: 60 }, (_, i) => `${1 + (i % 12)}/${1 + (i % 28)}/2014`);
    expect(detectDates([...days, "2014-05-05"])).toMatchObject({ format: { order: "mdy" }, strays: [60] });
  });
});

describe("dateValue", () => {
  it("agrees with JavaScript's calendar for every day from 1800 to 2200, in every order", () => {
    fc.assert(
      fc.property(fc.integer({ min: days("1800-01-01"), max: days("2200-12-31") }), (day) => {
        const date = new Date(day * DAY);
        const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect(dateValue(`${y}-${m}-${d}`, { form: "numeric", order: "ymd" })).toBe(day);
        expect(dateValue(`${d}/${m}/${y}`, { form: "numeric", order: "dmy" })).toBe(day);
        expect(dateValue(`${m}.${d}.${y}`, { form: "numeric", order: "mdy" })).toBe(day);
        expect(datePart(day, "year")).toBe(y);
        expect(datePart(day, "month")).toBe(m);
        expect(datePart(day, "weekday")).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
        expect(datePart(day, "weekend")).toBe([0, 6].includes(date.getUTCDay()) ? 1 : 0);
      }),
      { seed: 1 },
    );
  });
  it("reads seconds and milliseconds since 1970, and numbers such as 20140914", () => {
    expect(dateValue("1410652800", { form: "seconds" })).toBe(days("2014-09-14"));
    expect(dateValue("1410652800000", { form: "milliseconds" })).toBe(days("2014-09-14"));
    expect(dateValue("20140914", { form: "compact" })).toBe(days("2014-09-14"));
    expect(dateValue("20141314", { form: "compact" })).toBeNaN();
    expect(dateValue("", { form: "seconds" })).toBeNaN();
  });
  it("an instant is the same with any offset from UTC, and without a clock time no offset is seen", () => {
    const instants = fc.date({ min: new Date("1950-01-02"), max: new Date("2049-12-30"), noInvalidDate: true });
    const pad = (n: number): string => String(n).padStart(2, "0");
    const written: readonly ((hours: string, minutes: string, sign: string) => string)[] = [
      (h, m, sign) => `${sign}${h}:${m}`,
      (h, m, sign) => `${sign}${h}${m}`,
      (h, m, sign) => ` UTC${sign}${h}:${m}`,
      (h, m, sign) => `${sign}${h}:${m}[Etc/Any_Where]`,
    ];
    fc.assert(
      fc.property(instants, fc.integer({ min: -56, max: 56 }), fc.nat(written.length - 1), (instant, quarters, way) => {
        const second = Math.floor(instant.getTime() / 1000) * 1000;
        const local = new Date(second + quarters * 900_000).toISOString().slice(0, 19);
        const minutes = Math.abs(quarters) * 15;
        const zone = written[way](pad(Math.floor(minutes / 60)), pad(minutes % 60), quarters < 0 ? "-" : "+");
        const format: DateFormat = { form: "numeric", order: "ymd" };
        const utc = dateValue(`${new Date(second).toISOString().slice(0, 19)}Z`, format);
        expect(utc).toBeCloseTo(second / DAY, 8);
        expect(dateValue(`${local}${zone}`, format)).toBeCloseTo(utc, 8);
        const [, y, mo, d, h, mi, s] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/.exec(local) ?? [];
        expect(dateValue(`${d}.${mo}.${y} ${h}:${mi}:${s}${zone}`, { form: "numeric", order: "dmy" })).toBeCloseTo(
          utc,
          8,
        );
        if (way < 2) expect(dateValue(`${y}${mo}${d}T${h}${mi}${s}${zone}`, { form: "compact" })).toBeCloseTo(utc, 8);
      }),
      { seed: 1 },
    );
    expect(detectDates(["2014-09-14T10:00+02:00", "2014-09-14T10:00", "2014-09-15"])?.zones).toEqual(["+02:00", ""]);
    expect(detectDates(["2014-09-14", "2014-09-15"])?.zones).toEqual([]);
    expect(dateValue("01:30+02:00", { form: "clock" })).toBe(23.5);
  });
  it("takes years of two digits from 1950 to 2049", () => {
    const year = (text: string): number =>
      datePart(dateValue(`1/2/${text}`, { form: "numeric", order: "dmy" }), "year");
    expect(["49", "50", "00", "99"].map(year)).toEqual([2049, 1950, 2000, 1999]);
  });
  it("gives hours to the second", () => {
    const at = (text: string): number => datePart(dateValue(text, { form: "numeric", order: "ymd" }), "hour");
    expect(at("2014-01-01 18:00:00")).toBe(18);
    expect(at("2014-01-01 06:30")).toBe(6.5);
    expect(at("1962-01-01 03:45:27")).toBe((3 * 3600 + 45 * 60 + 27) / 3600);
  });
});
