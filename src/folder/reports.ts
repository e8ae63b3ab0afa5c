/** The reports of a benchmark folder: made from the artifact, byte for byte. */
import type { Artifact } from "../report/artifact.ts";
import { htmlReport, markdownReport } from "../report/benchmark/reports.ts";
import { FolderError, reason } from "./folder.ts";
import { replaceFile } from "./replace.ts";

/** The reports by file name, the HTML page last. */
export function reportFiles(artifact: Artifact): readonly (readonly [string, string])[] {
  return [
    ["report.md", markdownReport(artifact)],
    ["report.html", htmlReport(artifact)],
  ];
}

/** Writes a text whole or not at all. @throws FolderError when the disk says no. */
export function writeText(path: string, text: string): void {
  try {
    replaceFile(path, text);
  } catch (error) {
    throw new FolderError(`${path}: cannot be written (${reason(error)})`, { cause: error });
  }
}
