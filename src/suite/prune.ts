/** Removes from a cache what nobody has used for long. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { tryLock } from "../folder/lock.ts";
import { ENTRY_SCHEMA, STAMP } from "./cache.ts";

const DAY = 86_400_000;
/** What a cache names: an entry, one that is being made, one that is being removed, a lock. All else is left alone. */
const OWN = /^([0-9a-f]{64})(|\.work|\.gone|\.lock)$/;

/**
 * Removes entries, and what killed runs have left, that no run has used for so many days. Links, folders that are no entries
 * and whatever has another name are left alone, and so is what another run is making: several may share a cache, also while
 * this goes on, as long as none of them lasts that long.
 *
 * @param days >= 1. @param now Milliseconds. @returns How many entries were removed. What cannot be removed stays.
 * Cost: O(names in the cache).
 */
export function pruneCache(cache: string, days: number, now: number): number {
  const isOld = (path: string): boolean => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat !== undefined && stat.mtimeMs < now - days * DAY;
  };
  let removed = 0;
  for (const { name, key, kind } of ownNames(cache)) {
    const path = join(cache, name);
    try {
      if (kind === ".gone" || isOld(kind === "" ? join(path, STAMP) : path))
        removed += unused(cache, key, () => remove(path, kind, isOld));
    } catch {
      // not ours to remove; whoever may will
    }
  }
  return removed;
}

function ownNames(cache: string): readonly { readonly name: string; readonly key: string; readonly kind: string }[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache, { withFileTypes: true }).flatMap((entry) => {
    const [, key, kind] = OWN.exec(entry.name) ?? [];
    const isOwn = key !== undefined && (kind === ".lock" ? entry.isFile() : entry.isDirectory());
    return isOwn ? [{ name: entry.name, key, kind }] : [];
  });
}

/** Does it while nobody makes the entry; taking the lock of a run that was killed and giving it back removes that too. */
function unused(cache: string, key: string, act: () => number): number {
  const lock = tryLock(join(cache, `${key}.lock`));
  if (lock === undefined) return 0;
  try {
    return act();
  } finally {
    lock.release();
  }
}

/** A run that finds an entry first marks it as used, so it is moved aside and looked at once more before it goes. */
function remove(path: string, kind: string, isOld: (path: string) => boolean): number {
  if (kind === ".lock") return 0;
  if (kind !== "") {
    rmSync(path, { recursive: true, force: true });
    return 0;
  }
  if (!isEntry(path)) return 0;
  const aside = `${path}.gone`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(path, aside);
  if (!isOld(join(aside, STAMP))) {
    renameSync(aside, path);
    return 0;
  }
  rmSync(aside, { recursive: true, force: true });
  return 1;
}

function isEntry(path: string): boolean {
  const { schema } = JSON.parse(readFileSync(join(path, STAMP), "utf8")) as { readonly schema?: unknown };
  return schema === ENTRY_SCHEMA;
}
