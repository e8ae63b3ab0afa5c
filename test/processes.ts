import { existsSync, readFileSync } from "node:fs";

/** The dead that nobody has buried yet do not count. */
export function isAlive(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : ") Z";
  return stat.slice(stat.lastIndexOf(")") + 2)[0] !== "Z";
}
