/** Suites through the built command: what is found again, what is found anew, and what is refused. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { BenchDocument, Change } from "../../src/report/bench.ts";
import { programAt } from "../../src/suite/program.ts";
import { checkBench } from "../../src/report/schema/bench.ts";
import {
  baseline,
  ended,
  expectRefusal,
  folder,
  folderWith,
  SHORT,
  shell,
  start,
  table,
  untilFile,
  type Ran,
} from "./baseline.ts";

const DEFAULTS = { folds: 3, repeats: 1, nested: "never", holdout: 0.4, models: ["constant", "one-rule", "rule"] };
const GOOD = 'x > 0 ? "yes" : "no"';
const BAD = 'x > 0 ? "no" : "yes"';

vi.setConfig({ testTimeout: 240_000 }); // each test is several runs of the program

/** A challenger that answers well, or with less; it writes down how often it was run. */
const ANSWER = `
  import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
  const [, , test, out, name] = process.argv;
  const here = import.meta.dirname;
  const runs = here + "/runs-" + name;
  const first = !existsSync(runs);
  appendFileSync(runs, ".");
  const answers = new Map(readFileSync(here + "/good.csv", "utf8").trim().split("\\n").map((line) => line.split(",")));
  const [, ...rows] = readFileSync(test, "utf8").trim().split("\\n");
  const dull = name === "always-dull" || (name === "once-dull" && first);
  const told = (p) => (dull ? 0.5 + (p - 0.5) / 2 : p);
  writeFileSync(out, ["row,probability", ...rows.map((line) => line.split(",")[0]).map((row) => row + "," + told(Number(answers.get(row))))].join("\\n"));
`;

interface SuiteFile {
  readonly defaults?: object;
  readonly datasets: readonly (Readonly<Record<string, unknown>> & { readonly data: string })[];
}

const one = { name: "one", data: "one.csv", rule: GOOD, challengers: ["good.csv"] };
const two = { name: "two", data: "two.csv", models: ["constant", "linear"] };
const suite: SuiteFile = { defaults: DEFAULTS, datasets: [one, two] };

