/**
 * Does noise make champions? Trains the whole ladder, as a user does, on tables without any signal, and counts the champions that are
 * not the constant: none by rounding, and no more than 5 % by luck.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/honesty/noise/main.js [--seeds 64] [--world text] [--repeats n] [--workers n] [--json results.json]
 *
 * Ends with code 1 when a champion won by rounding or a world exceeds 5 % by more than chance (2.58 standard errors). About half
 * an hour of one core with 64 seeds.
 */
import { parseArgs } from "node:util";
import { tell, type Table } from "../../answer.ts";
import { limitOf } from "../cell.ts";
import { noiseTable, noiseWorlds, wonByRounding } from "./tables.ts";

/** The built package, as a user has it: worker threads are started from it. */
const PACKAGE: string = "tabular-baseline";
const { train } = (await import(PACKAGE)) as typeof import("../../../src/index.ts");

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "64" },
    world: { type: "string", default: "" },
    workers: { type: "string" },
    repeats: { type: "string" },
    json: { type: "string" },
  },
});
const seeds = Number(values.seeds);
if (!(Number.isInteger(seeds) && seeds > 0)) {
  console.error(`noise: --seeds must be a whole number from 1, got ${values.seeds}`);
  process.exit(2);
}
const results = [];
for (const world of noiseWorlds.filter(({ name }) => name.includes(values.world))) {
  const champions: Record<string, number> = {};
  let rounded = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { artifact } = await train(noiseTable(world, seed), {
      target: "y",
      task: world.task,
      seed,
      ...(values.workers !== undefined && { workers: Number(values.workers) }),
      ...(values.repeats !== undefined && { repeats: Number(values.repeats) }),
    });
    const { champion } = artifact;
    champions[champion.rung] = (champions[champion.rung] ?? 0) + 1;
    if (wonByRounding(champion)) rounded++;
    process.stderr.write(`\r${world.name}: ${seed + 1} of ${seeds}`);
  }
  process.stderr.write("\n");
  const lucky = 1 - (champions["constant"] ?? 0) / seeds;
  const failed = rounded > 0 || lucky > limitOf(0.05, seeds);
  results.push({ world: world.name, seeds, champions, rounded, lucky, failed });
}
const table: Table = {
  head: ["world", "tables", "champions by luck", "by rounding", "champions"],
  rows: results.map(({ world, champions, rounded, lucky }) => [
    world,
    String(seeds),
    `${(100 * lucky).toFixed(1)} %`,
    String(rounded),
    Object.entries(champions)
      .map(([rung, count]) => `${rung} ${count}`)
      .join(", "),
  ]),
};
const broken = results
  .filter(({ failed }) => failed)
  .map(
    ({ world, lucky, rounded }) => `${world}: ${(100 * lucky).toFixed(1)} % champions by luck, ${rounded} by rounding`,
  );
const question = "Does noise make champions?";
tell({ question, size: `${seeds} seeds`, tables: [table], broken, figures: results }, values.json);
