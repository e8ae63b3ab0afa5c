/** The last step of reading: columns as stored become columns of a table, missing cells marked, odd notations read. */
import type { MarkerCount, Notation, RawColumn, RawNumbers, RawTexts } from "../frame/table.ts";
import { levelText, levelTexts } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { counted, percent } from "../words/numbers.ts";
import { flagItem, quoted } from "../words/texts.ts";
import type { Levels } from "../frame/byte-dictionary.ts";
import { sharedDoubles, sharedInts } from "../frame/shared.ts";
import { conventionsFor, type Conventions } from "./conventions.ts";
import { areCodes, areExponentCodes } from "./sniff/codes.ts";
import { bestReading, numbersOfTexts, type NumbersOfTexts } from "./numbers/notation.ts";
import type { GivenKind } from "./options.ts";

/** A column of plain numbers. O(rows) when there are sentinels. */
export function finishNumbers(
  name: string,
  values: Float64Array,
  markers: readonly MarkerCount[],
  conventions: Conventions,
  notation?: Notation,
): RawNumbers {
  const { sentinels } = conventionsFor(conventions, name);
  const counts = new Map<number, number>();
  const kept = sentinels.size > 0 ? sharedDoubles(values.length) : values;
  if (sentinels.size > 0)
    values.forEach((value, r) => {
      kept[r] = value;
      if (!sentinels.has(value)) return;
      kept[r] = Number.NaN;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    });
  const all = [...markers, ...[...counts].map(([value, count]) => ({ text: String(value), count }))];
  return { kind: "number", name, values: kept, markers: sorted(all), ...(notation !== undefined && { notation }) };
}

/**
 * A column of texts, or of numbers when its texts are numbers in some notation.
 *
 * @param kind What the user says it is.
 */
export function finishTexts(
  name: string,
  codes: Int32Array,
  levels: Levels,
  shared: Conventions,
  kind: GivenKind | undefined,
  warn: (warning: Warning) => void,
): RawColumn {
  const conventions = conventionsFor(shared, name);
  if ((kind === undefined || kind === "number") && !conventions.plainOnly) {
    const numbers = asNumbers(name, codes, levels, conventions, kind === "number", warn);
    if (numbers !== undefined) return numbers;
  }
  return withoutMarkers(name, codes, levels, conventions.missing);
}

function asNumbers(
  name: string,
  codes: Int32Array,
  levels: Levels,
  conventions: Conventions,
  forced: boolean,
  warn: (warning: Warning) => void,
): RawNumbers | undefined {
  if (!forced && !promising(levels)) return undefined;
  const texts = levelTexts(levels);
  if (!forced && areCodes(texts)) return undefined;
  const counts = countsOf(codes, texts.length);
  const { decimal, thousands, missingNumber: missing } = conventions;
  const read = (forced ? bestReading : numbersOfTexts)(texts, counts, { decimal, thousands, missing });
  if (read === undefined) return undefined;
  if (forced && !read.values.some((value) => value === value)) return undefined;
  if (!forced) {
    if (read.strays.some((code) => conventions.kept.has(texts[code]))) return undefined;
    const doubt = doubtOf(read, texts, counts);
    if (doubt !== undefined) {
      if (doubt !== "") warn(suspicion(name, read, texts, doubt));
      return undefined;
    }
  }
  const values = sharedDoubles(codes.length);
  for (let r = 0; r < codes.length; r++) values[r] = codes[r] < 0 ? Number.NaN : read.values[codes[r]];
  const { strays, notation } = read;
  const cells = strays.reduce((sum, code) => sum + counts[code], 0);
  if (cells > 0)
    warn({
      code: "not-a-number",
      column: name,
      message: `${counted(cells, "cell")} of ${name} ${cells === 1 ? "holds" : "hold"} no number (${examples(strays, texts)}), read as missing; if it is not a column of numbers, say --types ${flagItem(`${name}=category`)}`,
      count: cells,
      evidence: { texts: strays.slice(0, 5).map((code) => texts[code]) },
    });
  const odd = Object.keys(notation).length > 1 || notation.decimal !== decimal;
  if (odd) warn(notationWarning(name, notation, exampleOf(read, texts), decimal));
  const markers = read.markers.map((code) => ({ text: texts[code], count: counts[code] }));
  return finishNumbers(name, values, markers, conventions, odd ? notation : undefined);
}

/** Why a column that could be read as numbers is not; empty: it is plainly one of words; undefined: it is read so. */
function doubtOf(read: NumbersOfTexts, texts: readonly string[], counts: Int32Array): string | undefined {
  if (areExponentCodes(texts)) return "it may hold codes";
  if (read.convincing) return undefined;
  const strays = read.strays.reduce((sum, code) => sum + counts[code], 0);
  const numbers = read.values.reduce((sum, value, code) => sum + (value === value ? counts[code] : 0), 0);
  if (numbers < strays) return "";
  return `${percent(strays / (numbers + strays))} of its cells do not fit (${examples(read.strays, texts)})`;
}

/** Numbers, most likely, that are left as texts. */
function suspicion(name: string, read: NumbersOfTexts, texts: readonly string[], doubt: string): Warning {
  const example = exampleOf(read, texts);
  return {
    code: "numbers-suspected",
    column: name,
    message: `${name} is read as text, though it looks like numbers such as ${example}: ${doubt}; --types ${flagItem(`${name}=number`)} reads it as numbers${read.strays.length > 0 ? ", and what does not fit as missing" : ""}`,
    evidence: { example },
  };
}

