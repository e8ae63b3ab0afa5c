/** The reports of a benchmark folder: rebuilt from the artifact, byte for byte. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "../report/artifact.ts";
import { htmlReport, markdownReport } from "../report/benchmark/reports.ts";
import { FolderError, reason } from "./folder.ts";

/** Writes `report.html` and `report.md`. @throws FolderError when the disk says no. */
export function rebuildReports(folder: string, artifact: Artifact): void {
  for (const [name, text] of reportFiles(artifact)) writeText(join(folder, name), text);
}

/** The reports by file name. */
export function reportFiles(artifact: Artifact): readonly (readonly [string, string])[] {
  return [
    ["report.md", markdownReport(artifact)],
    ["report.html", htmlReport(artifact)],
  ];
}

/** Writes a text whole or not at all. @throws FolderError when the disk says no. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(`${path}.partial`, text);
    renameSync(`${path}.partial`, path);
  } catch (error) {
    throw new FolderError(`${path}: cannot be written (${reason(error)})`, { cause: error });
  }
}
