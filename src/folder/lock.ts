/** Locks in files: one holder at a time, and a holder that is no more blocks nobody, whoever has its process number now. */
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

export interface Lock {
  /** Is it still there and ours? Who could not give a sign of life for long may have lost it. */
  isOurs(): boolean;
  /** Gives it back. */
  release(): void;
}

/** A process, in words that only itself can say: numbers are given again, after a restart and in every container. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it began, in ticks since the machine did; only where /proc tells. */
  readonly began?: string;
  /** The running of the machine, and the part of it (container) that the number is of; only where /proc tells. */
  readonly boot?: string;
  readonly space?: string;
  /** Tells the locks of one process apart. */
  readonly take: number;
}

/** Milliseconds between two signs of life, */
const BEAT = 1000;
/** and without one after which a holder is given up that cannot be looked up: of another machine or container. */
const PATIENCE = 5 * BEAT;
/** How long a file without any holder may be one that is just being written. */
const MOMENT = 50;

/** The locks that this process holds. */
const held = new Set<string>();
let takes = 0;

/**
 * Takes the lock if it can be had. Waits a few seconds where only signs of life can tell whether its holder lives.
 *
 * @returns Nothing when somebody holds it (`holderOf`). @throws what the file system throws.
 */
export function tryLock(path: string): Lock | undefined {
  const own = JSON.stringify({ ...self(), take: takes++ } satisfies Holder);
  for (;;) {
    try {
      writeFileSync(path, own, { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = textOf(path);
    if (other === undefined) continue; // given back in the meantime
    if (!lives(path, other)) remove(path, other);
    else if (textOf(path) === other) return undefined;
  }
  held.add(own);
  const beat = setInterval(() => giveSign(path), BEAT).unref();
  const isOurs = (): boolean => textOf(path) === own;
  return {
    isOurs,
    release: () => {
      clearInterval(beat);
      held.delete(own);
      if (isOurs()) rmSync(path, { force: true });
    },
  };
}

/** Who holds a lock, in words: `process 123`. */
export function holderOf(path: string): string {
  const holder = parsed(textOf(path) ?? "");
  if (holder === undefined) return "another process";
  return `process ${holder.pid}${holder.host === hostname() ? "" : ` on ${holder.host}`}`;
}

function self(): Omit<Holder, "take"> {
  const { pid } = process;
  const host = hostname();
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return { pid, host, began: beginning(pid), boot, space: readlinkSync("/proc/self/ns/pid") };
  } catch {
    return { pid, host };
  }
}

/** When a living process began. @throws where there is none, or no /proc. */
function beginning(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // its name may hold anything
  return state === "Z" ? "" : rest[18];
}

function lives(path: string, text: string): boolean {
  if (held.has(text)) return true;
  const holder = parsed(text);
  if (holder === undefined) return givesSign(path, MOMENT);
  const { boot, space } = self();
  const isHere = boot === undefined ? holder.host === hostname() : holder.boot === boot && holder.space === space;
  return (isHere ? isRunning(holder) : undefined) ?? givesSign(path, PATIENCE);
}

/** Does a process of this machine run? Undefined: one of its number does, which may be another. */
function isRunning({ pid, began }: Holder): boolean | undefined {
  if (began === undefined && pid === process.pid) return false; // it had our number before us
  try {
    if (began !== undefined) return beginning(pid) === began;
  } catch {
    // it is gone, or not ours to look at
  }
  try {
    process.kill(pid, 0);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH" ? false : undefined;
  }
}

/** Waits for a sign of life. */
function givesSign(path: string, patience: number): boolean {
  const first = lastSign(path);
  for (let waited = 0; waited < patience; waited += MOMENT) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MOMENT);
    if (lastSign(path) !== first) return true;
  }
  return false;
}

function lastSign(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function giveSign(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // it was moved or taken; `isOurs` tells
  }
}

/** Removes the lock of somebody dead. Another process may have been faster: then it is that one's, and put back. */
function remove(path: string, dead: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (textOf(aside) !== dead) linkSync(aside, path);
    rmSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parsed(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder | null;
    return typeof holder === "object" && typeof holder?.pid === "number" ? holder : undefined;
  } catch {
    return undefined;
  }
}
