/** What a run has left behind, by what it says of itself: a benchmark, or a verdict. */
import { statSync } from "node:fs";
import type { Artifact } from "../report/artifact.ts";
import { checkVerdict } from "../report/schema/verdict.ts";
import type { VerdictDocument } from "../report/verdict.ts";
import { openArtifact } from "./open.ts";
import { readJson } from "./read-json.ts";

export type Saved =
  | { readonly kind: "benchmark"; readonly folder: string; readonly artifact: Artifact }
  | { readonly kind: "verdict"; readonly path: string; readonly document: VerdictDocument };

/** @param path A benchmark folder, its `benchmark.json`, or a `verdict.json`. @throws FolderError, ArtifactError */
export function openSaved(path: string): Saved {
  const document = isFile(path)
    ? readJson(path, (value) => (isVerdict(value) ? checkVerdict(value) : undefined))
    : undefined;
  return document === undefined ? { kind: "benchmark", ...openArtifact(path) } : { kind: "verdict", path, document };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isVerdict(value: unknown): boolean {
  const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  return typeof schema === "string" && schema.startsWith("tabular-baseline/verdict/");
}
