/** The whole pipeline: from a source to a benchmark in memory. Nothing touches the disk but the source. */
import { merged } from "../data/rows.ts";
import { LEAST_GROUPS } from "../compare/guards.ts";
import type { Model } from "../models/contract.ts";
import { shapeOf, type Dataset } from "../data/dataset.ts";
import { defaultWorkers } from "../data/read/limits.ts";
import type { TableSource } from "../data/read/read-table.ts";
import { startRunner } from "../evaluate/jobs/pooled.ts";
import type { Work } from "../evaluate/jobs/contract.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../evaluate/metrics/contract.ts";
import { findMetric, primaryMetric, type Choice } from "../evaluate/metrics/registry.ts";
import type { Warning } from "../data/warning.ts";
import { OptionError } from "../error.ts";
import type { Design } from "../evaluate/rung.ts";
import type { JournalStorage } from "../evaluate/search/journal/storage.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { makeSplits } from "../evaluate/splits/make.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import { MODEL_SCHEMA, type ModelFile } from "../report/model-file.ts";
import { packageAndVersion } from "./package.ts";
import type { Artifact } from "../report/artifact.ts";
import { findFinding } from "../report/findings/registry.ts";
import { artifactOf, type Findings } from "./artifact.ts";
import { clock, searchClock } from "./clock.ts";
import { requireDefined, requireTrainable } from "./defined.ts";
import { diagnose } from "./diagnostics.ts";
import { judge, type Judged } from "./judge.ts";
import { chooseLadder, trainLadder, type LadderProgress, type Trained } from "./ladder.ts";
import { measureLatency } from "./latency.ts";
import { leakageWarnings } from "./leakage.ts";
import { load, type Loaded } from "./load.ts";
import type { TrainOptions } from "./options.ts";
import { limitedBy, type TimeLimit } from "./limit.ts";
import { designOf } from "./plans.ts";
import { redacted } from "./redact.ts";
import { championProfile, profiler } from "./profiles.ts";
import { splitsFromTable } from "./splits-file.ts";
import { designWarnings } from "./design-warnings.ts";
import { tailWarnings } from "./tail-warnings.ts";
import { tracesOf } from "./traces.ts";

/** What a run tells while it lasts, and how it is cut short. */
export interface TrainHooks {
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Ends searches with what they have and starts no further rung; what is known is still written. */
  readonly signal?: AbortSignal;
  /** Stops everything now: `train` throws the reason. */
  readonly abort?: AbortSignal;
  /** Called once, when the table and the options have been found usable and before anything is trained; what it throws ends the run. */
  readonly onReady?: (inputs: Inputs) => void;
  /** Where each rung's search journal is kept; default: nowhere. */
  readonly journal?: (rung: string) => JournalStorage;
}

/** What a benchmark is of: the table's bytes (SHA-256) and the target. */
export interface Inputs {
  readonly sha256: string;
  readonly target: string;
}

export type TrainProgress =
  | { readonly phase: "reading" | "splitting" | "measuring" }
  | ({ readonly phase: "training"; readonly elapsed: number } & LadderProgress);

/** Everything a run knows. `artifact` is `benchmark.json`. */
export interface Benchmark {
  readonly artifact: Artifact;
  /** The rungs' models, fitted on the training rows, by rung; failed rungs have none. */
  readonly models: ReadonlyMap<string, ModelFile>;
  /** The champion's recipe fitted on all rows with a target: the one for use. */
  readonly final: ModelFile;
  readonly loaded: Loaded;
  readonly splits: Splits;
  readonly design: Design;
  readonly metric: Metric;
  readonly judged: Judged;
}

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
  const { timeLimit } = options;
  const limit = limitedBy(timeLimit, hooks.signal);
  const reading = limitedBy(timeLimit === undefined ? timeLimit : Math.max(timeLimit, READING), hooks.abort);
  try {
    const ready = await prepared(source, { ...options, signal: reading.signal }, hooks).finally(reading.clear);
    return await trainRungs(ready, options, hooks, limit);
  } finally {
    limit.clear();
  }
}

/** The time limit ends reading too, but a table that is at hand is always read: seconds. */
const READING = 1;

