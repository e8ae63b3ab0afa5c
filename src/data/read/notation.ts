/**
 * Numbers that are not written plainly: grouped digits (1,234), decimal commas, currency, percent, units (36 months),
 * magnitudes (1.3M), bookkeepers' negatives. A notation belongs to a whole column: one cell alone cannot tell 1,234 from 1.234.
 */
import type { Notation } from "../table.ts";
import { INFINITE } from "./markers.ts";

export interface NumbersOfTexts {
  /** Of each text; NaN where it is a marker or no number. */
  readonly values: Float64Array;
  /** Texts that are markers, and texts that are neither number nor marker, by code. */
  readonly markers: readonly number[];
  readonly strays: readonly number[];
  readonly notation: Notation;
}

/** Units that may stand right behind a number; others need a blank between, so that codes such as 190xx stay codes. */
const UNITS =
  "[kMGT]?B|[kcmµn]?m|km/h|[kmµ]?g|lbs?|oz|[mcd]?l|m?s|h|min|[kMG]?Hz|k?W|k?Wh|m?V|°[CF]?|[%‰]|mph|kph|px|pt|ft|in|yrs?|yo|x";
const CURRENCY = "[$€£¥₹₩₽₺฿]|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY|SEK|NOK|DKK|PLN|BRL|R\\$|kr|Rs\\.?";
const SHAPE = new RegExp(
  `^(\\()?([+\\-−])?(${CURRENCY})? ?([+\\-−])?((?:\\d|[.,](?=\\d))[\\d.,' ]*?(?:[eE][+-]?\\d+)?)(?: ?(${CURRENCY}|${UNITS}|[kKMB])| ([A-Za-zµ°/²³]{1,12}))?(\\))?$`,
);
const CURRENCIES = new RegExp(`^(?:${CURRENCY})$`);
const GROUPINGS = [",", ".", " ", "'"] as const;

/** At most this share of a column's cells may be no numbers for it to be a column of numbers all the same. */
const STRAY_SHARE = 0.05;
/** Fewer distinct numbers than this are too weak a sign when there are strays. */
const STRAY_DISTINCT = 10;

export interface NotationHints {
  /** The file's decimal mark. The other one is tried after it. */
  readonly decimal: "." | ",";
  /** The only grouping sign to try; empty: all. */
  readonly thousands: string;
  /** Texts that mean a missing number. */
  readonly missing: ReadonlySet<string>;
  /** A number it is, whatever the cells say. */
  readonly forced: boolean;
}

/**
 * Reads a column's distinct texts as numbers, if that is what they are.
 *
 * @param texts Distinct texts of the column.
 * @param counts How many cells hold each.
 * @returns undefined when the column is none of numbers, or one of codes: whole numbers of which some start with a
 *   needless zero or are too long for a double.
 * Cost: O(texts), at most 8 readings of each; texts that are plainly words are given up after a thousand.
 */
export function numbersOfTexts(
  texts: readonly string[],
  counts: ArrayLike<number>,
  hints: NotationHints,
): NumbersOfTexts | undefined {
  const { missing } = hints;
  if (!hints.forced && !promising(texts, missing)) return undefined;
  let best: (NumbersOfTexts & { strayCells: number }) | undefined;
  for (const notation of notations(hints)) {
    const read = readAs(texts, counts, notation, missing);
    if (best === undefined || read.strayCells < best.strayCells) best = read;
    if (best.strayCells === 0) break;
  }
  if (best === undefined) return undefined;
  return hints.forced || convincing(best, counts) ? best : undefined;
}

function promising(texts: readonly string[], missing: ReadonlySet<string>): boolean {
  const head = texts.slice(0, 1000).filter((text) => !missing.has(text));
  const shaped = head.filter((text) => SHAPE.test(tidy(text)) || INFINITE.has(text)).length;
  return shaped > 0 && shaped >= head.length / 2;
}

function* notations({ decimal, thousands }: NotationHints): Iterable<{ decimal: "." | ","; thousands: string }> {
  const marks = decimal === "." ? ([".", ","] as const) : ([",", "."] as const);
  for (const mark of marks)
    for (const group of thousands === "" ? GROUPINGS : [thousands])
      if (group !== mark) yield { decimal: mark, thousands: group };
}

