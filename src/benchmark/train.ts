/** The whole pipeline: from a source to a benchmark in memory. Nothing touches the disk but the source. */
import { merged } from "../data/rows.ts";
import { setMaxListeners } from "node:events";
import { cpus, platform, release, totalmem } from "node:os";
import type { Model } from "../baselines/contract.ts";
import { shapeOf, type Dataset } from "../data/dataset.ts";
import { fingerprint } from "../data/fingerprint.ts";
import { defaultWorkers } from "../data/read/limits.ts";
import { typesOf } from "../data/read/options.ts";
import { readTable, type TableSource } from "../data/read/read-table.ts";
import { startRunner } from "../evaluate/jobs/pooled.ts";
import type { Work } from "../evaluate/jobs/contract.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../evaluate/metrics/contract.ts";
import { findMetric, labelMetric, primaryMetric, type Choice } from "../evaluate/metrics/registry.ts";
import { OptionError } from "../evaluate/option-error.ts";
import type { Design } from "../evaluate/rung.ts";
import type { JournalStorage } from "../evaluate/search/journal/storage.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import type { Warning } from "../data/warning.ts";
import { makeSplits, rowsOf } from "../evaluate/splits/make.ts";
import { MODEL_SCHEMA, type ModelFile } from "../report/model-file.ts";
import { BENCHMARK_SCHEMA, type Artifact } from "../report/artifact.ts";
import { clock, wallClock } from "./clock.ts";
import { judge, type Judged } from "./judge.ts";
import { chooseLadder, trainLadder, type Chosen, type LadderProgress, type Trained } from "./ladder.ts";
import { measureLatency } from "./latency.ts";
import { leakageWarnings } from "./leakage.ts";
import { load, type Loaded } from "./load.ts";
import type { TrainOptions } from "./options.ts";
import { designOf } from "./plans.ts";
import { splitsFromTable } from "./splits-file.ts";
import { splitWarnings } from "./split-warnings.ts";
import { splitsFingerprint } from "./splits-table.ts";
import { summaryOf } from "./search-summary.ts";

/** What a run tells while it lasts, and how it is cut short. */
export interface TrainHooks {
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Ends searches with what they have and starts no further rung; what is known is still written. */
  readonly signal?: AbortSignal;
  /** Stops everything now: `train` throws the reason. */
  readonly abort?: AbortSignal;
  /** Where each rung's search journal is kept; default: nowhere. */
  readonly journal?: (rung: string) => JournalStorage;
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
  const started = clock();
  hooks.onProgress?.({ phase: "reading" });
  const loaded = await load(source, options);
  const seed = String(options.seed ?? 0);
  const metric = chooseMetric(loaded.data, options.metric);
  hooks.onProgress?.({ phase: "splitting" });
  const splits = await chooseSplits(loaded, options, seed);
  const design = designOf(loaded.data, splits, options.nested ?? "auto");
  const chosen = chooseLadder(loaded.data, options.models, options.estimators ?? []);
  const work: Work = {
    data: loaded.data,
    metric: metric.metric.name,
    seed,
    plans: design.plans,
    weightMetrics: options.weightMetrics ?? false,
  };
  const limit = limitedBy(options.timeLimit, hooks.signal);
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
    return await finish({
      loaded,
      splits,
      design,
      metric,
      chosen,
      trained,
      runner,
      options,
      hooks,
      seed,
      started,
      cut: limit.cut(),
    });
  } finally {
    limit.clear();
    await runner.close();
  }
}

const searchClock = {
  now: () => 1000 * wallClock(),
  after: (milliseconds: number, then: () => void): (() => void) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A signal that fires at the time limit or with the caller's, and which of the two it was. */
function limitedBy(
  seconds: number | undefined,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; cut: () => string | undefined; clear: () => void } {
  const controller = new AbortController();
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => controller.abort(new Error(`the time limit of ${seconds} s was reached`)), 1000 * seconds);
  timer?.unref();
  setMaxListeners(0, controller.signal); // every search and every search inside a fold listens
  const forward = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) forward();
  outer?.addEventListener("abort", forward, { once: true });
  return {
    signal: controller.signal,
    cut: () => (controller.signal.aborted ? messageOf(controller.signal.reason) : undefined),
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", forward);
    },
  };
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

function chooseMetric(data: Dataset, name: string | undefined): Choice {
  const { task } = data.target;
  const choice = name === undefined ? primaryMetric(task) : { metric: findMetric(name, task), reason: "as asked" };
  const refusal = choice.metric.refuses?.(data.target);
  if (refusal !== undefined) throw new OptionError(`metric ${choice.metric.name} ${refusal}`);
  return choice;
}

async function chooseSplits(loaded: Loaded, options: TrainOptions, seed: string): Promise<Splits> {
  const { data, testFrom } = loaded;
  if (options.splits !== undefined) {
    const table = await readTable(options.splits);
    const scheme = options.splitKind === "expanding" ? "expanding" : "exchange";
    return splitsFromTable(table, { data, own: testFrom, rowNumber: loaded.rowNumber, seed, scheme });
  }
  const { folds, repeats, holdout, splitKind: kind } = options;
  return makeSplits(data, { seed, folds, repeats, holdout, kind, testFrom });
}

