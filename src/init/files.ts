/** Files of a set-up: written where there are none, rewritten only as long as nobody has touched them. */
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FolderError, reason } from "../folder/folder.ts";
import { writeText } from "../folder/reports.ts";

export interface Draft {
  readonly path: string;
  /** With `STAMP` in it where `update` may rewrite the file. */
  readonly text: string;
}

/** Stands in a draft where the digest of its text goes. */
export const STAMP: string = `baseline init ${"0".repeat(16)}`;
const STAMPED = /baseline init [0-9a-f]{16}/;

export type Outcome = "written" | "updated" | "unchanged" | "kept";

/**
 * Writes drafts into a folder. A file that is there is kept; with `update` it is rewritten if its digest says that it is as it
 * was written. @throws FolderError when the disk says no.
 */
export function writeDrafts(
  folder: string,
  drafts: readonly Draft[],
  update: boolean,
): readonly { readonly path: string; readonly outcome: Outcome }[] {
  requireWritable(folder);
  return drafts.map(({ path, text }) => {
    const file = join(folder, path);
    const made = stamped(text);
    const outcome = outcomeFor(file, made, update);
    if (outcome === "written" || outcome === "updated") write(file, made);
    return { path, outcome };
  });
}

/** @throws FolderError when nothing can be written there. */
export function requireWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new FolderError(`${folder}: cannot be written (${reason(error)})`, { cause: error });
  }
}

function outcomeFor(file: string, made: string, update: boolean): Outcome {
  if (!existsSync(file)) return "written";
  const standing = read(file);
  if (standing === made) return "unchanged";
  return update && isUntouched(standing) ? "updated" : "kept";
}

function isUntouched(text: string): boolean {
  return STAMPED.test(text) && stamped(text) === text;
}

/** The text with the digest of what else it says; line ends do not count, git changes them. */
function stamped(text: string): string {
  return text.replace(STAMPED, `baseline init ${digest(text.replace(STAMPED, STAMP))}`);
}

function digest(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 16);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new FolderError(`${file}: cannot be read (${reason(error)})`, { cause: error });
  }
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new FolderError(`${dirname(file)}: cannot be made (${reason(error)})`, { cause: error });
  }
  writeText(file, text);
}
