/**
 * Numbers that are not written plainly: grouped digits (1,234), decimal commas, currency, percent, units (36 months),
 * magnitudes (1.3M), bookkeepers' negatives, bounds (<5), footnote marks. A notation belongs to a whole column: one cell
 * alone cannot tell 1,234 from 1.234.
 */
import type { Notation } from "../table.ts";
import { amountOf, isCurrency, MAGNITUDES, type Amount, type MarkKind } from "./amount.ts";
import { INFINITE } from "./markers.ts";

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
/** Fewer distinct numbers than this are a weak sign: then what does not fit must be rarer, and nothing that comes twice. */
const MANY = 10;
const FEW_SHARE = 0.02;
/** A mark at more than this share of the numbers is part of what they are: (1), (2), (3) are labels. */
const MARKED_SHARE = 0.9;

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
  const values = Float64Array.from(texts, (text, code) => {
    const amount = amounts[code];
    return amount === undefined ? (INFINITE.get(text) ?? Number.NaN) : valueOf(amount.digits);
  });
  const held = [...values.keys()].filter((code) => amounts[code] !== undefined && values[code] === values[code]);
  const given = amounts as readonly Amount[];
  const agreed =
    like === undefined ? agreement(held, given, values, counts, marks.decimal) : agreedBefore(held, given, like);
  for (const code of held) {
    const amount = amounts[code] as Amount;
    if (!fits(amount, values[code], agreed)) values[code] = Number.NaN;
    else values[code] = signed(amount, values[code], agreed);
  }
  const markers: number[] = [];
  const strays: number[] = [];
  texts.forEach((text, code) => {
    if (missing.has(text)) markers.push(code);
    else if (values[code] !== values[code]) strays.push(code);
  });
  const kept = held.filter((code) => values[code] === values[code]).map((code) => amounts[code] as Amount);
  const signs = new Set(kept.flatMap((amount) => amount.marks.map(({ text }) => text)));
  const notation: Notation = {
    decimal: marks.decimal,
    ...(kept.some(({ digits }) => digits.includes(marks.thousands) && !digits.includes("/")) && {
      thousands: marks.thousands,
    }),
    ...(agreed.unit !== "" && { unit: agreed.unit }),
    ...(agreed.magnitudes && { magnitudes: true as const }),
    ...(signs.size > 0 && { marks: [...signs] }),
  };
  const strayCells = sum(strays, counts);
  return { values, markers, strays, notation, strayCells, convincing: convinces(texts, values, strays, counts) };
}

/** What the numbers of a column have in common. */
interface Agreement {
  /** Empty: none. */
  readonly unit: string;
  /** They are multiplied by their magnitudes. */
  readonly magnitudes: boolean;
  /** Kinds of marks that mean what they seem to. */
  readonly marks: ReadonlySet<MarkKind>;
  /** The side of the books that is negative. */
  readonly negativeSide: string;
}

function agreement(
  held: readonly number[],
  amounts: readonly Amount[],
  values: Float64Array,
  counts: ArrayLike<number>,
  decimal: string,
): Agreement {
  const kinds = new Set(held.flatMap((code) => amounts[code].marks.map(({ kind }) => kind)));
  const markedBy = new Map(
    [...kinds].map((kind) => [kind, held.filter((code) => amounts[code].marks.some((mark) => mark.kind === kind))]),
  );
  const credit = markedBy.get("side")?.some((code) => amounts[code].marks.some(({ text }) => /^C/i.test(text)));
  return {
    unit: commonUnit(held, amounts, values, counts),
    magnitudes: areMagnitudes(held, amounts, counts, decimal),
    marks: new Set(
      [...markedBy].filter((marked) => isSense(marked, held, amounts, values, counts)).map(([kind]) => kind),
    ),
    negativeSide: credit === true ? "C" : "D",
  };
}

/** What the numbers of the same column of an earlier table had in common. */
function agreedBefore(
  held: readonly number[],
  amounts: readonly Amount[],
  { unit = "", magnitudes, marks = [] }: Notation,
): Agreement {
  const known = new Set(marks);
  const seen = held.flatMap((code) => amounts[code].marks.filter(({ text }) => known.has(text)));
  return {
    unit,
    magnitudes: magnitudes === true,
    marks: new Set(seen.map(({ kind }) => kind)),
    negativeSide: marks.some((text) => /^C/i.test(text)) ? "C" : "D",
  };
}

