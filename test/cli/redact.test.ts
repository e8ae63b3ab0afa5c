/** --redact: a value planted in any place of a table is in no byte of what is written or printed. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seeded } from "../../src/numeric/rng.ts";
import { baseline, folderWith, SHORT } from "./baseline.ts";

/** By what it is: each stands once in the table. */
const PLANTS = {
  "a line before the table": "FRONTPLANT",
  "the largest number of a column": "98765.4321",
  "its smallest": "-87654.3219",
  "a text among numbers": "STRAYPLANT",
  "a level of one row": "LEVELPLANT",
  "a level of a row without a target": "NOTARGETPLANT",
  "the earliest date": "1931-07-19",
  "a text among dates": "NODATEPLANT",
  "a word of a text": "WORDPLANT",
  "an id": "IDPLANT",
  "a group": "GROUPPLANT",
  "a weight": "7.77123",
  "the largest target": "5432.1987",
} as const;

function plantedTable(task: "numbers" | "classes"): string {
  const rng = seeded("plants");
  const words = ["red", "blue", "green", "big", "small", "door", "house", "tree"];
  const cells = Array.from({ length: 160 }, (_, i) => {
    const x = 10 * rng.normal();
    const level = "abc"[rng.below(3)];
    const score = 3 * x + 5 * rng.normal() + (level === "a" ? 9 : 0);
    const date = `2020-0${1 + rng.below(9)}-1${rng.below(9)}`;
    const note = Array.from({ length: 6 }, () => words[rng.below(words.length)]).join(" ");
    const y = task === "numbers" ? score.toFixed(2) : score > 0 ? "yes" : "no";
    return [
      `r${i}`,
      x.toFixed(2),
      String(rng.below(40)),
      level,
      date,
      note,
      `site${i % 30}`,
      (1 + rng.uniform()).toFixed(4),
      y,
    ];
  });
  const plant = (row: number, column: number, text: string): void => void (cells[row][column] = text);
  plant(5, 1, PLANTS["the largest number of a column"]);
  plant(6, 1, PLANTS["its smallest"]);
  plant(7, 2, PLANTS["a text among numbers"]);
  plant(8, 3, PLANTS["a level of one row"]);
  plant(9, 3, PLANTS["a level of a row without a target"]);
  plant(9, 8, "");
  plant(10, 4, PLANTS["the earliest date"]);
  plant(11, 4, PLANTS["a text among dates"]);
  plant(12, 5, `red blue ${PLANTS["a word of a text"]} green`);
  plant(13, 0, PLANTS["an id"]);
  plant(14, 6, PLANTS["a group"]);
  plant(15, 7, PLANTS["a weight"]);
  if (task === "numbers") plant(16, 8, PLANTS["the largest target"]);
  const lines = ["who,x,n,level,day,note,site,w,y", ...cells.map((row) => row.join(","))];
  return `Title ${PLANTS["a line before the table"]},,,,,,,,\n${lines.join("\n")}\n`;
}

/** All that was written into a folder, by path. */
function written(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), "latin1")]);
}

const LADDERS = {
  numbers: ["one-rule,rule-list,linear,tree,boosting,forest", []],
  classes: ["one-rule,rule-list,naive-bayes,text-bayes,logistic,tree,boosting,forest", ["--group", "site"]],
} as const;

describe.each(["numbers", "classes"] as const)("a target of %s", (task) => {
  const [models, more] = LADDERS[task];
  const args = ["train", "data.csv", "--target", "y", "--id", "who", "--weight", "w", "--out", "b", "--trials", "3"];
  const run = async (options: readonly string[]) => {
    const cwd = folderWith({ "data.csv": plantedTable(task) });
    const ran = await baseline([...args, ...more, ...SHORT, ...options], { cwd });
    expect(ran.code).toBe(0);
    const report = await baseline(["report", "b"], { cwd });
    const texts = written(join(cwd, "b"));
    const said = [ran, report].flatMap(({ stdout, stderr }) => [stdout, stderr]).join("\n");
    return { files: texts.map(([path]) => path), all: [...texts, ["the terminal", said] as [string, string]] };
  };
  const found = (all: readonly [string, string][]): string[] =>
    Object.entries(PLANTS).flatMap(([what, plant]) =>
      all.flatMap(([path, text]) => (text.toLowerCase().includes(plant.toLowerCase()) ? [`${what}: ${path}`] : [])),
    );

  it("no plant is in any byte of it, the models of every rung included", async () => {
    const { files, all } = await run(["--redact", "--models", models]);
    expect(files.filter((path) => path.startsWith("models")).length).toBeGreaterThan(4);
    expect(files).not.toContain("predictions.csv");
    expect(found(all)).toEqual([]);
  });
  it("without --redact they are there (so that the test above can fail)", async () => {
    const { all } = await run(["--models", models]);
    expect(found(all).length).toBeGreaterThan(10);
  });
  it("a redacted model predicts, and rare levels are unseen ones to it", async () => {
    const cwd = folderWith({ "data.csv": plantedTable(task) });
    await baseline([...args, ...more, ...SHORT, "--redact", "--models", "tree"], { cwd });
    const { code, stdout } = await baseline(["predict", "b/model.json", "data.csv"], { cwd });
    expect(code).toBe(0);
    expect(stdout.trim().split("\n").length).toBe(161);
  });
});

describe("rungs whose models hold single rows", () => {
  it("are left out, and refused when they are asked for", async () => {
    const cwd = folderWith({ "data.csv": plantedTable("numbers") });
    const args = ["train", "data.csv", "--target", "y", "--redact", "--out", "b", "--time-limit", "0", ...SHORT];
    const refused = await baseline([...args, "--models", "curve"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/models: curve keeps values of single rows, which --redact leaves out/);
    expect(await baseline(args, { cwd })).toMatchObject({ code: 0 });
    const { skipped } = JSON.parse(readFileSync(join(cwd, "b", "benchmark.json"), "utf8"));
    expect(skipped).toContainEqual({ rung: "curve", reason: "keeps values of single rows, which --redact leaves out" });
  });
});
