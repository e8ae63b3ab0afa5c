/** A call of each command, for tests of what must hold for all of them. A new command adds its own. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { baseline, SHORT, table } from "./baseline.ts";

export interface Call {
  readonly args: readonly string[];
  /** Its exit code. */
  readonly code: number;
  /** The file among what it reads that the tests may put something else in place of; absent: it reads none. */
  readonly reads?: string;
}

/** By command; each also with `--json`. */
export const CALLS: ReadonlyMap<string, Call> = new Map([
  ["init", { args: ["init", "data.csv", "--yes"], code: 0, reads: "data.csv" }],
  ["inspect", { args: ["inspect", "data.csv"], code: 0, reads: "data.csv" }],
  [
    "train",
    { args: ["train", "data.csv", "--models", "constant", "--out", "fresh", ...SHORT], code: 0, reads: "data.csv" },
  ],
  ["compare", { args: ["compare", "out", "coin.csv"], code: 1, reads: "coin.csv" }],
  ["gate", { args: ["gate", "out", "coin.csv"], code: 1, reads: "coin.csv" }],
  [
    "bench",
    { args: ["bench", "suite.json", "--out", "fresh-bench", "--cache", "fresh-cache"], code: 0, reads: "data.csv" },
  ],
  ["predict", { args: ["predict", "out", "data.csv"], code: 0, reads: "data.csv" }],
  ["report", { args: ["report", "out"], code: 0, reads: "out/benchmark.json" }],
  ["explain", { args: ["explain", "out", "data.csv", "--row", "3"], code: 0, reads: "data.csv" }],
  ["completion", { args: ["completion", "bash"], code: 0 }],
]);

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
