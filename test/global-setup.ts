import { execFileSync } from "node:child_process";

/** Worker threads cannot load TypeScript on Node 20, so tests that start one use the built package. */
export function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs", "--if-changed"], { stdio: "inherit" });
}
