/** A search journal in a file: grows record by record, survives a kill, has one writer at a time. */
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { JournalError } from "../search/journal/records.ts";
import { reason } from "./folder.ts";
import { holderOf, tryLock } from "./lock.ts";
import type { JournalStorage } from "../search/journal/storage.ts";

export interface JournalFile extends JournalStorage {
  /** Lets go of the file and its lock. */
  close(): void;
}

/**
 * Opens or begins a journal file and locks it (`<path>.lock`).
 *
 * @throws JournalError (`conflict`) when another process, or this one, has it open; or on a later append, when somebody
 *   has written to the file in spite of the lock.
 */
export function openJournalFile(path: string): JournalFile {
  const lock = tryLock(`${path}.lock`);
  if (lock === undefined)
    throw new JournalError("conflict", `journal: ${path} is being written by ${holderOf(`${path}.lock`)}`);
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
        ftruncateSync(file, size); // no half record: what comes next would take it for somebody else's
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
      lock.release();
    },
  };
}
