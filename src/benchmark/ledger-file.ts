/** A gate's ledger on disk: one run at a time, appended only, with its last hash kept beside it. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { LedgerError, openLedger, parseLedger, type Ledger, type Terms } from "../compare/ledger.ts";
import { FolderError, reason } from "./folder.ts";

/** How often, and how many times, a run looks whether the one before it has ended: two minutes in all. */
const PAUSE = 100;
const PATIENCE = 1200;

/**
 * Runs `act` on the ledger while nobody else can, and appends the line that it gives.
 *
 * @param terms What is fixed before the first run; a ledger that is not there yet is begun with them.
 * @throws LedgerError when the ledger was changed, cut short or opened with other terms, or another run does not end; FolderError
 *   when the disk says no. Then nothing was appended.
 */
export async function withLedger<T>(
  path: string,
  terms: Terms,
  act: (ledger: Ledger) => { readonly line?: string; readonly head?: string; readonly result: T },
): Promise<T> {
  const release = await lock(`${path}.lock`);
  try {
    const begun = readLedger(path, terms) ?? begin(path, terms);
    const { line, head, result } = act(begun);
    if (line !== undefined && head !== undefined) append(path, line, head);
    return result;
  } finally {
    release();
  }
}

/** The ledger as it stands; nothing when there is none. */
function readLedger(path: string, terms: Terms): Ledger | undefined {
  const head = existsSync(`${path}.head`) ? readFileSync(`${path}.head`, "utf8").trim() : undefined;
  if (!existsSync(path)) {
    if (head === undefined) return undefined;
    throw new LedgerError(
      `${path}: the ledger is gone, but ${path}.head says that there was one; restore it, or hold out fresh rows and remove both`,
    );
  }
  let ledger: Ledger;
  try {
    ledger = parseLedger(readFileSync(path, "utf8"), { terms });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError(`${path}: ${error.message.replace(/^ledger: /, "")}`, { cause: error });
  }
  // A run that was killed between its line and the head leaves the head one line behind.
  const before = ledger.entries.at(-1)?.previous;
  if (head === undefined || head === ledger.head || head === before) return ledger;
  throw new LedgerError(
    `${path}: lines are missing at its end (${path}.head knows a later one); restore the ledger, or hold out fresh rows and begin a new one`,
  );
}

function begin(path: string, terms: Terms): Ledger {
  const { ledger, line } = openLedger(terms);
  append(path, line, ledger.head);
  return ledger;
}

function append(path: string, line: string, head: string): void {
  try {
    const file = openSync(path, "a");
    try {
      writeFileSync(file, line);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    writeFileSync(`${path}.head.partial`, `${head}\n`);
    renameSync(`${path}.head.partial`, `${path}.head`);
  } catch (error) {
    throw new FolderError(`--ledger ${path}: cannot be written (${reason(error)})`, { cause: error });
  }
}

/** Waits for its turn. @returns What gives the turn back. */
async function lock(path: string): Promise<() => void> {
  const own = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let tries = 0; tries < PATIENCE; tries++) {
    try {
      writeFileSync(path, own, { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST")
        throw new FolderError(`${path}: cannot be written (${reason(error)}); --ledger names another place`, {
          cause: error,
        });
    }
    if (!removedDead(path)) await sleep(PAUSE);
  }
  throw new LedgerError(`${path}: another run holds the ledger; if there is none, remove this file`);
}

/** Takes away the lock of a process of this machine that is no more. */
function removedDead(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
    const { pid, host } = JSON.parse(text) as { pid: number; host: string };
    if (host !== hostname() || isAlive(pid)) return false;
  } catch {
    return false; // given back in the meantime, or just being written: look again
  }
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    // Somebody else may have been faster, and this is the lock of a run that lives.
    if (readFileSync(aside, "utf8") === text) rmSync(aside);
    else renameSync(aside, path);
    return true;
  } catch {
    return false; // somebody else removed it
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
