/** A call of each command, for tests of what must hold for all of them: made from its record. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import type { Command } from "../../src/cli/contract.ts";
import { baseline, SHORT, table } from "./baseline.ts";

export interface Call {
  readonly args: readonly string[];
  /** Its exit code. */
  readonly code: number;
  /** The file among what it reads that the tests may put something else in place of; absent: it reads none. */
  readonly reads?: string;
}

/** What stands for an argument of that name in `folderForCalls`. */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ["data", "data.csv"],
  ["benchmark", "out"],
  ["model", "out"],
  ["predictions", "coin.csv"],
  ["suite", "suite.json"],
]);

/** What a call needs beside its arguments, where it needs more or ends in a verdict. */
const MORE: Readonly<Record<string, Partial<Call>>> = {
  init: { args: ["--yes"] },
  train: { args: ["--models", "constant", "--out", "fresh", ...SHORT] },
  compare: { code: 1 },
  gate: { code: 1 },
  bench: { args: ["--out", "fresh-bench", "--cache", "fresh-cache"] }, // it reads files more than once, so it refuses a pipe
  explain: { args: ["--row", "3"] },
};

function callOf({ name, arguments: given }: Command): Call {
  const values = given.map((one) => one.choices?.[0] ?? STAND_INS.get(one.name) ?? `<${one.name}>`);
  const last = values.at(-1) ?? "";
  const file = last.endsWith(".csv") ? last : last === "out" ? "out/benchmark.json" : undefined;
  const { args = [], code = 0, reads = file } = MORE[name] ?? {};
  return { args: [name, ...values, ...args], code, ...(reads !== undefined && { reads }) };
}

/** By command; each also with `--json`. */
export const CALLS: ReadonlyMap<string, Call> = new Map(commands.map((command) => [command.name, callOf(command)]));

/** Makes a folder with data.csv, its benchmark in `out` and coin.csv, a challenger that guesses. @returns What copies it for a test. */
export function folderForCalls(): () => string {
  let made: string;
  beforeAll(async () => {
    made = mkdtempSync(join(tmpdir(), "baseline-cli-"));
    writeFileSync(join(made, "data.csv"), table(400));
    const dataset = { data: "data.csv", models: ["constant"], folds: 3, repeats: 1, nested: "never" };
    writeFileSync(join(made, "suite.json"), JSON.stringify({ datasets: [dataset] }));
    const options = ["--models", "logistic", "--holdout", "0.5", "--out", "out", "--quiet", ...SHORT];
    const { code, stderr } = await baseline(["train", "data.csv", ...options], { cwd: made });
    if (code !== 0) throw new Error(stderr);
    const [, ...rows] = readFileSync(join(made, "out", "predictions.csv"), "utf8")
      .trim()
      .split("\n");
    const held = rows.map((line) => line.split(",")).filter(([, , part]) => part === "holdout");
    writeFileSync(join(made, "coin.csv"), `row,probability\n${held.map(([row]) => `${row},0.5\n`).join("")}`);
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));
  return () => {
    const copy = mkdtempSync(join(tmpdir(), "baseline-cli-"));
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    cpSync(made, copy, { recursive: true });
    return copy;
  };
}
