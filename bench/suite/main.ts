/**
 * What does `baseline bench` cost? The tables of the package cold and again, and fifty tables of 10,000 rows against an earlier
 * bench, with the same answers and with others, which are compared row by row. All through the built command.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/suite/main.js [--json out.json]
 *
 * What is promised is promised of two idle cores: CPU seconds decide, at most twice as many where two cores may work.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { seeded } from "../../src/numeric/rng.ts";
import { childCpuSeconds, tell } from "../answer.ts";

const COMMAND = resolve("dist/cli/main.js");
const TABLES = 50;
const ROWS = 10_000;

const { values } = parseArgs({ options: { json: { type: "string" } } });
const work = mkdtempSync(join(tmpdir(), "baseline-suite-"));
const lines: string[][] = [];
const broken: string[] = [];
try {
  measure("the tables of the package, cold", 90, []);
  measure("the same again", 1.5, []);
  fifty();
  measure(`${TABLES} tables of ${ROWS} rows, cold`, undefined, ["suite.json", "--out", "before"]);
  measure("against it, the same answers", 3, ["suite.json", "--against", "before", "--out", "after"]);
  measure("the same with other options, cold", undefined, ["other.json", "--out", "other"]);
  measure("against it, other answers", 3, ["other.json", "--against", "before", "--out", "after"]);
} finally {
  rmSync(work, { recursive: true, force: true });
}
tell(
  {
    question: "What does a suite of tables cost?",
    size: "once, two workers",
    tables: [{ head: ["what", "CPU s", "at most", "wall s"], rows: lines }],
    broken,
    figures: lines,
  },
  values.json,
);

/** @param most CPU seconds that are promised. */
function measure(what: string, most: number | undefined, args: readonly string[]): void {
  const [began, before] = [performance.now(), childCpuSeconds() ?? Number.NaN];
  const { status, stderr } = spawnSync(process.execPath, [COMMAND, "bench", ...args, "--workers", "2"], {
    cwd: work,
    encoding: "utf8",
  });
  if (status !== 0 && status !== 1) throw new Error(`bench ended with code ${status}: ${stderr}`);
  const cpu = (childCpuSeconds() ?? Number.NaN) - before;
  const wall = (performance.now() - began) / 1000;
  lines.push([what, cpu.toFixed(1), most === undefined ? "" : String(most), wall.toFixed(1)]);
  if (most !== undefined && cpu > most) broken.push(`${what}: ${cpu.toFixed(1)} CPU seconds, promised ${most}`);
}

/** Half of them have classes, half numbers; in the other suite a column is left out, so that every model answers otherwise. */
function fifty(): void {
  const names = Array.from({ length: TABLES }, (_, k) => `t${k}`);
  const models = (k: number): readonly string[] => ["constant", "one-rule", k % 2 === 0 ? "linear" : "naive-bayes"];
  for (const [k, name] of names.entries()) writeFileSync(join(work, `${name}.csv`), tableOf(k));
  for (const [file, ignore] of [
    ["suite.json", []],
    ["other.json", ["a"]],
  ] as const)
    writeFileSync(
      join(work, file),
      JSON.stringify({
        defaults: { target: "y", folds: 3, repeats: 1, nested: "never", trials: 1, ignore },
        datasets: names.map((name, k) => ({ name, data: `${name}.csv`, models: models(k) })),
      }),
    );
}

function tableOf(k: number): string {
  const rng = seeded("suite").split(`table ${k}`);
  const rows = Array.from({ length: ROWS }, () => {
    const [a, b, c] = [rng.uniform(), rng.uniform(), rng.uniform()];
    const y = a + b * c + rng.uniform();
    return [a, b, c].map((x) => x.toFixed(4)).concat(k % 2 === 0 ? y.toFixed(4) : y > 1.25 ? "yes" : "no");
  });
  return ["a,b,c,y", ...rows.map((row) => row.join())].join("\n");
}
