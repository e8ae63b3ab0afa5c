/** Runs a command of the user's to its end, or to ours: with a time limit, measured, and without leaving anything running. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, clock } from "../evaluate/clock.ts";
import { memoryOf, seesMemory, sessionMembers } from "./process-memory.ts";

export interface ProcessOptions {
  /** Folder for our own notes of the run. */
  readonly folder: string;
  readonly timeLimitSeconds: number;
  readonly signal?: AbortSignal;
}

export interface ProcessRun {
  /** `limit`: it was still running at the time limit. */
  readonly end: "exited" | "limit";
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly endedBy: NodeJS.Signals | null;
  readonly wallMilliseconds: number;
  /** Processor time of it and of all that it waited for; null where it cannot be known (Windows, killed). */
  readonly cpuMilliseconds: number | null;
  /** Peak resident bytes of all its processes together, sampled; null where it cannot be known (not Linux, too short). */
  readonly peakBytes: number | null;
  /** The last lines it wrote: of standard error, or of standard output when there are none. */
  readonly lastLines: readonly string[];
}

/** POSIX `sh -c` runs the command inside one that notes the processor time of its children when it is done. */
const TIMED = 'times=$1; shift; "$@"; status=$?; times >"$times"; exit $status';
/** How long a process may take to end after it was asked to. */
const GRACE = 2000;
/** Milliseconds between two looks at its memory: at least, at most. */
const SAMPLE = 25;
const SELDOM = 250;
const LINES = 12;

/**
 * Runs a command: a text in the shell of the platform (`/bin/sh`, on Windows `%ComSpec%`), a list as program and arguments
 * without any shell. Standard input is empty; it runs in a session of its own, all of which is killed at the end, at the
 * time limit, and when the signal fires.
 *
 * @throws the signal's reason; an Error with `code` when the program cannot be started.
 */
export async function runProcess(command: string | readonly string[], options: ProcessOptions): Promise<ProcessRun> {
  const { timeLimitSeconds, signal, folder } = options;
  signal?.throwIfAborted();
  const times = join(folder, "times");
  rmSync(times, { force: true });
  const started = clock();
  let session: number | undefined;
  const killNow = (): void => killAll(session, "SIGKILL");
  process.on("exit", killNow); // the process may be ended in the middle of a run, which is heard from its first moment on
  const forget = endByExit();
  const child = start(command, times);
  session = child.pid;
  const tail = [tailOf(child.stderr), tailOf(child.stdout)];
  const memory = watchMemory(session);
  let end: ProcessRun["end"] = "exited";
  let grace: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (grace !== undefined) return;
    killAll(session, "SIGTERM");
    grace = setTimeout(killNow, GRACE);
  };
  const callOff = after(1000 * timeLimitSeconds, () => {
    end = "limit";
    stop();
  });
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const { status, endedBy } = await ended(child, killNow);
    const wallMilliseconds = clock() - started;
    signal?.throwIfAborted();
    const [errors, output] = tail.map((lines) => lines());
    return {
      end,
      status,
      endedBy,
      wallMilliseconds,
      cpuMilliseconds: childTimes(times),
      peakBytes: memory.stop(),
      lastLines: errors.length > 0 ? errors : output,
    };
  } finally {
    callOff();
    clearTimeout(grace);
    memory.stop();
    signal?.removeEventListener("abort", stop);
    process.removeListener("exit", killNow);
    forget();
  }
}

/** Signals that nobody listens to end this process by way of its exit handlers, so that the child goes with it. @returns What undoes it. */
function endByExit(): () => void {
  const names = (["SIGHUP", "SIGINT", "SIGTERM"] as const).filter((name) => process.listenerCount(name) === 0);
  const end = (_: NodeJS.Signals, number: number): never => process.exit(128 + number);
  for (const name of names) process.on(name, end);
  return () => names.forEach((name) => process.removeListener(name, end));
}

function start(command: string | readonly string[], times: string): ChildProcess {
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  if (process.platform === "win32")
    return typeof command === "string"
      ? spawn(command, { shell: true, stdio, windowsHide: true })
      : spawn(command[0], command.slice(1), { stdio, windowsHide: true });
  const run = typeof command === "string" ? ["/bin/sh", "-c", command] : command;
  return spawn("/bin/sh", ["-c", TIMED, "sh", times, ...run], { stdio, detached: true });
}

/** Waits for the end. What is left of the session then is killed, so that nothing holds on to its streams. */
function ended(
  child: ChildProcess,
  killRest: () => void,
): Promise<{ status: number | null; endedBy: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      killRest();
      const streams = [child.stdout, child.stderr];
      setTimeout(() => streams.forEach((stream) => stream?.destroy()), GRACE).unref(); // a process that left the session
    });
    child.once("close", (status, endedBy) => resolve({ status, endedBy }));
  });
}

function killAll(session: number | undefined, signal: NodeJS.Signals): void {
  if (session === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(session), "/T", "/F"], { stdio: "ignore" }).on("error", () => undefined); // it is gone
    return;
  }
  for (const pid of [-session, ...sessionMembers(session)]) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ESRCH" && code !== "EPERM") throw error; // it is gone already; of the dead, macOS says EPERM
    }
  }
}

/** The last lines of a stream, as it goes by. */
function tailOf(stream: NodeJS.ReadableStream | null): () => readonly string[] {
  let text = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => (text = (text + chunk).slice(-TAIL)));
  return () =>
    text
      .split(/\r\n|\r|\n/)
      .map((line) => line.trimEnd())
      .filter((line) => line !== "")
      .slice(-LINES);
}

const TAIL = 4000;

interface MemoryWatch {
  /** Ends watching. @returns the peak so far. */
  stop(): number | null;
}

/** Samples the session's memory; the more looking costs, the more seldom. */
function watchMemory(session: number | undefined): MemoryWatch {
  let peak = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const before = clock();
    let together = 0;
    for (const pid of sessionMembers(session!)) {
      const { now, most } = memoryOf(pid);
      together += now;
      peak = Math.max(peak, most);
    }
    peak = Math.max(peak, together);
    timer = setTimeout(look, Math.min(SELDOM, Math.max(SAMPLE, 10 * (clock() - before))));
  };
  if (seesMemory && session !== undefined) timer = setTimeout(look, SAMPLE / 5);
  return {
    stop: () => {
      clearTimeout(timer);
      return peak > 0 ? peak : null;
    },
  };
}

/** Milliseconds from what `times` noted: its second line is of the children. */
function childTimes(path: string): number | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null; // it was killed, or there is no `times`
    throw error;
  }
  const spans = [...(text.split("\n")[1] ?? "").matchAll(/(\d+)m([\d.,]+)s/g)];
  if (spans.length !== 2) return null;
  return spans.reduce(
    (sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds.replace(",", ".")),
    0,
  );
}
