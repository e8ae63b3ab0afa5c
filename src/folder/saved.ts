/** What a run has left behind, by what it says of itself: a benchmark, or a verdict. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../report/artifact.ts";
import { checkVerdict } from "../report/schema/verdict.ts";
import type { VerdictDocument } from "../report/verdict.ts";
import { openArtifact } from "./open.ts";
import { readJson } from "./read-json.ts";

export type Saved =
  | { readonly kind: "benchmark"; readonly folder: string; readonly artifact: Artifact }
  | { readonly kind: "verdict"; readonly path: string; readonly document: VerdictDocument };

/**
 * @param path A benchmark folder, its `benchmark.json`, a verdict's file, or a folder with a `verdict.json` and no benchmark.
 * @throws FolderError, ArtifactError
 */
export function openSaved(path: string): Saved {
  const file = fileOf(path);
  const document = isFile(file)
    ? readJson(file, (value) => (isVerdict(value) ? checkVerdict(value) : undefined))
    : undefined;
  return document === undefined
    ? { kind: "benchmark", ...openArtifact(path) }
    : { kind: "verdict", path: file, document };
}

function fileOf(path: string): string {
  const inside = join(path, "verdict.json");
  return isFile(inside) && !isFile(join(path, "benchmark.json")) ? inside : path;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function isVerdict(value: unknown): boolean {
  const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  return typeof schema === "string" && schema.startsWith("tabular-baseline/verdict/");
}
