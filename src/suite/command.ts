/** A whole bench, from what was named to the folder that was written. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { defaultWorkers } from "../table/limits.ts";
import { didYouMean, OptionError } from "../error.ts";
import type { BenchDocument } from "../report/bench.ts";
import { outcomeOf, isBad } from "../report/suite/outcome.ts";
import { compareBenches } from "./against/against.ts";
import { benchOf } from "./bench.ts";
import type { Suite, SuiteDataset } from "./contract.ts";
import { threads } from "./executor.ts";
import { openBench, readRows, requireBenchFolder, writeBench, type OpenBench } from "./folder.ts";
import { unpackRows, type BenchRows } from "./rows.ts";
import { thisProgram } from "./program.ts";
import { readSuite, SuiteError } from "./read-suite.ts";
import { runSuite, type Measured, type RunHooks } from "./run.ts";

export interface BenchSettings {
  /** A bench: its folder or `bench.json`. */
  readonly previous?: string;
  readonly only?: readonly string[];
  /** `2/4`. */
  readonly shard?: string;
  /** Times to train count too. */
  readonly times?: boolean;
  readonly failFast?: boolean;
  readonly timeLimit?: number;
  readonly cache?: string;
  readonly out?: string;
  readonly workers?: number;
}

export interface BenchRun {
  readonly bench: BenchDocument;
  readonly folder: string;
  /** 0: nothing got worse; 1: something did, failed or is not as expected; 2: nothing was measured, or a dataset vanished. */
  readonly code: 0 | 1 | 2;
}

const OUT = "baseline-bench";
const CACHE = ".baseline-cache";

/**
 * Measures a suite and writes what was found.
 *
 * @param paths Suite files, folders, tables; none: the tables of the package.
 * @throws StatedError with one sentence when it cannot be done: what was computed stays in the cache.
 */
export async function runBench(paths: readonly string[], settings: BenchSettings, hooks: RunHooks): Promise<BenchRun> {
  const started = performance.now();
  const suite = paths.length === 0 ? builtinSuite() : readSuite(paths);
  const shard = settings.shard === undefined ? null : shardOf(settings.shard);
  const asked = chosenOf(suite, settings.only, shard);
  const before = settings.previous === undefined ? undefined : openBench(settings.previous);
  const out = settings.out ?? outBeside(before);
  requireBenchFolder(out);
  const program = thisProgram();
  const workers = settings.workers ?? defaultWorkers();
  const measured = await runSuite(
    asked,
    {
      cache: settings.cache ?? CACHE,
      workers,
      program,
      ...(settings.timeLimit !== undefined && { timeLimit: settings.timeLimit }),
      ...(settings.failFast !== undefined && { failFast: settings.failFast }),
    },
    threads(workers),
    hooks,
  );
  const plain = benchOf({
    suite: suite.name,
    all: suite.datasets,
    shard,
    program,
    measured,
    seconds: (performance.now() - started) / 1000,
    ...(before && { before: before.bench }),
  });
  const bench = before === undefined ? plain : { ...plain, against: against(before, settings, plain, measured, suite) };
  const { benchFormats } = await import("../report/suite/formats.ts");
  const written = ["html", "markdown"];
  const reports = benchFormats
    .filter(({ name }) => written.includes(name))
    .map((one) => [one.file, one.print(bench)] as const);
  writeBench(out, bench, measured.rows, new Map(reports));
  return { bench, folder: out, code: codeOf(bench) };
}

function against(
  before: OpenBench,
  { previous: name, times }: BenchSettings,
  bench: BenchDocument,
  measured: Measured,
  suite: Suite,
): BenchDocument["against"] {
  const thresholds = new Map(suite.datasets.map((dataset) => [dataset.name, dataset.thresholds]));
  return compareBenches(
    { name: name!, bench: before.bench, rows: (digest) => readRows(before.folder, digest) },
    { name: "this bench", bench, rows: (digest): BenchRows => unpackRows(readFileSync(measured.rows.get(digest)!)) },
    {
      thresholds: (dataset) => thresholds.get(dataset)!,
      suite: suite.datasets.map((dataset) => dataset.name),
      time: times ?? false,
    },
  );
}

function codeOf(bench: BenchDocument): BenchRun["code"] {
  const outcome = outcomeOf(bench);
  const vanished = bench.against?.changes.some(({ kind }) => kind === "suite") ?? false;
  if (outcome.measured === 0 || vanished) return 2;
  return isBad(outcome) ? 1 : 0;
}

/** The tables that come with the package. */
function builtinSuite(): Suite {
  const folder = join(dirname(createRequire(import.meta.url).resolve("tabular-baseline/package.json")), "datasets");
  if (!existsSync(folder))
    throw new SuiteError(
      `bench: the tables of the package are not there (${folder}); name a suite: baseline bench suite.json`,
    );
  const near = relative(".", folder);
  return { ...readSuite([near.startsWith("..") ? folder : near]), name: "datasets" };
}

/** Where a bench goes when nobody says: never in place of the one that it is compared with. */
function outBeside(before: OpenBench | undefined): string {
  return before !== undefined && before.folder === resolve(OUT) ? `${OUT}-new` : OUT;
}

function chosenOf(
  { datasets }: Suite,
  only: readonly string[] | undefined,
  shard: BenchDocument["suite"]["shard"],
): readonly SuiteDataset[] {
  const names = datasets.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(
      `only: there is no dataset ${JSON.stringify(unknown)}${didYouMean(unknown, names)}; the suite has ${names.join(", ")}`,
    );
  return datasets
    .filter((_, i) => shard === null || i % shard.of === shard.index - 1)
    .filter(({ name }) => only === undefined || only.includes(name));
}

function shardOf(text: string): { readonly index: number; readonly of: number } {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(text)?.slice(1) ?? []).map(Number);
  if (!(index >= 1 && of >= 1 && index <= of))
    throw new OptionError(`shard: wanted a part such as 1/4, got ${JSON.stringify(text)}`);
  return { index, of };
}
