/** The whole pipeline: from a source to a benchmark in memory. Nothing touches the disk but the source. */
import { ownEstimators, type OwnEstimators } from "../baselines/from-module.ts";
import { estimators } from "../baselines/registry.ts";
import { LEAST_GROUPS } from "../compare/guards.ts";
import { type Dataset } from "../frame/dataset.ts";
import type { TableSource } from "../table/read-table.ts";
import { startRunner } from "../evaluate/jobs/pooled.ts";
import type { Work } from "../evaluate/jobs/contract.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import { isLarge } from "../evaluate/jobs/session.ts";
import { requireMetrics } from "../metrics/own.ts";
import { findMetric, primaryMetric, type Choice } from "../metrics/registry.ts";
import { didYouMean, OptionError } from "../error.ts";
import type { JournalStorage } from "../search/journal/storage.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { makeSplits } from "../evaluate/splits/make.ts";
import { checkOptions } from "../options/check.ts";
import { dataOptions } from "../options/data.ts";
import { trainingOptions } from "../options/training.ts";
import { findFinding, findingCodes } from "../report/findings/registry.ts";
import { type Findings } from "./artifact.ts";
import { clock, searchClock } from "../evaluate/clock.ts";
import { requireDefined, requireTrainable } from "../ladder/defined.ts";
import { chooseLadder, trainLadder, type LadderProgress } from "../ladder/ladder.ts";
import { load, type Loaded } from "../intake/load.ts";
import type { TrainOptions } from "../intake/options.ts";
import { limitedBy, type TimeLimit } from "./limit.ts";
import { designOf } from "../ladder/plans.ts";
import { redacted } from "./redact.ts";
import { repeatsOf } from "../ladder/repeats.ts";
import { threadsFor } from "../ladder/threads.ts";
import { splitsFromTable } from "../folder/splits-file.ts";
import { type Benchmark } from "../ladder/made.ts";

export type { Benchmark } from "../ladder/made.ts";

/** What a run tells while it lasts, and how it is cut short. */
export interface TrainHooks {
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Leaves out the rungs that are under way and starts no others; what is done stands and is still written. */
  readonly signal?: AbortSignal;
  /** Stops everything now: `train` throws the reason. */
  readonly abort?: AbortSignal;
  /** Called once, when the table and the options have been found usable and before anything is trained; what it throws ends the run. */
  readonly onReady?: (inputs: Inputs) => void;
  /** Called once, when the table has been read: what is asked of it where that depends on the table. */
  readonly adapt?: (data: Dataset) => Adapted;
  /** Where each rung's search journal is kept; default: nowhere. */
  readonly journal?: (rung: string) => JournalStorage;
}

export type Adapted = Pick<TrainOptions, "models" | "metric">;

/** What a benchmark is of: the table's bytes (SHA-256) and the target. */
export interface Inputs {
  readonly sha256: string;
  readonly target: string;
}

export type TrainProgress =
  | { readonly phase: "reading" | "splitting" | "measuring" }
  | ({ readonly phase: "training"; readonly elapsed: number } & LadderProgress);

/**
 * Trains and judges the ladder on a table.
 *
 * @param source A path (`-` is standard input), a URL, bytes, or values in memory.
 * @throws DataError, OptionError with one sentence when the table or an option cannot be used; the reason of
 *   `hooks.abort` when it fires. A rung that fails is no error: it is scored as the floor and says why.
 */
export async function trainBenchmark(
  source: TableSource,
  options: TrainOptions = {},
  hooks: TrainHooks = {},
): Promise<Benchmark> {
  checkOptions("train", options, [...dataOptions, ...trainingOptions]);
  const { timeLimit } = options;
  const limit = limitedBy(timeLimit, hooks.signal);
  const reading = limitedBy(timeLimit === undefined ? timeLimit : Math.max(timeLimit, READING), hooks.abort);
  try {
    const ready = await prepared(source, { ...options, signal: reading.signal }, hooks).finally(reading.clear);
    return await trainRungs(ready, { ...options, ...ready.adapted }, hooks, limit);
  } finally {
    limit.clear();
  }
}

const registered = estimators.map(({ name }) => name);

/** The time limit ends reading too, but a table that is at hand is always read: seconds. */
const READING = 1;

/** Everything that is known, and found usable, before anything is trained. */
interface Ready extends Pick<Findings, "loaded" | "splits" | "design" | "metric" | "chosen" | "started"> {
  readonly seed: string;
  readonly adapted: Adapted;
  readonly own: OwnEstimators;
}

