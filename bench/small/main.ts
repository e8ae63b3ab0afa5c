/**
 * What does a small table cost? The whole ladder in this thread on tables of many kinds: CPU seconds by rung and phase,
 * beside a bound fitted to rows x columns x classes x repeats, so that a kind that is dearer than its size stands out; and a
 * digest of all results, so that two versions of the code can be compared.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/small/main.js [--only text] [--made] [--seed small] [--json out.json] [FOLDER]
 *
 * FOLDER holds tables with MANIFEST.json or cards (`bench/folder.ts`); of those the ones of at most 6,000 rows are tried. --made: the made tables too, which is the default without FOLDER.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { exponentOf, tell, type Table } from "../answer.ts";
import { tablesIn } from "../folder.ts";
import { costOf, type Cost } from "./cost.ts";
import { smallTables } from "./tables.ts";

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
    if (name.includes(values.only)) measure(await costOf(name, new TextEncoder().encode(csv), { target }));
}
if (folder !== undefined) {
  for (const { name, path, options } of tablesIn(folder)) {
    const bytes = readFileSync(path);
    if (!name.includes(values.only) || bytes.toString("latin1").split("\n").length > MOST_ROWS) continue;
    measure(await costOf(name, bytes, options));
  }
}
const bound = fittedBound(costs);
const table: Table = {
  caption: `Fitted: ${bound.text}. Ratio: seconds over those.`,
  head: ["table", "rows", "columns", "classes", "repeats", "CPU s", "ratio", "dearest parts"],
  rows: costs.map((cost) => [
    cost.name,
    String(cost.rows),
    String(cost.columns),
    String(cost.classes),
    String(cost.repeats),
    cost.seconds.toFixed(2),
    (cost.seconds / bound.of(cost)).toFixed(2),
    dearest(cost),
  ]),
};
const question = "What does a small table cost?";
const size = `the whole ladder once, one thread, seed ${values.seed}`;
tell({ question, size, tables: [table], broken: [], figures: { bound: bound.text, costs } }, values.json);

function measure(cost: Cost): void {
  costs.push(cost);
  process.stderr.write(`${cost.name}: ${cost.seconds.toFixed(2)} CPU s, ${cost.digest}\n`);
}

function dearest({ parts }: Cost): string {
  const sorted = Object.entries(parts).sort(([, a], [, b]) => b - a);
  return sorted
    .slice(0, 3)
    .map(([part, seconds]) => `${part} ${seconds.toFixed(2)}`)
    .join(", ");
}

function sizeOf({ rows, columns, classes, repeats }: Cost): number {
  return rows * columns * classes * repeats;
}

/** Seconds = c size^p by least squares of the logarithms. */
function fittedBound(told: readonly Cost[]): { readonly of: (cost: Cost) => number; readonly text: string } {
  const power = exponentOf(told.map((cost) => [sizeOf(cost), cost.seconds]));
  const logs = told.map((cost) => Math.log(cost.seconds) - power * Math.log(sizeOf(cost)));
  const scale = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  return {
    of: (cost) => scale * sizeOf(cost) ** power,
    text: `CPU seconds = ${scale.toPrecision(2)} x (rows x columns x classes x repeats) ^ ${power.toFixed(2)}`,
  };
}
