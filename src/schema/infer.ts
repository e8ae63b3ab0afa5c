/** From a table to its schema: every column's kind and role, the target and its task, and what to beware of. */
import { didYouMean } from "../error.ts";
import { DataError } from "../frame/error.ts";
import { GIVEN_KINDS, typesOf } from "../table/options.ts";
import { distinctTexts, levelTexts, type RawColumn, type Table } from "../frame/table.ts";
import type { Warning } from "../frame/warning.ts";
import { datePart, dateValue, type DateFormat, type DatePart } from "./dates.ts";
import { missingDates } from "./judge-dates.ts";
import { judge, judgeAs, type Judgement } from "./kinds.ts";
import { compareLevels } from "./levels.ts";
import { profileOf, type Profile } from "./profile.ts";
import type { ColumnSchema, Role, Schema, SchemaOptions } from "./schema.ts";
import { chooseTarget, judgeTarget } from "./target.ts";
import { checkTable } from "./warnings/registry.ts";

/**
 * Infers what a table's columns mean. Each inference says its reason and can be overridden. A target nothing can be
 * learnt from is no error here, so that such a table can be inspected: `target.problem` says why, `toDataset` refuses.
 *
 * @throws DataError when an option names a column that does not exist, or asks for what a column cannot be.
 * Cost: a few passes over each column; checks that need not be exact look at samples and say so.
 */
export function inferSchema(table: Table, options: SchemaOptions = {}): Schema {
  if (table.columns.length === 0) throw new DataError(`${table.origin.name}: the table has no column`);
  const types = typesOf(options);
  const given = givenRoles(table, options);
  const profiles = table.columns.map(profileOf);
  const warnings: Warning[] = [];
  const warn = (warning: Warning): void => void warnings.push(warning);
  const chosen = chooseTarget(table, options.target, new Set(given.keys()));
  const at = table.columns.findIndex(({ name }) => name === chosen.name);
  const target = judgeTarget(table, table.columns[at], profiles[at], chosen, options, warn);
  const columns = table.columns.map((column, c): ColumnSchema => {
    const profile = profiles[c];
    if (c === at)
      return describe(column, profile, {
        kind: target.task === "regression" ? "number" : "category",
        role: "target",
        reason: chosen.reason,
        warnings: [],
      });
    const kind = types.get(column.name);
    const judged =
      kind === undefined || kind === "ignore"
        ? judge(table, c, column, profile)
        : judgeAs(table, column, profile, kind);
    const role = given.get(column.name);
    if (role === undefined) judged.warnings.forEach(warn);
    return describe(column, profile, role === undefined ? judged : { ...judged, role, reason: "as asked" });
  });
  const expanded = columns.map((column, c) => withDates(table, table.columns[c], column, profiles[c]));
  const kept = [...new Set([...table.origin.keepNa, ...signs(table, profiles)])];
  const schema: Schema = {
    version: 1,
    rows: table.rows,
    reading: {
      na: table.origin.na,
      defaultNa: table.origin.defaultNa,
      ...(kept.length > 0 && { keepNa: kept }),
      decimal: table.origin.decimal,
      thousands: table.origin.thousands,
      ...(table.origin.dialect && { header: table.origin.dialect.header }),
    },
    columns: expanded,
    target,
    ...(options.time !== undefined && { time: options.time }),
    warnings: [],
  };
  return { ...schema, warnings: [...table.warnings, ...warnings, ...checkTable({ table, schema, profiles })] };
}

/** A minus among pluses is a level, in every table of this kind. */
function signs({ columns }: Table, profiles: readonly Profile[]): string[] {
  return columns
    .filter(
      (column, c) => column.kind === "text" && profiles[c].distinct < 10 && levelTexts(column.levels).includes("-"),
    )
    .map(({ name }) => `${name}=-`);
}

