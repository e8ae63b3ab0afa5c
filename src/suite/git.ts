/** What a commit of the git repository around the current folder holds. */
import { spawnSync } from "node:child_process";

/** False also where git cannot be run. */
export function isRepository(): boolean {
  return git("rev-parse", "--git-dir") !== undefined;
}

/** The commit that a branch, a tag or the like stands for; undefined: there is none. */
export function commitOf(ref: string): string | undefined {
  return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)?.toString("utf8").trim();
}

/** @param path From the top of the repository; from the current folder where it begins with `./`. @returns undefined: it is not there. */
export function fileIn(commit: string, path: string): Buffer | undefined {
  return git("cat-file", "blob", `${commit}:${path}`);
}

/** Files of a bench are smaller. */
const MOST_BYTES = 2 ** 30;

function git(...args: readonly string[]): Buffer | undefined {
  const { status, stdout } = spawnSync("git", args, { maxBuffer: MOST_BYTES, stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout : undefined;
}
