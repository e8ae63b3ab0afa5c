import { basename } from "node:path";

const TABLE = /\.(csv|tsv|parquet)(\.gz)?$/i;

/** Is it a table by its name? */
export function isTable(path: string): boolean {
  return TABLE.test(path);
}

/** A file's name without folders and the ending of a table. */
export function stemOf(path: string): string {
  const name = basename(path);
  return name.replace(TABLE, "") || name;
}
