/**
 * Numbers that are not written plainly: grouped digits (1,234), decimal commas, currency, percent, units (36 months),
 * magnitudes (1.3M), bookkeepers' negatives, bounds (<5), footnote marks. A notation belongs to a whole column: one cell
 * alone cannot tell 1,234 from 1.234.
 */
import type { Notation } from "../../frame/table.ts";
import { agreedBefore, agreement, factorOf, MANY, type Framed } from "./agreement.ts";
import { amountReader, type Amount, type Frame } from "./amount.ts";
import { INFINITE } from "../markers.ts";

export interface NumbersOfTexts {
  /** Of each text; NaN where it is a marker or no number. */
  readonly values: Float64Array;
  /** Texts that are markers, and texts that are neither number nor marker, by code. */
  readonly markers: readonly number[];
  readonly strays: readonly number[];
  readonly notation: Notation;
  /** Enough of the cells are numbers for the column to be one of numbers. */
  readonly convincing: boolean;
}

const GROUPINGS = [",", ".", " ", "'"] as const;

/** At most this share of a column's cells may be no numbers for it to be a column of numbers all the same. */
const STRAY_SHARE = 0.05;
/** Of few distinct numbers at most this share, and nothing that comes twice. */
const FEW_SHARE = 0.02;

export interface NotationHints {
  /** The file's decimal mark. The other one is tried after it. */
  readonly decimal: "." | ",";
  /** The only grouping sign to try; empty: all. */
  readonly thousands: string;
  /** Texts that mean a missing number. */
  readonly missing: ReadonlySet<string>;
  /** How an earlier table wrote the column: units, magnitudes and marks are those, and no others. */
  readonly like?: Notation;
}

/**
 * Reads a column's distinct texts as numbers, by the notation that leaves the fewest cells out.
 *
 * @param texts Distinct texts of the column.
 * @param counts How many cells hold each.
 * @returns undefined when hardly any of them looks like a number.
 * Cost: O(texts), at most 8 readings of each; texts that are plainly words are given up after a thousand.
 */
export function numbersOfTexts(
  texts: readonly string[],
  counts: ArrayLike<number>,
  hints: NotationHints,
): NumbersOfTexts | undefined {
  const { missing } = hints;
  const head = texts.slice(0, 1000).filter((text) => !missing.has(text));
  const amountOf = amountReader();
  const shaped = head.filter((text) => INFINITE.has(text) || amountOf(text) !== undefined).length;
  if (shaped === 0 || shaped < head.length / 2) return undefined;
  return bestReading(texts, counts, hints);
}

/** The same, whatever the texts look like. */
export function bestReading(texts: readonly string[], counts: ArrayLike<number>, hints: NotationHints): NumbersOfTexts {
  let best: Reading | undefined;
  for (const read of allReadings(texts, counts, hints)) {
    if (best === undefined || read.strayCells < best.strayCells) best = read;
    if (best.strayCells === 0) break;
  }
  return best as Reading;
}

/** The readings by each pair of decimal and grouping marks, those with the hinted decimal mark first. */
export function* allReadings(
  texts: readonly string[],
  counts: ArrayLike<number>,
  hints: NotationHints,
): Iterable<Reading> {
  const amountOf = amountReader();
  const amounts = texts.map((text) => (hints.missing.has(text) || INFINITE.has(text) ? undefined : amountOf(text)));
  for (const marks of notations(hints)) yield readAs(texts, amounts, counts, marks, hints);
}

interface DigitMarks {
  readonly decimal: "." | ",";
  readonly thousands: string;
}

function* notations({ decimal, thousands }: NotationHints): Iterable<DigitMarks> {
  const marks = decimal === "." ? ([".", ","] as const) : ([",", "."] as const);
  for (const mark of marks)
    for (const group of thousands === "" ? GROUPINGS : [thousands])
      if (group !== mark) yield { decimal: mark, thousands: group };
}

export interface Reading extends NumbersOfTexts {
  readonly strayCells: number;
}

