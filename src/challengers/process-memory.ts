/** Memory of a running command, where the operating system shows it: `/proc` on Linux. */
import { readdirSync, readFileSync } from "node:fs";

/** Can memory be seen here? */
export const seesMemory: boolean = process.platform === "linux";

/**
 * Processes of a session, the one a command was started in: all its descendants, orphans too, but for those that opened a
 * session of their own. Empty where it cannot be seen. Cost: one small file a process of the machine.
 */
export function sessionMembers(session: number): readonly number[] {
  if (!seesMemory) return [];
  return readdirSync("/proc").flatMap((name): number[] => {
    if (!/^\d+$/.test(name)) return [];
    const fields = statOf(name);
    return Number(fields[SESSION]) === session && fields[STATE] !== "Z" ? [Number(name)] : [];
  });
}

/** Bytes a process has resident now, and the most it ever had, by the kernel's own mark; 0 when it is gone. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const text = readText(`/proc/${pid}/status`);
  const bytes = (mark: RegExp): number => 1024 * Number(mark.exec(text)?.[1] ?? 0);
  return { now: bytes(/^VmRSS:\s*(\d+) kB/m), most: bytes(/^VmHWM:\s*(\d+) kB/m) };
}

/** Positions after the command's name, which may hold blanks and brackets: see proc(5), `/proc/pid/stat`. */
const STATE = 0;
const SESSION = 3;

function statOf(pid: string): readonly string[] {
  const text = readText(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** Empty when the process has just ended. */
function readText(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return "";
    throw error;
  }
}
