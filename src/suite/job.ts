/** What is computed for a suite: a benchmark of one table, or the verdict on one challenger. Plain data in and out, for any thread. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareWith } from "../benchmark/compare.ts";
import type { ChallengerSource } from "../challengers/enter.ts";
import { openBenchmark, type OpenBenchmark } from "../intake/opened.ts";
import { trainBenchmark } from "../benchmark/train.ts";
import { writeInto } from "../benchmark/write.ts";
import { openWriter, type BenchmarkWriter } from "../benchmark/writer.ts";
import type { Candidate } from "../compare/verdict/contract.ts";
import { metricsFor } from "../metrics/registry.ts";
import type { BenchResult, BenchScores, ChallengerResult } from "../report/bench.ts";
import type { VerdictEntry } from "../report/verdict.ts";
import { vetoKinds } from "../report/verdict-checks.ts";
import type { SuiteChallenger, SuiteDataset } from "./contract.ts";
import { BENCHMARK, ROWS_FILE } from "./files.ts";
import { resultOf } from "./result.ts";
import { answersDigest, packRows, rowsOfBenchmark, rowsOfChallengers, type BenchRows } from "./rows.ts";
import { sha256 } from "./key.ts";

export interface BenchmarkJob {
  readonly kind: "benchmark";
  readonly dataset: SuiteDataset;
  /** Threads; changes no result. */
  readonly workers: number;
  /** Where files go. */
  readonly folder: string;
}

export interface ChallengerJob {
  readonly kind: "challenger";
  readonly dataset: SuiteDataset;
  readonly challenger: SuiteChallenger;
  readonly workers: number;
  /** The entry of the benchmark. */
  readonly benchmark: string;
  readonly folder: string;
}

export type Job = BenchmarkJob | ChallengerJob;

/** What is known of a benchmark without its files. */
export interface BenchmarkFacts {
  readonly result: BenchResult;
  readonly seconds: number;
  /** Milliseconds by rung. */
  readonly fits: Readonly<Record<string, number>>;
}

export interface ChallengerFacts {
  readonly result: ChallengerResult;
  readonly seconds: number;
}

/** Trains, judges and writes a benchmark and its rows into `folder`; an attempt that was cut short is taken up. @throws as `train`. */
export async function runBenchmark({ dataset, workers, folder }: BenchmarkJob): Promise<BenchmarkFacts> {
  const out = join(folder, BENCHMARK);
  if (!existsSync(out)) await trained(dataset, workers, out);
  const opened = await openBenchmark(out);
  const rows = rowsOfBenchmark(opened);
  const { timing } = opened.artifact;
  const fits = Object.entries(timing.rungs).map(([rung, { fitMilliseconds }]) => [rung, fitMilliseconds] as const);
  return {
    result: resultOf(opened.artifact, rows, written(folder, rows)),
    seconds: timing.seconds,
    fits: Object.fromEntries(fits.filter(([, milliseconds]) => milliseconds !== null)) as Record<string, number>,
  };
}

async function trained({ data, train }: SuiteDataset, workers: number, out: string): Promise<void> {
  let writer: BenchmarkWriter | undefined;
  try {
    const benchmark = await trainBenchmark(
      data,
      { ...train, workers },
      {
        onReady: (inputs) => void (writer = openWriter({ out, inputs, resume: true, redact: false, force: true })),
        journal: (rung) => writer!.journal(rung),
      },
    );
    writeInto(writer!, benchmark);
  } catch (error) {
    writer?.abandon();
    throw error;
  }
}

/** Judges a challenger and writes its rows into `folder`. @throws as `compare`. */
export async function runChallenger(job: ChallengerJob): Promise<ChallengerFacts> {
  const { dataset, challenger, workers, benchmark, folder } = job;
  const started = performance.now();
  const opened = await openBenchmark(join(benchmark, BENCHMARK));
  const { test } = dataset.train;
  const given = { ...dataset.judge, data: dataset.data, workers, ...(test !== undefined && { test }) };
  const { document, entrants } = await compareWith(opened, [sourceOf(challenger)], given);
  const [{ challenger: model }] = entrants;
  const rows = rowsOfChallengers(opened, [model]);
  return {
    result: challengerResult(document.challengers[0], opened, model, written(folder, rows)),
    seconds: (performance.now() - started) / 1000,
  };
}

function sourceOf({ name, predictions, builtin, command, ...rest }: SuiteChallenger): ChallengerSource {
  const { seeds, withFolds, commandLimit } = rest;
  const both = { ...(seeds !== undefined && { seeds }), ...(withFolds !== undefined && { folds: withFolds }) };
  if (predictions !== undefined) return { name, table: predictions };
  if (builtin !== undefined) return { builtin, ...both };
  return { name, command: command!, ...both, ...(commandLimit !== undefined && { timeLimitSeconds: commandLimit }) };
}

function written(folder: string, rows: BenchRows): string {
  const bytes = packRows(rows);
  const path = join(folder, ROWS_FILE);
  rmSync(path, { force: true });
  writeFileSync(path, bytes);
  return sha256(bytes);
}

function challengerResult(
  entry: VerdictEntry,
  opened: OpenBenchmark,
  model: Candidate,
  rows: string,
): ChallengerResult {
  const { verdict, sublabel, reason, metric, part, score, baseline, gain, bounds, margin, test, sentence } = entry;
  return {
    verdict,
    sublabel,
    reason,
    metric,
    part,
    score,
    scores: scoresOf(opened, model, part),
    baseline,
    gain,
    lower: bounds.lower,
    upper: bounds.upper,
    margin: { value: margin.value, kind: margin.kind, assumed: margin.assumed },
    p: test.p,
    budgets: entry.cost.map(({ quantity, outcome }) => ({ quantity, outcome })),
    vetoes: entry.vetoes.map(({ detail }) => detail),
    refusals: vetoKinds(entry.vetoes),
    sentence,
    answers: answersDigest(model),
    rows,
  };
}

/** Every metric of the task on the rows that were judged; the mean over seeds. */
export function scoresOf(
  { artifact, metrics: own, holdout, folded }: OpenBenchmark,
  model: Candidate,
  part: "holdout" | "folds",
): BenchScores {
  const { truth, weights } = part === "holdout" ? holdout! : folded.part;
  const predictions = model[part] ?? [];
  const metrics = [...own, ...metricsFor(artifact.task)].filter(
    (metric) => metric.tasks.includes(artifact.task) && metric.refuses?.(truth) === undefined,
  );
  return Object.fromEntries(
    metrics.map((metric) => {
      const values = predictions.map((prediction) => metric.score({ truth, prediction }, weights));
      const value = values.reduce((sum, x) => sum + x, 0) / values.length;
      return [metric.name, { value: Number.isFinite(value) ? value : null, lower: null, upper: null, level: 0.95 }];
    }),
  );
}
