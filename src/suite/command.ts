/** A whole bench, from what was named to the folder that was written. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { wallClock } from "../evaluate/clock.ts";
import { OptionError, requireKnown } from "../error.ts";
import { FolderError } from "../folder/folder.ts";
import { statAt } from "../folder/stat.ts";
import type { BenchDocument } from "../report/bench.ts";
import { benchPages } from "../report/suite/formats.ts";
import { isBad, outcomeOf } from "../report/suite/outcome.ts";
import { defaultWorkers } from "../table/limits.ts";
import type { Side } from "./against/against.ts";
import { benchOf } from "./bench.ts";
import { confirmed, unsettled } from "./confirm.ts";
import type { Suite, SuiteDataset } from "./contract.ts";
import { threads } from "./executor.ts";
import { openEarlier } from "./earlier.ts";
import { expectationsOf } from "./expect.ts";
import { BENCH_FILE, OUT } from "./files.ts";
import { openBench, requireBenchFolder, writeBench } from "./folder.ts";
import { asBefore, bothPrograms, timesInTurn } from "./in-turn.ts";
import { pruneCache } from "./prune.ts";
import { thisProgram } from "./program.ts";
import { readSuite, SuiteError } from "./read-suite.ts";
import { unpackRows } from "./rows.ts";
import { runSuite, type Measured, type RunHooks, type RunSettings } from "./run.ts";

export interface BenchSettings {
  /** A bench: its folder or `bench.json`, also in a git commit (`openEarlier`). */
  readonly previous?: string;
  /** Times to train count too: this program and the earlier one are run in turn. */
  readonly times?: boolean;
  /** Folder of the package that made the earlier bench. */
  readonly earlierProgram?: string;
  readonly only?: readonly string[];
  /** `2/4`. */
  readonly shard?: string;
  readonly failFast?: boolean;
  readonly timeLimit?: number;
  readonly cache?: string;
  /** Whole days, at least 1: what no run has used for longer is removed from the cache. */
  readonly cacheDays?: number;
  readonly out?: string;
  readonly workers?: number;
}

export interface BenchRun {
  readonly bench: BenchDocument;
  readonly folder: string;
  /** 0: nothing got worse; 1: something did, failed or is not as expected; 2: nothing was measured, or a dataset vanished. */
  readonly code: 0 | 1 | 2;
}

const CACHE = ".baseline-cache";
const CACHE_DAYS = 30;

/**
 * Measures a suite and writes what was found.
 *
 * @param paths Suite files, folders, tables; none: the tables of the package.
 * @throws StatedError with one sentence when it cannot be done: what was computed stays in the cache.
 */
export async function runBench(paths: readonly string[], settings: BenchSettings, hooks: RunHooks): Promise<BenchRun> {
  const started = performance.now();
  requireSettings(settings);
  const suite = paths.length === 0 ? builtinSuite() : readSuite(paths);
  const shard = settings.shard === undefined ? null : shardOf(settings.shard);
  const asked = chosenOf(suite, settings.only, shard);
  const before = earlier(settings);
  const programs = before && settings.times ? bothPrograms(before, settings.earlierProgram) : undefined;
  if (settings.times && programs === undefined) hooks.note?.(`--time: ${nothingToTime(before)}`);
  const out = settings.out ?? outBeside(settings.previous);
  requireBenchFolder(out);
  const run = { ...runSettings(settings), took: timesOf(out, before) };
  const measure = async (datasets: readonly SuiteDataset[]): Promise<BenchDocument> => {
    const measured = await runSuite(datasets, run, threads(run.workers), hooks);
    const inTurn =
      before && programs && (await timesInTurn(asBefore(datasets, measured.datasets, before), programs, hooks));
    for (const [digest, path] of measured.rows) rows.set(digest, path);
    return benchOf(
      {
        suite: { name: suite.name, datasets: suite.datasets.map(({ name }) => name), shard },
        program: run.program,
        datasets: judged(measured, datasets, before),
        timing: { seconds: (performance.now() - started) / 1000, datasets: measured.timing, ...(inTurn && { inTurn }) },
        rows: (digest) => unpackRows(readFileSync(rows.get(digest)!)),
      },
      before,
    );
  };
  const rows = new Map<string, string>();
  const first = await measure(asked);
  const doubtful = unsettled(first);
  const again = asked.filter(({ name }) => doubtful.includes(name));
  const bench = again.length === 0 ? first : confirmed(first, await measure(again));
  const ran = written(out, bench, rows);
  pruneCache(run.cache, settings.cacheDays ?? CACHE_DAYS, 1000 * wallClock());
  return ran;
}

