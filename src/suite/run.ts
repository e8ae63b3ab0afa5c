/** Runs a suite: what is in the cache is taken from there, the rest is computed, as many tables at once as there are workers. */
import { statSync } from "node:fs";
import { isStated, OptionError, StatedError } from "../error.ts";
import { FolderError } from "../folder/folder.ts";
import type { BenchDataset, DatasetTiming } from "../report/bench.ts";
import { findEntry, makeEntry } from "./cache.ts";
import type { SuiteDataset } from "./contract.ts";
import type { Executor } from "./executor.ts";
import type { BenchmarkFacts, ChallengerFacts } from "./job.ts";
import { benchmarkKey, challengerKey, fileDigest } from "./key.ts";
import type { Program } from "./program.ts";
import { blank, doneOf, isFailed, skipped, type Asked, type Done, type Judged } from "./record.ts";

export interface RunSettings {
  readonly cache: string;
  /** Tables at once, and threads in all. Changes no result. */
  readonly workers: number;
  readonly program: Program;
  /** Seconds for a dataset that does not say it itself. */
  readonly timeLimit?: number;
  readonly failFast?: boolean;
  /** Seconds that datasets took before, by name: what the estimate is made from. */
  readonly took?: ReadonlyMap<string, number>;
}

export interface RunHooks {
  readonly onProgress?: (progress: SuiteProgress) => void;
  /** Called once, before anything is computed; not at all where everything is at hand. */
  readonly onReady?: () => void;
  /** Something that the user has to know of, in words. */
  readonly note?: (line: string) => void;
  /** Ends with the datasets that are done; the next run takes up the others where they stopped. */
  readonly soft: AbortSignal;
  /** Stops everything now. */
  readonly hard: AbortSignal;
}

export interface SuiteProgress {
  readonly done: number;
  readonly cached: number;
  readonly total: number;
  readonly running: readonly string[];
  /** Seconds until all is done, from what it took before; null: not known. */
  readonly left: number | null;
}

/** What was measured, in the order of the suite. */
export interface Measured {
  readonly datasets: readonly BenchDataset[];
  readonly timing: Readonly<Record<string, DatasetTiming>>;
  /** Files with answers row by row, by their digest. */
  readonly rows: ReadonlyMap<string, string>;
}

/** The run was stopped by the user. */
export class Interrupted extends StatedError {
  override readonly name = "Interrupted";
  override readonly code = "interrupted";
}

/**
 * @throws OptionError for a dataset whose options do not fit its table, FolderError for a cache that cannot be written, when all
 *   others are done: they are kept. Interrupted when it was stopped: what is done is kept.
 */
export async function runSuite(
  datasets: readonly SuiteDataset[],
  settings: RunSettings,
  executor: Executor,
  hooks: RunHooks,
): Promise<Measured> {
  const results = new Map<string, Done>();
  const running = new Set<string>();
  let cached = 0;
  let refused: Error | undefined;
  let unwritable = false;
  let failed = false;
  let atOnce = 1;
  const tell = (): void =>
    hooks.onProgress?.({
      done: results.size,
      cached,
      total: datasets.length,
      running: [...running],
      left: secondsLeft(
        datasets.filter(({ name }) => !results.has(name)),
        settings.took,
        atOnce,
      ),
    });
  const waiting = await largestFirst(datasets, settings, (dataset, done) => {
    results.set(dataset.name, done);
    cached++;
  });
  if (waiting.length > 0) hooks.onReady?.();
  atOnce = Math.max(1, Math.min(settings.workers, waiting.length));
  const bytes = waiting.reduce((sum, { dataset }) => sum + sizeOf(dataset), 0);
  // The largest table would be alone at the end, on one core: threads by its share of all that is to be read.
  const threadsFor = (dataset: SuiteDataset): number =>
    Math.max(1, Math.ceil((settings.workers * sizeOf(dataset)) / Math.max(1, bytes)));
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if (hooks.soft.aborted || hooks.hard.aborted || unwritable || (failed && settings.failFast)) return;
      const { dataset } = one;
      running.add(dataset.name);
      tell();
      try {
        const done = await compute(one, { ...settings, workers: threadsFor(dataset) }, executor, hooks);
        failed ||= isFailed(done.dataset);
        results.set(dataset.name, done);
      } catch (error) {
        const refusal = refusalOf(dataset, error);
        unwritable ||= refusal instanceof FolderError;
        refused ??= refusal;
      } finally {
        running.delete(dataset.name);
        tell();
      }
    }
  };
  tell();
  try {
    await Promise.all(Array.from({ length: atOnce }, next));
  } finally {
    await executor.close();
  }
  if (hooks.soft.aborted || hooks.hard.aborted)
    throw new Interrupted(
      `stopped; ${results.size} of ${datasets.length} datasets are done and kept: run it again to go on`,
    );
  if (refused) throw refused;
  const list = datasets.map((dataset) => results.get(dataset.name) ?? skipped(dataset));
  return {
    datasets: list.map(({ dataset }) => dataset),
    timing: Object.fromEntries(list.flatMap(({ dataset, timing }) => (timing ? [[dataset.name, timing]] : []))),
    rows: new Map(list.flatMap(({ rows }) => rows)),
  };
}

