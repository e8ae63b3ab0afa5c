import * as v from "valibot";
import { MODEL_SCHEMA, type ModelFile } from "../model-file.ts";
import { answersProfile, count, digest, params } from "./parts.ts";

/**
 * A model file, version 1. Its columns are checked by the data room and what the family itself saved by the family, when the
 * model is loaded.
 */
export const modelSchema: v.GenericSchema<ModelFile> = v.strictObject({
  schema: v.literal(MODEL_SCHEMA),
  rung: v.string(),
  params,
  fitted: v.strictObject({ part: v.picklist(["train", "all"]), rows: count }),
  dataset: digest,
  columns: v.custom<ModelFile["columns"]>(
    (value) => typeof value === "object" && value !== null,
    "wanted a table's schema",
  ),
  rule: v.optional(v.string()),
  answers: v.optional(answersProfile),
  model: v.looseObject({ kind: v.string(), version: count }),
});