/** Made once: two tables, answers that know something and answers that know nothing, a suite and its bench. */
let made: string;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "baseline-bench-"));
  writeFileSync(join(made, "one.csv"), table(600));
  writeFileSync(join(made, "two.csv"), table(120, "number"));
  const args = [
    "train",
    "one.csv",
    "--holdout",
    "0.4",
    "--models",
    "constant,logistic",
    "--out",
    "b",
    "--quiet",
    ...SHORT,
  ];
  expect(await baseline(args, { cwd: made })).toMatchObject({ code: 0 });
  const [, ...lines] = readFileSync(join(made, "b", "predictions.csv"), "utf8")
    .trim()
    .split("\n");
  const held = lines.map((line) => line.split(",")).filter(([, , part]) => part === "holdout");
  const answers = (probability: (p: number) => number): string =>
    `row,probability\n${held.map((cells) => `${cells[0]},${probability(Number(cells.at(-1)))}\n`).join("")}`;
  writeFileSync(
    join(made, "good.csv"),
    answers((p) => p),
  );
  writeFileSync(
    join(made, "dull.csv"),
    answers((p) => 0.5 + (p - 0.5) / 2),
  );
  rmSync(join(made, "b"), { recursive: true });
  writeSuite(made, suite);
  const first = await bench(made);
  expect(first).toMatchObject({ code: 0 });
}, 240_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** The folder with its cache and its bench, to be spoilt. */
function copy(changed: SuiteFile = suite): string {
  const cwd = mkdtempSync(join(tmpdir(), "baseline-bench-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  cpSync(made, cwd, { recursive: true });
  writeSuite(cwd, changed);
  return cwd;
}

function writeSuite(cwd: string, file: SuiteFile): void {
  writeFileSync(join(cwd, "suite.json"), JSON.stringify(file));
}

const bench = (cwd: string, ...args: readonly string[]): Promise<Ran> =>
  baseline(["bench", "suite.json", "--workers", "2", ...args], { cwd });
const against = (cwd: string, ...args: readonly string[]): Promise<Ran> =>
  bench(cwd, "--against", "baseline-bench", "--out", "new", ...args);

function found(cwd: string, name = "new"): BenchDocument {
  return checkBench(JSON.parse(readFileSync(join(cwd, name, "bench.json"), "utf8")));
}

/** Changes but for scores that only may be worse. */
function changes(cwd: string, name = "new"): readonly (readonly [string, string | null, string, string])[] {
  const list: readonly Change[] = found(cwd, name).against?.changes ?? [];
  return list.map(({ dataset, model, kind, outcome }) => [dataset, model, kind, outcome] as const);
}

describe("a bench", () => {
  it("is told again by report, in every format it has", async () => {
    const cwd = copy();
    const file = join("baseline-bench", "bench.json");
    const page = readFileSync(join(cwd, "baseline-bench", "bench.html"), "utf8");
    writeFileSync(join(cwd, "baseline-bench", "bench.html"), "lost");
    expect((await baseline(["report", file], { cwd })).stdout).toMatch(
      /^2 datasets measured\. The best simple model is /,
    );
    expect(readFileSync(join(cwd, "baseline-bench", "bench.html"), "utf8")).toBe(page);
    for (const [format, start] of [
      ["comment", "<!-- baseline bench -->\n# Bench of suite.json"],
      ["benchmark-action", '[\n {\n  "name": "one/log_loss"'],
      ["bencher", '{\n "one": {\n  "log_loss": {'],
    ])
      expect((await baseline(["report", file, "--format", format], { cwd })).stdout.slice(0, start.length)).toBe(start);
  });
  it("tells the champion of each table and the verdict on its challengers, and writes pages beside bench.json", async () => {
    const cwd = copy();
    const ran = await bench(cwd);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toMatch(/^2 datasets measured\. The best simple model is /);
    expect(ran.stdout).toMatch(/one +\S+ +log_loss +0\.\d+.* 600 /);
    expect(ran.stdout).toMatch(/one +good +JUSTIFIED/);
    expect(readdirSync(join(cwd, "baseline-bench")).sort()).toEqual(["bench.html", "bench.json", "bench.md", "rows"]);
    const { datasets, suite: said } = found(cwd, "baseline-bench");
    expect(said).toEqual({ name: "suite.json", datasets: ["one", "two"], shard: null });
    expect(datasets.map(({ result }) => result?.rungs.map(({ rung }) => rung))).toEqual([
      ["constant", "rule", "one-rule"],
      ["constant", "linear"],
    ]);
  });

  it("says the same with another number of workers and from a cold cache, but for times", async () => {
    const cwd = copy();
    rmSync(join(cwd, ".baseline-cache"), { recursive: true });
    expect(await bench(cwd, "--workers", "1", "--out", "new", "--quiet")).toMatchObject({ code: 0, stderr: "" });
    const plain = ({ environment: _e, timing: _t, ...rest }: BenchDocument): object => rest;
    expect(plain(found(cwd))).toEqual(plain(found(cwd, "baseline-bench")));
    expect(readdirSync(join(cwd, "new", "rows"))).toEqual(readdirSync(join(cwd, "baseline-bench", "rows")));
    expect(Object.values(found(cwd).timing.datasets).map(({ cached }) => cached)).toEqual([false, false]);
  });

  it("computes nothing again that is at hand, and only what depends on what has changed", async () => {
    const cwd = copy({ ...suite, datasets: [one, { ...two, folds: 4 }] });
    expect(await bench(cwd, "--out", "new")).toMatchObject({ code: 0 });
    const { timing } = found(cwd);
    expect(Object.entries(timing.datasets).map(([name, { cached }]) => [name, cached])).toEqual([
      ["one", true],
      ["two", false],
    ]);
  });

  it("notices an entry of the cache that was edited, and computes it anew", async () => {
    const cwd = copy();
    const entry = readdirSync(join(cwd, ".baseline-cache")).map((key) =>
      join(cwd, ".baseline-cache", key, "benchmark"),
    );
    const path = join(
      entry.find((each) => existsSync(each))!,
      "predictions.csv",
    );
    writeFileSync(path, readFileSync(path, "utf8").replace(/\d\n$/, "x\n"));
    const ran = await against(cwd);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing changed") });
    expect(ran.stderr).toMatch(/(one|two): its entry in the cache was edited or cut short, and is computed anew/);
  });

  it("runs some datasets only, and a part of them", async () => {
    const cwd = copy();
    expect((await bench(cwd, "--only", "two", "--out", "new")).stdout).toMatch(/^1 dataset of 2 measured\.\n/);
    expect(found(cwd).datasets.map(({ name }) => name)).toEqual(["two"]);
    expect(await bench(cwd, "--shard", "1/2", "--out", "new")).toMatchObject({ code: 0 });
    expect(found(cwd)).toMatchObject({ datasets: [{ name: "one" }], suite: { shard: { index: 1, of: 2 } } });
  });

  it("prints each format", async () => {
    const cwd = copy();
    const print = async (format: string): Promise<string> => (await bench(cwd, "--format", format)).stdout;
    expect(await print("junit")).toMatch(/<testsuite name="baseline bench suite\.json" tests="3" failures="0">/);
    expect(await print("github")).toMatch(
      /^::notice title=Bench of suite\.json::2 datasets measured\. The best simple model is [^\n]+\.\n$/,
    );
    expect(await print("markdown")).toBe(readFileSync(join(cwd, "baseline-bench", "bench.md"), "utf8"));
    expect(await print("html")).toBe(readFileSync(join(cwd, "baseline-bench", "bench.html"), "utf8"));
    expect(checkBench(JSON.parse((await bench(cwd, "--json")).stdout))).toMatchObject({ against: null });
    const report = (...args: readonly string[]): Promise<Ran> =>
      baseline(["report", "baseline-bench", ...args], { cwd });
    expect((await report("--format", "junit")).stdout).toBe(await print("junit"));
    expect((await report("--format", "comment")).stdout).toMatch(/^<!-- baseline bench -->\n# Bench of suite\.json\n/);
    const page = join(cwd, "baseline-bench", "bench.md");
    const text = readFileSync(page, "utf8");
    rmSync(page);
    expect(await report()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^2 datasets measured\./) });
    expect(readFileSync(page, "utf8")).toBe(text);
    expect(await report("--format", "csv")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('baseline-bench: there is no format "csv"'),
    });
  });
});

