/** Reading a benchmark folder back. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFromJSON } from "../data/schema/json.ts";
import type { Artifact } from "../report/artifact.ts";
import type { ModelFile } from "../report/model-file.ts";
import { ArtifactError, checkArtifact, checkModelFile } from "../report/schema/check.ts";
import { findFolder, FolderError, reason } from "./folder.ts";

/** A folder's `benchmark.json`, checked. @throws FolderError, ArtifactError with one sentence naming the file. */
export function openArtifact(path: string): { readonly folder: string; readonly artifact: Artifact } {
  const folder = findFolder(path);
  return { folder, artifact: readJson(join(folder, "benchmark.json"), checkArtifact) };
}

/** A model file, or of a benchmark folder the model for use (`model-final.json`). */
export function openModel(path: string): { readonly file: string; readonly model: ModelFile } {
  const isFile = path.endsWith(".json") && !path.endsWith("benchmark.json");
  const file = isFile ? path : join(findFolder(path), "model-final.json");
  if (!existsSync(file)) throw new FolderError(`${file}: no such file; wanted a model file or a benchmark folder`);
  const model = readJson(file, checkModelFile);
  try {
    return { file, model: { ...model, columns: schemaFromJSON(model.columns) } };
  } catch (error) {
    throw error instanceof TypeError ? new ArtifactError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

function readJson<T>(file: string, check: (value: unknown) => T): T {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new FolderError(`${file}: cannot be read (${reason(error)})`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ArtifactError(`${file}: is not JSON (${(error as Error).message}); it may be cut short`, {
      cause: error,
    });
  }
  try {
    return check(value);
  } catch (error) {
    throw error instanceof ArtifactError ? new ArtifactError(`${file}: ${error.message}`) : error;
  }
}