function readAs(
  texts: readonly string[],
  amounts: readonly (Amount | undefined)[],
  counts: ArrayLike<number>,
  marks: DigitMarks,
  { missing, like }: NotationHints,
): Reading {
  const valueOf = digitReader(marks);
  const values = new Float64Array(texts.length).fill(Number.NaN);
  const framed = new Map<Frame, Framed>();
  let held = 0;
  for (let code = 0; code < texts.length; code++) {
    const amount = amounts[code];
    if (amount === undefined) {
      values[code] = INFINITE.get(texts[code]) ?? Number.NaN;
      continue;
    }
    const value = (values[code] = valueOf(amount.digits));
    if (value !== value) continue;
    held++;
    const { frame, digits } = amount;
    let one = framed.get(frame);
    if (one === undefined) framed.set(frame, (one = { frame, texts: 0, cells: 0, nonzero: 0, decimals: false }));
    one.texts++;
    one.cells += counts[code];
    if (value !== 0) one.nonzero += counts[code];
    one.decimals ||= digits.includes(marks.decimal);
  }
  const frames = [...framed.values()];
  const merging = held < MANY && new Set(values.filter(Number.isFinite)).size < held;
  const agreed = like === undefined ? agreement(frames, merging) : agreedBefore(frames, like);
  const factors = new Map(frames.map(({ frame }) => [frame, factorOf(frame, agreed)]));
  const markers: number[] = [];
  const strays: number[] = [];
  let grouped = false;
  for (let code = 0; code < texts.length; code++) {
    const amount = amounts[code];
    if (amount !== undefined) {
      if (!(values[code] === 0 && isBare(amount.frame))) values[code] *= factors.get(amount.frame) ?? Number.NaN;
      grouped ||= values[code] === values[code] && isGrouped(amount.digits, marks.thousands);
    }
    if (missing.has(texts[code])) markers.push(code);
    else if (values[code] !== values[code]) strays.push(code);
  }
  const fitting = frames.filter(({ frame }) => !Number.isNaN(factors.get(frame)));
  const signs = new Set(fitting.flatMap(({ frame }) => frame.marks.map(({ text }) => text)));
  const notation: Notation = {
    decimal: marks.decimal,
    ...(grouped && { thousands: marks.thousands }),
    ...(agreed.unit !== "" && { unit: agreed.unit }),
    ...(agreed.magnitudes && { magnitudes: true as const }),
    ...(signs.size > 0 && { marks: [...signs] }),
  };
  const strayCells = strays.reduce((sum, code) => sum + counts[code], 0);
  return { values, markers, strays, notation, strayCells, convincing: convinces(texts, values, strays, counts) };
}

/** Nothing stands around it: 0 is 0 in any unit. */
function isBare({ negative, unit, magnitude, marks }: Frame): boolean {
  return !negative && unit === "" && magnitude === "" && marks.length === 0;
}

function isGrouped(digits: string, thousands: string): boolean {
  return digits.includes(thousands) && !digits.includes("/");
}

/** Digits to values; NaN when the marks among them are not those. */
function digitReader({ decimal, thousands }: DigitMarks): (digits: string) => number {
  const d = decimal === "." ? "\\." : ",";
  const t = thousands.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const middle = thousands === "," ? "\\d{2,3}" : "\\d{3}"; // 12,34,567 is how lakhs are written
  const grouped = new RegExp(`^[1-9]\\d{0,2}(?:${t}${middle})*${t}\\d{3}(?:${d}\\d+)?$`);
  const plain = new RegExp(`^(?:\\d+(?:${d}\\d*)?|${d}\\d+)(?:[eE][+-]?\\d+)?$`);
  const pointed = (digits: string): number => Number(decimal === "," ? digits.replace(",", ".") : digits);
  return (digits) => {
    if (plain.test(digits)) return pointed(digits);
    if (grouped.test(digits)) return pointed(digits.replaceAll(thousands, ""));
    return digits.includes("/") ? fractionOf(digits) : Number.NaN;
  };
}

/** `1/2`, `1 1/2`, `1-1/2`. */
function fractionOf(digits: string): number {
  const [under, over, whole] = digits.split(/[ /-]/).map(Number).toReversed();
  return over < under ? (whole ?? 0) + over / under : Number.NaN;
}

/** Few cells are no numbers; or all of those hold one and the same mark, such as ** for withheld. */
function convinces(
  texts: readonly string[],
  values: Float64Array,
  strays: readonly number[],
  counts: ArrayLike<number>,
): boolean {
  let numbers = 0;
  let cells = 0;
  for (let code = 0; code < values.length; code++) {
    if (values[code] !== values[code]) continue;
    numbers++;
    cells += counts[code];
  }
  if (strays.length === 0) return numbers > 0;
  const others = strays.reduce((sum, code) => sum + counts[code], 0);
  if (numbers < MANY) return others <= FEW_SHARE * cells && strays.every((code) => counts[code] === 1);
  const withheld = strays.length === 1 && /^[^\p{L}\p{N}]+$/u.test(texts[strays[0]]);
  return others <= STRAY_SHARE * (cells + others) || (withheld && others <= cells);
}
