/** Regressions, put into the program, the data and the challengers: a suite finds each, and nothing where nothing changed. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { BenchDocument, Change } from "../../src/report/bench.ts";
import { checkBench } from "../../src/report/schema/bench.ts";
import { baseline, folder, table, type Ran } from "./baseline.ts";

vi.setConfig({ testTimeout: 240_000 }); // each test is several runs of the program

const SUITE = {
  defaults: { target: "y", folds: 3, repeats: 1, nested: "never", holdout: 0.4 },
  datasets: [
    { name: "numbers", data: "numbers.csv", models: ["constant", "tree"], trials: 1 },
    { name: "searched", data: "few.csv", models: ["constant", "boosting"], trials: 10 },
    { name: "classes", data: "classes.csv", models: ["constant"], metric: "accuracy", challengers: ["answers.csv"] },
  ],
};

/** Made once: the tables, the answers of a challenger, and the bench of before. */
let made: string;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "baseline-regressions-"));
  const classes = table(2000);
  writeFileSync(join(made, "numbers.csv"), table(800, "number"));
  writeFileSync(join(made, "few.csv"), table(90, "number"));
  writeFileSync(join(made, "classes.csv"), classes);
  writeFileSync(join(made, "answers.csv"), answers(classes, 10));
  writeFileSync(join(made, "suite.json"), JSON.stringify(SUITE));
  expect(await baseline(["bench", "suite.json", "--out", "before"], { cwd: made })).toMatchObject({ code: 0 });
}, 240_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** Labels for every row, of which one in so many is wrong. */
function answers(text: string, every: number): string {
  const [, ...lines] = text.trim().split("\n");
  const labels = lines.map((line, i) => ((line.endsWith("yes") ? 1 : 0) === (i % every === 0 ? 0 : 1) ? "yes" : "no"));
  return `row,prediction\n${labels.map((label, i) => `${i},${label}\n`).join("")}`;
}

function copy(): string {
  const cwd = mkdtempSync(join(tmpdir(), "baseline-regressions-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  cpSync(made, cwd, { recursive: true });
  return cwd;
}

type Program = (cwd: string, ...args: readonly string[]) => Promise<Ran>;

const program =
  (main?: string): Program =>
  (cwd, ...args) =>
    baseline(["bench", "suite.json", "--against", "before", "--out", "after", ...args], { cwd }, main);

/** The built program with one place of its code changed. */
function patched(place: RegExp, by: (found: string) => string): Program {
  const home = folder();
  cpSync("dist", join(home, "dist"), { recursive: true });
  cpSync("package.json", join(home, "package.json"));
  symlinkSync(resolve("node_modules"), join(home, "node_modules"), "junction");
  const changed = readdirSync(join(home, "dist"), { recursive: true, encoding: "utf8" }).filter((path) => {
    if (!path.endsWith(".js")) return false;
    const file = join(home, "dist", path);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(place, by));
    return place.test(text);
  });
  expect(changed).toHaveLength(1);
  return program(join(home, "dist", "cli", "main.js"));
}

function found(cwd: string): BenchDocument {
  return checkBench(JSON.parse(readFileSync(join(cwd, "after", "bench.json"), "utf8")));
}

function worse(cwd: string): readonly (readonly [string, string | null, string])[] {
  const changes: readonly Change[] = found(cwd).against!.changes;
  return changes
    .filter(({ outcome }) => outcome === "worse")
    .map(({ dataset, model, kind }) => [dataset, model, kind] as const);
}

describe("a suite finds", () => {
  it("a search that fits a tenth more", async () => {
    const cwd = copy();
    const more = patched(/stop\.trials \?\? /, (text) => `stop.trials > 1 ? Math.ceil(1.1 * stop.trials) : ${text}`);
    expect(await more(cwd)).toMatchObject({ code: 1 });
    expect(new Set(worse(cwd).map(([dataset, , kind]) => `${dataset} ${kind}`))).toEqual(new Set(["searched work"]));
    const sentences = found(cwd).against!.changes.map(({ sentence }) => sentence);
    expect(sentences).toContainEqual(expect.stringMatching(/^trials 10 to 11 \(10 % more\), in boosting$/));
  });

  it("a worse default", async () => {
    const cwd = copy();
    const coarse = patched(/\.\.\.LEAVES\],\s+ordered: true,\s+default: 5\b/, (text) => `${text}0`);
    expect(await coarse(cwd)).toMatchObject({ code: 1 });
    expect(worse(cwd)).toContainEqual(["numbers", "tree", "score"]);
  });

  it("a changed byte of the data, and calls it that", async () => {
    const cwd = copy();
    const path = join(cwd, "numbers.csv");
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace(/(\d)\n$/, (_, digit: string) => `${9 - Number(digit)}\n`),
    );
    expect(await program()(cwd)).toMatchObject({ code: 0 });
    expect(found(cwd).against!.changes).toMatchObject([{ dataset: "numbers", kind: "data", outcome: "other" }]);
    writeFileSync(
      join(cwd, "suite.json"),
      JSON.stringify({ ...SUITE, defaults: { ...SUITE.defaults, expect: { data: "same" } } }),
    );
    expect(await program()(cwd)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^NOT AS EXPECTED /) });
  });

  it("a challenger that lost two points", async () => {
    const cwd = copy();
    const text = readFileSync(join(cwd, "classes.csv"), "utf8");
    writeFileSync(join(cwd, "answers.csv"), answers(text, 8)); // 12.5 % wrong in place of 10 %
    expect(await program()(cwd)).toMatchObject({ code: 1 });
    expect(worse(cwd)).toEqual([["classes", "challenger answers", "score"]]);
  });

  it("a dataset that vanished", async () => {
    const cwd = copy();
    writeFileSync(join(cwd, "suite.json"), JSON.stringify({ ...SUITE, datasets: SUITE.datasets.slice(1) }));
    expect(await program()(cwd)).toMatchObject({ code: 2 });
    expect(worse(cwd)).toEqual([["numbers", null, "suite"]]);
  });

  it("that nothing was measured", async () => {
    const cwd = copy();
    for (const { data } of SUITE.datasets) writeFileSync(join(cwd, data), "");
    expect(await program()(cwd)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^FAILED 0 datasets measured/),
    });
    const none = patched(/async function trainBenchmark\([^)]*\) \{/, (text) => `${text} throw new Error("no luck");`);
    const again = copy();
    expect(await none(again)).toMatchObject({ code: 2, stdout: expect.stringMatching(/^FAILED 0 datasets measured/) });
  });
});

describe("nothing is found where nothing changed", () => {
  it("20 times of 20, with any number of workers, from the cache and anew", async () => {
    const cwd = copy();
    for (let k = 0; k < 20; k++) {
      const anew = k % 3 === 0 ? ["--cache", `cold-${k}`] : [];
      const ran = await program()(cwd, "--workers", String(1 + (k % 4)), ...anew);
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/; nothing changed\./) });
      expect(found(cwd).against).toMatchObject({ datasets: 3, compared: 0, changes: [] });
    }
  });
});
