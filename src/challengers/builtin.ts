/** A challenger out of the registry: searched and trained on the benchmark's own splits, exactly as a baseline is. */
import { FitError, type Estimator } from "../baselines/contract.ts";
import type { Prediction } from "../frame/prediction.ts";
import { estimators } from "../baselines/registry.ts";
import { shapeOf } from "../frame/dataset.ts";
import { startRunner } from "../evaluate/jobs/pooled.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import { OptionError } from "../error.ts";
import { evaluateRung, type Design, type Evaluated } from "../evaluate/rung.ts";
import type { TuneSettings } from "../evaluate/tune.ts";
import { clock } from "../evaluate/clock.ts";
import { pooledOf } from "../intake/fold-part.ts";
import { settledBy } from "../ladder/floors.ts";
import { findSuitable } from "../ladder/ladder.ts";
import type { Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { designOf } from "../ladder/plans.ts";
import { threadsFor } from "../ladder/threads.ts";
import { championTraining, latencies, openChampion, sizeOf } from "./champion-cost.ts";
import type { Entrant, TrainingOptions } from "./contract.ts";
import type { AskedCases } from "./must-pass.ts";
import { ChallengerError } from "./source.ts";
import { figure, readable } from "../words/numbers.ts";

export interface BuiltinOptions extends TrainingOptions {
  /** Any name of the registry: `boosting`, `forest`, `tree`, ... */
  readonly name: string;
  /** Configurations tried; default: as the benchmark's rungs had, else by the size of the space. */
  readonly trials?: number;
  /** Threads; default: cores, at most 8. Changes no answer. */
  readonly workers?: number;
  /** Default: the benchmark's. */
  readonly seed?: string | number;
  /** Must-pass cases: asked of the first seed's model; when one fails there is no second. */
  readonly cases?: AskedCases;
  /** Stops everything; `builtinChallenger` throws its reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuiltinProgress) => void;
}

export interface BuiltinProgress {
  /** 1, 2, ... of `seeds`. */
  readonly seed: number;
  readonly seeds: number;
  /** `trial 12/50, best 0.431`. */
  readonly detail: string;
}

/**
 * Searches, trains and measures an estimator of the registry. Each seed searches and trains anew, so that several of them
 * show what tuning and training alone make of the score. Latency is measured in turn with the champion's, batch by batch.
 *
 * @throws OptionError for a name that does not exist or does not suit the table; ChallengerError when it cannot be fitted.
 *   Cost: that of a rung of the ladder, once a seed; without `folds` only the search runs on them.
 */
export async function builtinChallenger(
  opened: OpenBenchmark,
  loaded: Loaded,
  options: BuiltinOptions,
): Promise<Entrant> {
  const { name, cases, seeds = 1, signal } = options;
  const { data } = loaded;
  const estimator = findSuitable("builtin", data, name);
  if (!(Number.isInteger(seeds) && seeds >= 1))
    throw new OptionError(`seeds: wanted a whole number from 1, got ${seeds}`);
  const champion = await openChampion(opened, loaded);
  const { design, withFolds } = designFor(opened, loaded, options);
  const results: Evaluated[] = [];
  let championTime: number | undefined;
  let failures: readonly string[] | undefined;
  for (let k = 0; k < seeds; k++) {
    const seed = `${options.seed ?? opened.artifact.splits.seed}${k === 0 ? "" : ` ${k}`}`;
    const runner = runnerFor(opened, loaded, design, seed, options);
    try {
      const result = await trained(
        estimator,
        design,
        settingsFor(opened, seed, options),
        runner,
        (detail) => options.onProgress?.({ seed: k + 1, seeds, detail }),
        signal,
      );
      results.push(result);
      if (k > 0) continue;
      championTime = await championTraining(opened, champion.file, runner);
      if (!cases) continue;
      const model = estimator.fromJSON(result.final.model, shapeOf(data));
      failures = cases.failures(model.predict(cases.data), false);
      if (failures.length > 0) break;
    } finally {
      await runner.close();
    }
  }
  const { model } = results[0].final;
  const both = [estimator.fromJSON(model, shapeOf(data)), champion.model];
  const [own, other] = await latencies(
    opened,
    both.map((one) => (rows) => one.predict(data, rows)),
  );
  const times = results.map(({ final }) => final.milliseconds);
  const useHoldout = opened.holdout !== undefined;
  return {
    challenger: {
      name,
      ...(useHoldout && { holdout: results.map(({ final }) => final.prediction) }),
      ...(withFolds && { folds: results.map((result): Prediction => pooledOf(result, opened.folded)) }),
      ...(failures && { failures }),
      cost: { ...own, size: sizeOf(model), trainingTime: times.length === 1 ? times[0] : Float64Array.from(times) },
    },
    champion: {
      ...other,
      size: sizeOf(champion.file.model),
      ...(championTime !== undefined && { trainingTime: championTime }),
    },
    notes: notesOf(opened, results),
    labelsOnly: false,
  };
}

/** The design that the baselines had. Out-of-fold answers, which a holdout makes needless, are left out unless asked for. */
function designFor(
  { artifact, known, holdout }: OpenBenchmark,
  { data }: Loaded,
  { folds = false, trials }: BuiltinOptions,
): { design: Design; withFolds: boolean } {
  const before = artifact.options as { nested?: "always" | "never" | "auto"; trials?: number };
  const design = designOf(data, known.splits, before.nested ?? "auto", trials ?? before.trials);
  const withFolds = folds || holdout === undefined;
  return { design: withFolds ? design : { ...design, repeats: 0 }, withFolds };
}

function runnerFor(
  { artifact, metrics }: OpenBenchmark,
  { data }: Loaded,
  { plans }: Design,
  seed: string,
  { workers, signal }: BuiltinOptions,
): Runner {
  const weightMetrics = artifact.options.weightMetrics === true;
  const work = { data, metric: artifact.metric.name, seed, plans, weightMetrics };
  return startRunner(work, estimators, {
    ...threadsFor(data, workers),
    metrics,
    clock,
    ...(signal && { signal }),
  });
}

function settingsFor({ artifact, metric }: OpenBenchmark, seed: string, { trials }: BuiltinOptions): TuneSettings {
  const { sampler, racing, trials: before } = artifact.options as Pick<TuneSettings, "sampler" | "racing" | "trials">;
  const some = trials ?? before;
  return {
    seed,
    fixed: settledBy(metric),
    ...(sampler !== undefined && { sampler }),
    ...(racing !== undefined && { racing }),
    ...(some !== undefined && { trials: some }),
  };
}

async function trained(
  estimator: Estimator,
  design: Design,
  settings: TuneSettings,
  runner: Runner,
  say: (detail: string) => void,
  signal: AbortSignal | undefined,
): Promise<Evaluated> {
  signal?.throwIfAborted();
  try {
    const result = await evaluateRung(estimator, design, settings, runner, {
      ...(signal && { signal }),
      onProgress: ({ ended, planned, best }) =>
        say(`trial ${ended}/${planned}${best ? `, best ${figure(best.value)}` : ""}`),
    });
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    // Errors of worker threads keep their name, not their class.
    if (error instanceof Error && [FitError.name, "NothingScored"].includes(error.name))
      throw new ChallengerError(`${estimator.name}: cannot be fitted to this table: ${error.message}`, {
        cause: error,
      });
    throw error;
  }
}

function notesOf({ sealed }: OpenBenchmark, results: readonly Evaluated[]): readonly string[] {
  const notes: string[] = [];
  if (sealed) notes.push("the truth of the held-out rows is sealed, so it was trained on the folds alone");
  const [{ tuned }] = results;
  const found = tuned.search;
  const settings = Object.entries(tuned.point).map(
    ([name, value]) => `${name} ${typeof value === "number" ? readable(value) : String(value)}`,
  );
  if (found) notes.push(`searched with ${found.trials.length} trials; the settings are ${settings.join(", ")}`);
  notes.push(
    "its training time is one fit at the chosen configuration, without the search; memory is not measured within this process",
  );
  return notes;
}
