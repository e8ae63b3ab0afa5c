/** A schema from JSON, checked: what a model or benchmark brings along may come from anywhere. */
import * as v from "valibot";
import type { ColumnProfile } from "./training-profile.ts";
import type { Schema } from "./schema.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const kind = v.picklist(["number", "category", "boolean", "date", "time", "text", "id", "constant"]);
const role = v.picklist(["feature", "target", "id", "group", "weight", "forecast", "ignored", "dropped"]);
const finite = v.pipe(v.number(), v.finite());

const warning = v.strictObject({
  code: v.string(),
  column: v.exactOptional(v.string()),
  message: v.string(),
  count: v.exactOptional(count),
  evidence: v.exactOptional(v.record(v.string(), v.union([v.string(), finite, v.boolean(), v.array(v.string())]))),
});

/** Where the quantiles of a profile are taken. */
export const QUANTILES: readonly number[] = [0, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1];

const profile: v.GenericSchema<unknown, ColumnProfile> = v.strictObject({
  missing: count,
  min: v.optional(finite),
  max: v.optional(finite),
  whole: v.optional(v.literal(true)),
  quantiles: v.optional(v.pipe(v.array(finite), v.length(QUANTILES.length))),
  levels: v.optional(v.array(v.strictObject({ level: v.string(), share: finite }))),
  rest: v.optional(finite),
  constant: v.optional(v.union([v.string(), finite])),
});

const column = v.strictObject({
  name: v.string(),
  kind,
  role,
  reason: v.string(),
  storage: v.picklist(["number", "text"]),
  missing: count,
  distinct: count,
  exact: v.boolean(),
  notation: v.exactOptional(
    v.strictObject({
      decimal: v.picklist([".", ","]),
      thousands: v.exactOptional(v.string()),
      unit: v.exactOptional(v.string()),
      magnitudes: v.exactOptional(v.literal(true)),
      marks: v.exactOptional(v.array(v.string())),
    }),
  ),
  levels: v.exactOptional(v.array(v.string())),
  format: v.exactOptional(
    v.strictObject({
      form: v.picklist(["numeric", "named", "month", "compact", "seconds", "milliseconds", "clock"]),
      order: v.exactOptional(v.picklist(["ymd", "dmy", "mdy"])),
      zoned: v.exactOptional(v.literal(true)),
    }),
  ),
  parts: v.exactOptional(v.array(v.picklist(["year", "month", "weekday", "weekend", "hour", "days"]))),
  profile: v.exactOptional(profile),
});

const target = v.strictObject({
  name: v.string(),
  reason: v.string(),
  guessed: v.exactOptional(v.literal(true)),
  task: v.picklist(["binary", "multiclass", "regression"]),
  taskReason: v.string(),
  classes: v.array(v.string()),
  missing: count,
  problem: v.exactOptional(v.string()),
});

/** The members of a schema, for artifacts that hold one. */
export const schemaShape: v.GenericSchema<unknown, Schema> = v.strictObject({
  version: v.literal(1),
  rows: count,
  reading: v.strictObject({
    na: v.array(v.string()),
    defaultNa: v.boolean(),
    keepNa: v.exactOptional(v.array(v.string())),
    decimal: v.picklist([".", ","]),
    thousands: v.string(),
    header: v.exactOptional(v.boolean()),
  }),
  columns: v.array(column),
  target,
  time: v.exactOptional(v.string()),
  warnings: v.array(warning),
});

/** @throws TypeError naming the first member that is not as it must be. */
export function schemaFromJSON(json: unknown): Schema {
  const result = v.safeParse(schemaShape, json);
  if (!result.success) {
    const [issue] = result.issues;
    throw new TypeError(`schema: ${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
  }
  const schema = result.output;
  const names = new Set(schema.columns.map(({ name }) => name));
  if (names.size < schema.columns.length) throw new TypeError("schema: two columns have the same name");
  if (!names.has(schema.target.name))
    throw new TypeError(`schema: there is no column for the target ${schema.target.name}`);
  for (const { name, kind, role, levels, format, parts } of schema.columns) {
    if (role !== "feature") continue;
    if ((kind === "category" || kind === "boolean") && levels === undefined)
      throw new TypeError(`schema: category ${JSON.stringify(name)} has no levels`);
    if ((kind === "date" || kind === "time") && (format === undefined || parts === undefined))
      throw new TypeError(`schema: ${kind} ${JSON.stringify(name)} has no format or parts`);
  }
  return schema;
}