describe("against an earlier bench", () => {
  it("nothing is told when nothing changed", async () => {
    const cwd = copy();
    const ran = await against(cwd);
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^NOT WORSE 2 datasets measured; nothing changed\./),
    });
    expect(changes(cwd)).toEqual([]);
    expect(found(cwd).against).toMatchObject({ datasets: 2, same: 6, compared: 0 });
  });

  it("a rung that got worse is told, and one that got better", async () => {
    const worse = copy({ ...suite, datasets: [{ ...one, rule: BAD }, two] });
    expect(await against(worse)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^WORSE .*1 got worse \(one\)/),
    });
    expect(changes(worse)).toContainEqual(["one", "rule", "score", "worse"]);
    cpSync(join(worse, "new"), join(worse, "baseline-bench"), { recursive: true, force: true });
    writeSuite(worse, suite);
    expect(await against(worse)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^BETTER /) });
    expect(changes(worse)).toContainEqual(["one", "rule", "score", "better"]);
  });

  it("a challenger that lost is told", async () => {
    const cwd = copy();
    cpSync(join(cwd, "dull.csv"), join(cwd, "good.csv"));
    expect(await against(cwd)).toMatchObject({ code: 1 });
    expect(changes(cwd)).toContainEqual(["one", "challenger good", "score", "worse"]);
  });

  it("other data are called data, and nothing of them is compared", async () => {
    const cwd = copy();
    const text = readFileSync(join(cwd, "two.csv"), "utf8");
    writeFileSync(
      join(cwd, "two.csv"),
      text.replace(/\d\n$/, (last) => `${9 - Number(last[0])}\n`),
    );
    expect(await against(cwd)).toMatchObject({ code: 0, stdout: expect.stringContaining("the data are others") });
    expect(changes(cwd)).toEqual([["two", null, "data", "other"]]);
  });

  it("a dataset that is gone is never green", async () => {
    const cwd = copy({ ...suite, datasets: [one] });
    expect(await against(cwd)).toMatchObject({ code: 2, stdout: expect.stringContaining("is no longer in the suite") });
    expect(changes(cwd)).toEqual([["two", null, "suite", "worse"]]);
    writeSuite(cwd, suite);
    expect(await against(cwd, "--only", "one")).toMatchObject({ code: 0 }); // it was not asked for
  });

  it("what a command gives is run again before it is called worse", async () => {
    const command = `"${process.execPath}" answer.mjs {test} {out}`;
    const asked = (name: string): SuiteFile => ({
      ...suite,
      datasets: [{ ...one, challengers: [{ name: "made", command: `${command} ${name}` }] }, two],
    });
    const cwd = copy(asked("steady"));
    writeFileSync(join(cwd, "answer.mjs"), ANSWER);
    expect(await bench(cwd)).toMatchObject({ code: 0 });
    expect(await against(cwd)).toMatchObject({ code: 0 }); // run again, and the same
    expect(readFileSync(join(cwd, "runs-steady"), "utf8")).toBe("..");
    for (const [name, code, words] of [
      ["once-dull", 0, "a second run does not agree"],
      ["always-dull", 1, "a second run agrees"],
    ] as const) {
      writeSuite(cwd, asked(name));
      const ran = await against(cwd);
      expect(ran.stdout).toContain(words);
      expect(ran.code).toBe(code);
      expect(readFileSync(join(cwd, `runs-${name}`), "utf8")).toBe("..");
    }
  });

  it("the folder that is compared with is not written over", async () => {
    const cwd = copy();
    const before = readFileSync(join(cwd, "baseline-bench", "bench.json"), "utf8");
    expect(await bench(cwd, "--against", "baseline-bench/bench.json")).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "baseline-bench", "bench.json"), "utf8")).toBe(before);
    expect(existsSync(join(cwd, "baseline-bench-new", "bench.json"))).toBe(true);
  });
});

