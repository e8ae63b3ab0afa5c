/** A column of numbers in a second table: read as the same column was written in training. */
import { DataError } from "../../frame/error.ts";
import type { Conventions } from "../../table/conventions.ts";
import { sharedDoubles } from "../../frame/shared.ts";
import { finishNumbers } from "../../table/finish.ts";
import { allReadings, type Reading } from "../../table/numbers/notation.ts";
import {
  levelTexts,
  type Notation,
  type Origin,
  type RawColumn,
  type RawNumbers,
  type RawTexts,
} from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";

/** What decides between readings. */
export interface Hints {
  /** How the column was written before. */
  readonly before: Notation;
  readonly origin: Pick<Origin, "name" | "decimal" | "decimalSeen">;
  /** Marks that the user gave for this table. */
  readonly asked?: { readonly decimal: "." | "," | undefined; readonly thousands: string };
  /** Texts that mean a missing number. */
  readonly missing: ReadonlySet<string>;
}

export interface NumberContext extends Hints {
  readonly conventions: Conventions;
  /** Rows cannot do without it: what cannot be read is an error, else the column stays as it is. */
  readonly used: boolean;
}

/** Plain numbers are what they say, where training had no unit; without the unit they are told. */
export function plainLike(raw: RawNumbers, { unit }: Notation, warn: (warning: Warning) => void): RawNumbers {
  const held = raw.values.reduce((sum, value) => sum + (value === value ? 1 : 0), 0);
  if (unit !== undefined && held > 0) warn(withoutUnit(raw.name, unit, held));
  return raw;
}

/**
 * Texts as numbers, by the one notation that fits most of them.
 *
 * @throws DataError when two notations fit and say different numbers, or none fits any cell.
 */