/** A text that was read as a number and shows how. */
function exampleOf({ values }: NumbersOfTexts, texts: readonly string[]): string {
  const read = (code: number): boolean => values[code] === values[code];
  const odd = texts.findIndex((text, code) => read(code) && /[^\d.]/.test(text));
  return texts[odd < 0 ? texts.findIndex((_, code) => read(code)) : odd] ?? "";
}

function examples(codes: readonly number[], texts: readonly string[]): string {
  return quoted(codes.slice(0, 3).map((code) => texts[code])) + (codes.length > 3 ? ", ..." : "");
}

/** Does the head of the texts hold digits at all? Spares decoding columns of words. */
function promising(levels: Levels): boolean {
  const most = Math.min(levels.ends.length, 100);
  let digits = 0;
  for (let code = 0; code < most; code++) if (/\p{Nd}/u.test(levelText(levels, code))) digits++;
  return digits >= most / 4;
}

/** What a mark at numbers is read as. Bounds (<5, 10+) count as the number they name. */
function meaningOf(mark: string, marks: readonly string[]): string {
  if (mark === "(") return "brackets mean negative";
  if (mark === "-") return `"-" behind means negative`;
  if (mark === "/") return "fractions are worked out";
  const credit = marks.some((other) => /^CR/i.test(other)); // of the two sides of the books one is negative
  if (/^CR/i.test(mark) || (/^D[RB]/i.test(mark) && !credit)) return `${mark} means negative`;
  return `${JSON.stringify(mark)} is left out`;
}

/** @param usual The decimal mark of the file. */
function notationWarning(name: string, notation: Notation, example: string, usual: string): Warning {
  const { decimal, thousands, unit, magnitudes, marks = [] } = notation;
  const parts = [
    ...(thousands === undefined ? [] : [`${JSON.stringify(thousands)} groups digits`]),
    ...(decimal === "," || decimal !== usual ? [`"${decimal}" marks decimals`] : []),
    ...(unit === undefined ? [] : [`${unit} is left out`]),
    ...(magnitudes === undefined ? [] : ["K, M and B are thousands, millions and billions"]),
    ...marks.map((mark) => meaningOf(mark, marks)),
  ];
  return {
    code: "number-notation",
    column: name,
    message: `${name} is read as numbers from texts such as ${example}: ${parts.join(", ")}`,
    evidence: { example, ...notation },
  };
}

/** The same column with the levels that mean missing taken out. */
function withoutMarkers(name: string, codes: Int32Array, levels: Levels, missing: ReadonlySet<string>): RawTexts {
  const gone = withoutMinus(markerCodes(levels, missing), levels);
  if (gone.length === 0) return { kind: "text", name, codes, levels, markers: [] };
  const counts = countsOf(codes, levels.ends.length);
  const markers = gone.map((code) => ({ text: levelText(levels, code), count: counts[code] }));
  const drop = new Set(gone);
  const map = new Int32Array(levels.ends.length);
  const bytes = new Uint8Array(levels.bytes.length);
  const ends: number[] = [];
  let used = 0;
  for (let code = 0; code < map.length; code++) {
    map[code] = drop.has(code) ? -1 : ends.length;
    if (drop.has(code)) continue;
    const from = code === 0 ? 0 : levels.ends[code - 1];
    bytes.set(levels.bytes.subarray(from, levels.ends[code]), used);
    used += levels.ends[code] - from;
    ends.push(used);
  }
  const recoded = sharedInts(codes.length);
  for (let r = 0; r < codes.length; r++) recoded[r] = codes[r] < 0 ? -1 : map[codes[r]];
  const kept = { bytes: bytes.slice(0, used), ends: Float64Array.from(ends) };
  return { kind: "text", name, codes: recoded, levels: kept, markers: sorted(markers) };
}

/** Where all other levels are signs (+, ++, ±), - is one too. */
function withoutMinus(gone: readonly number[], levels: Levels): readonly number[] {
  const minus = gone.find((code) => levelText(levels, code) === "-");
  if (minus === undefined || levels.ends.length > gone.length + 9) return gone;
  const others = levelTexts(levels).filter((_, code) => !gone.includes(code));
  return others.length > 0 && others.every((text) => /^[+±-]+$/.test(text))
    ? gone.filter((code) => code !== minus)
    : gone;
}

/** Codes of the levels that mean missing. Only texts as short as the longest marker are decoded. */
function markerCodes(levels: Levels, missing: ReadonlySet<string>): number[] {
  const longest = Math.max(0, ...[...missing].map((text) => Buffer.byteLength(text)));
  const codes: number[] = [];
  for (let code = 0, from = 0; code < levels.ends.length; code++) {
    const end = levels.ends[code];
    if (end - from <= longest && missing.has(levelText(levels, code))) codes.push(code);
    from = end;
  }
  return codes;
}

function countsOf(codes: Int32Array, levels: number): Int32Array {
  const counts = new Int32Array(levels);
  for (let r = 0; r < codes.length; r++) if (codes[r] >= 0) counts[codes[r]]++;
  return counts;
}

function sorted(markers: readonly MarkerCount[]): MarkerCount[] {
  return markers.toSorted((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
}
