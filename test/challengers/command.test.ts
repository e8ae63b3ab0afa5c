import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandChallenger, type CommandOptions } from "../../src/challengers/command.ts";
import type { Entrant } from "../../src/challengers/contract.ts";
import { readCases } from "../../src/challengers/must-pass.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import type { Loaded } from "../../src/intake/load.ts";
import { openBenchmark } from "../../src/intake/opened.ts";
import { findMetric } from "../../src/metrics/registry.ts";
import { isAlive } from "../processes.ts";
import { benchmarkOnDisk, scratch, type OnDisk } from "./benchmark.ts";

/** Learners in another process: small programs of node, since nothing else need be installed. */
const node = JSON.stringify(process.execPath);
let parent: string;
let script: string;
let binary: OnDisk & { loaded: Loaded };
let small: OnDisk & { loaded: Loaded };

/** Reads CSV without quoting issues in the columns it uses, predicts from the sign of x, and does what MODE says. */
const LEARNER = String.raw`
import { readFileSync, writeFileSync } from "node:fs";
const [train, test, out, mode = "good", seed = "0", fold = ""] = process.argv.slice(2);
const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2]);
const read = (path) => {
  const [header, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n").map(cells);
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
};
const learnt = read(train);
const asked = read(test);
const rate = learnt.filter((row) => row.y === "yes").length / learnt.length;
if (mode === "inspect") writeFileSync(process.env.SEEN, JSON.stringify({ learnt: learnt.length, columns: Object.keys(learnt[0]), asked: Object.keys(asked[0]), first: asked[0], texts: [...new Set(asked.map((r) => r.z))].sort() }));
if (mode === "fail") { console.error("loading"); console.error("ValueError: could not convert"); process.exit(3); }
if (mode === "silent") process.exit(0);
if (mode === "hang") { const { spawn } = await import("node:child_process"); const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); writeFileSync(process.env.SEEN, process.pid + " " + child.pid); setInterval(() => {}, 1000); await new Promise(() => {}); }
if (mode === "work") { const until = performance.now() + 1000; const keep = Buffer.alloc(60e6, 1); while (performance.now() < until) keep[3]++; }
const p = (row) => { const x = row.x === "" ? 0 : Number(row.x); return 1 / (1 + Math.exp(-3 * x - 0.1 * Number(seed))); };
let lines = asked.map((row) => row.row + "," + (mode === "outside" ? 7 : p(row)));
if (mode === "labels") lines = asked.map((row) => row.row + "," + (p(row) > 0.5 ? "yes" : "no"));
if (mode === "half") lines.length = Math.floor(lines.length / 2);
if (mode === "twice") lines.push(lines[0]);
if (mode === "reversed") lines.reverse();
writeFileSync(out, (mode === "labels" ? "row,prediction" : mode === "columns" ? "row,guess" : "row,probability") + "\n" + lines.join("\n") + "\n");
`;

beforeAll(async () => {
  parent = scratch(afterAll);
  script = join(parent, "learner.mjs");
  writeFileSync(script, LEARNER);
  const one = await benchmarkOnDisk(parent, "binary", 600);
  binary = { ...one, loaded: await reopenData(one.opened, one.data) };
  const two = await benchmarkOnDisk(parent, "binary", 120, { repeats: 2, folds: 3 });
  small = { ...two, loaded: await reopenData(two.opened, two.data) };
});

const learner = (mode: string): string =>
  `${node} ${JSON.stringify(script)} {train} {test} {out} ${mode} {seed} {fold}`;
const run = (mode: string, options: Partial<CommandOptions> = {}, on = binary): Promise<Entrant> =>
  commandChallenger(on.opened, on.loaded, { command: learner(mode), timeLimitSeconds: 60, ...options });
const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("baseline-challenger-"));

