/**
 * What does a small table cost? The whole ladder in this thread on tables of many kinds: CPU seconds by rung and phase,
 * beside a bound fitted to rows x columns x classes x repeats, so that a kind that is dearer than its size stands out; and a
 * digest of all results, so that two versions of the code can be compared.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/small/main.js [--only text] [--made] [--seed small] [--json out.json] [FOLDER]
 *
 * FOLDER holds MANIFEST.json (name, file, target, read.header, read.na, exclude of each table) and the tables; of those the
 * ones of at most 6,000 rows are tried. --made: the made tables too, which is the default without FOLDER.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { costOf, type Cost } from "./cost.ts";
import { smallTables } from "./tables.ts";

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly task: "binary" | "multiclass" | "regression";
  readonly exclude?: Readonly<Record<string, string>>;
  readonly read: { readonly header: boolean; readonly na?: readonly string[] };
}

const MOST_ROWS = 6000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    made: { type: "boolean", default: false },
    seed: { type: "string", default: "small" },
    json: { type: "string" },
  },
});
const [folder] = positionals;
const costs: Cost[] = [];
if (folder === undefined || values.made) {
  for (const { name, target, csv } of smallTables(values.seed))
    if (name.includes(values.only)) tell(await costOf(name, new TextEncoder().encode(csv), { target }));
}
if (folder !== undefined) {
  const { datasets } = JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8")) as { datasets: Entry[] };
  for (const { name, file, target, task, exclude, read } of datasets) {
    const bytes = readFileSync(join(folder, file));
    if (!name.includes(values.only) || bytes.toString("latin1").split("\n").length > MOST_ROWS) continue;
    const ignore = Object.keys(exclude ?? {});
    const options = { target, task, header: read.header, ignore, ...(read.na && { na: read.na }) };
    tell(await costOf(name, bytes, options));
  }
}
const bound = fittedBound(costs);
console.log(`\nfitted: ${bound.text}; a table's ratio to it:`);
for (const cost of costs) console.log(`  ${cost.name.padEnd(26)} ${(cost.seconds / bound.of(cost)).toFixed(2)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ bound: bound.text, costs }, null, 1)}\n`);

function tell(cost: Cost): void {
  costs.push(cost);
  const parts = Object.entries(cost.parts).sort(([, a], [, b]) => b - a);
  const words = parts
    .filter(([, seconds]) => seconds >= 0.05)
    .map(([part, seconds]) => `${part} ${seconds.toFixed(2)}`);
  const size = `${cost.rows} x ${cost.columns}, ${cost.classes} classes, ${cost.repeats} repeats`;
  console.log(`${cost.name.padEnd(26)} ${cost.seconds.toFixed(2).padStart(8)} CPU s  ${cost.digest}  ${size}`);
  console.log(`    ${words.join(" | ")}`);
}

function sizeOf({ rows, columns, classes, repeats }: Cost): number {
  return rows * columns * classes * repeats;
}

/** Seconds = c size^p by least squares of the logarithms. */
function fittedBound(told: readonly Cost[]): { readonly of: (cost: Cost) => number; readonly text: string } {
  const points = told.map((cost) => [Math.log(sizeOf(cost)), Math.log(cost.seconds)] as const);
  const mean = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  let across = 0;
  let squares = 0;
  for (const point of points) {
    across += (point[0] - x) * (point[1] - y);
    squares += (point[0] - x) ** 2;
  }
  const power = squares === 0 ? 0 : across / squares;
  return {
    of: (cost) => Math.exp(y + power * (Math.log(sizeOf(cost)) - x)),
    text: `CPU seconds = ${Math.exp(y - power * x).toPrecision(2)} x (rows x columns x classes x repeats) ^ ${power.toFixed(2)}`,
  };
}
