/** What a column holds, counted: the ground on which its kind is judged. */
import { levelTexts, type RawColumn, type RawNumbers, type RawTexts } from "../frame/table.ts";

export interface NumberProfile {
  readonly kind: "number";
  /** Cells without a finite value. */
  readonly missing: number;
  /** How many of them hold an infinite one. */
  readonly infinite: number;
  /** Beyond the largest number a dataset holds. */
  readonly clipped: number;
  /** Distinct finite values; counted up to DISTINCT_CAP, `exact` tells. */
  readonly distinct: number;
  readonly exact: boolean;
  readonly min: number;
  readonly max: number;
  /** Every finite value is whole. */
  readonly whole: boolean;
  /** Each value is larger than the one before it, none is missing. */
  readonly increasing: boolean;
}

export interface TextProfile {
  readonly kind: "text";
  readonly missing: number;
  readonly distinct: number;
  readonly exact: true;
  /** Cells of each level. */
  readonly counts: Int32Array;
  /** Means over up to SAMPLE levels, each counted once. */
  readonly words: number;
  readonly length: number;
}

export type Profile = NumberProfile | TextProfile;

export const DISTINCT_CAP = 10_000;
/** Magnitudes beyond this are clipped to it, so that squares and their sums stay finite. */
export const LARGEST = 1e100;
const SAMPLE = 1000;

/** One pass over the rows. */
export function profileOf(column: RawColumn): Profile {
  return column.kind === "number" ? ofNumbers(column) : ofTexts(column);
}

function ofNumbers({ values }: RawNumbers): NumberProfile {
  let missing = 0;
  let infinite = 0;
  let clipped = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let whole = true;
  let increasing = true;
  let previous = Number.NEGATIVE_INFINITY;
  for (let r = 0; r < values.length; r++) {
    const x = values[r];
    if (x !== x) {
      missing++;
      increasing = false;
      continue;
    }
    if (x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY) {
      missing++;
      infinite++;
      increasing = false;
      continue;
    }
    if (x < min) min = x;
    if (x > max) max = x;
    if (x > LARGEST || x < -LARGEST) clipped++;
    if (whole && x !== Math.floor(x)) whole = false;
    if (x <= previous) increasing = false;
    previous = x;
  }
  const { distinct, exact } = increasing
    ? { distinct: values.length, exact: true }
    : countDistinct(values, DISTINCT_CAP);
  return { kind: "number", missing, infinite, clipped, distinct, exact, min, max, whole, increasing };
}

/** Distinct finite values, counted until there are more than `cap`. -0 and 0 are one. */
export function countDistinct(values: Float64Array, cap: number): { distinct: number; exact: boolean } {
  let size = 1;
  while (size < 2 * Math.min(cap, values.length) + 2) size *= 2;
  const slots = new Float64Array(size).fill(Number.NaN);
  const words = new Int32Array(2);
  const double = new Float64Array(words.buffer);
  let distinct = 0;
  for (let r = 0; r < values.length; r++) {
    const x = values[r] + 0;
    if (x - x !== 0) continue; // NaN and infinities
    double[0] = x;
    const h = Math.imul(words[0] ^ Math.imul(words[1], 0x9e3779b1), 0x85ebca6b);
    let slot = (h ^ (h >>> 15)) & (size - 1);
    while (slots[slot] === slots[slot] && slots[slot] !== x) slot = (slot + 1) & (size - 1);
    if (slots[slot] === x) continue;
    slots[slot] = x;
    if (++distinct >= cap) return { distinct, exact: false };
  }
  return { distinct, exact: true };
}

function ofTexts({ codes, levels }: RawTexts): TextProfile {
  const counts = new Int32Array(levels.ends.length);
  let missing = 0;
  for (let r = 0; r < codes.length; r++) {
    if (codes[r] < 0) missing++;
    else counts[codes[r]]++;
  }
  const distinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const some = levelTexts({ bytes: levels.bytes, ends: levels.ends.subarray(0, SAMPLE) });
  const mean = (measure: (text: string) => number): number =>
    some.reduce((sum, text) => sum + measure(text), 0) / Math.max(1, some.length);
  return {
    kind: "text",
    missing,
    distinct,
    exact: true,
    counts,
    words: mean((text) => text.split(/\s+/).length),
    length: mean((text) => text.length),
  };
}

/** How many cells hold a value. */
export function filled(rows: number, { missing }: Profile): number {
  return rows - missing;
}
