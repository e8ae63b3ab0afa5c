/** Every command line of the manuals is run by a shell, in a folder where the files lie that the manuals speak of. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { COMMON_OPTIONS } from "../../src/cli/options.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { codeBlocks, codeLines } from "../manuals.ts";
import { baseline, MAIN, SHORT, shell } from "./baseline.ts";

const pages = readdirSync("docs", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);
const lines = pages.flatMap((page) =>
  codeBlocks(page, "sh")
    .flatMap(codeLines)
    .filter((line) => line.startsWith("baseline "))
    .map((line) => [page, line] as const),
);

/** Files of predictions as the recipes write them, by the name under which they are judged. */
const recipes = readFileSync("docs/recipes.md", "utf8");
const written = [...recipes.matchAll(/```csv\n(.*)\n(.*)\n```\n\n```sh\nbaseline compare recipes (\S+)/g)];

/** A challenger in another language, and what looks at JSON: all that is asked of them here is to be there. */
const PYTHON = `
  import { readFileSync, writeFileSync } from "node:fs";
  const [, , , , test, out] = process.argv;
  const rows = readFileSync(test, "utf8").trim().split("\\n").slice(1);
  writeFileSync(out, ["row,probability", ...rows.map((line) => line.split(",")[0] + ",0.5"), ""].join("\\n"));
`;

const cwd = mkdtempSync(join(tmpdir(), "baseline-manuals-"));
const bin = join(cwd, "bin");
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

beforeAll(async () => {
  const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
  mkdirSync(bin);
  write("python.mjs", PYTHON);
  program("baseline", `exec "${process.execPath}" "${MAIN}" "$@"`);
  program("python", `exec "${process.execPath}" "${join(cwd, "python.mjs")}" "$@"`);
  program("jq", "exec cat");
  program("npx", `shift 2; exec "${process.execPath}" "${MAIN}" "$@"`);
  write("data.csv", data(600));
  write("more.csv", data(300));
  write("new.csv", data(20));
  write("cases.csv", codeBlocks("docs/challengers.md", "csv")[0]);
  // Small searches: what is tried here is the line, not the challenger.
  write("baseline.config.json", JSON.stringify({ trials: 2, workers: 1 }));
  const trained = await baseline(["train", "data.csv", "--ignore", "region", "--models", "one-rule", ...SHORT], {
    cwd,
  });
  expect(trained).toMatchObject({ code: 0 });
  const answers = await baseline(["predict", "baseline-out", "data.csv"], { cwd });
  write(
    "suite.json",
    JSON.stringify({
      defaults: { ignore: ["region"], models: ["one-rule"] },
      datasets: [{ data: "data.csv" }, { data: "more.csv" }],
    }),
  );
  const rows = Array.from({ length: 600 }, (_, row) => row);
  for (const [, header, example, name] of written)
    write(name, [header, ...rows.map((row) => example.replace(/^\d+/, String(row))), ""].join("\n"));
  for (const name of ["predictions", "model", "forest", "boosting", "mine"]) write(`${name}.csv`, answers.stdout);
});

function program(name: string, line: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
  chmodSync(join(bin, name), 0o755);
}

function data(rows: number): string {
  const rng = seeded("manuals").split(rows);
  const records = Array.from({ length: rows }, () => {
    const x = rng.normal();
    const z = ["plain", "spotted"][rng.below(2)];
    const y = x + (z === "plain" ? 0.5 : 0) + rng.normal() > 0 ? "yes" : "no";
    return [x.toFixed(3), z, ["north", "south"][rng.below(2)], y].join(",");
  });
  return ["x,z,region,y", ...records, ""].join("\n");
}

describe("command lines of the manuals", () => {
  it("are many", () => expect(lines.length).toBeGreaterThan(12));
  it.each(lines)("%s: %s", { timeout: 120_000 }, async (_page, line) => {
    const { code, stderr } = await shell(line, { cwd, env: { PATH: bin + delimiter + process.env.PATH } });
    expect([0, 1, 3], stderr).toContain(code);
  });
});

describe("recipes", () => {
  it("write four files of predictions", () => expect(written).toHaveLength(4));
  const python = process.env["PYTHON"] ?? "python3";
  const imports = (code: string): string =>
    codeLines(code)
      .filter((line) => /^(import|from) /.test(line))
      .join("\n");
  const runs = (code: string): boolean => spawnSync(python, ["-c", code], { cwd }).status === 0;
  const programs = codeBlocks("docs/recipes.md", "python").map((code) => [code]);
  it("in Python are five", () => expect(programs).toHaveLength(5));
  it.each(programs.filter(([code]) => runs(imports(code))))("run with what is installed here: %#", (code) => {
    const env = { ...process.env, PATH: bin + delimiter + process.env.PATH };
    const { status, stderr } = spawnSync(python, ["-c", code], { cwd, encoding: "utf8", env });
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("Error")]);
  });
  it.runIf(runs("import sqlite3"))("the SQL rule needs no more than Python, and is judged", async () => {
    const judged = await baseline(["compare", "baseline-out", "rule.csv", "--out", "rule.json"], { cwd });
    expect([0, 1, 3], judged.stderr).toContain(judged.code);
  });
});

describe("the suite of docs/bench.md", () => {
  it("is measured as it stands there", async () => {
    writeFileSync(join(cwd, "manual.json"), codeBlocks("docs/bench.md", "json")[0]);
    const ran = await baseline(["bench", "manual.json", "--out", "manual"], { cwd });
    expect(ran.stdout).toContain("2 datasets measured");
    expect(ran).toMatchObject({ code: 0 });
  });
});

describe("examples in Python", () => {
  const programs = readdirSync("examples", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".py"),
  );
  const said = pages.map((page) => readFileSync(page, "utf8")).join("\n");
  it.each(programs)("%s stands in a manual, and its options of train and gate are there", (name) => {
    expect(said).toContain(`(../examples/${name})`);
    const text = readFileSync(join("examples", name), "utf8");
    const calls = [...text.matchAll(/"(train|gate)",.*/g)];
    if (name.startsWith("orchestration")) expect(calls.length).toBeGreaterThan(1);
    for (const [line, command] of calls) {
      const keys = [...COMMON_OPTIONS, ...commands.find((one) => one.name === command)!.options].map(({ key }) => key);
      for (const [, flag] of line.matchAll(/"--([a-z]+)"/g)) expect(keys, flag).toContain(flag);
    }
  });
});

describe("options that manuals name", () => {
  const flags = new Set(["--help"]);
  for (const { key, flag } of [...COMMON_OPTIONS, ...commands.flatMap(({ options }) => options)]) {
    const name = flag ?? key.replaceAll(/[A-Z0-9]+/g, (part) => `-${part.toLowerCase()}`);
    flags.add(`--${name}`).add(`--no-${name}`);
  }
  // Error rates are written by the bench, and name its flags.
  it.each(["README.md", "SECURITY.md", ...pages.filter((page) => page !== "docs/error-rates.md")])("%s", (page) => {
    const named = [...readFileSync(page, "utf8").matchAll(/(?<![\w-])--[a-z][a-z0-9-]*[a-z0-9]/g)].map(
      ([flag]) => flag,
    );
    for (const flag of named) expect(flags.has(flag), flag).toBe(true);
  });
});
