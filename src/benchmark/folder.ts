/** The benchmark folder on disk: written beside its final place and moved there whole, read back with checks. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { StatedError } from "../error.ts";

/** The folder cannot be written or read: the message says which, why and what to do. */
export class FolderError extends StatedError {
  override readonly name = "FolderError";
  override readonly code = "folder";
}

export interface WorkFolder {
  /** Where the finished folder will be. */
  readonly final: string;
  /** Where files are written until then. */
  readonly partial: string;
}

/** Files every benchmark folder has; a folder without them is not ours to replace. */
const MARK = "benchmark.json";

/**
 * Makes `<out>.partial`. What an interrupted run left there stays when `keep` (its journal can be resumed), else it is removed.
 * @param mayReplace Is the benchmark in an existing folder one of the same inputs, so that it may be replaced without `force`?
 * @throws FolderError when the final folder exists and may not be replaced, or nothing can be written there.
 */
export function openFolder(
  out: string,
  options: { readonly force: boolean; readonly keep: boolean; readonly mayReplace: (folder: string) => boolean },
): WorkFolder {
  const final = resolve(out);
  const partial = `${final}.partial`;
  restoreOld(final);
  if (existsSync(final)) {
    if (!statSync(final).isDirectory())
      throw new FolderError(`--out ${out}: a file of that name is in the way; choose another folder`);
    const files = readdirSync(final);
    const replaceable = files.length === 0 || (files.includes(MARK) && (options.force || options.mayReplace(final)));
    if (!replaceable && files.includes(MARK))
      throw new FolderError(
        `--out ${out}: holds the benchmark of other data or another target; add --force to replace it, or choose another folder`,
      );
    if (!replaceable)
      throw new FolderError(
        `--out ${out}: exists and is not a benchmark folder, so it is left alone; choose another folder`,
      );
  }
  try {
    if (!options.keep) rmSync(partial, { recursive: true, force: true });
    makeFolder(join(partial, "models"));
  } catch (error) {
    throw new FolderError(`--out ${out}: cannot be written (${reason(error)}); choose a folder you may write to`, {
      cause: error,
    });
  }
  return { final, partial };
}

/** As `mkdirSync` with `recursive`, which never ends where the system lets nobody make a folder (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Moves the finished folder into place. A kill at any moment leaves the old folder or the new one (see `restoreOld`). */
export function closeFolder({ final, partial }: WorkFolder): void {
  const old = `${final}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(final)) renameSync(final, old);
  renameSync(partial, final);
  rmSync(old, { recursive: true, force: true });
}

/** Removes what was written so far. */
export function dropFolder({ partial }: WorkFolder): void {
  rmSync(partial, { recursive: true, force: true });
}

/** Puts back a folder that a killed run had moved aside. */
function restoreOld(final: string): void {
  const old = `${final}.old`;
  if (!existsSync(final) && existsSync(old)) renameSync(old, final);
}

/** The folder of a benchmark given as a folder or as its `benchmark.json`. @throws FolderError when there is none. */
export function findFolder(path: string): string {
  const folder = basename(path) === MARK ? dirname(resolve(path)) : resolve(path);
  restoreOld(folder);
  if (existsSync(join(folder, MARK))) return folder;
  if (existsSync(`${folder}.partial`))
    throw new FolderError(`${path}: the benchmark is not finished; run the train command again with --resume`);
  throw new FolderError(
    `${path}: wanted a benchmark folder (with ${MARK}), found ${existsSync(folder) ? "none in it" : "no such folder"}; make one with: baseline train <data> --out ${path}`,
  );
}

/** Why the file system said no, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOSPC":
      return "the disk is full";
    case "EDQUOT":
    case "EFBIG":
      return "a quota or limit of file sizes is reached";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "the file system is read-only";
    case "ENOTDIR":
      return "a file stands where a folder was expected";
    case "ENOENT":
      return "no such file or folder";
    case "EISDIR":
      return "it is a folder";
    case "EMFILE":
      return "too many files are open";
    default:
      return message;
  }
}
