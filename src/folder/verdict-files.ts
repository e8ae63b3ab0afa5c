/** Writing a verdict: `verdict.json`, and beside it the same for people. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OptionError } from "../error.ts";
import type { VerdictDocument } from "../report/verdict.ts";
import { htmlVerdict, markdownVerdict } from "../report/verdict/reports.ts";
import { FolderError, reason } from "./folder.ts";
import { replaceFile } from "./replace.ts";

/** Where the verdict on challengers of a benchmark goes unless asked otherwise. */
export function verdictPath(folder: string): string {
  return join(folder, "verdict.json");
}

/** Where a verdict of that name is kept beside the last one. @throws OptionError for a name that makes no file. */
export function namedVerdictPath(folder: string, name: string): string {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.@+ -]*$/u.test(name) || name.length > 100)
    throw new OptionError(
      `name: wanted letters, digits and any of ._@+- for a file of that name, got ${JSON.stringify(name)}`,
    );
  return join(folder, "verdicts", `${name}.json`);
}

/**
 * Writes the document to `path` and the reports beside it (`verdict.json`, `verdict.md`, `verdict.html`), each whole or not at all. An earlier
 * verdict is replaced, any other file is left alone. @throws FolderError
 */
export function writeVerdict(path: string, document: VerdictDocument): void {
  if (existsSync(path) && !isVerdict(path))
    throw new FolderError(
      `--out ${path}: holds something that is no verdict, so it is left alone; choose another file`,
    );
  try {
    replaceFile(path, `${JSON.stringify(document, null, 1)}\n`);
    replaceFile(besideVerdict(path, "md"), markdownVerdict(document));
    replaceFile(besideVerdict(path, "html"), htmlVerdict(document));
  } catch (error) {
    throw new FolderError(`${path}: cannot be written (${reason(error)}); --out names another file`, { cause: error });
  }
}

/** The path of a report beside a verdict. */
export function besideVerdict(path: string, ending: "md" | "html"): string {
  return `${path.replace(/\.json$/, "")}.${ending}`;
}

/** The same for a verdict with a name (`namedVerdictPath`). @throws FolderError */
export function keepVerdict(path: string, document: VerdictDocument): void {
  try {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path));
  } catch (error) {
    throw new FolderError(`${dirname(path)}: cannot be made (${reason(error)})`, { cause: error });
  }
  writeVerdict(path, document);
}

function isVerdict(path: string): boolean {
  try {
    return readFileSync(path, "utf8").includes('"schema": "tabular-baseline/verdict/');
  } catch {
    return false; // a folder, or not ours to read
  }
}
