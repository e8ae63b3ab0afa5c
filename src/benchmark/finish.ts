/** From trained rungs to a benchmark in memory. */
import { merged } from "../frame/rows.ts";
import type { Model } from "../models/contract.ts";
import { shapeOf } from "../frame/dataset.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../metrics/contract.ts";
import type { Warning } from "../frame/warning.ts";
import type { Design } from "../evaluate/rung.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import { OptionError } from "../error.ts";
import { shown } from "../options/check.ts";
import { MODEL_SCHEMA, type ModelFile } from "../report/model-file.ts";
import { packageAndVersion } from "./package.ts";
import type { Artifact } from "../report/artifact.ts";
import { artifactOf, type Findings } from "./artifact.ts";
import { clock } from "./clock.ts";
import { diagnose } from "./diagnostics.ts";
import { judge, type Judged } from "./judge.ts";
import type { Trained } from "./ladder.ts";
import { measureLatency } from "./latency.ts";
import { leakageWarnings } from "./leakage.ts";
import type { Loaded } from "./load.ts";
import { championProfile, profiler } from "./profiles.ts";
import { designWarnings } from "./design-warnings.ts";
import { tailWarnings } from "./tail-warnings.ts";
import { tracesOf } from "./traces.ts";

/** What training makes. `writeBenchmark` writes it, `predict` takes its model for use. */
export interface Benchmark {
  /** The content of `benchmark.json`. */
  readonly artifact: Artifact;
  /** The rungs' models, fitted on the training rows, by rung; failed rungs have none. */
  readonly models: ReadonlyMap<string, ModelFile>;
  /** The champion's recipe fitted on all rows with a target: the one for use. */
  readonly final: ModelFile;
}

/** What else a run knows, down to its rows: for what writes or drafts files from it. */
export interface Run {
  readonly loaded: Loaded;
  readonly splits: Splits;
  readonly design: Design;
  readonly metric: Metric;
  readonly judged: Judged;
}

const runs = new WeakMap<Benchmark, Run>();

/** The run that made a benchmark. @throws OptionError for anything that training did not make. */
export function runOf(benchmark: Benchmark): Run {
  const run = runs.get(benchmark);
  if (run === undefined) throw new OptionError(`wanted a benchmark as train makes it, got ${shown(benchmark)}`);
  return run;
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
  readonly seed: string;
  /** Stops it now. */
  readonly abort?: AbortSignal | undefined;
}

/** Judges what was trained, fits the champion on all rows, and says what spoils the scores. */
export async function finish(run: Finished): Promise<Benchmark> {
  const { loaded, splits, design, metric, trained, runner, options, seed } = run;
  const { data } = loaded;
  const shape = shapeOf(data);
  const models = new Map<string, Model>();
  for (const rung of trained)
    if (rung.status === "ok") models.set(rung.estimator.name, rung.estimator.fromJSON(rung.result.final.model, shape));
  const judged = await judge({
    data,
    splits,
    design,
    metric: metric.metric,
    metrics: options.metrics ?? [],
    trained,
    models,
    weighted: options.weightMetrics ?? false,
    seed,
    ...(run.abort && { signal: run.abort }),
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
  const benchmark: Benchmark = { artifact, models: files, final: fileOf(winner, "all", final.model) };
  runs.set(benchmark, { loaded, splits, design, metric: metric.metric, judged });
  return benchmark;
}
