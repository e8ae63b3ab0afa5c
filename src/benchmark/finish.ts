/** From trained rungs to a benchmark in memory. */
import { merged } from "../frame/rows.ts";
import type { Model } from "../models/contract.ts";
import { shapeOf, type Rows } from "../frame/dataset.ts";
import type { FitResult } from "../evaluate/jobs/contract.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import { artifactOf, type Findings } from "./artifact.ts";
import { diagnose } from "../ladder/diagnostics.ts";
import { judge } from "../ladder/judge.ts";
import type { Trained } from "../ladder/ladder.ts";
import { madeBy, type Benchmark } from "../ladder/made.ts";
import { modelFile, type Fitted } from "./model-files.ts";
import { championProfile, profiler } from "./profiles.ts";
import { runWarnings } from "./run-warnings.ts";
import { timingsOf } from "../ladder/timings.ts";
import { tracesOf } from "../ladder/traces.ts";
import type { TimeLimit } from "./limit.ts";

interface Finished extends Omit<
  Findings,
  "judged" | "columns" | "answers" | "diagnostics" | "warnings" | "files" | "timings" | "traces" | "cut"
> {
  readonly runner: Runner;
  readonly seed: string;
  /** Drops fits that are under way: what is at hand must do. */
  readonly limit: Pick<TimeLimit, "signal" | "cut">;
  /** Stops it now. */
  readonly abort?: AbortSignal | undefined;
}

/** Judges what was trained, fits the champion on all rows, and says what spoils the scores. */
export async function finish(run: Finished): Promise<Benchmark> {
  const { loaded, splits, design, trained, runner, options, seed, limit } = run;
  const { metric } = run.metric;
  const { data } = loaded;
  const redact = options.redact ?? false;
  const sealed = options.sealHoldout ?? false;
  const ok = trained.filter((rung) => rung.status === "ok");
  const shape = shapeOf(data);
  const models = new Map<string, Model>();
  for (const { estimator, result } of ok) models.set(estimator.name, estimator.fromJSON(result.final.model, shape));
  const judged = await judge({
    data,
    splits,
    design,
    metric,
    metrics: options.metrics ?? [],
    trained,
    models,
    weighted: options.weightMetrics ?? false,
    seed,
    ...(run.abort && { signal: run.abort }),
  });
  const winner = ok.find(({ estimator }) => estimator.name === judged.champion.rung);
  const champion = models.get(judged.champion.rung);
  if (!winner || !champion) throw new Error("train: the champion has no model");
  const all = merged([rowsOf(splits, "train"), rowsOf(splits, "holdout"), rowsOf(splits, "test")]);
  const fitting =
    all.length === design.train.length ? winner.result.final : finalFit(winner, all, runner, limit.signal);
  const profiled = profiler(loaded, redact);
  const columns = profiled(design.train);
  const answers = championProfile({ loaded, splits, design, metric }, judged, options);
  const { rule } = options;
  const dataset = loaded.origin.sha256;
  const onTraining: Fitted = { part: "train", rows: design.train.length, dataset, columns, rule };
  const onAll: Fitted = { part: "all", rows: all.length, dataset, columns: sealed ? columns : profiled(all), rule };
  const files = new Map(
    ok.map((rung) => [
      rung.estimator.name,
      modelFile(rung, rung.result.final.model, onTraining, rung === winner ? answers : undefined),
    ]),
  );
  const final = await fitting;
  const timings = timingsOf(trained, models, data, design.held.length > 0 ? design.held : design.train);
  const { estimator } = winner;
  const diagnostics = await diagnose({
    data,
    design,
    splits,
    metric,
    champion: winner,
    model: champion,
    answers: judged.answers[trained.indexOf(winner)],
    runner,
    rowNumber: loaded.rowNumber,
    seed,
    sealed,
    redact,
    enough: limit.signal,
  });
  run.abort?.throwIfAborted();
  const cut = limit.cut();
  const warnings = await runWarnings({ ...run, judged, cut });
  const { model } = final ?? winner.result.final;
  const traces = redact
    ? undefined
    : tracesOf({ loaded, design, judged, estimator, trained: champion, final: model, warnings });
  const artifact = artifactOf({
    ...run,
    cut,
    judged,
    columns: columns.columns,
    answers,
    diagnostics,
    warnings,
    files,
    timings,
    traces,
  });
  const benchmark = { artifact, models: files, final: modelFile(winner, model, final ? onAll : onTraining, answers) };
  return madeBy(benchmark, { loaded, splits, design, metric, judged });
}

/** The champion's recipe fitted on all rows; nothing when the run is cut meanwhile, and the model of the training rows must do. */
async function finalFit(
  { estimator, result }: Extract<Trained, { status: "ok" }>,
  rows: Rows,
  runner: Runner,
  enough: AbortSignal,
): Promise<FitResult | undefined> {
  const { point } = result.tuned;
  const predict = new Int32Array(0);
  try {
    return await runner.fit({ kind: "fit", estimator: estimator.name, rows, point, predict }, enough);
  } catch (error) {
    if (enough.aborted) return undefined;
    throw error;
  }
}
