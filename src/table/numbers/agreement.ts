/** What the numbers of a column have in common, as what stands around their digits tells. */
import type { Notation } from "../../frame/table.ts";
import { isCurrency, MAGNITUDES, unitKey, type Frame, type MarkKind } from "./amount.ts";

/** The numbers of a column that stand in one frame. */
export interface Framed {
  readonly frame: Frame;
  texts: number;
  cells: number;
  /** Cells of other numbers than 0. */
  nonzero: number;
  /** One of them has decimals. */
  decimals: boolean;
}

export interface Agreement {
  /** Empty: none. */
  readonly unit: string;
  readonly unitKey: string;
  /** It is money: amounts may stand without it. */
  readonly money: boolean;
  /** They are multiplied by their magnitudes. */
  readonly magnitudes: boolean;
  /** Kinds of marks that mean what they seem to. */
  readonly marks: ReadonlySet<MarkKind>;
  /** The side of the books that is negative. */
  readonly negativeSide: string;
}

/** Fewer distinct numbers than this are too weak a sign when there is anything odd about the others. */
export const MANY = 10;
/** A mark at more than this share of the numbers is part of what they are: (1), (2), (3) are labels. */
const MARKED_SHARE = 0.9;

/** @param merging They are few, and some are equal but for what stands around them. */
export function agreement(framed: readonly Framed[], merging: boolean): Agreement {
  const kinds = new Set(framed.flatMap(({ frame }) => frame.marks.map(({ kind }) => kind)));
  const texts = framed.flatMap(({ frame }) => frame.marks.map(({ text }) => text));
  return {
    ...unitFacts(commonUnit(framed)),
    magnitudes: areMagnitudes(framed),
    marks: new Set([...kinds].filter((kind) => isSense(kind, framed, merging))),
    negativeSide: negativeOf(texts),
  };
}

/** What the numbers of the same column of an earlier table had in common. */
export function agreedBefore(framed: readonly Framed[], { unit = "", magnitudes, marks = [] }: Notation): Agreement {
  const seen = framed.flatMap(({ frame }) => frame.marks.filter(({ text }) => marks.includes(text)));
  return {
    ...unitFacts(unit),
    magnitudes: magnitudes === true,
    marks: new Set(seen.map(({ kind }) => kind)),
    negativeSide: negativeOf(marks),
  };
}

/** Of the two sides of the books, credit is negative; debit is where only that is marked. */
function negativeOf(marks: readonly string[]): string {
  return marks.some((text) => /^C/i.test(text)) ? "C" : "D";
}

function unitFacts(unit: string): Pick<Agreement, "unit" | "unitKey" | "money"> {
  return { unit, unitKey: unitKey(unit), money: isCurrency(unit) };
}

/** The most frequent unit, unless it is no money and more numbers stand without it. */
function commonUnit(framed: readonly Framed[]): string {
  const units = new Map<string, { cells: number; unit: string }>();
  let bare = 0;
  for (const { frame, cells, nonzero } of framed) {
    const seen = units.get(frame.unitKey);
    if (frame.unit === "") bare += nonzero;
    else units.set(frame.unitKey, { cells: cells + (seen?.cells ?? 0), unit: seen?.unit ?? frame.unit });
  }
  const main = [...units.values()].reduce((a, b) => (b.cells > a.cells ? b : a), { cells: 0, unit: "" });
  return isCurrency(main.unit) || main.cells >= bare ? main.unit : "";
}

/** A mark makes sense where other numbers do without it. */
function isSense(kind: MarkKind, framed: readonly Framed[], merging: boolean): boolean {
  if (kind === "side") return true;
  if (kind === "bound" && merging) return false; // among few levels 5 and <5 are two
  const marked = framed.filter(({ frame }) => frame.marks.some((mark) => mark.kind === kind));
  if (sum(marked, "cells") <= MARKED_SHARE * sum(framed, "cells")) return true;
  const texts = new Set(marked.flatMap(({ frame }) => frame.marks.map(({ text }) => text)));
  return (kind === "bound" || kind === "note") && texts.size === 1 && sum(marked, "texts") >= MANY;
}

/**
 * Letters behind numbers are magnitudes when there are several (12.5K and 1.3M), when a fraction stands before one, when
 * it is money, or a word. 12B may be a house, but 12 distinct numbers of K or M are none.
 */
function areMagnitudes(framed: readonly Framed[]): boolean {
  const scaled = framed.filter(({ frame }) => frame.magnitude !== "");
  const sizes = new Set(scaled.map(({ frame }) => MAGNITUDES.get(frame.magnitude)));
  const telling = scaled.some(
    ({ frame, decimals }) => frame.magnitude.length > 1 || decimals || isCurrency(frame.unit),
  );
  const most = sum(scaled, "texts") >= MANY && sum(scaled, "cells") >= sum(framed, "cells") / 2;
  return sizes.size > 1 || telling || (most && !sizes.has(1e9));
}

function sum(framed: readonly Framed[], of: "texts" | "cells"): number {
  return framed.reduce((total, one) => total + one[of], 0);
}

/** What a number in this frame is to be multiplied by; NaN: it does not fit the column. */
export function factorOf({ unit, unitKey: key, magnitude, marks, negative }: Frame, agreed: Agreement): number {
  if (magnitude !== "" && !agreed.magnitudes) return Number.NaN;
  if (!marks.every(({ kind }) => agreed.marks.has(kind))) return Number.NaN;
  if (key !== agreed.unitKey && !(unit === "" && agreed.money)) return Number.NaN; // 5 beside $5 is an amount too
  const minus = marks.filter(
    ({ kind, text }) =>
      kind === "bracket" || kind === "behind" || (kind === "side" && text[0].toUpperCase() === agreed.negativeSide),
  ).length;
  const size = MAGNITUDES.get(magnitude) ?? 1;
  return (minus + (negative ? 1 : 0)) % 2 === 1 ? -size : size;
}
