/**
 * How long does a comparison of a million held-out rows take?
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/verdicts/million.js [--rows 1000000] [--work folder] [--json out.json]
 *
 * A binary benchmark with that many held-out rows is trained on a made-up table, and five challengers answer for them in files of
 * their own. Timed: reading the benchmark back, reading each file, and the verdict on all five together by log loss and by the
 * area under the ROC curve. Wall and CPU seconds; on a busy machine believe the CPU.
 */
import { mkdtempSync, mkdirSync, existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Sourced } from "../../src/challengers/source.ts";
import { cpuSeconds, tell } from "../answer.ts";
import { built } from "../built.ts";

const { train, writeBenchmark } = (await import(built("index"))) as typeof import("../../src/index.ts");
const { seeded } = (await import(built("numeric/rng"))) as typeof import("../../src/numeric/rng.ts");
const { predictionsFile } = (await import(
  built("challengers/predictions-file")
)) as typeof import("../../src/challengers/predictions-file.ts");
const { verdictOn } = (await import(built("benchmark/compare"))) as typeof import("../../src/benchmark/compare.ts");
const { openBenchmark } = (await import(built("intake/opened"))) as typeof import("../../src/intake/opened.ts");

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, work: { type: "string" }, json: { type: "string" } },
});
const held = Number(values.rows);
const work = values.work ?? mkdtempSync(join(tmpdir(), "million-"));
mkdirSync(work, { recursive: true });
const folder = join(work, `benchmark-${held}`);
const lines: (readonly [what: string, wall: string, cpu: string, found: string])[] = [];

async function timed<T>(what: string, run: () => T | Promise<T>, found: (value: T) => string = () => ""): Promise<T> {
  const [wall, cpu] = [performance.now(), cpuSeconds()];
  const value = await run();
  const seconds = [(performance.now() - wall) / 1000, cpuSeconds() - cpu].map((one) => one.toFixed(2));
  lines.push([what, seconds[0], seconds[1], found(value)]);
  return value;
}

const rng = seeded("million");
const rows = Math.round(held / 0.98);
const x = Float64Array.from({ length: rows }, () => Math.round(1000 * rng.normal()) / 1000);
const chance = (i: number): number => 1 / (1 + Math.exp(-1.5 * x[i]));
const y = Array.from(x, (_, i) => (rng.uniform() < chance(i) ? "yes" : "no"));
if (!existsSync(folder)) {
  const options = { target: "y", models: ["one-rule"], holdout: 0.98, trials: 1 };
  await timed("training (one-rule)", async () => {
    writeBenchmark(await train({ x, y }, options), folder, { force: true });
  });
}
const opened = await timed(`reading the benchmark, ${held} held-out rows`, () => openBenchmark(folder));
const sourced: Sourced[] = [];
for (let k = 0; k < 5; k++) {
  const path = join(work, `challenger-${k}.csv`);
  if (!existsSync(path)) {
    const lines = Array.from(opened.held, (row) => {
      const noise = (0.1 + 0.2 * k) * rng.normal();
      return `${row},${(1 / (1 + Math.exp(-1.5 * x[row] + noise))).toFixed(6)}`;
    });
    writeFileSync(path, `row,probability\n${lines.join("\n")}\n`);
  }
  sourced.push(await timed(`reading challenger ${k}`, () => predictionsFile(opened, path)));
}
for (const metric of ["log_loss", "roc_auc", "accuracy"])
  await timed(
    `five challengers by ${metric}`,
    () => verdictOn(opened, sourced, { metric }),
    ({ challengers }) => challengers.map(({ verdict, gain }) => `${verdict} ${gain?.toPrecision(3)}`).join("; "),
  );
const table = { head: ["what", "seconds", "CPU s", "verdicts and gains"], rows: lines };
const question = "How long does it take to judge many held-out rows?";
tell({ question, size: `${held} rows, once`, tables: [table], broken: [], figures: lines }, values.json);
