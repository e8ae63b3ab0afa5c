// What does tuning buy, and what does it cost? For each table, the default configuration beside the chosen one on the folds
// of the search, how much of the difference is left after correcting for choosing the best of many, the share of fold fits
// that racing left out, and the whole ladder's time in units of one default fit of every rung.
//
//   npm run build && node bench/tuned.mjs FOLDER [--tables titanic,adult] [--json out.json]
//
// FOLDER holds MANIFEST.json (name, file, target, read.header, read.na, exclude of each table) and the tables.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { train } from "tabular-baseline";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: "string" }, json: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error("usage: node bench/tuned.mjs FOLDER [--tables titanic,adult] [--json out.json]");
  process.exit(2);
}
const [folder] = positionals;
const wanted = values.tables?.split(",");
const { datasets } = JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8"));
const results = [];
console.log(
  ["table", "rung", "default", "chosen", "gain left", "fits", "saved", "seconds"]
    .map((head, i) => (i < 2 ? head.padEnd(14) : head.padStart(11)))
    .join(""),
);
for (const table of datasets) {
  if (wanted !== undefined && !wanted.includes(table.name)) continue;
  const options = {
    target: table.target,
    task: table.task,
    header: table.read.header,
    ignore: Object.keys(table.exclude ?? {}),
    nested: "never",
    workers: 1,
    ...(table.read.na && { na: table.read.na }),
  };
  const names = ["one-rule", "rule-list", "naive-bayes", "linear", "logistic", "tree", "boosting"];
  const models = names.filter(
    (name) =>
      name !== (table.task === "regression" ? "logistic" : "linear") &&
      !(table.task === "regression" && name === "naive-bayes"),
  );
  let defaultFits = 0;
  let seconds = 0;
  for (const rung of models) {
    const { artifact } = await train(join(folder, table.file), { ...options, models: [rung] });
    const { timing, search, ladder } = artifact;
    const entry = ladder.find((one) => one.rung === rung);
    if (entry.status !== "ok") {
      console.log(`${table.name.padEnd(14)}${rung.padEnd(14)} failed: ${entry.reason}`);
      continue;
    }
    if (rung !== "boosting") {
      defaultFits += timing.rungs[rung].fitMilliseconds / 1000;
      seconds += timing.seconds;
    }
    const found = search[rung];
    if (found === undefined) continue;
    const { run, saved } = found.foldFits;
    results.push({ table: table.name, rung, ...found, seconds: timing.seconds });
    console.log(
      table.name.padEnd(14) +
        rung.padEnd(14) +
        [
          found.default.loss?.toPrecision(4),
          found.chosen.loss?.toPrecision(4),
          found.gain.corrected.toPrecision(2),
          run,
          `${Math.round((100 * saved) / (run + saved))} %`,
          timing.seconds.toFixed(1),
        ]
          .map((cell) => String(cell).padStart(11))
          .join(""),
    );
  }
  const ratio = seconds / defaultFits;
  results.push({ table: table.name, ladderSeconds: seconds, defaultFitSeconds: defaultFits, ratio });
  console.log(
    `${table.name}: the ladder of baselines took ${seconds.toFixed(1)} s, ${ratio.toFixed(0)} times one fit of every rung`,
  );
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);
