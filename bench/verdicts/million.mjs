// How long does a comparison of a million held-out rows take?
//
//   npm run build && node bench/verdicts/million.mjs [--rows 1000000] [--work folder] [--json out.json]
//
// A binary benchmark with that many held-out rows is trained on a made-up table, and five challengers answer for them in files of
// their own. Timed: reading the benchmark back, reading each file, and the verdict on all five together by log loss and by the
// area under the ROC curve. Wall and CPU seconds; on a busy machine believe the CPU.
import { mkdtempSync, mkdirSync, existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { train, writeBenchmark } from "tabular-baseline";
import { seeded } from "tabular-baseline/extend";
import { verdictOn } from "../../.cache/dist/benchmark/compare.js";
import { openBenchmark } from "../../.cache/dist/benchmark/opened.js";
import { predictionsFile } from "../../.cache/dist/benchmark/challengers/predictions-file.js";

const [, , ...rest] = process.argv;
const option = (name, fallback) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : fallback);
const held = Number(option("--rows", "1000000"));
const work = option("--work", mkdtempSync(join(tmpdir(), "million-")));
mkdirSync(work, { recursive: true });
const folder = join(work, `benchmark-${held}`);
const results = [];

async function timed(what, run) {
  const [wall, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  const value = await run();
  const { user, system } = process.cpuUsage(cpu);
  const figures = { what, wall: Number(process.hrtime.bigint() - wall) / 1e9, cpu: (user + system) / 1e6 };
  results.push(figures);
  console.log(`${what.padEnd(44)} ${figures.wall.toFixed(2)} s wall, ${figures.cpu.toFixed(2)} s CPU`);
  return value;
}

const rng = seeded("million");
const rows = Math.round(held / 0.98);
const x = Float64Array.from({ length: rows }, () => Math.round(1000 * rng.normal()) / 1000);
const chance = (i) => 1 / (1 + Math.exp(-1.5 * x[i]));
const y = Array.from(x, (_, i) => (rng.uniform() < chance(i) ? "yes" : "no"));
if (!existsSync(folder)) {
  const options = { target: "y", models: ["one-rule"], holdout: 0.98, trials: 1 };
  await timed("training (one-rule)", async () => {
    writeBenchmark(await train({ x, y }, options), folder, { force: true });
  });
}
const opened = await timed(`reading the benchmark, ${held} held-out rows`, () => openBenchmark(folder));
const sourced = [];
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
for (const metric of ["log_loss", "roc_auc", "accuracy"]) {
  const { challengers } = await timed(`five challengers by ${metric}`, async () =>
    verdictOn(opened, sourced, { metric }),
  );
  console.log(`  ${challengers.map(({ verdict, gain }) => `${verdict} ${gain.toPrecision(3)}`).join("; ")}`);
}
if (rest.includes("--json")) writeFileSync(option("--json"), `${JSON.stringify(results, null, 1)}\n`);