/** Everything that is known, and found usable, before anything is trained. */
interface Ready extends Pick<Findings, "loaded" | "splits" | "design" | "metric" | "chosen" | "started"> {
  readonly seed: string;
}

async function prepared(source: TableSource, options: TrainOptions, hooks: TrainHooks): Promise<Ready> {
  const started = clock();
  requireFindings(options.mute ?? []);
  hooks.onProgress?.({ phase: "reading" });
  const read = await load(source, options);
  const loaded = options.redact ? redacted(read) : read;
  const seed = String(options.seed ?? 0);
  const metric = chooseMetric(loaded.data, options.metric);
  hooks.onProgress?.({ phase: "splitting" });
  const splits = chooseSplits(loaded, options, seed);
  const design = designOf(loaded.data, splits, options.nested ?? "auto");
  requireTrainable(loaded.data, design, options.weight);
  requireDefined(metric.metric, loaded.data, design);
  const chosen = chooseLadder(design, options.models, options.estimators ?? [], options.redact);
  hooks.onReady?.({ sha256: loaded.origin.sha256, target: loaded.schema.target.name });
  return { loaded, splits, design, metric, chosen, started, seed };
}

async function trainRungs(
  ready: Ready,
  options: TrainOptions,
  hooks: TrainHooks,
  limit: TimeLimit,
): Promise<Benchmark> {
  const { loaded, design, metric, chosen, started, seed } = ready;
  const work: Work = {
    data: loaded.data,
    metric: metric.metric.name,
    seed,
    plans: design.plans,
    weightMetrics: options.weightMetrics ?? false,
  };
  const runner = startRunner(work, chosen.estimators, {
    workers: options.workers ?? defaultWorkers(),
    inRegistry: (options.estimators ?? []).length === 0,
    clock,
    ...(hooks.abort && { signal: hooks.abort }),
  });
  try {
    const trained = await trainLadder(
      chosen.estimators,
      design,
      {
        seed,
        ...(options.sampler && { sampler: options.sampler }),
        ...(options.trials && { trials: options.trials }),
        ...(options.racing === false && { racing: false }),
      },
      metric.metric,
      runner,
      {
        signal: limit.signal,
        clock: searchClock,
        ...(hooks.journal && { journal: hooks.journal }),
        onProgress: (progress) => hooks.onProgress?.({ phase: "training", elapsed: clock() - started, ...progress }),
      },
    );
    hooks.abort?.throwIfAborted();
    return await finish({ ...ready, trained, runner, options, hooks, cut: limit.cut() });
  } finally {
    await runner.close();
  }
}

/** @throws OptionError for a finding that does not exist: it would be muted in vain. */
function requireFindings(names: readonly string[]): void {
  for (const name of names)
    if (findFinding(name) === undefined)
      throw new OptionError(
        `mute: there is no finding ${JSON.stringify(name)}; docs/findings.md lists all of them, B101 and on`,
      );
}