async function prepared(source: TableSource, options: TrainOptions, hooks: TrainHooks): Promise<Ready> {
  const started = clock();
  requireFindings(options.mute ?? []);
  const own = await ownEstimators("estimators", options.estimators ?? [], registered);
  requireMetrics("metrics", options.metrics ?? []);
  hooks.onProgress?.({ phase: "reading" });
  const read = await load(source, options);
  const loaded = options.redact ? redacted(read) : read;
  const seed = String(options.seed ?? 0);
  const adapted = hooks.adapt?.(loaded.data) ?? {};
  const { models } = { ...options, ...adapted };
  const metric = chooseMetric(loaded.data, { ...options, ...adapted });
  hooks.onProgress?.({ phase: "splitting" });
  const splits = chooseSplits(loaded, options, seed);
  const design = designOf(loaded.data, splits, options.nested ?? "auto", options.trials);
  requireTrainable(loaded.data, design, options.weight);
  requireDefined(metric.metric, loaded.data, design);
  const chosen = chooseLadder(design, models, own.estimators, options.redact);
  hooks.onReady?.({ sha256: loaded.origin.sha256, target: loaded.schema.target.name });
  return { loaded, splits, design, metric, chosen, own, started, seed, adapted };
}

async function trainRungs(
  ready: Ready,
  options: TrainOptions,
  hooks: TrainHooks,
  limit: TimeLimit,
): Promise<Benchmark> {
  const { loaded, splits, design, metric, chosen, own, started, seed } = ready;
  const work: Work = {
    data: loaded.data,
    metric: metric.metric.name,
    seed,
    plans: design.plans,
    weightMetrics: options.weightMetrics ?? false,
    ...(own.modules && { modules: own.modules }),
  };
  const start = (): Runner =>
    startRunner(work, chosen.estimators, {
      ...threadsFor(work.data, options.workers),
      local: own.modules === undefined,
      ...(options.metrics && { metrics: options.metrics }),
      clock,
      ...(hooks.abort && { signal: hooks.abort }),
      ...((hooks.signal || options.timeLimit !== undefined) && { droppable: true }),
    });
  let runner = start();
  try {
    const repeats = repeatsOf(design, splits, metric.metric, work.weightMetrics);
    const { trained, repeats: used } = await trainLadder(
      chosen.estimators,
      { ...design, repeats: repeats.first },
      {
        seed,
        ...(options.sampler && { sampler: options.sampler }),
        ...(options.trials && { trials: options.trials }),
        ...(options.racing === false && { racing: false }),
      },
      metric.metric,
      runner,
      repeats.again,
      {
        signal: limit.signal,
        clock: searchClock,
        ...(hooks.journal && { journal: hooks.journal }),
        onProgress: (progress) => hooks.onProgress?.({ phase: "training", elapsed: clock() - started, ...progress }),
      },
    );
    hooks.abort?.throwIfAborted();
    hooks.onProgress?.({ phase: "measuring" });
    if (isLarge(work.data)) {
      await runner.close(); // with all that was prepared for the folds
      runner = start();
    }
    const { finish } = await import("./finish.ts"); // first numbers need none of it
    return await finish({
      ...ready,
      ...repeats.ended(trained, used),
      trained,
      runner,
      options,
      limit,
      abort: hooks.abort,
    });
  } finally {
    await runner.close();
  }
}

/** @throws OptionError for a finding that does not exist: it would be muted in vain. */
function requireFindings(names: readonly string[]): void {
  for (const name of names)
    if (findFinding(name) === undefined)
      throw new OptionError(
        `mute: there is no finding ${JSON.stringify(name)}${didYouMean(name, findingCodes)}; docs/findings.md lists all of them, B101 and on`,
      );
}

function chooseMetric(data: Dataset, { metric: name, metrics }: TrainOptions): Choice {
  const { task } = data.target;
  const choice =
    name === undefined ? primaryMetric(task) : { metric: findMetric(name, task, metrics), reason: "as asked" };
  const refusal = choice.metric.refuses?.(data.target);
  if (refusal !== undefined) throw new OptionError(`metric ${choice.metric.name} ${refusal}`);
  return choice;
}

function chooseSplits(loaded: Loaded, options: TrainOptions, seed: string): Splits {
  const { data, testFrom, splitsTable } = loaded;
  if (splitsTable !== undefined) {
    const scheme = options.splitKind === "expanding" ? "expanding" : "exchange";
    return splitsFromTable(splitsTable, { data, own: testFrom, rowNumber: loaded.rowNumber, seed, scheme });
  }
  const { folds, repeats, holdout, splitKind: kind } = options;
  const names = { groups: options.group, times: options.time };
  return makeSplits(data, { seed, folds, repeats, holdout, kind, testFrom, names, heldGroups: LEAST_GROUPS });
}
