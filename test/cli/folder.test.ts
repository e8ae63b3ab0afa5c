/** The folder: what is not this program's is never touched, one run at a time, and a kill leaves the old benchmark or the new one. */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  baseline,
  ended,
  expectRefusal,
  folderWith,
  SHORT,
  shell,
  start,
  table,
  untilFile,
  type Ran,
} from "./baseline.ts";

const FEW = ["--models", "one-rule", "--workers", "1", ...SHORT];
const train = (cwd: string, options: readonly string[] = [], data = "data.csv"): Promise<Ran> =>
  baseline(["train", data, "--out", "b", ...FEW, ...options], { cwd });
const all = (cwd: string): string[] => readdirSync(cwd).toSorted();
const artifact = (folder: string) => JSON.parse(readFileSync(join(folder, "benchmark.json"), "utf8"));

/** A folder with data.csv and its benchmark in `b`. */
async function made(): Promise<string> {
  const cwd = folderWith({ "data.csv": table(60), "other.csv": table(70) });
  expect(await train(cwd)).toMatchObject({ code: 0 });
  return cwd;
}

/** Puts a file of one's own into a folder of that name. */
function ownFolder(cwd: string, name: string): string {
  mkdirSync(join(cwd, name));
  const file = join(cwd, name, "thesis.txt");
  writeFileSync(file, "mine");
  return file;
}

describe("folders of one's own", () => {
  it("beside the benchmark are neither moved nor removed by any command", async () => {
    const cwd = await made();
    const own = ["b.old", "b.new", "b.bak", "b.partial.old"].map((name) => ownFolder(cwd, name));
    cpSync(join(cwd, "b"), join(cwd, "z.old"), { recursive: true });
    const before = all(cwd);
    expect(await train(cwd)).toMatchObject({ code: 0 });
    expect(await baseline(["report", "b"], { cwd })).toMatchObject({ code: 0 });
    expect(await baseline(["report", "z"], { cwd })).toMatchObject({ code: 2 });
    expect(await baseline(["compare", "z", "data.csv"], { cwd })).toMatchObject({ code: 2 });
    expect(all(cwd)).toEqual(before);
    for (const file of own) expect(readFileSync(file, "utf8")).toBe("mine");
  });
  it("where work would be done are left alone, with a sentence", async () => {
    const cwd = await made();
    const file = ownFolder(cwd, "b.partial");
    const ran = await train(cwd, ["--force"]);
    expectRefusal(ran, cwd, all(cwd), /b\.partial, which exists and is not of this program; move it away/);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });
  it("of the benchmark's name are left alone, a stray benchmark.json in them or not", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    const file = ownFolder(cwd, "b");
    for (const stray of [undefined, "{}", '{"schema":"another/1"}', "[]", "null", "no JSON"]) {
      if (stray !== undefined) writeFileSync(join(cwd, "b", "benchmark.json"), stray);
      const ran = await train(cwd, ["--force"]);
      expectRefusal(ran, cwd, all(cwd), /--out b: exists and is not a benchmark folder, so it is left alone/);
      expect(readFileSync(file, "utf8")).toBe("mine");
    }
  });
  it("files that were put into a benchmark stay there when it is trained again", async () => {
    const cwd = await made();
    writeFileSync(join(cwd, "b", "notes.txt"), "mine");
    ownFolder(cwd, join("b", "models-of-mine"));
    symlinkSync("../data.csv", join(cwd, "b", "link.csv"));
    expect(await train(cwd)).toMatchObject({ code: 0 });
    expect(await train(cwd, ["--force"], "other.csv")).toMatchObject({ code: 0 });
    expect(artifact(join(cwd, "b")).dataset.rows).toBe(70);
    expect(readFileSync(join(cwd, "b", "notes.txt"), "utf8")).toBe("mine");
    expect(readFileSync(join(cwd, "b", "models-of-mine", "thesis.txt"), "utf8")).toBe("mine");
    expect(lstatSync(join(cwd, "b", "link.csv")).isSymbolicLink()).toBe(true);
  });
  it("verdicts stay with the same benchmark, and go with another one", async () => {
    const cwd = await made();
    writeFileSync(join(cwd, "b", "verdict.json"), "{}");
    expect(await train(cwd)).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, "b", "verdict.json"))).toBe(true);
    expect(await train(cwd, ["--seed", "2"])).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, "b", "verdict.json"))).toBe(false);
  });
  it("a symbolic link as --out stays one, whether its folder is there or not", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    mkdirSync(join(cwd, "disk"));
    symlinkSync("disk/bench", join(cwd, "b"));
    for (let run = 0; run < 2; run++) {
      expect(await train(cwd)).toMatchObject({ code: 0 });
      expect(lstatSync(join(cwd, "b")).isSymbolicLink()).toBe(true);
      expect([all(cwd), all(join(cwd, "disk"))]).toEqual([["b", "data.csv", "disk"], ["bench"]]);
    }
    expect(await baseline(["report", "b"], { cwd })).toMatchObject({ code: 0 });
  });
});

