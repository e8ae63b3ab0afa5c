/** The benchmark folder on disk: written beside its final place and moved there whole, read back with checks. */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { StatedError } from "../error.ts";
import type { Artifact } from "../report/artifact.ts";
import { holderOf, tryLock, type Lock } from "./lock.ts";

/** The folder cannot be written or read: the message says which, why and what to do. */
export class FolderError extends StatedError {
  override readonly name = "FolderError";
  override readonly code = "folder";
}

export interface WorkFolder {
  /** The finished folder as it was asked for. */
  readonly out: string;
  /** Where the finished folder will be. */
  readonly final: string;
  /** Where files are written until then; nobody else writes there. */
  readonly partial: string;
  readonly lock: Lock;
}

/** What an existing benchmark says of itself. */
export interface Standing {
  readonly name?: string;
  readonly sha256?: string;
  readonly target?: string;
  readonly interrupted: boolean;
  /** As it was read: nothing of it is checked. */
  readonly artifact: Artifact;
}

/** Files every benchmark folder has; a folder without them is not ours to replace. */
const MARK = "benchmark.json";
/** Lie in `<out>.partial`: which folder is of this program, and which run writes there. */
const NOTE = ".tabular-baseline";
const LOCK = ".tabular-baseline.lock";
/** Where the folder that is replaced stands while the new one is moved into its place. */
const REPLACED = ".replaced";
/** What a run writes, and what is said of it afterwards. Everything else in a folder is its owner's. */
const OURS: readonly string[] = [
  MARK,
  NOTE,
  LOCK,
  REPLACED,
  "holdout.csv",
  "holdout.sealed.csv",
  "model-final.json",
  "model.json",
  "models",
  "predictions.csv",
  "report.html",
  "report.md",
  "splits.csv",
  "train.csv",
  "trials.jsonl",
];
const VERDICTS: readonly string[] = ["verdict.json", "verdict.md", "verdict.html", "verdicts"];

/**
 * Makes `<out>.partial` and locks it. What an interrupted run left there stays when `keep` (its journal can be resumed), else it is
 * removed. Where `out` is a symbolic link, the folder that it points to is written.
 *
 * @param mayReplace May the benchmark in an existing folder be replaced?
 * @throws FolderError when the final folder exists and may not be replaced, another run writes there, or nothing can be written.
 */
export function openFolder(
  out: string,
  options: { readonly keep: boolean; readonly mayReplace: (standing: Standing) => boolean },
): WorkFolder {
  try {
    const final = target(out);
    const partial = `${final}.partial`;
    settle(final);
    requireReplaceable(out, final, options.mayReplace);
    const lock = lockedFolder(out, partial);
    if (!options.keep) empty(partial);
    writeFileSync(
      join(partial, NOTE),
      "Made by baseline train, which takes it up with --resume and else begins anew.\n",
    );
    makeFolder(join(partial, "models"));
    return { out, final, partial, lock };
  } catch (error) {
    if (error instanceof FolderError) throw error;
    throw new FolderError(`--out ${out}: cannot be written (${reason(error)}); choose a folder you may write to`, {
      cause: error,
    });
  }
}

function requireReplaceable(out: string, final: string, mayReplace: (standing: Standing) => boolean): void {
  if (!existsSync(final)) return;
  if (!statSync(final).isDirectory())
    throw new FolderError(`--out ${out}: a file of that name is in the way; choose another folder`);
  if (readdirSync(final).length === 0) return;
  const standing = standingAt(final);
  if (standing === undefined)
    throw new FolderError(
      `--out ${out}: exists and is not a benchmark folder, so it is left alone; choose another folder`,
    );
  if (!mayReplace(standing))
    throw new FolderError(
      `--out ${out}: holds the benchmark of other data or another target; add --force to replace it, or choose another folder`,
    );
}

/** What stands in a folder; nothing where it holds no benchmark of ours. */
export function standingAt(folder: string): Standing | undefined {
  try {
    const artifact = JSON.parse(readFileSync(join(folder, MARK), "utf8")) as Artifact;
    if (!artifact.schema.startsWith("tabular-baseline/benchmark/")) return undefined;
    const { dataset, target, interrupted = false } = artifact;
    return {
      name: dataset?.name,
      sha256: dataset?.sha256,
      target: target?.name,
      interrupted,
      artifact,
    };
  } catch {
    return undefined; // none there, not JSON, or not ours
  }
}

