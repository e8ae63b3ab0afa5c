/** What commits of the git repository around a folder hold. */
import { spawnSync } from "node:child_process";

/** False also where git cannot be run. */
export function isRepository(): boolean {
  return git(["rev-parse", "--git-dir"]) !== undefined;
}

/** The commit that a branch, a tag or the like stands for; undefined: there is none. */
export function commitOf(ref: string): string | undefined {
  return git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
    ?.toString("utf8")
    .trim();
}

/**
 * @param path From the top of the repository; where it begins with `./`, from `cwd` (default: the current folder).
 * @returns undefined: no such commit, or it has no such file.
 */
export function fileIn(commit: string, path: string, cwd = "."): Buffer | undefined {
  return git(["cat-file", "blob", "--end-of-options", `${commit}:${path}`], cwd);
}

/** Files of a bench or a ledger are smaller. */
const MOST_BYTES = 2 ** 30;

function git(args: readonly string[], cwd = "."): Buffer | undefined {
  const { status, stdout } = spawnSync("git", args, {
    cwd,
    maxBuffer: MOST_BYTES,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout : undefined;
}
