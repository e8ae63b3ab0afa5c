// What does tuning buy, and what does it cost? For each table, the default configuration beside the chosen one on the folds
// of the search, how much of the difference is left after correcting for choosing the best of many, the share of fold fits
// that racing left out (of iterative fits, the share of rounds too), and the time from the first trial to the final model of
// the whole ladder of baselines, in units of one default fit of every rung on the same training rows: the first one of the
// process, as a user would have it, and a warm one.
//
//   npm run build && node bench/tuned.mjs FOLDER [--tables titanic,adult] [--rungs tree,boosting] [--json out.json]
//
// FOLDER holds MANIFEST.json (name, file, target, read.header, read.na, exclude of each table) and the tables.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { defaultPoint, estimators, seeded, shapeOf } from "tabular-baseline/extend";
import { runOf } from "../.cache/dist/benchmark/finish.js";
import { trainBenchmark as train } from "../.cache/dist/benchmark/train.js";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: "string" }, rungs: { type: "string" }, json: { type: "string" } },
});
if (positionals.length !== 1) {
  console.error(
    "usage: node bench/tuned.mjs FOLDER [--tables titanic,adult] [--rungs tree,boosting] [--json out.json]",
  );
  process.exit(2);
}
const [folder] = positionals;
const wanted = values.tables?.split(",");
const asked = values.rungs?.split(",");
const { datasets } = JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8"));
const results = [];
console.log(
  ["table", "rung", "default", "chosen", "gain left", "fits", "saved", "rounds", "seconds"]
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
      (asked?.includes(name) ?? true) &&
      name !== (table.task === "regression" ? "logistic" : "linear") &&
      !(table.task === "regression" && name === "naive-bayes"),
  );
  const known = await train(join(folder, table.file), { ...options, models: ["constant"] });
  const { loaded, design } = runOf(known);
  const fits = { cold: 0, warm: 0 };
  let seconds = 0;
  for (const rung of models) {
    const { cold, warm } = firstFits(rung, loaded.data, design.train);
    let began = 0;
    let took = 0;
    const onProgress = ({ phase, rung: now, detail }) => {
      if (phase !== "training" || now !== rung) return;
      if (detail === "starts") began = performance.now();
      if (detail === "done") took = (performance.now() - began) / 1000;
    };
    const { artifact } = await train(join(folder, table.file), { ...options, models: [rung] }, { onProgress });
    const { search, ladder } = artifact;
    const entry = ladder.find((one) => one.rung === rung);
    if (entry.status !== "ok") {
      console.log(`${table.name.padEnd(14)}${rung.padEnd(14)} failed: ${entry.reason}`);
      continue;
    }
    if (rung !== "boosting") {
      fits.cold += cold;
      fits.warm += warm;
      seconds += took;
    }
    const found = search[rung];
    if (found === undefined) continue;
    const { run, saved } = found.foldFits;
    results.push({ table: table.name, rung, ...found, seconds: took });
    console.log(
      table.name.padEnd(14) +
        rung.padEnd(14) +
        [
          found.default.loss?.toPrecision(4),
          found.chosen.loss?.toPrecision(4),
          found.gain.corrected.toPrecision(2),
          run,
          percent(saved, run),
          found.steps ? percent(found.steps.saved, found.steps.run) : "",
          took.toFixed(1),
        ]
          .map((cell) => String(cell).padStart(11))
          .join(""),
    );
  }
  results.push({ table: table.name, ladderSeconds: seconds, defaultFitSeconds: fits });
  const times = (fit) => (seconds / fit).toFixed(0);
  console.log(
    `${table.name}: the ladder of baselines took ${seconds.toFixed(1)} s: ${times(fits.cold)} times one default fit of every rung in a fresh process, ${times(fits.warm)} times a warm one`,
  );
}
function percent(saved, run) {
  return `${Math.round((100 * saved) / (run + saved))} %`;
}

/** Seconds of the first default fit in this process, and of the fastest of four more. */
function firstFits(name, data, rows) {
  const estimator = estimators.find((one) => one.name === name);
  const point = defaultPoint(estimator.space(shapeOf(data), rows.length));
  const [cold, ...others] = [1, 2, 3, 4, 5].map((run) => {
    const start = performance.now();
    estimator.fit({ data, rows }, point, seeded(run));
    return (performance.now() - start) / 1000;
  });
  return { cold, warm: Math.min(...others) };
}

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);