describe("a command", () => {
  it("answers for the held-out rows in their order, and beats the floor", async () => {
    const { challenger, labelsOnly } = await run("good");
    const { opened } = binary;
    expect(labelsOnly).toBe(false);
    expect(challenger.name).toBe("command");
    expect(challenger.folds).toBeUndefined();
    const score = findMetric("log_loss", "binary").score({
      truth: opened.holdout!.truth,
      prediction: challenger.holdout![0],
    });
    expect(score).toBeLessThan(0.45);
  });
  it("may write its rows in any order", async () => {
    const [plain, reversed] = [await run("good"), await run("reversed")];
    expect(reversed.challenger.holdout).toEqual(plain.challenger.holdout);
  });
  it("gets the table's columns, the target in training alone, and never what the benchmark ignores", async () => {
    process.env.SEEN = join(parent, "seen.json");
    const { notes } = await run("inspect");
    const seen = JSON.parse(readFileSync(process.env.SEEN, "utf8"));
    const { opened, loaded } = binary;
    expect(seen.columns).toEqual(["row", "id", "x", "z", "y"]);
    expect(seen.asked).toEqual(["row", "id", "x", "z"]);
    expect(seen.learnt).toBe(opened.artifact.splits.rows.train);
    expect(seen.texts).toEqual(['a ""quote""', "plain", "with, comma"]);
    const first = opened.held[0];
    expect(seen.first.id).toBe(`id${first}`);
    expect(Number(seen.first.row)).toBe(loaded.rowNumber(first));
    expect(notes.join()).toContain("held back from it: copy");
  });
  it("is trained once a fold and repeat where there is no holdout", async () => {
    const titles: string[] = [];
    const { challenger } = await run("good", { onProgress: ({ title }) => titles.push(title) }, small);
    expect(titles).toEqual(
      [1, 2].flatMap((repeat) => [1, 2, 3].map((fold) => `fold ${fold} of 3, repeat ${repeat} of 2`)),
    );
    expect(challenger.holdout).toBeUndefined();
    const { folded } = small.opened;
    const [prediction] = challenger.folds!;
    expect(prediction.values.length).toBe(2 * folded.part.row.length);
    const score = findMetric("log_loss", "binary").score({ truth: folded.part.truth, prediction });
    expect(score).toBeLessThan(0.45);
  });
  it("is trained on the folds too when asked", async () => {
    const { challenger } = await run("good", { folds: true });
    expect([challenger.holdout?.length, challenger.folds?.length]).toEqual([1, 1]);
  });
  it("runs with several seeds, each a prediction", async () => {
    const { challenger } = await run("good", { seeds: 3 });
    expect(challenger.holdout!.length).toBe(3);
    expect(challenger.holdout![1]).not.toEqual(challenger.holdout![0]);
    expect((challenger.cost!.trainingTime as Float64Array).length).toBe(3);
  });
  it("says that seeds do nothing when the command does not take them", async () => {
    const command = `${node} ${JSON.stringify(script)} {train} {test} {out}`;
    const { notes } = await run("good", { command, seeds: 2 });
    expect(notes.join()).toContain("{seed}");
  });
  it("may answer with labels, and is marked so", async () => {
    const { labelsOnly, challenger } = await run("labels");
    expect(labelsOnly).toBe(true);
    expect(new Set(challenger.holdout![0].values)).toEqual(new Set([0, 1]));
  });
  it("may be a program with arguments, run without a shell", async () => {
    const { challenger } = await run("good", { command: [process.execPath, script, "{train}", "{test}", "{out}"] });
    expect(challenger.holdout!.length).toBe(1);
  });
  it("finds its files whatever the temporary folder is called", async () => {
    const odd = join(parent, 'a b\'c $(touch x) "d"');
    mkdirSync(odd);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = odd;
    try {
      expect((await run("good")).challenger.holdout!.length).toBe(1);
      expect(readdirSync(odd)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    expect(existsSync("x")).toBe(false);
  });
  it("leaves other braces alone", async () => {
    const command = `${learner("good")} && echo '{"a": {other}}' > ${JSON.stringify(join(parent, "braces"))}`;
    await run("good", { command });
    expect(readFileSync(join(parent, "braces"), "utf8")).toBe('{"a": {other}}\n');
  });
  it.runIf(process.platform === "linux")("is measured: wall, memory of all its processes", async () => {
    const { challenger } = await run("work");
    const { trainingTime, memory } = challenger.cost!;
    expect(trainingTime).toBeGreaterThan(1000);
    expect(memory).toBeGreaterThan(60e6);
    expect(memory).toBeLessThan(2e9);
  });
  it("cleans up after itself", async () => {
    const before = leftovers();
    await run("good");
    await run("fail").catch(() => undefined);
    expect(leftovers()).toEqual(before);
  });
});

describe("a command that", () => {
  const refused = (mode: string, options: Partial<CommandOptions> = {}) => expect(run(mode, options)).rejects;
  it("fails is quoted with its status", async () => {
    await refused("fail").toThrow(
      /command \(holdout\): exit status 3.*\n {2}loading\n {2}ValueError: could not convert$/s,
    );
    await refused("fail").toMatchObject({ name: "ChallengerError" });
  });
  it("is not there is said so", async () => {
    await refused("", { command: "no-such-program-here {train} {test} {out}" }).toThrow(
      /127: the program was not found/,
    );
    await refused("", { command: ["no-such-program-here", "{test}", "{out}"] }).toThrow(/the program was not found/);
  });
  it("writes nothing, or half, or rows twice, or something else", async () => {
    await refused("silent").toThrow(/wrote no file to \{out\}; it has to write row and prediction/);
    await refused("half").toThrow(/60 of 120 rows have no answer, first row \d+; answer each row of \{test\} once/);
    await refused("twice").toThrow(/1 record about rows that were answered before, first row \d+/);
    await refused("columns").toThrow(
      /wanted a column probability \(of yes\), proba_<class> or prediction, got the columns row, guess/,
    );
    await refused("outside").toThrow(/120 rows have no probability from 0 to 1 in probability, first row \d+ with "7"/);
  });
  it("hangs is stopped at the time limit, its children too", async () => {
    process.env.SEEN = join(parent, "hanging");
    await refused("hang", { timeLimitSeconds: 1 }).toThrow(/still running after 1 s and was stopped.*--command-limit/);
    await expect.poll(() => readFileSync(process.env.SEEN!, "utf8").split(" ").filter(isAlive)).toEqual([]);
  });
  it("is interrupted ends with the reason, its children too", async () => {
    process.env.SEEN = join(parent, "interrupted");
    const controller = new AbortController();
    const running = refused("hang", { signal: controller.signal }).toThrow("stopped by Ctrl-C");
    while (!existsSync(process.env.SEEN) || !readFileSync(process.env.SEEN, "utf8").includes(" "))
      await new Promise((resolve) => void setTimeout(resolve, 20));
    controller.abort(new Error("stopped by Ctrl-C"));
    await running;
    await expect.poll(() => readFileSync(process.env.SEEN!, "utf8").split(" ").filter(isAlive)).toEqual([]);
  });
  it("finds no room for its files is said so, with the remedy", async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(parent, "nowhere");
    try {
      await refused("good").toThrow(
        /its files cannot be written to .*nowhere \(no such file or folder\); name a folder/,
      );
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
  it("lacks a place, or is asked for no seeds, is refused before it runs", async () => {
    await refused("", { command: "train.sh {train} {test}" }).toThrow(/lacks \{out\}/);
    await refused("good", { seeds: 0 }).toThrow(/seeds: wanted a whole number from 1, got 0/);
    await refused("good", { timeLimitSeconds: 0 }).toThrow(/timeLimitSeconds/);
  });
});

describe("must-pass cases of a command", () => {
  const cases = async (rows: string[], on = binary): Promise<NonNullable<CommandOptions["cases"]>> => {
    const path = join(parent, "cases.csv");
    writeFileSync(path, `id,x,z,expected,expected_min\n${rows.join("\n")}\n`);
    return readCases(on.opened, on.loaded, path);
  };
  it("are asked in the first run, and change no other answer", async () => {
    const asked = await cases(["a,2,plain,yes,0.9", "b,-2,plain,no,"]);
    const titles: string[] = [];
    const { challenger } = await run("good", { cases: asked, seeds: 2, onProgress: ({ title }) => titles.push(title) });
    expect(challenger.failures).toEqual([]);
    expect(titles.length).toBe(2);
    expect(challenger.holdout).toEqual((await run("good", { seeds: 2 })).challenger.holdout);
  });
  it("end the matter when one fails", async () => {
    const asked = await cases(["a,2,plain,yes,", "b,2,plain,no,"]);
    const titles: string[] = [];
    const { challenger } = await run("good", { cases: asked, seeds: 5, onProgress: ({ title }) => titles.push(title) });
    expect(challenger.failures).toEqual(["case 2: wanted no, got yes"]);
    expect([titles.length, challenger.holdout]).toEqual([1, undefined]);
  });
  it("are asked of a model of all training rows where there are only folds", async () => {
    const asked = await cases(["a,2,plain,yes,"], small);
    const titles: string[] = [];
    const { challenger } = await run("good", { cases: asked, onProgress: ({ title }) => titles.push(title) }, small);
    expect(challenger.failures).toEqual([]);
    expect(titles[0]).toBe("must-pass cases");
    expect(challenger.folds).toEqual((await run("good", {}, small)).challenger.folds);
  });
});

describe("a sealed benchmark", () => {
  it("has a command trained on its folds, and says so", async () => {
    const sealed = await benchmarkOnDisk(parent, "binary", 600, { sealHoldout: true, folds: 2 });
    const opened = await openBenchmark(sealed.folder);
    const loaded = await reopenData(opened, sealed.data);
    const { challenger, notes } = await run("good", {}, { ...sealed, opened, loaded });
    expect([challenger.holdout, challenger.folds?.length]).toEqual([undefined, 1]);
    expect(notes.join()).toContain("sealed");
  });
});