interface Finished {
  readonly loaded: Loaded;
  readonly splits: Splits;
  readonly design: Design;
  readonly metric: Choice;
  readonly chosen: Chosen;
  readonly trained: readonly Trained[];
  readonly runner: Runner;
  readonly options: TrainOptions;
  readonly hooks: TrainHooks;
  readonly seed: string;
  readonly started: number;
  readonly cut: string | undefined;
}

async function finish(run: Finished): Promise<Benchmark> {
  const { loaded, splits, design, metric, chosen, trained, runner, options, hooks, seed } = run;
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
  const warnings = [...leakage, ...splitWarnings(data, splits), ...loaded.warnings]; // what spoils scores comes first
  const fileOf = (rung: Trained & { status: "ok" }, part: "train" | "all", model: ModelFile["model"]): ModelFile => ({
    schema: MODEL_SCHEMA,
    rung: rung.estimator.name,
    params: rung.result.tuned.point,
    fitted: { part, rows: part === "train" ? design.train.length : all.length },
    dataset: loaded.origin.sha256,
    columns: loaded.schema,
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
  const label = labelMetric(data.target, design.train);
  const { target } = loaded.schema;
  const artifact: Artifact = {
    schema: BENCHMARK_SCHEMA,
    dataset: {
      name: loaded.origin.name,
      rows: loaded.testFrom,
      sha256: loaded.origin.sha256,
      fingerprint: fingerprint(loaded.table),
      ...(loaded.testOrigin && {
        test: { name: loaded.testOrigin.name, rows: data.rows - loaded.testFrom, sha256: loaded.testOrigin.sha256 },
      }),
    },
    columns: loaded.schema.columns.map((column) => ({ ...column })),
    warnings: options.redact ? warnings.map(withoutCells) : warnings,
    task: data.target.task,
    target: { name: target.name, reason: target.reason, taskReason: target.taskReason },
    classes: target.classes,
    positive: data.target.task === "binary" ? target.classes[1] : null,
    metric: { name: metric.metric.name, direction: metric.metric.direction, reason: metric.reason },
    label_metric: label ? { name: label.metric.name, direction: label.metric.direction, reason: label.reason } : null,
    splits: {
      kind: splits.kind,
      scheme: splits.scheme,
      seed: splits.seed,
      folds: splits.folds,
      repeats: splits.repeats,
      rows: countsOf(splits),
      reason: splits.reason,
      fingerprint: splitsFingerprint(splits),
    },
    ladder: judged.ladder.map((rung) => ({ ...rung, bytes: sizeOf(files.get(rung.rung)) })),
    left: chosen.left.map(({ name, reason }) => ({ rung: name, reason })),
    champion: judged.champion,
    steps: judged.steps,
    search: Object.fromEntries(
      trained.flatMap((rung) =>
        rung.status === "ok" && rung.result.tuned.search
          ? [[rung.estimator.name, summaryOf(rung.result, options.sampler ?? "auto", searchRows(design))]]
          : [],
      ),
    ),
    options: plainOptions(options),
    ...(run.cut !== undefined && { interrupted: true, interruptedBy: run.cut }),
    environment: environment(),
    timing: { seconds: (clock() - run.started) / 1000, rungs: timings },
  };
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

/** A warning without what it quotes from the table. */
function withoutCells({ code, column, count }: Warning): Warning {
  const message = `${code}${column === undefined ? "" : ` in ${column}`}: details are left out (--redact)`;
  return { code, message, ...(column !== undefined && { column }), ...(count !== undefined && { count }) };
}

function sizeOf(file: ModelFile | undefined): number | null {
  return file ? Buffer.byteLength(JSON.stringify(file.model)) : null;
}

function searchRows({ plans, searchPlans }: Design): number {
  return plans[searchPlans[0]].parts.reduce((sum, part) => sum + part.length, 0);
}

function countsOf(splits: Splits): Artifact["splits"]["rows"] {
  const rows = { train: 0, holdout: 0, test: 0, unused: 0 };
  for (const part of splits.part) rows[part]++;
  return rows;
}

/** Options as JSON: what the user said, without what changes no result. */
function plainOptions({
  workers: _w,
  estimators,
  limits: _l,
  types,
  test,
  splits,
  ...rest
}: TrainOptions): Artifact["options"] {
  return {
    ...rest,
    ...(types !== undefined && { types: Object.fromEntries(typesOf({ types })) }),
    ...(test !== undefined && { test: typeof test === "string" ? test : "in memory" }),
    ...(splits !== undefined && { splits: typeof splits === "string" ? splits : "in memory" }),
    ...(estimators !== undefined && { estimators: estimators.map(({ name }) => name) }),
  };
}

function environment(): Artifact["environment"] {
  const [cpu] = cpus();
  return {
    package: "tabular-baseline",
    node: process.version,
    platform: `${platform()} ${release()} ${process.arch}`,
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memory: totalmem(),
  };
}
