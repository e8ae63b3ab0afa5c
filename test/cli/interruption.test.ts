/** Ctrl-C once and twice, and a kill: a benchmark that says what is missing, or nothing; never half of one. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { baseline, ended, folderWith, SHORT, start, table, untilFile, untilSaid, type Ran } from "./baseline.ts";

/** Long enough to be hit in the middle; `tree` comes last. */
const LONG = ["--models", "one-rule,logistic,tree", "--folds", "3", "--nested", "always", "--workers", "1"];
const train = ["train", "data.csv", "--out", "out", "--resume", ...LONG];

const dataFolder = (rows: number): string => folderWith({ "data.csv": table(rows, "class", 6) });

/** Resolves when a journal of the run stands there and fits. */
async function untilJournal(cwd: string, fits: (name: string, path: string) => boolean): Promise<void> {
  const [partial, journal] = [join(cwd, "out.partial"), join(cwd, "out.partial", "journal")];
  await untilFile(cwd, (name) => name === "out.partial");
  await untilFile(partial, (name) => name === "journal");
  await untilFile(journal, (name) => fits(name, join(journal, name)));
}

const begun = (rung: string) => (name: string) => name.startsWith(`${rung}.`);

/** Has a journal begun a trial? */
const underWay = (path: string): boolean => readFileSync(path, "utf8").includes('"op_code":4');

describe("Ctrl-C", () => {
  it("once ends with what is known, marked as interrupted", async () => {
    const cwd = dataFolder(3000);
    const child = start(train, { cwd });
    await untilJournal(cwd, begun("logistic"));
    child.kill("SIGINT");
    const { code, stderr, stdout } = await ended(child);
    expect(code).toBe(130);
    expect(stderr).toMatch(/ending with what is done; Ctrl-C again stops now/);
    expect(stderr).not.toMatch(/\n\s+at |Warning:/);
    expect(stdout).toMatch(/interrupted by Ctrl-C/);
    expect(readdirSync(cwd).sort()).toEqual(["data.csv", "out"]);
    const artifact = JSON.parse(readFileSync(join(cwd, "out", "benchmark.json"), "utf8"));
    expect(artifact).toMatchObject({ interrupted: true, interruptedBy: "interrupted by Ctrl-C" });
    const [floor, oneRule, , tree] = artifact.ladder;
    expect(oneRule).toMatchObject({ rung: "one-rule", status: "ok" });
    expect(tree).toMatchObject({ rung: "tree", status: "failed", reason: "interrupted by Ctrl-C", cv: floor.cv });
    expect(await baseline(["report", "out"], { cwd })).toMatchObject({ code: 0 });
  });

  it("twice stops now, leaving nothing but the journal", async () => {
    const cwd = dataFolder(20_000);
    // Measuring what is done on so many rows takes longer than it takes to be told of the first Ctrl-C.
    const slow = ["--models", "mljs-cart", "--folds", "3", "--workers", "1"];
    const child = start(["train", "data.csv", "--out", "out", "--resume", ...slow], { cwd });
    await untilJournal(cwd, (name, path) => begun("mljs-cart")(name) && underWay(path));
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

describe("a run that is cut short", () => {
  it("leaves a complete benchmark where it is, and its search to --resume", async () => {
    const cwd = dataFolder(3000);
    expect(await baseline(["train", "data.csv", "--out", "out", "--models", "constant"], { cwd })).toMatchObject({
      code: 0,
    });
    const complete = readFileSync(join(cwd, "out", "benchmark.json"), "utf8");
    const child = start(train, { cwd });
    await untilJournal(cwd, begun("logistic"));
    child.kill("SIGINT");
    const { code, stderr, stdout } = await ended(child);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(
      /cut short \(interrupted by Ctrl-C\), and a complete benchmark stands there, which stays; --resume/,
    );
    expect(readFileSync(join(cwd, "out", "benchmark.json"), "utf8")).toBe(complete);
    expect(readdirSync(cwd).sort()).toEqual(["data.csv", "out", "out.partial"]);
    const limited = await baseline([...train, "--time-limit", "0", "--force"], { cwd });
    expect(limited).toMatchObject({ code: 2, stdout: "" });
    expect(limited.stderr).toMatch(/cut short \(the time limit of 0 s was reached\), and a complete benchmark stands/);
    expect(readFileSync(join(cwd, "out", "benchmark.json"), "utf8")).toBe(complete);
  });

  it("gives way to a complete one", async () => {
    const cwd = dataFolder(300);
    expect(await baseline([...train, "--time-limit", "0"], { cwd })).toMatchObject({ code: 0 });
    const interrupted = (): unknown => JSON.parse(readFileSync(join(cwd, "out", "benchmark.json"), "utf8")).interrupted;
    expect(interrupted()).toBe(true);
    expect(await baseline(["train", "data.csv", "--out", "out", "--models", "constant"], { cwd })).toMatchObject({
      code: 0,
    });
    expect(interrupted()).toBeUndefined();
  });

  it("by a limit of months is not cut short at once", async () => {
    const cwd = dataFolder(300);
    const limit = ["--time-limit", "600h", "--models", "one-rule"];
    const { code, stdout } = await baseline(["train", "data.csv", "--out", "out", ...limit], { cwd });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/time limit/);
  });
});

describe("a kill", () => {
  it("leaves a journal that --resume takes up: the same benchmark as without it", async () => {
    const cwd = dataFolder(900);
    const options = ["--models", "tree", "--trials", "8", ...SHORT];
    const run = (out: string, resume: readonly string[]): Promise<Ran> =>
      baseline(["train", "data.csv", "--out", out, ...options, ...resume], { cwd });
    const child = start(["train", "data.csv", "--out", "out", "--resume", ...options], { cwd });
    await untilJournal(cwd, (name, path) => begun("tree")(name) && statSync(path).size > 0);
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
});
