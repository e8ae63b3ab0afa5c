/** The folder of a bench: `bench.json`, the answers row by row that a later bench compares with, and the reports. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { FolderError, reason } from "../folder/folder.ts";
import { replaceFile } from "../folder/replace.ts";
import { statAt } from "../folder/stat.ts";
import { readJson } from "../folder/read-json.ts";
import type { BenchDocument } from "../report/bench.ts";
import { checkBench } from "../report/schema/bench.ts";
import { BENCH_FILE, ROWS_FOLDER } from "./files.ts";
import { sha256 } from "./key.ts";
import { unpackRows, type BenchRows } from "./rows.ts";

/** `bench.json` as text. @throws ArtifactError when it is not what it should be. */
export function benchText(bench: BenchDocument): string {
  return `${JSON.stringify(checkBench(bench), null, 1)}\n`;
}

/** @throws FolderError when something stands there that is no bench. Writes nothing. */
export function requireBenchFolder(out: string): void {
  const stat = statAt(out, `--out ${out}`);
  if (stat === undefined) return;
  if (!stat.isDirectory())
    throw new FolderError(`--out ${out}: a file of that name is in the way; choose another folder`);
  if (readdirSync(out).length > 0 && !existsSync(join(out, BENCH_FILE)))
    throw new FolderError(
      `--out ${out}: exists and is not the folder of a bench, so it is left alone; choose another folder`,
    );
}

/**
 * Writes a bench: rows under their digests first, then `bench.json` in one move, so that a kill leaves the old one or the new
 * one; rows of no use are removed last.
 *
 * @param rows Files by digest. @param reports Texts by file name. @throws FolderError when the disk says no.
 */
export function writeBench(
  out: string,
  bench: BenchDocument,
  rows: ReadonlyMap<string, string>,
  reports: ReadonlyMap<string, string>,
): void {
  const isNew = !existsSync(out);
  try {
    mkdirSync(join(out, ROWS_FOLDER), { recursive: true });
    for (const [digest, from] of rows) copied(from, rowsPath(out, digest));
    const texts = new Map([...reports, [BENCH_FILE, benchText(bench)]]);
    for (const [name, text] of texts) replaceFile(join(out, name), text);
    for (const name of readdirSync(join(out, ROWS_FOLDER)))
      if (!rows.has(name.split(".")[0])) rmSync(join(out, ROWS_FOLDER, name), { force: true });
  } catch (error) {
    if (isNew) rmSync(out, { recursive: true, force: true });
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new FolderError(
      `--out ${out}: cannot be written (${reason(error)}); what was computed is kept in the cache`,
      {
        cause: error,
      },
    );
  }
}

function copied(from: string, to: string): void {
  if (existsSync(to) && statSync(to).size === statSync(from).size) return;
  replaceFile(to, (path) => copyFileSync(from, path));
}

/** Where a bench keeps rows. */
export function rowsPath(folder: string, digest: string): string {
  return join(folder, ROWS_FOLDER, `${digest}.bin`);
}

export interface OpenBench {
  readonly folder: string;
  readonly bench: BenchDocument;
}

/** A bench given as a folder or as its `bench.json`. @throws FolderError, ArtifactError with one sentence. */
export function openBench(path: string): OpenBench {
  const isFile = basename(path) === BENCH_FILE || statAt(path, path)?.isFile() === true;
  const file = isFile ? path : join(path, BENCH_FILE);
  if (!existsSync(file))
    throw new FolderError(
      `${path}: wanted a bench (a folder with ${BENCH_FILE}), found none; make one with: baseline bench --out ${path}`,
    );
  return { folder: dirname(resolve(file)), bench: readJson(file, checkBench) };
}

/** @throws FolderError when the file is gone or is not what was written. */
export function readRows(folder: string, digest: string): BenchRows {
  const path = rowsPath(folder, digest);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new FolderError(`${path}: cannot be read (${reason(error)}); without it nothing can be compared row by row`, {
      cause: error,
    });
  }
  return checkedRows(path, bytes, digest);
}

/** @param said How messages call the file. @throws FolderError for other bytes than bench wrote. */
export function checkedRows(said: string, bytes: Uint8Array, digest: string): BenchRows {
  if (sha256(bytes) !== digest) throw new FolderError(`${said}: is not what bench wrote; it was edited or cut short`);
  return unpackRows(bytes);
}
