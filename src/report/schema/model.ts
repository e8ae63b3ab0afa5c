import * as v from "valibot";
import { MODEL_SCHEMA, type ModelFile } from "../model-file.ts";
import { answersProfile, count, digest, params } from "./parts.ts";
import { checked } from "./check.ts";

/**
 * A model file, version 2. Its columns are checked by the data room and what the family itself saved by its kind
 * (`src/models`), when the model is loaded.
 */
export const modelSchema: v.GenericSchema<ModelFile> = v.strictObject({
  schema: v.literal(MODEL_SCHEMA),
  package: v.string(),
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

/** @throws ArtifactError naming the first member that does not fit. */
export function checkModelFile(value: unknown): ModelFile {
  return checked("model", MODEL_SCHEMA, modelSchema, upgraded(value));
}

/** Version 1 lacked the name of the package, and all its files were written by one version. */
function upgraded(value: unknown): unknown {
  const { schema, ...members } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (schema !== "tabular-baseline/model/1") return value;
  return { schema: MODEL_SCHEMA, package: "tabular-baseline 0.1.0", ...members };
}
