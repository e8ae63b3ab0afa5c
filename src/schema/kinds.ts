/** What a feature column is, and what to use it for. Every rule here says its reason; `inferSchema` puts them together. */
import { areCodes } from "../table/sniff/codes.ts";
import type { GivenKind, Kind } from "../table/options.ts";
import {
  distinctTexts,
  levelText,
  levelTexts,
  type RawColumn,
  type RawNumbers,
  type RawTexts,
  type Table,
} from "../frame/table.ts";
import { DataError } from "../frame/error.ts";
import type { Warning } from "../frame/warning.ts";
import { flagItem, flagValue } from "../words/texts.ts";
import { dateValue, detectDates, isZoned, writtenIn, zonesIn, type DateFormat } from "./dates.ts";
import { judgeDates, missingDates } from "./judge-dates.ts";
import {
  soundsLikeCode,
  soundsLikeEntity,
  soundsLikeId,
  soundsLikeMoment,
  soundsLikeNumbering,
  soundsLikeRow,
} from "./names.ts";
import { countDistinct, filled, type NumberProfile, type Profile, type TextProfile } from "./profile.ts";
import type { Role } from "./schema.ts";
import { average, counted, figure, whole } from "../words/numbers.ts";

export interface Judgement {
  readonly kind: Kind;
  readonly role: Role;
  readonly reason: string;
  readonly format?: DateFormat;
  readonly warnings: readonly Warning[];
}

/** More distinct texts than this make no category. */
const MAX_LEVELS = 100_000;
/** Fewer distinct values than this are never held against a column. */
const FEW = 20;
/** At most this share of rows may be a thing's second or later one for its ids to name rows, not groups of them. */
const SECOND_ROWS = 0.1;
/** Ids of things (a shop, a product line) with at least so many rows each, and at most so many things, are categories. */
const ROWS_A_THING = 20;
const THINGS = 50;
const TRUTHS = [
  ["false", "true"],
  ["no", "yes"],
  ["n", "y"],
  ["f", "t"],
  ["off", "on"],
] as const;

const plain = (kind: Kind, role: Role, reason: string, warnings: readonly Warning[] = []): Judgement => ({
  kind,
  role,
  reason,
  warnings,
});

/** Judges a column that the user said nothing of. */
export function judge(table: Table, position: number, column: RawColumn, profile: Profile): Judgement {
  const held = filled(table.rows, profile);
  if (held === 0) return constant(column.name, "no value at all");
  if (profile.distinct === 1 && held === table.rows) return constant(column.name, "one value in all rows");
  return column.kind === "number"
    ? judgeNumbers(table, position, column, profile as NumberProfile)
    : judgeTexts(table, column, profile as TextProfile);
}

/** A column whose kind the user gave. @throws DataError when its values cannot be that. */
export function judgeAs(
  table: Table,
  column: RawColumn,
  profile: Profile,
  given: Exclude<GivenKind, "ignore">,
): Judgement {
  const { name } = column;
  const reason = "as asked";
  if (given === "id") return plain("id", "id", reason);
  if (given === "constant") return plain("constant", "dropped", reason);
  if (given === "number") {
    if (column.kind === "text" && filled(table.rows, profile) > 0)
      throw new DataError(
        `column ${JSON.stringify(name)} cannot be numbers: ${JSON.stringify(levelText(column.levels, 0))} is none`,
      );
    return plain("number", "feature", reason);
  }
  if (given === "category" || given === "boolean" || given === "text") return plain(given, "feature", reason);
  const order = given === "date" || given === "time" ? undefined : given;
  const texts = distinctTexts(column).filter((text) => !missingDates(table).has(text));
  const zoned = isZoned(zonesIn(texts)) && { zoned: true as const };
  const found: DateFormat | undefined =
    order === undefined ? detectDates(texts)?.format : { ...writtenIn(order, texts), ...zoned };
  const none = texts.findIndex((text) => found === undefined || Number.isNaN(dateValue(text, found)));
  if (found === undefined || (order !== undefined && none >= 0))
    throw new DataError(
      `column ${JSON.stringify(name)} cannot be dates${order === undefined ? "" : ` in the order ${order}`}: ${JSON.stringify(texts[Math.max(0, none)] ?? "")} is none`,
    );
  return { kind: found.form === "clock" ? "time" : "date", role: "feature", reason, format: found, warnings: [] };
}

function constant(name: string, reason: string): Judgement {
  return plain("constant", "dropped", reason, [
    { code: "constant-column", column: name, message: `${name} is dropped: ${reason}` },
  ]);
}

