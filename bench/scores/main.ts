/**
 * Our scores beside those of scikit-learn on the same folds of the same real tables, cell by cell.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/scores/main.js FOLDER [--tables titanic,iris] [--models tree] [--protocols time] [--nested never] [--out FILE]
 *
 * FOLDER holds MANIFEST.json, reference_scores.json, the tables and their folds. Each rung is trained by the product's own
 * `train`, with the search inside every fold up to 100,000 cells (its default) and the same columns left out as in the
 * reference. Ends with code 1 when a cell or the mean over tables of a pair of names does not hold.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cellsOf, grouped, referenceMetric, summaries, type Cell } from "./cells.ts";
import { openFolder, optionsFor, type Protocol, type TableEntry } from "./folder.ts";
import { namesakes, type Namesake } from "./names.ts";

/** The built package, as a user has it: worker threads are started from it. */
const PACKAGE: string = "tabular-baseline";
const { train } = (await import(PACKAGE)) as typeof import("../../src/index.ts");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tables: { type: "string" },
    models: { type: "string" },
    protocols: { type: "string" },
    nested: { type: "string", default: "auto" },
    workers: { type: "string" },
    out: { type: "string" },
  },
});
if (positionals.length !== 1) {
  console.error("scores: wanted one folder of tables, as in main.js FOLDER");
  process.exit(2);
}
const folder = openFolder(positionals[0]);
const wanted = (list: string | undefined, name: string): boolean =>
  list === undefined || list.split(",").includes(name);
const cells: Cell[] = [];
const seconds: Record<string, number> = {};

console.log(line("table", "rung", "reference", "metric", "ours", "theirs", "sd worse", ""));
for (const table of folder.tables) {
  if (!wanted(values.tables, table.name)) continue;
  for (const protocol of folder.protocols(table.name)) {
    if (!wanted(values.protocols, protocol.name)) continue;
    for (const pairs of runsOf(table, protocol)) {
      const found = await score(table, protocol, pairs);
      for (const cell of found) console.log(lineOf(cell));
      cells.push(...found);
    }
  }
}
const means = summaries(cells);
console.log(`\n${line("mean over tables", "rung", "reference", "metric", "cells", "", "sd worse", "")}`);
for (const { rung, reference, metric, cells: count, meanWorseBy, passed } of means)
  console.log(line("", rung, reference, metric, String(count), "", meanWorseBy.toFixed(2), passed ? "" : "AGAINST US"));
const failed = cells.filter(({ passed }) => !passed);
console.log(
  `\n${cells.length} cells, ${failed.length} fail; ${means.filter(({ passed }) => !passed).length} means against us`,
);
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ cells, means, seconds }, null, 1)}\n`);
process.exitCode = failed.length > 0 || means.some(({ passed }) => !passed) ? 1 : 0;

/** Pairs by what their run is told. */
function runsOf({ text }: TableEntry, { models }: Protocol): readonly (readonly Namesake[])[] {
  const pairs = namesakes.filter(
    ({ reference, rung, metrics, text: reads }) =>
      metrics.some((metric) => referenceMetric(models.get(reference), metric) !== undefined) &&
      (wanted(values.models, rung) || rung === "constant") &&
      // Where the reference made features of texts by hand, only the models that read the text itself are comparable.
      (text === undefined || reads || rung === "constant"),
  );
  return grouped(pairs, ({ metric, trials }) => `${metric} ${trials}`);
}

async function score(table: TableEntry, protocol: Protocol, pairs: readonly Namesake[]): Promise<readonly Cell[]> {
  const [{ metric, trials }] = pairs;
  const name = `${table.name} ${protocol.name}`;
  const benchmark = await train(join(folder.path, table.file), {
    ...optionsFor(table, protocol, table.text !== undefined),
    models: [...new Set(pairs.map(({ rung }) => rung))],
    ...(metric !== undefined && { metric }),
    nested: values.nested as "auto" | "always" | "never",
    ...(trials !== undefined && { trials }),
    ...(values.workers !== undefined && { workers: Number(values.workers) }),
  }).catch((error: Error) => {
    if (error.name !== "OptionError" || metric === undefined) throw error;
    console.error(`${name}: left out: ${error.message}`); // such as an AUC where a fold lacks a class
    return undefined;
  });
  if (benchmark === undefined) return [];
  const { artifact } = benchmark;
  seconds[name] = (seconds[name] ?? 0) + artifact.timing.seconds;
  const rungs = new Map(artifact.ladder.map((rung) => [rung.rung, rung]));
  const took = [...rungs.values()].map(
    ({ rung }) => `${rung} ${Math.round(artifact.timing.rungs[rung]?.fitMilliseconds ?? 0)}`,
  );
  console.error(`${name}: ${artifact.timing.seconds.toFixed(1)} s; fits in ms: ${took.join(", ")}`);
  // A rung that failed has the floor's scores. A metric that is not defined on a fold (a class without rows) is no cell.
  const foldsOf = (rung: string, metricName: string): readonly number[] | undefined => {
    const folds = rungs.get(rung)?.cv[metricName]?.folds;
    return folds?.some((score) => score === null) ? undefined : (folds as readonly number[] | undefined);
  };
  for (const { rung, reason } of rungs.values()) if (reason !== undefined) console.error(`${name}: ${rung}: ${reason}`);
  const measured = { table: table.name, protocol: protocol.name, foldsOf, reference: protocol.models };
  return pairs.flatMap((pair) => cellsOf(measured, pair));
}

function lineOf({ table, protocol, rung, reference, metric, ours, theirs, worseBy, passed, why }: Cell): string {
  const place = protocol === "random" ? table : `${table} ${protocol}`;
  const by = worseBy === null ? "" : worseBy.toFixed(2);
  const verdict = passed ? "" : `FAILS: ${why}`;
  return line(place, rung, reference, metric, ours.toPrecision(6), theirs.toPrecision(6), by, verdict);
}

function line(...texts: readonly string[]): string {
  const widths = [24, 12, 23, 9, 11, 11, 9, 0];
  return texts
    .map((text, i) => (i >= 3 && i < 7 ? text.padStart(widths[i]) : text.padEnd(widths[i])))
    .join(" ")
    .trimEnd();
}