function chooseMetric(data: Dataset, name: string | undefined): Choice {
  const { task } = data.target;
  const choice = name === undefined ? primaryMetric(task) : { metric: findMetric(name, task), reason: "as asked" };
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

/** A ladder that was cut short is no full benchmark: said where it is made, and again by whatever judges against it. */
function cutWarnings({ cut, trained }: Finished): readonly Warning[] {
  if (cut === undefined) return [];
  const missing = trained.filter(({ status }) => status === "failed").map(({ estimator }) => estimator.name);
  const lacking = missing.length === 0 ? "searches ended early" : `${missing.join(", ")} could not be trained`;
  const message = `${cut}: ${lacking}; until the ladder is trained to the end, compare says INCONCLUSIVE where it would say JUSTIFIED`;
  return [{ code: "ladder-incomplete", message, count: missing.length }];
}

interface Finished extends Omit<
  Findings,
  "judged" | "columns" | "answers" | "diagnostics" | "warnings" | "files" | "timings" | "traces"
> {
  readonly runner: Runner;
  readonly hooks: TrainHooks;
  readonly seed: string;
}

async function finish(run: Finished): Promise<Benchmark> {
  const { loaded, splits, design, metric, trained, runner, options, hooks, seed } = run;
  const { data } = loaded;
  const shape = shapeOf(data);
  hooks.onProgress?.({ phase: "measuring" });
  const models = new Map<string, Model>();
  for (const rung of trained)
    if (rung.status === "ok") models.set(rung.estimator.name, rung.estimator.fromJSON(rung.result.final.model, shape));
  const judged = judge({
    data,
    splits,
    design,
    metric: metric.metric,
    trained,
    models,
    weighted: options.weightMetrics ?? false,
    seed,
  });
  const championAnswers = judged.answers.find(({ rung }) => rung === judged.champion.rung)!;
  const winner = trained.find((rung) => rung.estimator.name === judged.champion.rung);
  if (winner?.status !== "ok") throw new Error("train: the champion has no model");
  const all = merged([rowsOf(splits, "train"), rowsOf(splits, "holdout"), rowsOf(splits, "test")]);
  const final = await runner.fit({
    kind: "fit",
    estimator: winner.estimator.name,
    rows: all,
    point: winner.result.tuned.point,
    predict: new Int32Array(0),
  });
  const leakage = await leakageWarnings({
    data,
    schema: loaded.schema,
    design,
    metric: metric.metric,
    trained,
    judged,
    seed,
    options,
  });
  const redact = options.redact ?? false;
  const profiled = profiler(loaded, redact);
  const columns = profiled(design.train);
  const answers = championProfile({ loaded, splits, design, metric: metric.metric }, judged, options);
  const warnings = [
    ...cutWarnings(run),
    ...leakage,
    ...designWarnings(data, loaded.schema, splits, design, options),
    ...tailWarnings(metric.metric, loaded, design, championAnswers),
    ...loaded.warnings,
  ]; // what spoils scores comes first
  const fileOf = (rung: Trained & { status: "ok" }, part: "train" | "all", model: ModelFile["model"]): ModelFile => ({
    schema: MODEL_SCHEMA,
    package: packageAndVersion(),
    rung: rung.estimator.name,
    params: rung.result.tuned.point,
    fitted: { part, rows: part === "train" ? design.train.length : all.length },
    dataset: loaded.origin.sha256,
    columns: part === "train" || options.sealHoldout ? columns : profiled(all), // held-out rows that are sealed are told of nowhere
    ...(rung === winner && { answers }),
    ...(options.rule !== undefined && { rule: options.rule }),
    model,
  });
  const files = new Map<string, ModelFile>();
  for (const rung of trained)
    if (rung.status === "ok") files.set(rung.estimator.name, fileOf(rung, "train", rung.result.final.model));
  const timed = design.held.length > 0 ? design.held : design.train;
  const timings = Object.fromEntries(
    trained.map((rung) => {
      const model = models.get(rung.estimator.name);
      const latency = model && measureLatency(model, data, timed, clock);
      const predictMicroseconds = latency
        ? { p50: latency.p50, p95: latency.p95, batch: latency.batch, runs: latency.runs }
        : null;
      return [
        rung.estimator.name,
        { fitMilliseconds: rung.status === "ok" ? rung.result.final.milliseconds : null, predictMicroseconds },
      ];
    }),
  );
  const traces = redact
    ? undefined
    : tracesOf({
        loaded,
        design,
        judged,
        estimator: winner.estimator,
        trained: models.get(winner.estimator.name)!,
        final: final.model,
        warnings,
      });
  const diagnostics = await diagnose({
    data,
    design,
    splits,
    metric: metric.metric,
    champion: winner,
    model: models.get(winner.estimator.name)!,
    answers: judged.answers[trained.indexOf(winner)],
    runner,
    rowNumber: loaded.rowNumber,
    seed,
    sealed: options.sealHoldout ?? false,
    redact: options.redact ?? false,
    hurried: run.cut !== undefined,
  });
  const artifact = artifactOf({
    ...run,
    judged,
    columns: columns.columns,
    answers,
    diagnostics,
    warnings,
    files,
    timings,
    traces,
  });
  return {
    artifact,
    models: files,
    final: fileOf(winner, "all", final.model),
    loaded,
    splits,
    design,
    metric: metric.metric,
    judged,
  };
}