/** Roles that the user gave, by column. @throws DataError for unknown names and columns with two roles. */
function givenRoles(table: Table, options: SchemaOptions): Map<string, Role> {
  const names = new Set(table.columns.map(({ name }) => name));
  const known = (name: string, option: string): void => {
    if (!names.has(name)) throw new DataError(unknownColumn(name, option, [...names]));
  };
  const roles = new Map<string, Role>();
  const give = (name: string | undefined, role: Role, option: string): void => {
    if (name === undefined) return;
    known(name, option);
    if (name === options.target)
      throw new DataError(`column ${JSON.stringify(name)} is the target and cannot be the ${option} too`);
    const other = roles.get(name);
    if (other !== undefined && other !== role)
      throw new DataError(`column ${JSON.stringify(name)} cannot be both ${other} and ${role}`);
    roles.set(name, role);
  };
  if (options.target !== undefined) known(options.target, "target");
  if (options.time !== undefined && options.time !== "@row") known(options.time, "time");
  for (const [name, kind] of typesOf(options)) {
    known(name, "types");
    if (!GIVEN_KINDS.includes(kind))
      throw new DataError(
        `types: there is no kind ${JSON.stringify(kind)}${didYouMean(kind, GIVEN_KINDS)}; the kinds are ${GIVEN_KINDS.join(", ")}`,
      );
    if (kind === "ignore") give(name, "ignored", "ignore");
  }
  for (const name of options.ignore ?? []) give(name, "ignored", "ignore");
  give(options.id, "id", "id");
  give(options.group, "group", "group");
  give(options.weight, "weight", "weight");
  give(options.ruleColumn, "forecast", "rule column");
  return roles;
}

function unknownColumn(name: string, option: string, names: readonly string[]): string {
  const list = names.slice(0, 12).map((other) => JSON.stringify(other));
  const hint = didYouMean(name, names) || `; the columns are ${list.join(", ")}${names.length > 12 ? ", ..." : ""}`;
  return `${option}: there is no column ${JSON.stringify(name)}${hint}`;
}

function describe(
  column: RawColumn,
  profile: Profile,
  { kind, role, reason, format }: Omit<Judgement, "warnings"> & { warnings: unknown },
): ColumnSchema {
  const listed = (kind === "category" || kind === "boolean") && role === "feature";
  return {
    name: column.name,
    kind,
    role,
    reason,
    storage: column.kind,
    ...(column.kind === "number" && column.notation && { notation: column.notation }),
    missing: profile.missing,
    distinct: profile.distinct,
    exact: profile.exact,
    ...(listed && { levels: distinctTexts(column).toSorted(compareLevels) }),
    ...(format !== undefined && { format }),
  };
}

/** A column of dates with what its texts tell: the cells without one, and the parts that models see of a feature. */
function withDates(table: Table, raw: RawColumn, column: ColumnSchema, profile: Profile): ColumnSchema {
  const { format, role } = column;
  if (format === undefined) return column;
  const none = missingDates(table);
  const days = distinctTexts(raw).map((text) => (none.has(text) ? Number.NaN : dateValue(text, format)));
  const counts = profile.kind === "text" ? profile.counts : [];
  const missing = days.reduce((sum, day, code) => sum + (day === day ? 0 : (counts[code] ?? 0)), profile.missing);
  return { ...column, missing, ...(role === "feature" && { parts: varyingParts(days, format) }) };
}

/** The parts of dates that are not the same in all rows. The trend is the year; within one year, the days. */
function varyingParts(days: readonly number[], format: DateFormat): DatePart[] {
  if (format.form === "clock") return ["hour"];
  const varies = (part: DatePart): boolean => {
    let first = Number.NaN;
    for (const day of days) {
      if (day !== day) continue;
      const value = datePart(day, part);
      if (first !== first) first = value;
      else if (value !== first) return true;
    }
    return false;
  };
  const parts: DatePart[] = varies("year") ? ["year"] : varies("days") ? ["days"] : [];
  const calendar: DatePart[] = format.form === "month" ? ["month"] : ["month", "weekday", "weekend", "hour"];
  return [...parts, ...calendar.filter(varies)];
}
