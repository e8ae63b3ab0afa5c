/**
 * What does tuning buy, and what does it cost? For each table, the default configuration beside the chosen one on the folds
 * of the search, how much of the difference is left after correcting for choosing the best of many, the share of fold fits
 * that racing left out (of iterative fits, the share of rounds too), and the time from the first trial to the final model of
 * the whole ladder of baselines, in units of one default fit of every rung on the same training rows: the first one of the
 * process, as a user would have it, and a warm one.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   node .cache/bench/bench/tuned/main.js [FOLDER] [--tables titanic,adult] [--rungs tree,boosting] [--json out.json]
 *
 * FOLDER (default: datasets) holds tables with MANIFEST.json or cards (`bench/folder.ts`).
 */
import { parseArgs } from "node:util";
import { defaultPoint, estimators, seeded, shapeOf, type Dataset, type Rows } from "../../src/api/extend.ts";
import { runOf } from "../../src/ladder/made.ts";
import { trainBenchmark, type TrainProgress } from "../../src/benchmark/train.ts";
import type { SearchSummary } from "../../src/report/artifact.ts";
import { tell, type Table } from "../answer.ts";
import { tablesIn, type ListedTable } from "../folder.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: "string" }, rungs: { type: "string" }, json: { type: "string" } },
});
const [folder = "datasets"] = positionals;
const wanted = values.tables?.split(",");
const asked = values.rungs?.split(",");
const RUNGS = ["one-rule", "rule-list", "naive-bayes", "linear", "logistic", "tree", "boosting"];

interface Tuned extends SearchSummary {
  readonly table: string;
  readonly rung: string;
  readonly seconds: number;
}

interface Ladder {
  readonly table: string;
  readonly seconds: number;
  readonly fits: { readonly cold: number; readonly warm: number };
}

const tuned: Tuned[] = [];
const ladders: Ladder[] = [];
for (const table of tablesIn(folder)) if (wanted?.includes(table.name) ?? true) ladders.push(await climbed(table));

const percent = (saved: number, run: number): string => `${Math.round((100 * saved) / (run + saved))} %`;
const searches: Table = {
  head: ["table", "rung", "default", "chosen", "gain left", "fits", "saved", "rounds", "seconds"],
  rows: tuned.map((one) => [
    one.table,
    one.rung,
    one.default.loss?.toPrecision(4) ?? "",
    one.chosen.loss?.toPrecision(4) ?? "",
    one.gain.corrected.toPrecision(2),
    String(one.foldFits.run),
    percent(one.foldFits.saved, one.foldFits.run),
    one.steps ? percent(one.steps.saved, one.steps.run) : "",
    one.seconds.toFixed(1),
  ]),
};
const times: Table = {
  caption: "The ladder of baselines, in default fits of every rung:",
  head: ["table", "seconds", "of a fresh process", "warm"],
  rows: ladders.map(({ table, seconds, fits }) => [
    table,
    seconds.toFixed(1),
    (seconds / fits.cold).toFixed(0),
    (seconds / fits.warm).toFixed(0),
  ]),
};
const question = "What does tuning buy, and what does it cost?";
const figures = { tuned, ladders };
tell({ question, size: "one thread, once", tables: [searches, times], broken: [], figures }, values.json);

async function climbed({ name: table, path, options }: ListedTable): Promise<Ladder> {
  const how = { ...options, nested: "never", workers: 1 } as const;
  const numbers = options.task === "regression";
  const models = RUNGS.filter(
    (name) =>
      (asked?.includes(name) ?? true) &&
      name !== (numbers ? "logistic" : "linear") &&
      !(numbers && name === "naive-bayes"),
  );
  const { loaded, design } = runOf(await trainBenchmark(path, { ...how, models: ["constant"] }));
  const fits = { cold: 0, warm: 0 };
  let seconds = 0;
  for (const rung of models) {
    const { cold, warm } = firstFits(rung, loaded.data, design.train);
    let began = 0;
    let took = 0;
    const onProgress = (progress: TrainProgress): void => {
      if (progress.phase !== "training" || progress.rung !== rung) return;
      if (progress.detail === "starts") began = performance.now();
      if (progress.detail === "done") took = (performance.now() - began) / 1000;
    };
    const { artifact } = await trainBenchmark(path, { ...how, models: [rung] }, { onProgress });
    const found = artifact.search[rung];
    process.stderr.write(`${table} ${rung}: ${took.toFixed(1)} s\n`);
    if (rung !== "boosting") {
      fits.cold += cold;
      fits.warm += warm;
      seconds += took;
    }
    if (found !== undefined) tuned.push({ table, rung, ...found, seconds: took });
  }
  return { table, seconds, fits };
}

/** Seconds of the first default fit in this process, and of the fastest of four more. */
function firstFits(name: string, data: Dataset, rows: Rows): { readonly cold: number; readonly warm: number } {
  const estimator = estimators.find((one) => one.name === name)!;
  const point = defaultPoint(estimator.space(shapeOf(data), rows.length));
  const [cold, ...others] = [1, 2, 3, 4, 5].map((run) => {
    const start = performance.now();
    estimator.fit({ data, rows }, point, seeded(run));
    return (performance.now() - start) / 1000;
  });
  return { cold, warm: Math.min(...others) };
}
