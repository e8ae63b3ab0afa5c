/** The last step of reading: columns as stored become columns of a table, missing cells marked, odd notations read. */
import type { MarkerCount, Notation, RawColumn, RawNumbers, RawTexts } from "../table.ts";
import { levelText, levelTexts } from "../table.ts";
import type { Warning } from "../warning.ts";
import { counted, flagItem } from "../words.ts";
import type { Levels } from "./byte-dictionary.ts";
import { sharedDoubles } from "./column-store.ts";
import { conventionsFor, type Conventions } from "./conventions.ts";
import { areCodes, numbersOfTexts } from "./notation.ts";
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
  if (sentinels.size > 0)
    values.forEach((value, r) => {
      if (!sentinels.has(value)) return;
      values[r] = Number.NaN;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    });
  const all = [...markers, ...[...counts].map(([value, count]) => ({ text: String(value), count }))];
  return { kind: "number", name, values, markers: sorted(all), ...(notation !== undefined && { notation }) };
}

/**
 * A column of texts, or of numbers when its texts are numbers in some notation.
 *
 * @param codes Owned: changed in place.
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
  if (kind === undefined || kind === "number") {
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
  const { decimal, thousands, missingNumber } = conventions;
  const read = numbersOfTexts(texts, counts, { decimal, thousands, missing: missingNumber, forced });
  if (read === undefined) return undefined;
  const values = sharedDoubles(codes.length);
  for (let r = 0; r < codes.length; r++) values[r] = codes[r] < 0 ? Number.NaN : read.values[codes[r]];
  const { strays, notation } = read;
  const cells = strays.reduce((sum, code) => sum + counts[code], 0);
  if (cells > 0)
    warn({
      code: "not-a-number",
      column: name,
      message: `${counted(cells, "cell")} of ${name} ${cells === 1 ? "holds" : "hold"} no number, read as missing; if it is not a column of numbers, say --types ${flagItem(`${name}=category`)}`,
      count: cells,
      evidence: { texts: strays.slice(0, 5).map((code) => texts[code]) },
    });
  const odd = Object.keys(notation).length > 1 || notation.decimal !== decimal;
  if (odd)
    warn(
      notationWarning(
        name,
        notation,
        texts.find((text, code) => read.values[code] === read.values[code] && /\D/.test(text)) ?? "",
      ),
    );
  const markers = read.markers.map((code) => ({ text: texts[code], count: counts[code] }));
  return finishNumbers(name, values, markers, conventions, odd ? notation : undefined);
}

/** Does the head of the texts hold digits at all? Spares decoding columns of words. */
function promising(levels: Levels): boolean {
  const most = Math.min(levels.ends.length, 100);
  let digits = 0;
  for (let code = 0; code < most; code++) if (/\d/.test(levelText(levels, code))) digits++;
  return digits >= most / 4;
}

function notationWarning(name: string, notation: Notation, example: string): Warning {
  const { decimal, thousands, unit, magnitudes } = notation;
  const parts = [
    ...(thousands === undefined ? [] : [`${JSON.stringify(thousands)} groups digits`]),
    ...(decimal === "," ? [`"," marks decimals`] : []),
    ...(unit === undefined ? [] : [`${unit} is left out`]),
    ...(magnitudes === undefined ? [] : ["K, M and B are thousands, millions and billions"]),
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
  const gone = markerCodes(levels, missing);
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
  for (let r = 0; r < codes.length; r++) if (codes[r] >= 0) codes[r] = map[codes[r]];
  const kept = { bytes: bytes.slice(0, used), ends: Float64Array.from(ends) };
  return { kind: "text", name, codes, levels: kept, markers: sorted(markers) };
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