describe("the default folder", () => {
  const byDefault = (cwd: string, options: readonly string[], data = "data.csv"): Promise<Ran> =>
    baseline(["train", data, ...FEW, ...options], { cwd });
  it("takes the next benchmark, whatever it was of, and says what went", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    expect(await byDefault(cwd, [])).toMatchObject({ code: 0, stderr: "" });
    expect(await byDefault(cwd, [])).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await byDefault(cwd, ["--target", "z"]);
    expect(stderr).toBe(
      "baseline-out held the benchmark of data.csv, target y, and was replaced; --out keeps several\n",
    );
    expect(code).toBe(0);
    expect(artifact(join(cwd, "baseline-out")).target.name).toBe("z");
    expect(all(cwd)).toEqual(["baseline-out", "data.csv"]);
  });
  it("is left alone when it is not this program's", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    ownFolder(cwd, "baseline-out");
    expectRefusal(await byDefault(cwd, []), cwd, all(cwd), /baseline-out: exists and is not a benchmark folder/);
  });
  it("is looked at after the table and the options", async () => {
    const cwd = folderWith({ "data.csv": table(60) });
    ownFolder(cwd, "baseline-out");
    for (const [options, data, sentence] of [
      [[], "missing.csv", /missing\.csv/],
      [["--target", "nosuch"], "data.csv", /nosuch/],
      [["--metric", "nosuch"], "data.csv", /nosuch/],
      [["--models", "nosuch"], "data.csv", /nosuch/],
      [["--splits", "nosuch.csv"], "data.csv", /nosuch\.csv/],
    ] as const)
      expectRefusal(await byDefault(cwd, options, data), cwd, all(cwd), sentence);
  });
});

describe("two runs at the same time", () => {
  const SLOW = ["--models", "logistic,tree", "--nested", "always", "--workers", "1"];
  it("on one folder: the second is refused, and the first does not notice", async () => {
    const cwd = folderWith({ "data.csv": table(600, "class", 6) });
    const args = ["train", "data.csv", "--out", "b", ...SLOW];
    expect(await baseline([...args, "--out", "alone"], { cwd })).toMatchObject({ code: 0 });
    const first = start(args, { cwd });
    await untilFile(cwd, (name) => name === "b.partial");
    await untilFile(join(cwd, "b.partial"), (name) => name === "journal");
    process.kill(first.pid!, "SIGSTOP"); // it must not end before the others are refused
    for (const options of [[], ["--resume"], ["--force"]]) {
      const second = await baseline([...args, ...options], { cwd });
      expect(second).toMatchObject({ code: 2, stdout: "" });
      expect(second.stderr).toMatch(
        /^baseline: --out b: another run \(process \d+\) is writing there; wait for its end/,
      );
    }
    process.kill(first.pid!, "SIGCONT");
    expect((await ended(first)).code).toBe(0);
    const lines = (out: string): number => readFileSync(join(cwd, out, "trials.jsonl"), "utf8").split("\n").length;
    expect(lines("b")).toBe(lines("alone"));
    expect(all(cwd)).toEqual(["alone", "b", "data.csv"]);
  });
  it("started together: one is refused or both are done in turn, and the folder is whole", async () => {
    for (let pair = 0; pair < 3; pair++) {
      const cwd = folderWith({ "data.csv": table(60) });
      const runs = await Promise.all([train(cwd), train(cwd)]);
      const codes = runs.map(({ code }) => String(code)).toSorted();
      expect(["0,0", "0,2"]).toContain(codes.join());
      for (const { code, stderr } of runs) if (code === 2) expect(stderr).toMatch(/another run/);
      expect(all(cwd)).toEqual(["b", "data.csv"]);
      expect(await baseline(["report", "b"], { cwd })).toMatchObject({ code: 0 });
    }
  });
});

describe("a kill", () => {
  /** Kills the process at its n-th change of some kinds under b or b.partial. */
  const KILLER = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    let left = Number(process.env.KILL_AT);
    for (const name of process.env.KILL_IN.split(",")) {
      const act = fs[name];
      fs[name] = (path, ...rest) => {
        if (/[/\\\\\\\\]b([./\\\\\\\\]|$)/.test(String(path)) && left-- === 0) process.kill(process.pid, "SIGKILL");
        return act(path, ...rest);
      };
    }
    syncBuiltinESMExports();`;
  const node = ["--import", `data:text/javascript,${encodeURIComponent(KILLER)}`];

  /** Moves and removals one by one, of the many other changes every few. */
  const KINDS = [
    ["renameSync,cpSync", 1],
    ["rmSync", 1],
    ["mkdirSync,rmSync,rmdirSync,writeFileSync,openSync", 9],
  ] as const;

  it("at any change of the disk leaves the old benchmark or the new one, and nothing that is in the way", async () => {
    const cwd = await made();
    writeFileSync(join(cwd, "b", "notes.txt"), "mine");
    const seen = new Set<string>();
    let runs = 0;
    for (const [kinds, step] of KINDS)
      for (let at = 0; ; at += step) {
        const seed = String(++runs);
        const args = ["train", "data.csv", "--out", "b", ...FEW, "--models", "constant", "--seed", seed];
        const old = String(artifact(join(cwd, "b")).splits.seed);
        const ran = await ended(start(args, { cwd, node, env: { KILL_IN: kinds, KILL_AT: String(at) } }));
        if (ran.code === 0) break;
        expect(await baseline(["report", "b"], { cwd })).toMatchObject({ code: 0 });
        const now = String(artifact(join(cwd, "b")).splits.seed);
        expect([old, seed]).toContain(now);
        seen.add(now === old ? "old" : "new");
        for (const name of ["model.json", "splits.csv", "predictions.csv", "report.md", "notes.txt"])
          expect(all(join(cwd, "b"))).toContain(name);
        expect(all(join(cwd, "b")).filter((name) => name.startsWith("."))).toEqual([]);
      }
    expect([...seen]).toEqual(expect.arrayContaining(["old", "new"]));
    expect(all(cwd)).toEqual(["b", "data.csv", "other.csv"]);
    expect(await shell("find b -name '.*' -mindepth 1", { cwd })).toMatchObject({ stdout: "" });
  }, 240_000);
});