function judgeNumbers(table: Table, position: number, column: RawNumbers, profile: NumberProfile): Judgement {
  const { name } = column;
  const { rows } = table;
  const nameless = soundsLikeRow(name) || (position === 0 && table.origin.dialect?.header === false);
  if (profile.whole && countsRows(profile, rows)) {
    if (nameless) {
      const reason = `counts the rows from ${profile.min}`;
      return plain("id", "dropped", reason, [
        { code: "row-number", column: name, message: `${name} is dropped: it ${reason}` },
      ]);
    }
    if (!soundsLikeId(name))
      return plain("number", "feature", "numbers", [
        {
          code: "row-number-suspected",
          column: name,
          message: `${name} counts the rows from ${profile.min}; if that says only where a row stands in the file, say --ignore ${flagItem(name)}`,
        },
      ]);
  }
  if (profile.whole && soundsLikeRow(name) && countsAgain(column.values))
    return plain("number", "feature", "whole numbers", [
      {
        code: "row-number-suspected",
        column: name,
        message: `${name} counts rows from ${column.values[0]} again and again; if that says only where a row stands in the file, say --ignore ${flagItem(name)}`,
      },
    ]);
  const format = profile.whole ? dateNumbers(name, column.values, profile) : undefined;
  if (format !== undefined)
    return { kind: "date", role: "feature", reason: `numbers that are dates (${format.form})`, format, warnings: [] };
  const named = soundsLikeId(name) || soundsLikeNumbering(name);
  if (profile.whole && (named || nameless)) {
    const held = filled(rows, profile);
    const distinct = profile.exact ? profile.distinct : countDistinct(column.values, rows + 1).distinct;
    const judged = named ? judgeNamed(column, held, distinct) : undefined;
    if (judged !== undefined) return judged;
    if (nameless && distinct === held && held >= FEW)
      return namesRows(column, held, "another whole number in each row, under a name that says nothing");
  }
  if (profile.whole && soundsLikeCode(name) && profile.exact)
    return plain("category", "feature", "whole numbers with the name of a code", [
      {
        code: "codes",
        column: name,
        message: `${name} is read as codes (a category) because of its name; if its size means something, say --types ${flagItem(`${name}=number`)}`,
      },
    ]);
  if (profile.distinct === 2 && profile.min === 0 && profile.max === 1 && profile.infinite === 0)
    return plain("boolean", "feature", "0 and 1 only");
  return plain("number", "feature", profile.whole ? "whole numbers" : "numbers");
}

/** 0, 1, 2, ... or 1, 2, 3, ... in order, in three rows or more. */
function countsRows({ increasing, min, max }: NumberProfile, rows: number): boolean {
  return rows >= 3 && increasing && (min === 0 || min === 1) && max - min === rows - 1;
}

/** 0, 1, 2, 0, 1, 2, 3, ...: runs of steps of one from the same start, 0 or 1, of which there are several. */
function countsAgain(values: Float64Array): boolean {
  const [start] = values;
  let runs = 0;
  for (let r = 0; r < values.length; r++) {
    if (values[r] === start) runs++;
    else if (values[r] !== values[r - 1] + 1) return false;
  }
  return (start === 0 || start === 1) && runs > 1 && values.length >= 3 * runs;
}

/** A column that names rows, by its own name or its place: nothing learnt from it holds for new ones. */
function namesRows({ kind, name }: RawColumn, distinct: number, reason: string): Judgement {
  const keeps = kind === "number" ? `${flagItem(`${name}=number`)} or =category` : flagItem(`${name}=category`);
  return plain("id", "id", reason, [
    {
      code: "id-column",
      column: name,
      message: `${name} is left out: it names the rows; nothing learnt from it holds for new ones (--types ${keeps} keeps it)`,
      count: distinct,
    },
  ]);
}

