/**
 * What does a tuned, nested ladder with intervals cost beside four untuned models of scikit-learn over the same folds and repeats?
 * Each side in a process of its own, in turn, with one thread; CPU seconds of the cheapest of all rounds.
 *
 *   npm run build && node node_modules/typescript/bin/tsc -p bench/tsconfig.json
 *   pip install scikit-learn pandas
 *   node .cache/bench/bench/small/beside.js [--rounds 3] [--python python3] [--repeats 10] [--json out.json] datasets FOLDER
 *
 * Each folder holds tables with MANIFEST.json or cards (`bench/folder.ts`); those of TABLES are taken. --repeats: as many as that, instead of as
 * many as the ladder asks for.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Artifact } from "../../src/index.ts";
import { childCpuSeconds, tell, type Table } from "../answer.ts";
import { tablesIn, type ListedTable } from "../folder.ts";

const TABLES = ["iris", "penguins", "titanic", "winequality-red"];
const MAIN = fileURLToPath(new URL("../../../../dist/cli/main.js", import.meta.url));
const SCIKIT = fileURLToPath(new URL("../../../../bench/small/scikit.py", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    python: { type: "string", default: "python3" },
    repeats: { type: "string" },
    json: { type: "string" },
  },
});

interface Beside {
  readonly name: string;
  readonly rows: number;
  readonly repeats: number;
  /** Of the whole process. */
  readonly ours: number;
  readonly theirs: number;
  /** Of their fits and answers alone. */
  readonly fits: number;
  readonly count: number;
  readonly version: string;
}

const found: Beside[] = [];
for (const table of positionals.flatMap(tablesIn))
  if (TABLES.includes(table.name) && !found.some(({ name }) => name === table.name)) found.push(beside(table));

const table: Table = {
  head: ["table", "rows", "repeats", "ours, CPU s", "scikit-learn", "its fits alone", "fits", "ours over its"],
  rows: found.map(({ name, rows, repeats, ours, theirs, fits, count }) => [
    name,
    String(rows),
    String(repeats),
    ours.toFixed(2),
    theirs.toFixed(2),
    fits.toFixed(2),
    String(count),
    (ours / theirs).toFixed(2),
  ]),
};
const dearer = found.filter(({ ours, theirs }) => ours >= theirs).map(({ name }) => name);
const notes = dearer.length === 0 ? [] : [`Aimed at and not reached: less than scikit-learn on ${dearer.join(", ")}.`];
const question = "What does the whole ladder cost beside four untuned models of scikit-learn?";
const size = `whole processes with one thread, the cheapest of ${values.rounds}, scikit-learn ${found[0]?.version ?? "not run"}`;
tell({ question, size, tables: [table], notes, broken: [], figures: found }, values.json);

function beside({ name, path, options }: ListedTable): Beside {
  const out = join(mkdtempSync(join(tmpdir(), "beside-")), "benchmark");
  const ignored = options.ignore.flatMap((column) => ["--ignore", `"${column.replaceAll('"', '""')}"`]);
  const repeats = values.repeats === undefined ? [] : ["--repeats", values.repeats];
  const train = ["train", path, "--target", options.target, "--task", options.task, ...ignored, ...repeats];
  let [ours, theirs, fits] = [Infinity, Infinity, Infinity];
  let said = { version: "", fits: 0, cpu: 0 };
  for (let round = 0; round < Number(values.rounds); round++) {
    const [, cpu] = spent(process.execPath, [MAIN, ...train, "--workers", "1", "--out", out, "--force", "--quiet"]);
    ours = Math.min(ours, cpu);
    const [text, other] = spent(values.python, [SCIKIT, path, out]);
    said = JSON.parse(text) as typeof said;
    theirs = Math.min(theirs, other);
    fits = Math.min(fits, said.cpu);
  }
  const { dataset, splits } = JSON.parse(readFileSync(join(out, "benchmark.json"), "utf8")) as Artifact;
  rmSync(join(out, ".."), { recursive: true });
  const { version, fits: count } = said;
  return { name, rows: dataset.rows, repeats: splits.repeats, ours, theirs, fits, count, version };
}

/** What a program printed, and the CPU seconds that it and what it started took. */
function spent(program: string, args: readonly string[]): [text: string, cpu: number] {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const before = childCpuSeconds();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env });
  if (status !== 0 || before === undefined) {
    console.error(`beside: ${program} ${args[0]} failed: ${stderr.trim().split("\n").at(-1)}`);
    process.exit(2);
  }
  return [stdout, childCpuSeconds()! - before];
}
