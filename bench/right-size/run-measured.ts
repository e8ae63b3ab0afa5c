/** A program and all that it starts, watched from outside: so that the memory of a Java machine counts with its script's. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Ran {
  /** It was ended: it went beyond the limit. */
  readonly stopped: boolean;
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
  /** What it printed: JSON, or lines of a name in quotes and a count. */
  readonly said: Said;
}

export interface Said {
  readonly version?: string;
  /** Seconds of the fit alone. */
  readonly fit?: number;
  readonly auc?: number;
  readonly counts?: Readonly<Record<string, number>>;
}

const TICKS = 100; // a second, on every Linux of today
const PAGE = 4096;

/** What one program may take: CPU seconds, and megabytes. */
export interface Limit {
  readonly cpu: number;
  readonly megabytes: number;
}

/** Undefined when it could not be run, or failed. */
export async function runMeasured(
  command: string,
  args: readonly string[],
  limit: Limit = { cpu: Infinity, megabytes: Infinity },
): Promise<Ran | undefined> {
  const start = performance.now();
  const child = spawn(command, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  let errors = "";
  child.stdout.on("data", (part: Buffer) => (text += part.toString()));
  child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
  let megabytes = 0;
  let stopped = false;
  const spent = new Map<number, number>();
  const look = (): void => {
    const found = child.pid === undefined ? [] : processesOf(child.pid);
    megabytes = Math.max(megabytes, found.reduce((sum, { pages }) => sum + pages, 0) * (PAGE / 1e6));
    for (const { pid, ticks } of found) spent.set(pid, ticks);
    stopped ||= megabytes > limit.megabytes || cpuOf(spent) > limit.cpu;
    if (stopped && found.length > 0) process.kill(-child.pid!, "SIGKILL");
  };
  const watch = setInterval(look, 50);
  const code = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
    child.on("error", () => resolve(null));
  });
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1000;
  if (stopped) return { stopped, seconds, cpu: cpuOf(spent), megabytes, said: {} };
  if (code !== 0) {
    console.error(
      `${command} ${args.join(" ")}: ${code === null ? "cannot be run" : errors.trim().split("\n").at(-1)}`,
    );
    return undefined;
  }
  return { stopped, seconds, cpu: cpuOf(spent), megabytes, said: saidIn(text) };
}

/** @param spent Ticks by process. */
function cpuOf(spent: ReadonlyMap<number, number>): number {
  return [...spent.values()].reduce((sum, ticks) => sum + ticks, 0) / TICKS;
}

/** The processes of a group. */
function processesOf(group: number): { readonly pid: number; readonly pages: number; readonly ticks: number }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return Number(fields[2]) === group
          ? [{ pid: Number(name), pages: Number(fields[21]), ticks: Number(fields[11]) + Number(fields[12]) }]
          : [];
      } catch {
        return []; // it has just ended
      }
    });
}

function saidIn(text: string): Said {
  if (text.startsWith("{")) return JSON.parse(text) as Said;
  const counts = [...text.matchAll(/^"(.*?)"\]? (\d+)$/gm)].map(([, name, count]) => [name, Number(count)] as const);
  return counts.length === 0 ? {} : { counts: Object.fromEntries(counts) };
}