/** A column called an id, or a kind of person: judged by how often its values come again. */
function judgeNamed(column: RawColumn, held: number, distinct: number): Judgement | undefined {
  const { name } = column;
  if (distinct === held && held >= (soundsLikeId(name) ? 3 : FEW))
    return namesRows(column, distinct, "named like an id, another value in each row");
  if (distinct <= 2 || distinct === held || !soundsLikeId(name)) return undefined;
  if (held - distinct <= SECOND_ROWS * held)
    return namesRows(column, distinct, `named like an id, ${whole(distinct)} values in ${whole(held)} rows`);
  const entity = soundsLikeEntity(name);
  const mean = held / distinct;
  if (!entity && distinct <= THINGS && mean >= ROWS_A_THING)
    return plain("category", "feature", `named like an id, with ${distinct} values in ${Math.round(mean)} rows each`, [
      {
        code: "id-as-category",
        column: name,
        message: `${name} is used as a category of ${distinct} levels; if new rows bring new ones, say --ignore ${flagItem(name)} or --group ${flagValue(name)}`,
        count: distinct,
      },
    ]);
  if (entity && distinct < 10) return undefined;
  return plain("id", "id", `named like an id, ${whole(distinct)} values with ${figure(mean)} rows each`, [
    {
      code: "group-suspected",
      column: name,
      message: `${name} names ${whole(distinct)} things with about ${average(mean)} rows each and is left out; rows of one thing resemble each other, so keep them together with --group ${flagValue(name)}`,
      count: distinct,
      evidence: { rowsEach: Math.round(10 * mean) / 10 },
    },
  ]);
}

/** Digits of days, minutes and seconds that are written as one number, year first: 20200425, 202004251830, ... */
const COMPACT_DIGITS: readonly number[] = [8, 12, 14];

/** Dates written as one number: 20200425, 25042020, or seconds or milliseconds since 1970 where the name speaks of time. */
export function dateNumbers(
  name: string,
  values: Float64Array,
  { min, max, distinct }: NumberProfile,
): DateFormat | undefined {
  const yearFirst = COMPACT_DIGITS.some((digits) => min >= 19 * 10 ** (digits - 2) && max < 2101 * 10 ** (digits - 4));
  if (distinct >= FEW && (yearFirst || (min >= 1_011_900 && max < 31_122_100))) {
    const step = Math.max(1, Math.floor(values.length / 1000));
    const some = new Set<number>();
    for (let r = 0; r < values.length; r += step) if (values[r] === values[r]) some.add(values[r]);
    const found = detectDates([...some].map(String));
    if (found?.format.form === "compact" && found.strays.length === 0) return found.format;
  }
  if (!soundsLikeMoment(name)) return undefined;
  if (min >= 631152000 && max <= 4102444800) return { form: "seconds" }; // 1990 to 2100
  if (min >= 631152000000 && max <= 4102444800000) return { form: "milliseconds" };
  return undefined;
}

function judgeTexts(table: Table, column: RawTexts, profile: TextProfile): Judgement {
  const { name } = column;
  const { distinct } = profile;
  const held = table.rows - profile.missing;
  const texts = distinct <= 2 ? levelTexts(column.levels) : [];
  const lower = texts.map((text) => text.toLowerCase()).toSorted();
  if (TRUTHS.some((pair) => lower.length === 2 && pair[0] === lower[0] && pair[1] === lower[1]))
    return plain("boolean", "feature", `${texts.join(" and ")} only`);
  const dates = judgeDates(table, column);
  if (dates !== undefined) return dates;
  if (soundsLikeId(name) || soundsLikeNumbering(name)) {
    const named = judgeNamed(column, held, distinct);
    if (named !== undefined) return named;
  }
  if (distinct > FEW && profile.words >= 3 && (distinct > held / 2 || profile.length >= 50))
    return plain("text", "feature", `${Math.round(profile.words)} words on average, mostly distinct`);
  if (distinct > FEW && distinct > held / 2) {
    const codes = areCodes(levelTexts(column.levels)); // of something, so a category: one that comes too rarely to learn from
    const what = `${whole(distinct)} distinct ${codes ? "codes" : "texts"} in ${whole(held)} cells`;
    return plain(codes ? "category" : "id", "id", what, [
      {
        code: "id-column",
        column: name,
        message: `${name} is left out: ${what}, so most of them come once (--types ${flagItem(`${name}=category`)} or =text keeps it)`,
        count: distinct,
      },
    ]);
  }
  if (distinct > MAX_LEVELS)
    return plain("category", "id", `${distinct} levels, more than ${MAX_LEVELS}`, [
      {
        code: "id-column",
        column: name,
        message: `${name} is left out: ${whole(distinct)} distinct texts are too many for a category (--types ${flagItem(`${name}=text`)} keeps it)`,
        count: distinct,
      },
    ]);
  const rare = distinct > 50 && held / distinct < ROWS_A_THING;
  return plain("category", "feature", counted(distinct, "distinct text"), [
    ...(rare
      ? [
          {
            code: "high-cardinality",
            column: name,
            message: `${name} is used as a category with ${whole(distinct)} levels, ${figure(held / distinct)} rows each: little can be learnt of most of them`,
            count: distinct,
          },
        ]
      : []),
  ]);
}
