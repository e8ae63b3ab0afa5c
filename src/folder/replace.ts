import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * A file is made beside its place and moved there whole: readers find the old one or the new one, never a part.
 * @param make A text, or what writes the file at the path it is given.
 * @throws what the file system throws; then the old one stands, and nothing is left beside it.
 */
export function replaceFile(path: string, make: string | ((partial: string) => void)): void {
  const partial = `${path}.${process.pid}.partial`; // two processes do not meet in it
  try {
    if (typeof make === "string") writeFileSync(partial, make);
    else make(partial);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
