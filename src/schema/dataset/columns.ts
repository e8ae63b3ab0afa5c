/** One raw column and what the schema says of it: the columns of a dataset. */
import type { CategoryColumn, Column, NumberColumn, TextColumn } from "../../frame/dataset.ts";
import { DataError } from "../../frame/error.ts";
import { sharedDoubles, sharedInts } from "../../frame/shared.ts";
import { datePart, dateValue } from "../dates.ts";
import { missingDates } from "../judge-dates.ts";
import { classOf, isNumberText } from "../levels.ts";
import { LARGEST } from "../profile.ts";
import type { ColumnSchema } from "../schema.ts";
import { cellText, levelText, levelTexts, type RawColumn, type RawTexts, type Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";

export type Note = (warning: Warning) => void;

/** @throws DataError when the column holds something else than the schema says. */
export function encodeColumn(raw: RawColumn, schema: ColumnSchema, table: Table, note: Note): Column[] {
  switch (schema.kind) {
    case "category":
    case "boolean":
      return [encodeCategory(raw, schema.levels ?? [], note)];
    case "text":
      return [encodeText(raw)];
    case "date":
    case "time":
      return encodeDates(raw, schema, table, note);
    default:
      return [encodeNumber(raw, note)];
  }
}

/** Infinities become missing, magnitudes beyond LARGEST are clipped; without any the values are shared, not copied. */
export function encodeNumber(raw: RawColumn, note: Note): NumberColumn {
  const { name } = raw;
  const values = raw.kind === "number" ? raw.values : numbersOf(raw);
  let odd = 0;
  for (let r = 0; r < values.length; r++) if (values[r] > LARGEST || values[r] < -LARGEST) odd++;
  if (odd === 0) return { kind: "number", name, values };
  const kept = sharedDoubles(values.length);
  kept.set(values);
  let infinite = 0;
  for (let r = 0; r < kept.length; r++) {
    if (Math.abs(kept[r]) === Number.POSITIVE_INFINITY) {
      kept[r] = Number.NaN;
      infinite++;
    } else if (kept[r] > LARGEST) kept[r] = LARGEST;
    else if (kept[r] < -LARGEST) kept[r] = -LARGEST;
  }
  if (infinite > 0)
    note({
      code: "infinite-values",
      column: name,
      message: `${counted(infinite, "infinite cell")} of ${name} read as missing`,
      count: infinite,
    });
  if (odd > infinite)
    note({
      code: "clipped-values",
      column: name,
      message: `${counted(odd - infinite, "value")} of ${name} beyond 1e100 clipped to it`,
      count: odd - infinite,
    });
  return { kind: "number", name, values: kept };
}

/** Numbers that the table holds as texts, such as codes with leading zeros. @throws DataError when one is none. */
function numbersOf({ name, codes, levels }: RawTexts): Float64Array {
  const texts = levelTexts(levels);
  const strange = new Set(texts.flatMap((text, code) => (isNumberText(text) ? [] : [code])));
  const row = strange.size === 0 ? -1 : codes.findIndex((code) => strange.has(code));
  if (row >= 0)
    throw new DataError(
      `column ${JSON.stringify(name)} must be numbers, got ${JSON.stringify(texts[codes[row]])} in row ${row}`,
    );
  const values = sharedDoubles(codes.length);
  for (let r = 0; r < values.length; r++) values[r] = codes[r] < 0 ? Number.NaN : Number(texts[codes[r]]);
  return values;
}

/** Codes by the schema's levels; a level it does not have is missing, and counted. */
function encodeCategory(raw: RawColumn, levels: readonly string[], note: Note): CategoryColumn {
  const { name } = raw;
  const index = new Map(levels.map((level, code) => [level, code]));
  const codes = mapCells(raw, (text) => index.get(text) ?? index.get(classOf(text)) ?? -1);
  const { count, examples } = unseenCells(raw, codes);
  if (count > 0)
    note({
      code: "unseen-levels",
      column: name,
      message: `${counted(count, "cell")} of ${name} with levels that the model does not know, such as ${JSON.stringify(examples[0])}, read as missing`,
      count,
      evidence: { texts: examples },
    });
  return { kind: "category", name, codes, levels };
}

/** A code for each cell from its text, which is looked up once a distinct value; -1 for missing cells. */
export function mapCells(raw: RawColumn, codeOf: (text: string) => number): Int32Array {
  if (raw.kind === "text") {
    const map = Int32Array.from(levelTexts(raw.levels), codeOf);
    const codes = sharedInts(raw.codes.length);
    for (let r = 0; r < codes.length; r++) codes[r] = raw.codes[r] < 0 ? -1 : map[raw.codes[r]];
    return codes;
  }
  const { values } = raw;
  const codes = sharedInts(values.length);
  const known = new Map<number, number>();
  for (let r = 0; r < values.length; r++) {
    const value = values[r];
    if (value - value !== 0) {
      codes[r] = -1;
      continue;
    }
    let code = known.get(value);
    if (code === undefined) known.set(value, (code = codeOf(String(value))));
    codes[r] = code;
  }
  return codes;
}

/** Cells that hold a value and got no code: how many, and up to five of their texts. */
export function unseenCells(
  raw: RawColumn,
  codes: Int32Array,
): { readonly count: number; readonly examples: readonly string[] } {
  const examples = new Set<string>();
  let count = 0;
  for (let r = 0; r < codes.length; r++) {
    if (codes[r] >= 0 || !(raw.kind === "text" ? raw.codes[r] >= 0 : Number.isFinite(raw.values[r]))) continue;
    count++;
    if (examples.size < 5) examples.add(cellText(raw, r));
  }
  return { count, examples: [...examples] };
}

/** Number columns `NAME.year`, `NAME.month`, ... of a date column. */
function encodeDates(raw: RawColumn, schema: ColumnSchema, table: Table, note: Note): NumberColumn[] {
  const values = dateValues(raw, schema, table, note);
  const { format, parts = [] } = schema;
  return parts.map((part) => {
    const name = `${raw.name}.${part}`;
    if (format?.form === "clock") return { kind: "number", name, values };
    const out = sharedDoubles(values.length);
    for (let r = 0; r < out.length; r++) out[r] = values[r] === values[r] ? datePart(values[r], part) : Number.NaN;
    return { kind: "number", name, values: out };
  });
}

/** Days since 1970 (hours, for times of day) of each cell; NaN where missing. @throws DataError when no cell is a date. */
export function dateValues(raw: RawColumn, { format, kind }: ColumnSchema, table: Table, note: Note): Float64Array {
  const { name } = raw;
  if (format === undefined) throw new DataError(`the schema has no date format for column ${JSON.stringify(name)}`);
  const missing = missingDates(table);
  const out = sharedDoubles(table.rows);
  let held = 0;
  let strays = 0;
  let example = "";
  const valueOf = (text: string): number => (missing.has(text) ? Number.NaN : dateValue(text, format));
  const byLevel = raw.kind === "text" ? Float64Array.from(levelTexts(raw.levels), valueOf) : undefined;
  for (let r = 0; r < out.length; r++) {
    const text = raw.kind === "text";
    const empty = text ? raw.codes[r] < 0 : !Number.isFinite(raw.values[r]);
    out[r] = empty
      ? Number.NaN
      : byLevel === undefined
        ? valueOf(String((raw as { values: Float64Array }).values[r]))
        : byLevel[(raw as RawTexts).codes[r]];
    if (empty) continue;
    if (out[r] === out[r]) held++;
    else {
      strays++;
      example ||= text ? levelText(raw.levels, raw.codes[r]) : String(raw.values[r]);
    }
  }
  if (held === 0 && strays > 0 && !missing.has(example))
    throw new DataError(`column ${JSON.stringify(name)} must be ${kind}s, got ${JSON.stringify(example)}`);
  if (strays > 0)
    note({
      code: "not-a-date",
      column: name,
      message: `${counted(strays, "cell")} of ${name} ${strays === 1 ? `is no ${kind}` : `are no ${kind}s`}, read as missing`,
      count: strays,
    });
  return out;
}

/** Texts end to end in row order. When every row has its own text in order, the bytes are shared. */
function encodeText(raw: RawColumn): TextColumn {
  const { name } = raw;
  const texts = raw.kind === "text" ? raw : textsOfNumbers(raw.values);
  const { codes, levels } = texts;
  const starts = (code: number): number => (code === 0 ? 0 : levels.ends[code - 1]);
  const ends = sharedDoubles(codes.length);
  let total = 0;
  for (let r = 0; r < codes.length; r++) {
    if (codes[r] >= 0) total += levels.ends[codes[r]] - starts(codes[r]);
    ends[r] = total;
  }
  const bytes = new Uint8Array(new SharedArrayBuffer(total));
  for (let r = 0, at = 0; r < codes.length; r++) {
    if (codes[r] < 0) continue;
    bytes.set(levels.bytes.subarray(starts(codes[r]), levels.ends[codes[r]]), at);
    at = ends[r];
  }
  return { kind: "text", name, bytes, ends };
}

function textsOfNumbers(values: Float64Array): Pick<RawTexts, "codes" | "levels"> {
  const parts = Array.from(values, (value) => Buffer.from(value === value ? String(value) : ""));
  let end = 0;
  return {
    codes: Int32Array.from(parts, (part, r) => (part.length === 0 ? -1 : r)),
    levels: { bytes: Buffer.concat(parts), ends: Float64Array.from(parts, (part) => (end += part.length)) },
  };
}