function readAs(
  texts: readonly string[],
  counts: ArrayLike<number>,
  { decimal, thousands }: { decimal: "." | ","; thousands: string },
  missing: ReadonlySet<string>,
): NumbersOfTexts & { strayCells: number } {
  const body = bodyPattern(decimal, thousands);
  const values = new Float64Array(texts.length).fill(Number.NaN);
  const units = new Map<string, number>();
  const unitOf: string[] = [];
  const markers: number[] = [];
  const strays: number[] = [];
  let grouped = false;
  texts.forEach((text, code) => {
    if (missing.has(text)) {
      markers.push(code);
      return;
    }
    const infinite = INFINITE.get(text);
    const read =
      infinite === undefined
        ? readOne(tidy(text), body, decimal, thousands)
        : { value: infinite, unit: "", grouped: false };
    if (read === undefined) {
      strays.push(code);
      return;
    }
    values[code] = read.value;
    unitOf[code] = read.unit;
    grouped ||= read.grouped;
    if (infinite === undefined) units.set(read.unit, (units.get(read.unit) ?? 0) + counts[code]);
  });
  const scaled = magnitudes(units);
  if (scaled) {
    texts.forEach((_, code) => {
      const own = unitOf[code];
      if (own !== undefined) values[code] *= MAGNITUDES.get(own) ?? 1;
    });
  }
  const unit = scaled ? "" : [...units].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0])[0];
  texts.forEach((text, code) => {
    const own = unitOf[code];
    if (scaled || own === undefined || own === unit || INFINITE.has(text)) return;
    if (own === "" && CURRENCIES.test(unit)) return; // 0 beside $5 is an amount too
    values[code] = Number.NaN;
    strays.push(code);
  });
  let strayCells = 0;
  for (const code of strays) strayCells += counts[code];
  const notation = {
    decimal,
    ...(grouped ? { thousands } : {}),
    ...(unit === "" ? {} : { unit }),
    ...(scaled ? { magnitudes: true as const } : {}),
  };
  return { values, markers, strays, notation, strayCells };
}

/** 12.5K and 1.3M in one column are sizes of one thing. */
const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["K", 1e3],
  ["M", 1e6],
  ["B", 1e9],
]);

function magnitudes(units: ReadonlyMap<string, number>): boolean {
  return units.size > 1 && [...units.keys()].every((unit) => MAGNITUDES.has(unit));
}

function bodyPattern(decimal: string, thousands: string): RegExp {
  const d = decimal === "." ? "\\." : ",";
  const t = thousands === "." ? "\\." : thousands;
  const middle = thousands === "," ? "\\d{2,3}" : "\\d{3}"; // 12,34,567 is how lakhs are written
  return new RegExp(
    `^(?:\\d{1,3}(?:${t}${middle})*${t}\\d{3}(?:${d}\\d+)?|\\d+(?:${d}\\d*)?(?:[eE][+-]?\\d+)?|${d}\\d+(?:[eE][+-]?\\d+)?)$`,
  );
}

function readOne(
  text: string,
  body: RegExp,
  decimal: string,
  thousands: string,
): { value: number; unit: string; grouped: boolean } | undefined {
  const parts = SHAPE.exec(text);
  if (parts === null) return undefined;
  const [, open, sign, before, innerSign, digits, near, far, close] = parts;
  const after = near ?? far;
  if ((open === undefined) !== (close === undefined)) return undefined;
  if (sign !== undefined && innerSign !== undefined) return undefined;
  if (before !== undefined && after !== undefined) return undefined;
  if (!body.test(digits)) return undefined;
  const grouped = digits.includes(thousands);
  let plain = grouped ? digits.replaceAll(thousands, "") : digits;
  if (decimal === ",") plain = plain.replace(",", ".");
  const negative = open !== undefined || (sign ?? innerSign ?? "+") !== "+";
  const unit = before ?? after ?? "";
  if (open !== undefined && !grouped && unit === "" && !plain.includes(".")) return undefined; // (3) is a label
  return { value: negative ? -Number(plain) : Number(plain), unit, grouped };
}

/** Blanks of all kinds become one kind. No number is longer than 64 characters; longer texts match nothing. */
function tidy(text: string): string {
  if (text.length > 64) return "";
  return text.replace(/[\u00a0\u2007\u2009\u202f]/g, " ").trim();
}

function convincing(read: NumbersOfTexts & { strayCells: number }, counts: ArrayLike<number>): boolean {
  let cells = 0;
  let distinct = 0;
  read.values.forEach((value, code) => {
    if (value !== value) return;
    cells += counts[code];
    distinct++;
  });
  if (distinct === 0) return false;
  if (read.strayCells === 0) return true;
  return distinct >= STRAY_DISTINCT && read.strayCells <= STRAY_SHARE * (cells + read.strayCells);
}

/** Whole numbers that are codes: a needless zero in front, or more digits than a double holds. */
export function areCodes(texts: readonly string[]): boolean {
  let telling = false;
  for (const text of texts) {
    if (!/^[+-]?\d+$/.test(text)) {
      if (/^[+-]?[\d.,]+([eE][+-]?\d+)?$/.test(text)) return false; // a decimal among them: quantities
      continue;
    }
    telling ||= /^[+-]?0\d/.test(text) || Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER;
  }
  return telling;
}
