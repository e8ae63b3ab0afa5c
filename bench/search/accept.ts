/**
 * Prints gate, goal and what was reached, side by side, and writes them as JSON.
 *
 *   node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/search/accept.js [--seeds 30 | --quick] [--grids FOLDER] [--out FILE] [--only NAME]
 *
 * `--quick` runs what takes a minute in all, over fewer seeds. Ends with code 1 when a gate does not hold.
 */
import { writeFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import { parseArgs } from "node:util";
import { loadGrids } from "./grids.ts";
import { measures, meets, type Reached } from "./measures.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "30" },
    quick: { type: "boolean", default: false },
    grids: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
  },
});
const grids = values.grids === undefined ? [] : loadGrids(values.grids);
const number = (value: number): string => (value === 0 ? "0" : value.toPrecision(2));
const rows: (Reached & { readonly seeds: number; readonly cpuSeconds: number })[] = [];

console.log(`${"".padEnd(72)} ${"gate".padStart(9)} ${"goal".padStart(9)} ${"reached".padStart(9)}`);
for (const measure of measures) {
  if (values.only !== undefined && !measure.name.includes(values.only)) continue;
  const count = values.quick ? measure.quick : Number(values.seeds);
  if (count === 0) continue;
  const before = process.cpuUsage();
  const reached = await measure.run(
    Array.from({ length: count }, (_, seed) => seed),
    grids,
  );
  const { user, system } = process.cpuUsage(before);
  for (const row of reached) {
    const verdict = meets(row, row.goal) ? "goal" : meets(row, row.gate) ? "gate" : "MISSED";
    console.log(
      `${row.what.padEnd(72)} ${number(row.gate).padStart(9)} ${number(row.goal).padStart(9)} ${number(row.reached).padStart(9)} ${verdict}`,
    );
    rows.push({ ...row, seeds: count, cpuSeconds: (user + system) / 1e6 });
  }
}
if (values.out !== undefined) {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", arch: arch() };
  writeFileSync(values.out, `${JSON.stringify({ machine, rows }, null, 1)}\n`);
}
process.exitCode = rows.every((row) => meets(row, row.gate)) ? 0 : 1;
