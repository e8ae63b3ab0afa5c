/** Ctrl-C once and twice, and a kill: a benchmark that says what is missing, or nothing; never half of one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { baseline, ended, folderWith, SHORT, start, table, untilFile, untilSaid, type Ran } from "./baseline.ts";

/** Long enough to be hit in the middle; `tree` comes last. */
const LONG = ["--models", "one-rule,logistic,tree", "--folds", "3", "--nested", "always", "--workers", "1"];
const train = ["train", "data.csv", "--out", "out", "--resume", ...LONG];

/** A folder whose run can be watched: its journals will stand in `journal`. */
function watched(rows: number): { cwd: string; journal: string } {
  const cwd = folderWith({ "data.csv": table(rows, "class", 6) });
  const journal = join(cwd, "out.partial", "journal");
  mkdirSync(journal, { recursive: true });
  return { cwd, journal };
}

const begun = (rung: string) => (name: string) => name.startsWith(`${rung}.`);

/** Has a journal begun a trial? */
const underWay = (path: string): boolean => readFileSync(path, "utf8").includes('"op_code":4');

describe("Ctrl-C", () => {
  it("once ends with what is known, marked as interrupted", async () => {
    const { cwd, journal } = watched(3000);
    const child = start(train, { cwd });
    await untilFile(journal, begun("logistic"));
    child.kill("SIGINT");
    const { code, stderr, stdout } = await ended(child);
    expect(code).toBe(130);
    expect(stderr).toMatch(/finishing what is under way; Ctrl-C again stops now/);
    expect(stderr).not.toMatch(/\n\s+at |Warning:/);
    expect(stdout).toMatch(/^INTERRUPTED: interrupted by Ctrl-C/);
    expect(readdirSync(cwd).sort()).toEqual(["data.csv", "out"]);
    const artifact = JSON.parse(readFileSync(join(cwd, "out", "benchmark.json"), "utf8"));
    expect(artifact).toMatchObject({ interrupted: true, interruptedBy: "interrupted by Ctrl-C" });
    const [floor, oneRule, , tree] = artifact.ladder;
    expect(oneRule).toMatchObject({ rung: "one-rule", status: "ok" });
    expect(tree).toMatchObject({ rung: "tree", status: "failed", reason: "interrupted by Ctrl-C", cv: floor.cv });
    expect(await baseline(["report", "out"], { cwd })).toMatchObject({ code: 0 });
  });

  it("twice stops now, leaving nothing but the journal", async () => {
    const { cwd, journal } = watched(6000);
    // One fit of this takes seconds, and the first Ctrl-C lets it finish.
    const slow = ["--models", "mljs-cart", "--folds", "3", "--workers", "1"];
    const child = start(["train", "data.csv", "--out", "out", "--resume", ...slow], { cwd });
    await untilFile(journal, (name) => begun("mljs-cart")(name) && underWay(join(journal, name)));
    child.kill("SIGINT");
    await untilSaid(child, "Ctrl-C again stops now");
    child.kill("SIGINT");
    const { code, stderr, stdout } = await ended(child);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/baseline: stopped; nothing was written; --resume takes up the search\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(cwd).sort()).toEqual(["data.csv", "out.partial"]);
    expect(await baseline(["report", "out"], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/not finished; run the train command again with --resume/),
    });
  });
});

describe("a kill", () => {
  it("leaves a journal that --resume takes up: the same benchmark as without it", async () => {
    const { cwd, journal } = watched(900);
    const options = ["--models", "tree", "--trials", "8", ...SHORT];
    const run = (out: string, resume: readonly string[]): Promise<Ran> =>
      baseline(["train", "data.csv", "--out", out, ...options, ...resume], { cwd });
    const child = start(["train", "data.csv", "--out", "out", "--resume", ...options], { cwd });
    await untilFile(journal, (name) => begun("tree")(name) && statSync(join(journal, name)).size > 0);
    child.kill("SIGKILL");
    expect((await ended(child)).code).not.toBe(0);
    expect(existsSync(join(cwd, "out"))).toBe(false);
    expect(await run("out", ["--resume"])).toMatchObject({ code: 0 });
    expect(await run("whole", [])).toMatchObject({ code: 0 });
    expect(readdirSync(cwd).sort()).toEqual(["data.csv", "out", "whole"]);
    const lasting = (out: string): unknown => {
      const {
        timing: _t,
        environment: _e,
        ...rest
      } = JSON.parse(readFileSync(join(cwd, out, "benchmark.json"), "utf8"));
      return rest;
    };
    expect(lasting("out")).toEqual(lasting("whole"));
  });

  it("while the old benchmark is moved aside loses nothing", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    const options = ["train", "data.csv", "--models", "constant", ...SHORT];
    expect(await baseline([...options, "--out", "out.old"], { cwd })).toMatchObject({ code: 0 });
    expect(await baseline(["report", "out"], { cwd })).toMatchObject({ code: 0 });
    expect(readdirSync(cwd).sort()).toEqual(["data.csv", "out"]);
  });
});
