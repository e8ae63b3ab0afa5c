/** What rows hold that the rows a model was fitted on did not: an answer for them rests on no experience. */
import type { CategoryColumn, Column, NumberColumn } from "../frame/dataset.ts";
import { classOf } from "./levels.ts";
import type { ColumnSchema, Schema } from "./schema.ts";
import type { ColumnProfile } from "./training-profile.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";

/**
 * Counts cells that lie outside the profiles, by column and kind: `beyond-range`, `newly-fractional`, `unseen-levels` (those
 * that the schema knows and training rows did not have), `newly-missing`, `varying-constant`. Columns without a profile are passed over.
 *
 * @param columns As `profiledColumns` gives them. @param empty Cells without a value in the table, by column.
 * Cost: one pass over the cells.
 */
export function outsideWarnings(
  schema: Schema,
  columns: readonly (Column | undefined)[],
  empty: ReadonlyMap<string, number>,
): Warning[] {
  return schema.columns.flatMap((column, c): Warning[] => {
    const { name, role, profile } = column;
    const given = columns[c];
    if (profile === undefined || given === undefined || role === "target") return [];
    const gaps = role === "feature" && profile.missing === 0 ? (empty.get(name) ?? 0) : 0;
    return [...strangers(column, profile, given), ...(gaps > 0 ? [newlyMissing(name, gaps)] : [])];
  });
}

function newlyMissing(name: string, count: number): Warning {
  return {
    code: "newly-missing",
    column: name,
    message: `${counted(count, "cell")} of ${name} ${count === 1 ? "is" : "are"} missing, and no training row lacked it`,
    count,
  };
}

function strangers(schema: ColumnSchema, profile: ColumnProfile, column: Column): Warning[] {
  const { name, role } = schema;
  const dropped = role === "dropped";
  if (column.kind === "number" && profile.constant !== undefined)
    return varying(name, profile, numbersThat(column, (x) => x !== profile.constant).map(String));
  if (column.kind === "number") return [...beyondRange(schema, profile, column), ...fractions(schema, profile, column)];
  if (column.kind === "text" || (!dropped && profile.levels === undefined)) return [];
  const { constant, levels = [], rest = 0 } = profile;
  if (dropped || constant !== undefined) {
    const same = classOf(String(constant));
    return varying(
      name,
      profile,
      levelsThat(column, (level) => constant === undefined || classOf(level) !== same),
    );
  }
  const seen = new Set(levels.map(({ level }) => level));
  return rest > 0
    ? []
    : unseen(
        name,
        levelsThat(column, (level) => !seen.has(level)),
      );
}

/** The cells for which something holds; missing ones never do. */
function numbersThat({ values }: NumberColumn, holds: (x: number) => boolean): number[] {
  const found: number[] = [];
  for (const x of values) if (x === x && holds(x)) found.push(x);
  return found;
}

function levelsThat({ codes, levels }: CategoryColumn, holds: (level: string) => boolean): string[] {
  const wanted = levels.map(holds);
  const found: string[] = [];
  for (const code of codes) if (wanted[code]) found.push(levels[code]);
  return found;
}

function beyondRange({ name, kind }: ColumnSchema, { min, max }: ColumnProfile, column: NumberColumn): Warning[] {
  if (min === undefined || max === undefined) return [];
  const found = numbersThat(column, (x) => x < min || x > max);
  if (found.length === 0) return [];
  const distance = (x: number): number => Math.max(min - x, x - max);
  const shown = kind === "date" ? dayText : String;
  const farthest = shown(found.reduce((a, b) => (distance(b) > distance(a) ? b : a)));
  const [verb, which] = found.length === 1 ? ["lies", ""] : ["lie", "farthest: "];
  return [
    {
      code: "beyond-range",
      column: name,
      message: `${counted(found.length, "cell")} of ${name} ${verb} outside the range of the training rows, ${shown(min)} to ${shown(max)} (${which}${farthest})`,
      count: found.length,
      evidence: { min, max, farthest },
    },
  ];
}

/** A digit group read as a fraction is off by 1,000, and may well lie within the range. */
function fractions({ name, kind }: ColumnSchema, { whole }: ColumnProfile, column: NumberColumn): Warning[] {
  const found = whole === true && kind === "number" ? numbersThat(column, (x) => !Number.isInteger(x)) : [];
  if (found.length === 0) return [];
  return [
    {
      code: "newly-fractional",
      column: name,
      message: `${counted(found.length, "cell")} of ${name} ${found.length === 1 ? "has" : "have"} a fraction, such as ${found[0]}, and no training row had one; if its mark only groups digits, say so with --decimal or --thousands`,
      count: found.length,
      evidence: { example: found[0] },
    },
  ];
}

function dayText(days: number): string {
  const date = new Date(days * 86_400_000);
  if (Number.isNaN(date.getTime())) return String(days);
  const text = date.toISOString();
  return Number.isInteger(days) ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}

function unseen(name: string, found: readonly string[]): Warning[] {
  if (found.length === 0) return [];
  return [
    {
      code: "unseen-levels",
      column: name,
      message: `${counted(found.length, "cell")} of ${name} with levels that no training row has, such as ${JSON.stringify(found[0])}`,
      count: found.length,
      evidence: { texts: [...new Set(found)].slice(0, 5) },
    },
  ];
}

function varying(name: string, { constant }: ColumnProfile, found: readonly string[]): Warning[] {
  if (found.length === 0) return [];
  const only = constant === undefined ? "was always empty" : `was always ${JSON.stringify(constant)}`;
  return [
    {
      code: "varying-constant",
      column: name,
      message: `${counted(found.length, "cell")} of ${name}, which ${only} in training, ${found.length === 1 ? "holds" : "hold"} something else, such as ${JSON.stringify(found[0])}`,
      count: found.length,
      evidence: { texts: [...new Set(found)].slice(0, 5) },
    },
  ];
}
