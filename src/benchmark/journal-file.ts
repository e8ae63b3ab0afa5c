/** A search journal in a file: grows record by record, survives a kill, has one writer at a time. */
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { JournalError } from "../evaluate/search/journal/records.ts";
import { reason } from "./folder.ts";
import type { JournalStorage } from "../evaluate/search/journal/storage.ts";

export interface JournalFile extends JournalStorage {
  /** Lets go of the file and its lock. */
  close(): void;
}

/**
 * Opens or begins a journal file and locks it (`<path>.lock` holds the writer's process number). A lock whose process is
 * gone is taken over.
 *
 * @throws JournalError (`conflict`) when another process, or this one, has it open; or on a later append, when somebody
 *   has written to the file in spite of the lock.
 */
export function openJournalFile(path: string): JournalFile {
  const lock = `${path}.lock`;
  takeLock(path, lock);
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o644);
  let size = fstatSync(file).size;
  return {
    read() {
      const text = readFileSync(path, "utf8");
      size = fstatSync(file).size;
      return text;
    },
    append(lines) {
      if (fstatSync(file).size !== size)
        throw new JournalError("conflict", `journal: ${path} was changed by somebody else`);
      const bytes = Buffer.from(lines, "utf8");
      try {
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      } catch (error) {
        throw new JournalError(
          "unwritable",
          `journal: ${path} cannot be written (${reason(error)}); make room and run again with --resume`,
        );
      }
      size += bytes.length;
    },
    repair(whole) {
      size = Buffer.byteLength(whole, "utf8");
      ftruncateSync(file, size);
    },
    close() {
      closeSync(file);
      rmSync(lock, { force: true });
    },
  };
}

function takeLock(path: string, lock: string): void {
  for (let attempt = 0; attempt < 2; attempt++)
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = ownerOf(lock);
      if (owner !== undefined && isAlive(owner))
        throw new JournalError("conflict", `journal: ${path} is being written by process ${owner}`);
      rmSync(lock, { force: true });
    }
  throw new JournalError("conflict", `journal: ${path} is being opened by another process`);
}

/** The process number in a lock; undefined when the lock is gone or holds something else. */
function ownerOf(lock: string): number | undefined {
  try {
    const owner = Number(readFileSync(lock, "utf8"));
    return Number.isInteger(owner) && owner > 0 ? owner : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Signal 0 asks whether a process exists; without the right to signal it, it does. */
function isAlive(owner: number): boolean {
  try {
    return process.kill(owner, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