export function numbersLike(raw: RawTexts, context: NumberContext, warn: (warning: Warning) => void): RawColumn {
  const { before, conventions, origin, used } = context;
  const { name, codes } = raw;
  const texts = levelTexts(raw.levels);
  const counts = new Int32Array(texts.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const cells = (list: readonly number[]): number => list.reduce((sum, code) => sum + counts[code], 0);
  const read = readingOf(texts, counts, context, before) ?? readingOf(texts, counts, context, withOtherUnit(before));
  if (read === undefined || (read !== "ambiguous" && isShare(read.notation) && !isShare(before))) {
    if (!used || texts.length === 0) return raw;
    const row = codes.findIndex((code) => code >= 0);
    throw new DataError(
      `${origin.name}: column ${JSON.stringify(name)} must be numbers${before.unit === undefined ? "" : ` in ${before.unit}`}, as in training, got ${JSON.stringify(texts[codes[row]])} in row ${row}`,
    );
  }
  if (read === "ambiguous") {
    if (!used) return raw;
    throw new DataError(`${origin.name}: ${twoMeanings(name, texts, context)}; say --decimal . or --decimal ,`);
  }
  const { strays, notation, markers } = read;
  if (strays.length > 0)
    warn(
      unread(
        name,
        cells(strays),
        strays.map((code) => texts[code]),
      ),
    );
  const held = codes.length - cells(strays) - cells(markers);
  if (before.unit !== undefined && notation.unit === undefined) warn(withoutUnit(name, before.unit, held));
  if (before.unit === undefined && notation.unit !== undefined) warn(newUnit(name, notation.unit, held));
  if (notation.decimal !== origin.decimal || (notation.thousands ?? before.thousands) !== before.thousands)
    warn(otherwise(name, notation, texts.find((text) => /[.,' ]/.test(text)) ?? "", before));
  const values = sharedDoubles(codes.length);
  for (let r = 0; r < codes.length; r++) values[r] = codes[r] < 0 ? Number.NaN : read.values[codes[r]];
  const counted = markers.map((code) => ({ text: texts[code], count: counts[code] }));
  return finishNumbers(name, values, counted, conventions, notation);
}

/** What the column may be like when no cell is like those of training: bare where they had a unit, in one unit where they had none. */
function withOtherUnit({ unit, ...before }: Notation): Notation | undefined {
  return unit === undefined ? undefined : before;
}

const isShare = ({ unit }: Notation): boolean => unit === "%" || unit === "‰"; // a share read as a number is off by 100

/**
 * The reading that leaves the fewest cells out. Where several do and differ, the table's own decimal mark decides, else the
 * notation before.
 *
 * @param like Units and marks that cells may have; absent: any. @returns undefined when no cell can be read.
 */
export function readingOf(
  texts: readonly string[],
  counts: Int32Array,
  { before, missing, origin, asked }: Hints,
  like: Notation | undefined,
): Reading | "ambiguous" | undefined {
  const { decimal } = origin;
  const hints = { decimal, thousands: asked?.thousands ?? "", missing, ...(like && { like }) };
  const readings = [...allReadings(texts, counts, hints)].filter(
    ({ notation }) => asked?.decimal === undefined || notation.decimal === asked.decimal,
  );
  const fewest = Math.min(...readings.map(({ strayCells }) => strayCells));
  const best = readings.filter(({ strayCells }) => strayCells === fewest);
  if (best.every(({ strays, markers }) => strays.length > 0 && strays.length + markers.length === texts.length))
    return undefined;
  if (agree(best)) return best[0];
  const fitting = best.filter(({ notation }) =>
    origin.decimalSeen
      ? notation.decimal === decimal
      : notation.decimal === before.decimal && (notation.thousands ?? before.thousands) === before.thousands,
  );
  return fitting.length > 0 && agree(fitting) ? fitting[0] : "ambiguous";
}

function agree(readings: readonly Reading[]): boolean {
  return readings.every(({ values }) => values.every((value, code) => Object.is(value, readings[0].values[code])));
}

/** The first text that can be read in two ways, as a clause. */
export function twoMeanings(name: string, texts: readonly string[], { origin, missing }: Hints): string {
  const hints = { decimal: origin.decimal, thousands: "", missing };
  const readings = [...allReadings(texts, new Int32Array(texts.length), hints)];
  const meanings = (code: number): number[] =>
    [...new Set(readings.map(({ values }) => values[code]))].filter((value) => value === value);
  const code = Math.max(
    0,
    [...texts.keys()].findIndex((k) => meanings(k).length > 1),
  );
  return `${JSON.stringify(texts[code])} in column ${JSON.stringify(name)} may be ${meanings(code).join(" or ")}, and no other cell tells which`;
}

function unread(name: string, count: number, texts: readonly string[]): Warning {
  return {
    code: "not-a-number",
    column: name,
    message: `${counted(count, "cell")} of ${name} ${count === 1 ? "holds" : "hold"} no number as training had them, such as ${JSON.stringify(texts[0])}, read as missing`,
    count,
    evidence: { texts: texts.slice(0, 5) },
  };
}

function withoutUnit(name: string, unit: string, count: number): Warning {
  return {
    code: "without-unit",
    column: name,
    message: `${counted(count, "cell")} of ${name} ${count === 1 ? "stands" : "stand"} without the ${unit} that training had, and ${count === 1 ? "is" : "are"} taken for ${unit}`,
    count,
  };
}

function newUnit(name: string, unit: string, count: number): Warning {
  return {
    code: "new-unit",
    column: name,
    message: `${counted(count, "cell")} of ${name} ${count === 1 ? "has" : "have"} the unit ${unit}, which training did not have; it is left out`,
    count,
  };
}

function otherwise(name: string, { decimal, thousands }: Notation, example: string, before: Notation): Warning {
  const parts = [
    ...(decimal === before.decimal ? [] : [`${JSON.stringify(decimal)} marks decimals`]),
    ...(thousands === undefined || thousands === before.thousands
      ? []
      : [`${JSON.stringify(thousands)} groups digits`]),
  ];
  return {
    code: "number-notation",
    column: name,
    message: `${name} is written otherwise than in training, such as ${JSON.stringify(example)}: ${parts.join(", ")}`,
    evidence: { example, ...(thousands !== undefined && { thousands }), decimal },
  };
}
