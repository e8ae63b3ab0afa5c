/** From trained rungs to a benchmark in memory. */
import { merged } from "../frame/rows.ts";
import type { Model } from "../models/contract.ts";
import { shapeOf } from "../frame/dataset.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import { artifactOf, type Findings } from "./artifact.ts";
import { diagnose } from "../ladder/diagnostics.ts";
import { judge } from "../ladder/judge.ts";
import { madeBy, type Benchmark } from "../ladder/made.ts";
import { modelFile, type Fitted } from "./model-files.ts";
import { championProfile, profiler } from "./profiles.ts";
import { runWarnings } from "./run-warnings.ts";
import { timingsOf } from "../ladder/timings.ts";
import { tracesOf } from "../ladder/traces.ts";

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
  const { loaded, splits, design, trained, runner, options, seed } = run;
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
  const final = await runner.fit({
    kind: "fit",
    estimator: winner.estimator.name,
    rows: all,
    point: winner.result.tuned.point,
    predict: new Int32Array(0),
  });
  const warnings = await runWarnings({ ...run, judged });
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
  const timings = timingsOf(trained, models, data, design.held.length > 0 ? design.held : design.train);
  const { estimator } = winner;
  const traces = redact
    ? undefined
    : tracesOf({ loaded, design, judged, estimator, trained: champion, final: final.model, warnings });
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
  const benchmark = { artifact, models: files, final: modelFile(winner, final.model, onAll, answers) };
  return madeBy(benchmark, { loaded, splits, design, metric, judged });
}