describe("against a bench in a git commit", () => {
  /** A repository, in which the bench lies beside the suite in a folder of its own. */
  async function repository(): Promise<{ readonly top: string; readonly cwd: string }> {
    const top = folder();
    const cwd = join(top, "models");
    cpSync(made, cwd, { recursive: true });
    const git = (...args: readonly string[]): Promise<unknown> =>
      execa("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd });
    await git("init", "--quiet", "--initial-branch", "main", "..");
    await git("add", "baseline-bench");
    await git("commit", "--quiet", "--message", "a bench");
    await git("tag", "v1");
    rmSync(join(cwd, "baseline-bench"), { recursive: true });
    return { top, cwd };
  }

  it("tells what changed, wherever the path starts", async () => {
    const { top, cwd } = await repository();
    for (const name of [
      "main:models/baseline-bench",
      "main:./baseline-bench/bench.json",
      "v1",
      "HEAD:./baseline-bench/",
    ])
      expect(await bench(cwd, "--against", name, "--out", "new")).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Against ${name}: 2 datasets in both; 6 models gave the same answers.`),
      });
    writeSuite(cwd, { ...suite, datasets: [{ ...one, rule: BAD }, two] });
    expect(await bench(cwd, "--against", "main")).toMatchObject({ code: 1 });
    expect(changes(cwd, "baseline-bench")).toContainEqual(["one", "rule", "score", "worse"]);
    expect(await bench(cwd, "--against", "main", "--out", "new")).toMatchObject({ code: 1 });
    expect(readdirSync(top).sort()).toEqual([".git", "models"]); // nothing is checked out
  });

  it("a file or folder of that name comes first", async () => {
    const { cwd } = await repository();
    cpSync(join(made, "baseline-bench"), join(cwd, "main:baseline-bench"), { recursive: true });
    writeFileSync(join(cwd, "main:baseline-bench", "bench.json"), "{");
    expect(await bench(cwd, "--against", "main:baseline-bench", "--out", "new")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("main:baseline-bench/bench.json: is not JSON"),
    });
  });

  it("what is not there is said in a sentence", async () => {
    const { cwd } = await repository();
    const before = readdirSync(cwd);
    const refused = async (name: string, sentence: RegExp): Promise<void> =>
      expectRefusal(await baseline(["bench", "suite.json", "--against", name], { cwd }), cwd, before, sentence);
    await refused("dev:baseline-bench", /no git commit "dev"; in a shallow clone, git fetch origin dev brings it/);
    await refused("--output=x:y", /no git commit "--output=x"/);
    await refused("main:baseline-bench", /there is no baseline-bench\/bench\.json in main; commit the folder/);
    await refused("main:", /there is no bench\.json in main/);
    await refused("none", /none: wanted a bench \(a folder with bench\.json\), found none/);
    const outside = copy();
    const files = readdirSync(outside);
    expectRefusal(
      await baseline(["bench", "suite.json", "--against", "main:x"], { cwd: outside }),
      outside,
      files,
      /main:x: there is no such file, and no git repository around this folder to look for it in/,
    );
  });

  it("rows that were not committed are missed only where answers are others", async () => {
    const { cwd } = await repository();
    const git = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    await execa("git", [...git, "rm", "-r", "--cached", "--quiet", "baseline-bench/rows"], { cwd });
    await execa("git", [...git, "commit", "--quiet", "--message", "without rows"], { cwd });
    expect(await bench(cwd, "--against", "main", "--out", "new")).toMatchObject({ code: 0 });
    writeSuite(cwd, { ...suite, datasets: [{ ...one, rule: BAD }, two] });
    expect(await bench(cwd, "--against", "main", "--out", "new")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/rows\/\w+\.bin: is not in that commit; .*: commit \.\/baseline-bench\/rows too/),
    });
  });
});

describe("times", () => {
  const small: SuiteFile = { ...suite, datasets: [{ ...two, models: ["constant"] }] };

  it("are those of both programs, run in turn, and worse only when a second series agrees", async () => {
    const cwd = copy(small);
    expect(await bench(cwd)).toMatchObject({ code: 0 });
    // An earlier program that has nothing to do.
    const manifest = { "package.json": '{ "name": "tabular-baseline", "version": "0.0.1" }' };
    const idle = folderWith(manifest);
    mkdirSync(join(idle, "dist", "cli"), { recursive: true });
    writeFileSync(join(idle, "dist", "cli", "main.js"), "");
    const file = join(cwd, "baseline-bench", "bench.json");
    const made = readFileSync(file, "utf8").replace(/"code": "[0-9a-f]{64}"/, `"code": "${programAt(idle).code}"`);
    writeFileSync(file, made);
    expect(await against(cwd, "--time", "--program", idle)).toMatchObject({ code: 1 });
    expect(changes(cwd)).toEqual([["two", null, "time", "worse"]]);
    const [{ sentence }] = found(cwd).against!.changes;
    expect(sentence).toMatch(
      /^takes \S+ times as long as before \(.* 7 runs in turn, p = 0\.0078\); a second run agrees$/,
    );
    expect(Object.keys(found(cwd).timing.inTurn!)).toEqual(["two"]);
    expect(readFileSync(join(cwd, "new", "bench.md"), "utf8")).toContain(
      "Both programs were run in turn on 1 dataset to compare CPU seconds.",
    );
  });

  it("are not compared where one program made both, and need the other one", async () => {
    const cwd = copy(small);
    await bench(cwd);
    expect(await against(cwd, "--time")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("--time: this program made the earlier bench too, so there is nothing to time"),
    });
    const before = readdirSync(cwd);
    const file = join(cwd, "baseline-bench", "bench.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/"code": "[0-9a-f]{64}"/, `"code": "${"0".repeat(64)}"`));
    const refused = async (sentence: RegExp, ...args: readonly string[]): Promise<void> => {
      const given = ["bench", "suite.json", "--against", "baseline-bench", "--time", ...args];
      expectRefusal(await baseline(given, { cwd }), cwd, before, sentence);
    };
    await refused(/made by another program \(tabular-baseline \S+, code 000000000000\), .* with --program/);
    await refused(/--program \.: wanted the folder of a built package/, "--program", ".");
    await refused(/--program \S+: holds tabular-baseline .*; name the package that made it/, "--program", resolve("."));
    const merge = await baseline(["bench", "merge", "baseline-bench", "baseline-bench", "--time", "--out", "x"], {
      cwd,
    });
    expect(merge).toMatchObject({ code: 2, stderr: expect.stringContaining("bench merge: --time runs both programs") });
  });
});

describe("parts of a suite", () => {
  it("merge to the bench of the whole", async () => {
    const cwd = copy();
    for (const i of [1, 2])
      expect(await bench(cwd, "--shard", `${i}/2`, "--out", `part-${i}`)).toMatchObject({ code: 0 });
    const ran = await baseline(["bench", "merge", "part-2", "part-1", "--out", "whole"], { cwd });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^2 datasets measured\./) });
    const { timing: _t, environment: _e, ...whole } = found(cwd, "whole");
    const { timing: _u, environment: _f, ...once } = found(cwd, "baseline-bench");
    expect(whole).toEqual(once);
    expect(readdirSync(join(cwd, "whole", "rows"))).toEqual(readdirSync(join(cwd, "baseline-bench", "rows")));
    const same = ["bench", "merge", "part-1", "part-2", "--against", "baseline-bench", "--out", "new"];
    expect(await baseline(same, { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("nothing changed"),
    });
  });

  it("are refused when they overlap, lack one, or are of another suite", async () => {
    const cwd = copy();
    await bench(cwd, "--only", "one", "--out", "part-1");
    writeSuite(cwd, { ...suite, datasets: [one] });
    await bench(cwd, "--out", "other");
    const files = readdirSync(cwd);
    const refused = async (parts: readonly string[], sentence: RegExp): Promise<void> =>
      expectRefusal(await baseline(["bench", "merge", ...parts, "--out", "whole"], { cwd }), cwd, files, sentence);
    await refused(["part-1"], /wanted at least two benches/);
    await refused(["part-1", "other", "--time"], /--time runs both programs, so it belongs where the parts are run/);
    await refused(["part-1", "other", "--against", ""], /--against: wanted a name, got an empty text/);
    await refused(["part-1", "part-1"], /one is in part-1 and in part-1; leave one out/);
    await refused(["part-1", "other"], /other is of another suite than part-1/);
    await refused(["part-1", "none"], /none: wanted a bench/);
    writeFileSync(
      join(cwd, "other", "bench.json"),
      readFileSync(join(cwd, "part-1", "bench.json"), "utf8").replace(
        /"datasets": \[\n  \{[^]*?\n  \}\n \],/,
        '"datasets": [],',
      ),
    );
    await refused(["part-1", "other"], /no part has the dataset two; run the shard that it is in/);
  });
});

describe("what fails", () => {
  it("is a row that says so, and the others are measured", async () => {
    const cwd = copy({ ...suite, datasets: [{ name: "one", data: "bad.csv" }, two] });
    writeFileSync(join(cwd, "bad.csv"), "");
    const ran = await bench(cwd, "--out", "new");
    expect(ran).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^FAILED 1 dataset measured; 1 failed \(one\)/),
    });
    expect(found(cwd).datasets).toMatchObject([
      { status: "failed", reason: expect.stringMatching(/empty/) },
      { status: "ok" },
    ]);
  });

  it("is 2 when nothing is measured", async () => {
    const cwd = copy({ datasets: [{ name: "one", data: "bad.csv" }] });
    writeFileSync(join(cwd, "bad.csv"), "");
    expect(await bench(cwd, "--out", "new")).toMatchObject({ code: 2 });
  });

  it("ends a run that was told to fail fast", async () => {
    const cwd = copy({
      ...suite,
      datasets: [
        { name: "bad", data: "bad.csv" },
        { ...two, folds: 5 },
      ],
    });
    writeFileSync(join(cwd, "bad.csv"), `x,y\n${"1,\n".repeat(5000)}`); // the largest comes first
    const ran = await bench(cwd, "--fail-fast", "--workers", "1", "--out", "new");
    expect(ran).toMatchObject({ code: 2 });
    expect(found(cwd).datasets).toMatchObject([{ status: "failed" }, { status: "skipped" }]);
  });

  it("is what takes longer than the limit", async () => {
    const cwd = copy({ ...suite, datasets: [{ ...two, folds: 5, models: [] }, one] });
    const ran = await bench(cwd, "--time-limit", "0.001", "--out", "new");
    expect(ran).toMatchObject({ code: 1 });
    expect(found(cwd).datasets[0].reason).toMatch(/not done within 0\.001 s/);
  });

  it("is an expectation that is not met", async () => {
    const wanted = { champion: "constant", log_loss: { max: 0.1 }, verdict: "NOT JUSTIFIED" };
    const cwd = copy({
      ...suite,
      datasets: [
        { ...one, expect: wanted },
        { ...two, expect: { rmse: { max: 5 } } },
      ],
    });
    const ran = await bench(cwd, "--out", "new");
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringMatching(/^NOT AS EXPECTED .*3 expectations broken/) });
    const met = found(cwd).datasets.flatMap(({ expectations }) => expectations.map(({ what, met: is }) => [what, is]));
    expect(met).toEqual([
      ["champion", false],
      ["log_loss", false],
      ["verdict", false],
      ["rmse", true],
    ]);
  });

  it("is a table that is not the one of its card", async () => {
    const cwd = folderWith({
      "card.json": JSON.stringify({ file: "t.csv", ...DEFAULTS, models: ["constant"], sha256: "0".repeat(64) }),
      "t.csv": table(60),
    });
    const ran = await baseline(["bench", "."], { cwd });
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining("not the one of its card") });
  });
});

describe("what cannot be done", () => {
  const refused = async (cwd: string, sentence: RegExp, ...args: readonly string[]): Promise<void> => {
    const before = readdirSync(cwd);
    expectRefusal(await baseline(["bench", "suite.json", ...args], { cwd }), cwd, before, sentence);
  };

  it("is an option that does not fit a table: the others are kept", async () => {
    const cwd = copy({
      ...suite,
      datasets: [
        { ...one, metric: "rmse" },
        { ...two, folds: 5 },
      ],
    });
    const sentence =
      /^baseline: suite\.json: datasets\[0\] \(one\): metric "rmse" is not a metric for a binary target/m;
    const ran = await bench(cwd);
    expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(sentence) });
    writeSuite(cwd, { ...suite, datasets: [one, { ...two, folds: 5 }] });
    expect(await bench(cwd)).toMatchObject({ code: 0 });
    expect(Object.values(found(cwd, "baseline-bench").timing.datasets).map(({ cached }) => cached)).toEqual([
      true,
      true,
    ]);
  });

  it("is a challenger that does not exist: it is said once where", async () => {
    const cwd = copy({ ...suite, datasets: [{ ...two, challengers: [{ builtin: "boostin" }] }] });
    const before = readdirSync(cwd);
    const ran = await bench(cwd, "--quiet", "--out", "new");
    expectRefusal(ran, cwd, before, /datasets\[0\] \(two\): challengers\[0\]: builtin: there is no model "boostin"/);
  });

  it.skipIf(process.platform === "win32")("is a link to itself, a pipe, and what is no path", async () => {
    const cwd = copy({ datasets: [{ data: "loop" }] });
    symlinkSync("loop", join(cwd, "loop"));
    await shell("mkfifo pipe", { cwd });
    await refused(cwd, /suite\.json: datasets\[0\] \(loop\): data: cannot be looked at \(its links go in a circle\)/);
    writeSuite(cwd, { datasets: [{ data: "pipe" }] });
    await refused(cwd, /data: wanted a file, got a pipe or device \(pipe\), which is read only once/);
    writeSuite(cwd, { datasets: [{ data: "x\0.csv" }] });
    await refused(cwd, /data: cannot be looked at \(it is no path\)/);
    writeSuite(cwd, suite);
    await refused(cwd, /loop: cannot be looked at \(its links go in a circle\)/, "--against", "loop");
  });

  it("is an earlier bench that is none, is cut short, or of a newer version", async () => {
    const cwd = copy();
    await refused(cwd, /none: wanted a bench \(a folder with bench\.json\), found none/, "--against", "none");
    const path = join(cwd, "baseline-bench", "bench.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.slice(0, 1000));
    await refused(cwd, /bench\.json: is not JSON .*may be cut short/, "--against", "baseline-bench");
    writeFileSync(path, text.replace("bench/1", "bench/2"));
    await refused(cwd, /version 2, and this program reads version 1/, "--against", "baseline-bench");
    writeFileSync(path, text.replace(/"champion": "[^"]+"/, '"champion": 3'));
    await refused(cwd, /damaged at datasets\.0\.result\.champion/, "--against", "baseline-bench");
  });

  it("is an earlier bench of another target or other rows, or one whose rows are gone or edited", async () => {
    const cwd = copy({ ...suite, datasets: [one, { ...two, target: "x" }] });
    expect(await against(cwd)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/two has the target y there and x here/),
    });
    writeSuite(cwd, { ...suite, datasets: [one, { ...two, seed: 7 }] });
    expect(await against(cwd)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/two has rows that were split as/),
    });
    writeSuite(cwd, { ...suite, datasets: [{ ...one, rule: BAD }, two] });
    const rows = join(cwd, "baseline-bench", "rows");
    for (const name of readdirSync(rows)) writeFileSync(join(rows, name), "edited");
    expect(await against(cwd)).toMatchObject({ code: 2, stderr: expect.stringMatching(/is not what bench wrote/) });
    rmSync(rows, { recursive: true });
    expect(await against(cwd)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot be read \(no such file/),
    });
  });

  it("is a word of the command line that nobody knows, before anything is done", async () => {
    const cwd = copy();
    await refused(cwd, /only: there is no dataset "twoo" \(did you mean "two"\?\)/, "--only", "twoo");
    await refused(cwd, /shard: wanted a part such as 1\/4, got "3\/2"/, "--shard", "3/2");
    await refused(cwd, /--format: there is no format "pdf"; the formats are html,/, "--format", "pdf");
    await refused(cwd, /--out one\.csv: a file of that name is in the way/, "--out", "one.csv");
    await refused(cwd, /--out \.: exists and is not the folder of a bench/, "--out", ".");
    await refused(cwd, /no such file or folder/, "more.json");
  });
});

describe("the cache", () => {
  it("loses what no run has used for long, and nothing else", async () => {
    const cwd = copy();
    const cache = join(cwd, ".baseline-cache");
    writeFileSync(join(cache, "notes.txt"), "mine");
    const stamp = (key: string): string => join(cache, key, "entry.json");
    const entries = readdirSync(cache).filter((name) => existsSync(stamp(name)));
    expect(entries.length).toBe(3);
    for (const key of entries) utimesSync(stamp(key), new Date(0), new Date(0));
    expect(await bench(cwd, "--only", "two", "--out", "new")).toMatchObject({ code: 0 });
    expect(readdirSync(cache).length).toBe(2);
    expect(existsSync(join(cache, "notes.txt"))).toBe(true);
    expect(Object.values(found(cwd).timing.datasets)).toMatchObject([{ cached: true }]);
    expect(await bench(cwd, "--cache-days", "0")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/'0' is invalid\. wanted a whole number from 1\./),
    });
  });
});

describe("two runs at once on one cache", () => {
  it("give the same, and compute everything once", async () => {
    const cwd = copy();
    rmSync(join(cwd, ".baseline-cache"), { recursive: true });
    const [first, second] = await Promise.all(["x", "y"].map((out) => bench(cwd, "--out", out)));
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(found(cwd, "x").datasets).toEqual(found(cwd, "y").datasets);
    expect(readdirSync(join(cwd, ".baseline-cache")).length).toBe(3);
  });
});

describe("a disk that is full", () => {
  it.skipIf(process.platform === "win32")("is a sentence, and what was done is kept", async () => {
    const cwd = copy({ ...suite, datasets: [{ ...one, folds: 4 }, two] });
    const before = readdirSync(cwd);
    const ran = await shell("ulimit -f 4; exec $BASELINE bench suite.json --out new --quiet", { cwd });
    expectRefusal(ran, cwd, before, /cannot be written \(a quota or limit of file sizes is reached\)/);
    expect(await bench(cwd, "--out", "new")).toMatchObject({ code: 0 });
  });
});

describe("Ctrl-C", () => {
  it("ends with the datasets that are done, and the next run goes on from there", async () => {
    const models = ["constant", "tree", "logistic"];
    const cwd = copy({
      ...suite,
      datasets: [
        { ...one, models, nested: "always" },
        { ...two, folds: 4 },
      ],
    });
    const child = start(["bench", "suite.json", "--workers", "1", "--out", "new"], { cwd });
    await untilFile(join(cwd, ".baseline-cache"), (name) => name.endsWith(".work"));
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended(child);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/baseline: stopped; 0 of 2 datasets are done and kept: run it again to go on\n$/);
    expect(existsSync(join(cwd, "new"))).toBe(false);
    expect(await bench(cwd, "--out", "new")).toMatchObject({ code: 0 });
    expect(found(cwd).timing.datasets).toMatchObject({ one: { cached: false }, two: { cached: false } });
  });
});

describe("a kill", () => {
  it("loses nothing: the next run goes on where it ended, and says the same", async () => {
    const models = ["constant", "tree", "logistic"];
    const slow: SuiteFile = { ...suite, datasets: [{ ...one, models, nested: "always" }, two] };
    const cwd = copy(slow);
    const child = start(["bench", "suite.json", "--workers", "1", "--out", "new"], { cwd });
    await untilFile(join(cwd, ".baseline-cache"), (name) => name.endsWith(".work"));
    child.kill("SIGKILL");
    await ended(child);
    expect(existsSync(join(cwd, "new"))).toBe(false);
    expect(await bench(cwd, "--out", "new")).toMatchObject({ code: 0 });
    rmSync(join(cwd, ".baseline-cache"), { recursive: true });
    expect(await bench(cwd, "--out", "again")).toMatchObject({ code: 0 });
    expect(found(cwd).datasets).toEqual(found(cwd, "again").datasets);
  });
});