function secondsLeft(
  datasets: readonly SuiteDataset[],
  took: ReadonlyMap<string, number> | undefined,
  atOnce: number,
): number | null {
  const each = datasets.map(({ name }) => took?.get(name));
  return each.includes(undefined) ? null : each.reduce<number>((sum, seconds) => sum + seconds!, 0) / atOnce;
}

/** What has to be computed, the largest tables first, so that no core waits for the last; what is at hand is handed over. */
async function largestFirst(
  datasets: readonly SuiteDataset[],
  { cache, program }: RunSettings,
  atHand: (dataset: SuiteDataset, done: Done) => void,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const dataset of datasets) {
    const data = await fileDigest(dataset.data);
    const one = { dataset, data, ...(await benchmarkKey(dataset, data, program)) };
    const done = await fromCache(one, cache);
    if (done === undefined) asked.push(one);
    else atHand(dataset, done);
  }
  return asked.sort((a, b) => sizeOf(b.dataset) - sizeOf(a.dataset));
}

function sizeOf({ data }: SuiteDataset): number {
  return statSync(data).size;
}

/** Everything about a dataset, where all of it is in the cache. */
async function fromCache(asked: Asked, cache: string): Promise<Done | undefined> {
  const { dataset, key } = asked;
  const entry = findEntry<BenchmarkFacts>(cache, key);
  if (typeof entry === "string") return undefined;
  const challengers: Judged[] = [];
  for (const challenger of dataset.challengers) {
    if (challenger.command !== undefined) return undefined; // what a program does is not known by its name
    const found = findEntry<ChallengerFacts>(cache, await challengerKey(dataset, challenger, key));
    if (typeof found === "string") return undefined;
    challengers.push({ challenger, entry: found });
  }
  return doneOf(asked, entry, challengers, true);
}

async function compute(
  asked: Asked,
  { cache, workers, timeLimit }: RunSettings,
  executor: Executor,
  hooks: RunHooks,
): Promise<Done> {
  const { dataset, key, options } = asked;
  const seconds = dataset.timeLimit ?? timeLimit;
  const limit = seconds === undefined ? [] : [AbortSignal.timeout(1000 * seconds)];
  const signal = AbortSignal.any([hooks.soft, hooks.hard, ...limit]);
  if (findEntry(cache, key) === "damaged")
    hooks.note?.(`${dataset.name}: its entry in the cache was edited or cut short, and is computed anew`);
  try {
    const entry = await makeEntry(
      cache,
      key,
      (folder) => executor.benchmark({ kind: "benchmark", dataset, workers, folder }, signal),
      { signal },
    );
    const judged: Judged[] = [];
    for (const challenger of dataset.challengers) {
      const own = await challengerKey(dataset, challenger, key);
      const made = makeEntry(
        cache,
        own,
        (folder) =>
          executor.challenger(
            { kind: "challenger", dataset, challenger, workers, benchmark: entry.folder, folder },
            signal,
          ),
        { signal, fresh: challenger.command !== undefined },
      );
      judged.push({
        challenger,
        entry: await made.catch((error: unknown) => failureOf(error, hooks, seconds)),
      });
    }
    return doneOf(asked, entry, judged, false);
  } catch (error) {
    const { message } = failureOf(error, hooks, seconds);
    return { dataset: { ...blank(dataset), status: "failed", reason: message, options }, rows: [] };
  }
}

/** What a row says of a failure. @throws what is no fault of the dataset: the options, the disk, the user's wish to stop. */
function failureOf(error: unknown, { soft, hard }: RunHooks, seconds: number | undefined): Error {
  const { message, name } = error as Error;
  if (soft.aborted || hard.aborted || (isStated(error) && (error.code === "option" || error.code === "folder")))
    throw error;
  if (name === "TimeoutError")
    return new Error(`not done within ${seconds} s (--time-limit); the next run takes it up where it stopped`);
  return isStated(error) ? error : new Error(`internal error: ${message}`, { cause: error });
}

/** Why the run cannot go on, with the place; classes are lost on the way from a thread. */
function refusalOf({ where }: SuiteDataset, error: unknown): Error {
  const { message } = error as Error;
  if (isStated(error) && error.code === "option") return new OptionError(`${where}: ${message}`);
  if (isStated(error) && error.code === "folder") return new FolderError(message, { cause: error });
  return error as Error;
}
