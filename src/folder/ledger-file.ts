/** A gate's ledger on disk: one run at a time, appended only, and held against what else is known of it. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LedgerError, openLedger, parseLedger, type Ledger, type Terms } from "../compare/ledger.ts";
import { FolderError, reason } from "./folder.ts";
import { fileIn } from "./git.ts";
import { holderOf, tryLock, type Lock } from "./lock.ts";
import { replaceFile } from "./replace.ts";

/** What a ledger is held against: everything on its own disk can be set back with it. */
export interface LedgerGuards {
  /** The benchmark folder: keeps the last hash too, so that neither another ledger nor a lost one goes unseen. */
  readonly folder: string;
  /** There has to be a ledger: none is begun. */
  readonly required?: boolean;
  /** Runs that are known from elsewhere: it has to hold at least as many. */
  readonly knownRuns?: number;
  /** An earlier copy, which it has to continue: a file, or a git ref under which the ledger was committed. */
  readonly anchor?: string;
}

/** How often, and how many times, a run looks whether the one before it has ended: two minutes in all. */
const PAUSE = 100;
const PATIENCE = 1200;

/**
 * Runs `act` on the ledger while nobody else can, and appends the line that it gives.
 *
 * @param terms What is fixed before the first run; a ledger that is not there yet is begun with them.
 * @throws LedgerError when the ledger was changed, cut short or opened with other terms, is not what the guards know, or
 *   another run does not end; FolderError when the disk says no. Then nothing was appended.
 */
export async function withLedger<T>(
  path: string,
  terms: Terms,
  guards: LedgerGuards,
  act: (ledger: Ledger) => { readonly line?: string; readonly head?: string; readonly result: T },
): Promise<T> {
  const heads = [`${path}.head`, headIn(guards.folder, terms)];
  const lock = await myTurn(`${path}.lock`);
  try {
    const found = readLedger(path, terms, heads);
    requireKnown(path, found, guards);
    const begun = found ?? begin(path, terms, heads);
    const { line, head, result } = act(begun);
    if (line === undefined || head === undefined) return result;
    if (!lock.isOurs()) throw new LedgerError(`${path}: another run took this one for dead; nothing was entered`);
    append(path, line, head, heads);
    return result;
  } finally {
    lock.release();
  }
}

/** Where a benchmark keeps the last hash of the ledger with these terms. */
function headIn(folder: string, terms: Terms): string {
  return join(folder, `gate.${openLedger(terms).ledger.head.slice(0, 16)}.head`);
}

/** The ledger as it stands; nothing when there is none. */
function readLedger(path: string, terms: Terms, heads: readonly string[]): Ledger | undefined {
  const known = heads.filter((file) => existsSync(file));
  if (!existsSync(path)) {
    if (known.length === 0) return undefined;
    throw new LedgerError(
      `${path}: the ledger is gone, but ${known[0]} says that there was one; restore it, or hold out fresh rows and begin anew`,
    );
  }
  let ledger: Ledger;
  try {
    ledger = parseLedger(readFileSync(path, "utf8"), { terms });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError(`${path}: ${error.message.replace(/^ledger: /, "")}`, { cause: error });
  }
  if (!known.includes(heads[0]) && ledger.entries.length > 0)
    throw new LedgerError(
      `${path}: ${heads[0]} is missing, which tells whether all runs are there; restore it, or hold out fresh rows and begin anew`,
    );
  // A run that was killed between its line and a head leaves the head one line behind.
  const before = ledger.entries.at(-1)?.previous;
  for (const file of known) {
    const head = readFileSync(file, "utf8").trim();
    if (head !== ledger.head && head !== before)
      throw new LedgerError(
        `${path}: lines are missing at its end (${file} knows a later one); restore the ledger, or hold out fresh rows and begin a new one`,
      );
  }
  return ledger;
}

function requireKnown(path: string, ledger: Ledger | undefined, guards: LedgerGuards): void {
  const { required, knownRuns = 0, anchor } = guards;
  if (ledger === undefined && required)
    throw new LedgerError(`${path}: there is no ledger, and --require-ledger asks for one; restore it`);
  const runs = ledger?.entries.length ?? 0;
  if (runs < knownRuns) throw new LedgerError(`${path}: holds ${runs} of at least ${knownRuns} runs (--known-runs)`);
  if (anchor === undefined) return;
  const text = anchored(path, anchor);
  const head = /^\s*[0-9a-f]{64}\s*$/.test(text) ? text.trim() : parseLedger(text).head;
  const hashes = ledger ? [openLedger(ledger.terms).ledger.head, ...ledger.entries.map(({ hash }) => hash)] : [];
  if (!hashes.includes(head))
    throw new LedgerError(`${path}: does not continue what --anchor ${anchor} holds; restore the ledger`);
}

function readAnchor(anchor: string): string {
  try {
    return readFileSync(anchor, "utf8");
  } catch (error) {
    throw new LedgerError(`--anchor ${anchor}: no ledger can be had from it (${reason(error)})`, { cause: error });
  }
}

/** The earlier ledger, or its last hash: of a file of that name, else as committed under that git ref. */
function anchored(path: string, anchor: string): string {
  if (existsSync(anchor)) return readAnchor(anchor);
  const committed = fileIn(anchor, `./${basename(path)}`, dirname(path));
  if (committed === undefined)
    throw new LedgerError(
      `--anchor ${anchor}: no ledger can be had from it: it is neither a file nor a git ref under which ${basename(path)} was committed`,
    );
  return committed.toString("utf8");
}

function begin(path: string, terms: Terms, heads: readonly string[]): Ledger {
  const { ledger, line } = openLedger(terms);
  append(path, line, ledger.head, heads);
  return ledger;
}

function append(path: string, line: string, head: string, heads: readonly string[]): void {
  try {
    const file = openSync(path, "a");
    try {
      writeFileSync(file, line);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    for (const to of heads) replaceFile(to, `${head}\n`);
  } catch (error) {
    throw new FolderError(`--ledger ${path}: cannot be written (${reason(error)})`, { cause: error });
  }
}

/** Waits for its turn. */
async function myTurn(path: string): Promise<Lock> {
  for (let tries = 0; tries < PATIENCE; tries++) {
    try {
      const lock = tryLock(path);
      if (lock) return lock;
    } catch (error) {
      throw new FolderError(`${path}: cannot be written (${reason(error)}); --ledger names another place`, {
        cause: error,
      });
    }
    await sleep(PAUSE);
  }
  throw new LedgerError(`${path}: another run (${holderOf(path)}) holds the ledger`);
}
