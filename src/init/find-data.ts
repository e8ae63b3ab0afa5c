import { readdirSync } from "node:fs";
import { few } from "../words/texts.ts";
import { FolderError, reason } from "../folder/folder.ts";

const TABLES = /\.(csv|tsv|parquet)(\.gz)?$/i;
/** Tables that are not what is learnt from. */
const OTHERS = /^(must-pass|predictions|splits|train|holdout)\b/i;

/** The one table of a folder. @throws FolderError when there is none, or more than one. */
export function findData(folder: string): string {
  const found = names(folder)
    .filter((name) => TABLES.test(name) && !OTHERS.test(name))
    .sort();
  if (found.length === 1) return found[0];
  throw new FolderError(
    found.length === 0
      ? "init: wanted a table, found no .csv, .tsv or .parquet file in this folder; name one: baseline init <data>"
      : `init: wanted one table, found ${found.length} in this folder (${few(found)}); name one: baseline init <data>`,
  );
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new FolderError(`${folder}: cannot be read (${reason(error)})`, { cause: error });
  }
}
