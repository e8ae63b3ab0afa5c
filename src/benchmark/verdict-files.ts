/** Writing a verdict: `verdict.json`, and beside it the same for people. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { VerdictDocument } from "../report/verdict.ts";
import { markdownVerdict } from "../report/verdict-markdown.ts";
import { FolderError, reason } from "./folder.ts";

/** Where the verdict on challengers of a benchmark goes unless asked otherwise. */
export function verdictPath(folder: string): string {
  return join(folder, "verdict.json");
}

/**
 * Writes the document to `path` and its Markdown beside it (`verdict.json`, `verdict.md`), each whole or not at all. An earlier
 * verdict is replaced, any other file is left alone. @throws FolderError
 */
export function writeVerdict(path: string, document: VerdictDocument): void {
  if (existsSync(path) && !isVerdict(path))
    throw new FolderError(
      `--out ${path}: holds something that is no verdict, so it is left alone; choose another file`,
    );
  const markdown = path.endsWith(".json") ? path.replace(/json$/, "md") : `${path}.md`;
  try {
    replace(path, `${JSON.stringify(document, null, 1)}\n`);
    replace(markdown, markdownVerdict(document));
  } catch (error) {
    throw new FolderError(`${path}: cannot be written (${reason(error)}); --out names another file`, { cause: error });
  }
}

function isVerdict(path: string): boolean {
  try {
    return readFileSync(path, "utf8").includes('"schema": "tabular-baseline/verdict/');
  } catch {
    return false; // a folder, or not ours to read
  }
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.partial`, text);
  renameSync(`${path}.partial`, path);
}
