import * as v from "valibot";
import { MODEL_SCHEMA, type ModelFile } from "../model-file.ts";
import { count, digest, params } from "./parts.ts";

/** A model file, version 1. What the family itself saved is checked by the family when it is loaded. */
export const modelSchema: v.GenericSchema<ModelFile> = v.strictObject({
  schema: v.literal(MODEL_SCHEMA),
  rung: v.string(),
  params,
  fitted: v.strictObject({ part: v.picklist(["train", "all"]), rows: count }),
  dataset: digest,
  columns: v.custom<ModelFile["columns"]>(isSchema, "wanted the schema of a table"),
  rule: v.optional(v.string()),
  model: v.looseObject({ kind: v.string(), version: count }),
});

/** The form of a table's schema, as far as applying it relies on it. */
function isSchema(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { version, columns, target, reading } = value as Record<string, unknown>;
  const texts = (member: unknown, ...names: readonly string[]): boolean =>
    typeof member === "object" &&
    member !== null &&
    names.every((name) => typeof (member as Record<string, unknown>)[name] === "string");
  return (
    version === 1 &&
    Array.isArray(columns) &&
    columns.every((column) => texts(column, "name", "kind", "role", "storage")) &&
    texts(target, "name", "task") &&
    Array.isArray((target as { classes?: unknown }).classes) &&
    texts(reading, "decimal", "thousands")
  );
}
