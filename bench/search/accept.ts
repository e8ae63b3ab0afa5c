/**
 * Prints gate, goal and what was reached, side by side, and writes them as JSON.
 *
 *   node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/search/accept.js [--seeds 30 | --quick] [--grids FOLDER] [--json FILE] [--only NAME]
 *
 * `--quick` runs what takes a minute in all, over fewer seeds. Ends with code 1 when a gate does not hold.
 */
import { parseArgs } from "node:util";
import { cpuSeconds, tell, type Table } from "../answer.ts";
import { loadGrids } from "./grids.ts";
import { measures, meets, type Reached } from "./measures.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "30" },
    quick: { type: "boolean", default: false },
    grids: { type: "string" },
    json: { type: "string" },
    only: { type: "string" },
  },
});
const grids = values.grids === undefined ? [] : loadGrids(values.grids);
const number = (value: number): string => (value === 0 ? "0" : value.toPrecision(2));
const rows: (Reached & { readonly seeds: number; readonly cpuSeconds: number })[] = [];

for (const measure of measures) {
  if (values.only !== undefined && !measure.name.includes(values.only)) continue;
  const count = values.quick ? measure.quick : Number(values.seeds);
  if (count === 0) continue;
  const before = cpuSeconds();
  const seeds = Array.from({ length: count }, (_, seed) => seed);
  const reached = await measure.run(seeds, grids);
  for (const row of reached) rows.push({ ...row, seeds: count, cpuSeconds: cpuSeconds() - before });
}
const table: Table = {
  head: ["what", "seeds", "gate", "goal", "reached", ""],
  rows: rows.map((row) => [
    row.what,
    String(row.seeds),
    number(row.gate),
    number(row.goal),
    number(row.reached),
    meets(row, row.goal) ? "goal" : meets(row, row.gate) ? "gate" : "MISSED",
  ]),
};
const broken = rows
  .filter((row) => !meets(row, row.gate))
  .map(({ what, reached, gate }) => `${what}: ${number(reached)}, gate ${number(gate)}`);
const question = "Does the search find what it should, and stop when it should?";
const size = values.quick ? "few seeds" : `${values.seeds} seeds`;
tell({ question, size, tables: [table], broken, figures: rows }, values.json);