/** Writes the folder of a bench. @throws FolderError when the disk says no. */
export function written(out: string, bench: BenchDocument, rows: ReadonlyMap<string, string>): BenchRun {
  const used = new Set(bench.datasets.flatMap(rowsDigests));
  writeBench(out, bench, new Map([...rows].filter(([digest]) => used.has(digest))), new Map(benchPages(bench)));
  return { bench, folder: out, code: codeOf(bench) };
}

/** Digests of the rows that a dataset of a bench needs. */
export function rowsDigests({ result, challengers }: BenchDocument["datasets"][number]): readonly string[] {
  return [result, ...challengers.map((one) => one.result)].flatMap((one) => (one === null ? [] : [one.rows]));
}

function judged(
  { datasets }: Measured,
  asked: readonly SuiteDataset[],
  before: Side | undefined,
): BenchDocument["datasets"] {
  return datasets.map((found, i) => {
    const old = before?.bench.datasets.find(({ name }) => name === found.name);
    return { ...found, expectations: expectationsOf(asked[i], found, old) };
  });
}

/** The bench that is compared with. @throws FolderError, ArtifactError */
export function earlier({ previous }: Pick<BenchSettings, "previous">): Side | undefined {
  return previous === undefined ? undefined : openEarlier(previous);
}

function nothingToTime(before: Side | undefined): string {
  return before === undefined
    ? "there is no earlier bench to compare with (--against)"
    : "this program made the earlier bench too, so there is nothing to time";
}

/** What datasets took, as far as a bench in this folder or the earlier one says. */
function timesOf(out: string, before: Side | undefined): ReadonlyMap<string, number> {
  const known = existsSync(join(out, BENCH_FILE)) ? openBench(out).bench : before?.bench;
  return new Map(Object.entries(known?.timing.datasets ?? {}).map(([name, { seconds }]) => [name, seconds]));
}

/** @throws OptionError, FolderError for what can be told from the settings alone. */
export function requireSettings({ out, cache = CACHE, previous, earlierProgram, only, times }: BenchSettings): void {
  for (const [flag, given] of Object.entries({ out, cache, against: previous, program: earlierProgram }))
    if (given?.trim() === "") throw new OptionError(`--${flag}: wanted a name, got an empty text`);
  if (only?.length === 0) throw new OptionError("only: wanted names of datasets, such as wine,cars, got none");
  if (earlierProgram !== undefined && !times)
    throw new OptionError("--program: is what --time compares with; say --time too, or leave it out");
  if (statAt(cache, `--cache ${cache}`)?.isDirectory() === false)
    throw new FolderError(`--cache ${cache}: a file of that name is in the way; choose another folder`);
}

function runSettings({ cache = CACHE, workers = defaultWorkers(), timeLimit, failFast }: BenchSettings): RunSettings {
  return {
    cache,
    workers,
    program: thisProgram(),
    ...(timeLimit !== undefined && { timeLimit }),
    ...(failFast !== undefined && { failFast }),
  };
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
export function outBeside(previous: string | undefined): string {
  const taken = previous !== undefined && [resolve(previous), dirname(resolve(previous))].includes(resolve(OUT));
  return taken ? `${OUT}-new` : OUT;
}

function chosenOf(
  { datasets }: Suite,
  only: readonly string[] | undefined,
  shard: BenchDocument["suite"]["shard"],
): readonly SuiteDataset[] {
  const names = datasets.map(({ name }) => name);
  for (const name of only ?? []) requireKnown("only", "dataset", name, names);
  const chosen = datasets
    .filter((_, i) => shard === null || i % shard.of === shard.index - 1)
    .filter(({ name }) => only === undefined || only.includes(name));
  if (chosen.length === 0)
    throw new OptionError(
      `shard: there are ${datasets.length} datasets, so this part of them is empty; make fewer parts`,
    );
  return chosen;
}

function shardOf(text: string): { readonly index: number; readonly of: number } {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(text)?.slice(1) ?? []).map(Number);
  if (!(index >= 1 && of >= 1 && index <= of))
    throw new OptionError(`shard: wanted a part such as 1/4, got ${JSON.stringify(text)}`);
  return { index, of };
}
