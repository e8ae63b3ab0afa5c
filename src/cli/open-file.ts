/** Opening a file in the program that the desktop has for it. */
import { spawn } from "node:child_process";
import { UsageError } from "./contract.ts";

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** @throws UsageError when there is nothing to open it with. */
export async function openFile(path: string): Promise<void> {
  const [program, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, [...args, path], { stdio: "ignore", detached: true });
    child.on("error", () => reject(new UsageError(`--open: no browser can be started here; open ${path} yourself`)));
    child.on("spawn", () => {
      child.unref();
      resolve();
    });
  });
}