/** The folder itself, locked. One with files and without our mark is somebody's. */
function lockedFolder(out: string, partial: string): Lock {
  for (;;) {
    makeFolder(partial);
    if (readdirSync(partial).length > 0 && !isMarked(partial))
      throw new FolderError(
        `--out ${out}: work is done in ${partial}, which exists and is not of this program; move it away, or choose another folder`,
      );
    try {
      const lock = tryLock(join(partial, LOCK));
      if (lock) return lock;
      const holder = holderOf(join(partial, LOCK));
      throw new FolderError(
        `--out ${out}: another run (${holder}) is writing there; wait for its end, or choose another folder`,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error; // else it was moved into place just now
    }
  }
}

/** Where `out` leads. A link whose folder is not there yet leads to where that will be. */
function target(out: string): string {
  const path = resolve(out);
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  if (!isLink) return path;
  return existsSync(path) ? realpathSync(path) : resolve(dirname(path), readlinkSync(path));
}

/** As `mkdirSync` with `recursive`, which never ends where the system lets nobody make a folder (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another run was faster
  }
}

function isMarked(partial: string): boolean {
  return [NOTE, LOCK].some((name) => existsSync(join(partial, name)));
}

/**
 * Moves the finished folder into place, with what its owner has put into the old one. A kill at any moment leaves the old
 * folder or the new one (see `settle`).
 *
 * @param isSame Is it the same benchmark again, so that verdicts on the old one hold?
 */
export function closeFolder({ final, partial, lock }: WorkFolder, isSame: boolean): void {
  if (!lock.isOurs()) throw new FolderError(`${partial}: another run took this one for dead and writes there now`);
  if (existsSync(final)) {
    const isKept = (name: string): boolean => !OURS.includes(name) && (isSame || !VERDICTS.includes(name));
    for (const name of readdirSync(final).filter(isKept))
      cpSync(join(final, name), join(partial, name), { recursive: true, verbatimSymlinks: true });
    renameSync(final, join(partial, REPLACED));
  }
  renameSync(partial, final);
  tidy(final);
  lock.release();
}

/**
 * Completes what a killed run was about to do: when it moved the old folder aside, the new one was whole, and when the lock
 * came into the final place, the rest of the work was to be tidied away.
 */
function settle(final: string): void {
  if (existsSync(join(final, LOCK))) {
    const lock = tryLock(join(final, LOCK));
    if (lock !== undefined) tidy(final);
    lock?.release();
    return;
  }
  const partial = `${final}.partial`;
  if (existsSync(final) || !isMarked(partial) || !existsSync(join(partial, REPLACED))) return;
  const lock = tryLock(join(partial, LOCK));
  if (lock === undefined) return;
  renameSync(partial, final);
  tidy(final);
  lock.release();
}

function tidy(final: string): void {
  for (const name of [REPLACED, NOTE, LOCK]) rmSync(join(final, name), { recursive: true, force: true });
}

/** Removes what was written so far. */
export function dropFolder({ partial, lock }: WorkFolder): void {
  if (!lock.isOurs()) return;
  empty(partial);
  lock.release();
  try {
    rmdirSync(partial);
  } catch {
    // another run has begun there
  }
}

/** Removes all but the lock, the mark last. */
function empty(partial: string): void {
  for (const name of readdirSync(partial).toSorted((a, b) => Number(a === NOTE) - Number(b === NOTE)))
    if (name !== LOCK) rmSync(join(partial, name), { recursive: true, force: true });
}

/** The folder of a benchmark given as a folder or as its `benchmark.json`. @throws FolderError when there is none. */
export function findFolder(path: string): string {
  const folder = basename(path) === MARK ? dirname(resolve(path)) : resolve(path);
  try {
    settle(folder);
  } catch {
    // a disk that is only read
  }
  if (existsSync(join(folder, MARK))) return folder;
  if (isMarked(`${folder}.partial`))
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
    case "EXDEV":
    case "EBUSY":
      return "it is a mount point; choose a folder inside it";
    case "EMFILE":
      return "too many files are open";
    case "ELOOP":
      return "its links go in a circle";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "ERR_INVALID_ARG_VALUE":
      return "it is no path";
    default:
      return message;
  }
}