/** The most frequent unit, unless it is no money and more numbers stand without it. */
function commonUnit(
  held: readonly number[],
  amounts: readonly Amount[],
  values: Float64Array,
  counts: ArrayLike<number>,
): string {
  const units = new Map<string, { cells: number; unit: string }>();
  let bare = 0;
  for (const code of held) {
    const { unit } = amounts[code];
    const key = unitKey(unit);
    const { cells = 0, unit: first = unit } = units.get(key) ?? {};
    if (unit !== "") units.set(key, { cells: cells + counts[code], unit: first });
    else if (values[code] !== 0) bare += counts[code];
  }
  const main = [...units.values()].reduce((a, b) => (b.cells > a.cells ? b : a), { cells: 0, unit: "" });
  return isCurrency(main.unit) || main.cells >= bare ? main.unit : "";
}

/** A mark makes sense where other numbers do without it. */
function isSense(
  [kind, marked]: readonly [MarkKind, readonly number[]],
  held: readonly number[],
  amounts: readonly Amount[],
  values: Float64Array,
  counts: ArrayLike<number>,
): boolean {
  if (kind === "side") return true;
  const merges = (): boolean => new Set(held.map((code) => values[code])).size < held.length;
  if (kind === "bound" && held.length < MANY && merges()) return false; // among few levels 5 and <5 are two
  if (sum(marked, counts) <= MARKED_SHARE * sum(held, counts)) return true;
  const texts = new Set(marked.flatMap((code) => amounts[code].marks.map(({ text }) => text)));
  return (kind === "bound" || kind === "note") && texts.size === 1 && marked.length >= MANY;
}

/**
 * Letters behind numbers are magnitudes when there are several (12.5K and 1.3M), when a fraction stands before one, when
 * it is money, or a word. 12B may be a house, but 12 distinct numbers of K or M are none.
 */
function areMagnitudes(
  held: readonly number[],
  amounts: readonly Amount[],
  counts: ArrayLike<number>,
  decimal: string,
): boolean {
  const scaled = held.filter((code) => amounts[code].magnitude !== "");
  if (scaled.length === 0) return false;
  const sizes = new Set(scaled.map((code) => MAGNITUDES.get(amounts[code].magnitude)));
  const telling = scaled.some((code) => {
    const { magnitude, digits, unit } = amounts[code];
    return magnitude.length > 1 || digits.includes(decimal) || isCurrency(unit);
  });
  const most = scaled.length >= MANY && sum(scaled, counts) >= sum(held, counts) / 2;
  return sizes.size > 1 || telling || (most && !sizes.has(1e9));
}

function fits({ unit, magnitude, marks }: Amount, value: number, agreed: Agreement): boolean {
  if (magnitude !== "" && !agreed.magnitudes) return false;
  if (!marks.every(({ kind }) => agreed.marks.has(kind))) return false;
  if (unitKey(unit) === unitKey(agreed.unit)) return true;
  return unit === "" && (value === 0 || isCurrency(agreed.unit)); // 0 is 0 in any unit; 5 beside $5 is an amount too
}

function signed({ negative, magnitude, marks }: Amount, value: number, { negativeSide }: Agreement): number {
  const minus = marks.filter(
    ({ kind, text }) =>
      kind === "bracket" || kind === "behind" || (kind === "side" && text[0].toUpperCase() === negativeSide),
  ).length;
  const size = value * (MAGNITUDES.get(magnitude) ?? 1);
  return (minus + (negative ? 1 : 0)) % 2 === 1 ? -size : size;
}

/** `Months` and `month` are one unit. */
function unitKey(unit: string): string {
  return unit.length <= 2
    ? unit
    : unit
        .toLowerCase()
        .replace(/\.$/, "")
        .replace(/(?<=\p{L}{2})s$/u, "");
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
  const numbers = [...values.keys()].filter((code) => values[code] === values[code]);
  if (strays.length === 0) return numbers.length > 0;
  const [cells, others] = [sum(numbers, counts), sum(strays, counts)];
  if (numbers.length < MANY) return others <= FEW_SHARE * cells && strays.every((code) => counts[code] === 1);
  const withheld = strays.length === 1 && /^[^\p{L}\p{N}]+$/u.test(texts[strays[0]]);
  return others <= STRAY_SHARE * (cells + others) || (withheld && others <= cells);
}

function sum(codes: readonly number[], counts: ArrayLike<number>): number {
  return codes.reduce((total, code) => total + counts[code], 0);
}
