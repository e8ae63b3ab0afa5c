/**
 * Results by what they depend on: a folder for each key, moved into place whole, with the digest of every file in it. One that
 * was edited or cut short is noticed and made again. Several runs may share a cache: what one is making, the others wait for.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { wallClock } from "../evaluate/clock.ts";
import { FolderError, reason } from "../folder/folder.ts";
import { tryLock, type Lock } from "../folder/lock.ts";
import { digestOf, sha256 } from "./key.ts";

/** What an entry says of itself; its time is that of the last use. */
export const STAMP = "entry.json";
export const ENTRY_SCHEMA = "tabular-baseline/bench-entry/1";
/** Milliseconds between two looks at an entry that somebody else is making. */
const AGAIN = 100;

export interface Entry<Facts> {
  readonly folder: string;
  readonly facts: Facts;
}

interface Stamp<Facts> {
  readonly schema: typeof ENTRY_SCHEMA;
  readonly key: string;
  readonly facts: Facts;
  /** SHA-256 by path in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** `damaged`: there is something, and not what was written. */
export type Found<Facts> = Entry<Facts> | "absent" | "damaged";

/** Marks it as used. Cost: one pass over the entry's files. */
export function findEntry<Facts>(cache: string, key: string): Found<Facts> {
  const folder = join(cache, key);
  if (!existsSync(folder)) return "absent";
  used(join(folder, STAMP));
  try {
    const { digest, ...stamp } = JSON.parse(readFileSync(join(folder, STAMP), "utf8")) as Stamp<Facts> & {
      readonly digest: string;
    };
    const whole =
      stamp.schema === ENTRY_SCHEMA &&
      stamp.key === key &&
      digest === digestOf(stamp) &&
      Object.entries(stamp.files).every(([path, sha256]) => sha256Of(join(folder, path)) === sha256);
    return whole ? { folder, facts: stamp.facts } : "damaged";
  } catch {
    return "damaged"; // no stamp, not JSON, or a file that is gone
  }
}

function used(path: string): void {
  try {
    const now = wallClock();
    utimesSync(path, now, now);
  } catch {
    // a cache may be there to be read only
  }
}

/**
 * The entry of a key, made when there is none.
 *
 * @param fill Writes the entry's files into a folder, where an earlier attempt may have left some, and returns what is known of it.
 * @param fresh Make it even where there is one.
 * @throws what `fill` throws: its files stay for the next attempt; FolderError when the disk says no.
 */
export async function makeEntry<Facts>(
  cache: string,
  key: string,
  fill: (folder: string) => Promise<Facts>,
  { fresh = false, signal }: { readonly fresh?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Entry<Facts>> {
  const lock = await locked(cache, key, signal);
  try {
    const found = fresh ? "absent" : findEntry<Facts>(cache, key); // another run may have been faster
    if (typeof found === "object") return found;
    const work = join(cache, `${key}.work`);
    const final = join(cache, key);
    mkdirSync(work, { recursive: true });
    const facts = await fill(work);
    stampEntry(work, key, facts);
    rmSync(final, { recursive: true, force: true });
    renameSync(work, final);
    return { folder: final, facts };
  } catch (error) {
    throw isFileError(error) ? unwritable(cache, error) : error;
  } finally {
    lock.release();
  }
}

/** Whoever holds it is waited for. */
async function locked(cache: string, key: string, signal: AbortSignal | undefined): Promise<Lock> {
  try {
    mkdirSync(cache, { recursive: true });
    for (;;) {
      const lock = tryLock(join(cache, `${key}.lock`));
      if (lock !== undefined) return lock;
      await passed(AGAIN, undefined, signal && { signal });
    }
  } catch (error) {
    throw isFileError(error) ? unwritable(cache, error) : error;
  }
}

function stampEntry(folder: string, key: string, facts: unknown): void {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== STAMP)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const files = Object.fromEntries(paths.map((path) => [path.replaceAll("\\", "/"), sha256Of(join(folder, path))]));
  const stamp = JSON.parse(JSON.stringify({ schema: ENTRY_SCHEMA, key, facts, files })) as Stamp<unknown>; // as it will be read
  writeFileSync(join(folder, STAMP), `${JSON.stringify({ ...stamp, digest: digestOf(stamp) }, null, 1)}\n`);
}

function sha256Of(path: string): string {
  return sha256(readFileSync(path));
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

function unwritable(cache: string, error: unknown): FolderError {
  return new FolderError(
    `--cache ${cache}: cannot be written (${reason(error)}); what was done before is kept, and --cache names another folder`,
    { cause: error },
  );
}
