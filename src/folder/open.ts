/** Reading a benchmark folder back. */
import { join } from "node:path";
import type { Artifact } from "../report/artifact.ts";
import { checkArtifact } from "../report/schema/benchmark.ts";
import { findFolder } from "./folder.ts";
import { readJson } from "./read-json.ts";

/** A folder's `benchmark.json`, checked. @throws FolderError, ArtifactError with one sentence naming the file. */
export function openArtifact(path: string): { readonly folder: string; readonly artifact: Artifact } {
  const folder = findFolder(path);
  return { folder, artifact: readJson(join(folder, "benchmark.json"), checkArtifact) };
}
