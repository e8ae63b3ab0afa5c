/** The bench that is compared with: a folder, its `bench.json`, or either of them as a git commit has it. */
import { existsSync } from "node:fs";
import { FolderError } from "../folder/folder.ts";
import { commitOf, fileIn, isRepository } from "../folder/git.ts";
import { parseJson } from "../folder/read-json.ts";
import { checkBench } from "../report/schema/bench.ts";
import type { Side } from "./against/against.ts";
import { BENCH_FILE, OUT, ROWS_FOLDER } from "./files.ts";
import { checkedRows, openBench, readRows } from "./folder.ts";

/**
 * @param said What is there as a file or folder; else `main:path/of/the/bench` as git writes it, or a commit alone, for the bench
 *   in `baseline-bench` beside the current folder. Nothing is checked out.
 * @throws FolderError, ArtifactError with one sentence: not a repository, no such commit, nothing there, damaged.
 */
export function openEarlier(said: string): Side {
  const [ref, ...path] = said.split(":");
  if (!existsSync(said) && isRepository()) {
    if (path.length > 0) return fromCommit(said, ref, path.join(":"));
    if (commitOf(ref) !== undefined) return fromCommit(said, ref, `./${OUT}`);
  }
  if (!existsSync(said) && path.length > 0)
    throw new FolderError(`${said}: there is no such file, and no git repository around this folder to look for it in`);
  const { folder, bench } = openBench(said);
  return { name: said, bench, rows: (digest) => readRows(folder, digest) };
}

function fromCommit(said: string, ref: string, path: string): Side {
  const commit = commitOf(ref);
  if (commit === undefined)
    throw new FolderError(
      `${said}: there is no such file, and no git commit ${JSON.stringify(ref)}; in a shallow clone, git fetch origin ${ref} brings it`,
    );
  const folder = path.replace(/\/+$/, "").replace(new RegExp(String.raw`(^|/)${BENCH_FILE}$`), "");
  const within = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  const text = fileIn(commit, within(BENCH_FILE));
  if (text === undefined)
    throw new FolderError(
      `${said}: there is no ${within(BENCH_FILE)} in ${ref}; commit the folder that bench writes, and name it from the top of the repository, or from here with ./`,
    );
  return {
    name: said,
    bench: parseJson(`${ref}:${within(BENCH_FILE)}`, text.toString("utf8"), checkBench),
    rows: (digest) => {
      const place = within(`${ROWS_FOLDER}/${digest}.bin`);
      const bytes = fileIn(commit, place);
      if (bytes === undefined)
        throw new FolderError(
          `${ref}:${place}: is not in that commit; without it nothing can be compared row by row: commit ${within(ROWS_FOLDER)} too`,
        );
      return checkedRows(`${ref}:${place}`, bytes, digest);
    },
  };
}
