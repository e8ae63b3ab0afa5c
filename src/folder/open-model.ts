import { existsSync } from "node:fs";
import { join } from "node:path";
import { schemaFromJSON } from "../schema/json.ts";
import type { ModelFile } from "../report/model-file.ts";
import { ArtifactError } from "../report/schema/check.ts";
import { checkModelFile } from "../report/schema/model.ts";
import { findFolder, FolderError } from "./folder.ts";
import { readJson } from "./read-json.ts";

/** A model file, or of a benchmark folder the model for use (`model-final.json`). */
export function openModel(path: string): {
  readonly file: string;
  readonly model: ModelFile;
  /** The benchmark folder, where one was named. */
  readonly folder?: string;
} {
  const isFile = path.endsWith(".json") && !path.endsWith("benchmark.json");
  const file = isFile ? path : join(findFolder(path), "model-final.json");
  if (!existsSync(file)) throw new FolderError(`${file}: no such file; wanted a model file or a benchmark folder`);
  const model = readJson(file, checkModelFile);
  try {
    return { file, model: { ...model, columns: schemaFromJSON(model.columns) }, ...(!isFile && { folder: path }) };
  } catch (error) {
    throw error instanceof TypeError ? new ArtifactError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}
