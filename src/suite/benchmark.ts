/** Many tables from a program: the ladder on each, challengers against it, and what holds over all of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChallengerSource } from "../challengers/enter.ts";
import { compareWith } from "../benchmark/compare.ts";
import type { Benchmark } from "../ladder/made.ts";
import { unsuitable } from "../ladder/ladder.ts";
import { openBenchmark, type OpenBenchmark } from "../intake/opened.ts";
import { trainBenchmark, type Adapted } from "../benchmark/train.ts";
import { writeBenchmark } from "../benchmark/write.ts";
import { isStated } from "../error.ts";
import type { Dataset } from "../frame/dataset.ts";
import type { Artifact } from "../report/artifact.ts";
import type { AcrossDatasets } from "../report/bench.ts";
import type { VerdictEntry } from "../report/verdict.ts";
import { vetoKinds } from "../report/verdict-checks.ts";
import type { TableSource } from "../table/read-table.ts";
import { acrossBench, type ChallengerOutcome, type DatasetFacts } from "./across/from-bench.ts";
import {
  planOf,
  type BenchmarkOptions,
  type BenchmarkPlan,
  type PlannedDataset,
  type ReadyPlan,
  withEstimators,
} from "./benchmark-options.ts";
import { scoresOf } from "./job.ts";

/** What one table gave. */
export interface DatasetResult {
  readonly name: string;
  /** `failed`: the table could not be read or trained on, or a challenger could not be judged; `reason` says why. */
  readonly status: "ok" | "failed";
  readonly reason: string | null;
  /** The ladder on this table; absent where there is none. */
  readonly benchmark?: Benchmark;
  /** In the order of the options: those of all tables, then those of this one. */
  readonly challengers: readonly JudgedChallenger[];
}

/** What a challenger reached on one table. */
export interface JudgedChallenger {
  readonly name: string;
  /** Absent: it could not be judged, and `reason` says why. */
  readonly verdict?: VerdictEntry;
  readonly reason: string | null;
}

/** What is said of all tables together. */
export interface BenchmarkSummary {
  /** Names of the tables, and of those that failed. */
  readonly datasets: readonly string[];
  readonly failed: readonly string[];
  /** Mean ranks, every pair of models, each challenger's answer over all tables; null of fewer than two tables. */
  readonly across: AcrossDatasets | null;
}

/** Results as they come, one a table in the order of the options; it runs once. */
export interface BenchmarkRun extends AsyncIterable<DatasetResult> {
  /** What holds over the tables that are done; those that are left are measured first, unless the loop was left early. */
  summary(): Promise<BenchmarkSummary>;
}

/**
 * Measures the ladder, with estimators of your own, and challengers on many tables: `train` and `compare` on each, then all
 * tables together. A table or challenger that fails is a result that says so; the others go on.
 *
 * @param options Tables and what is asked of them. Rungs are trained in worker threads; with metrics of your own, or estimators
 *   that are not named by their module, in the main thread.
 * @returns Results as an async iterable. Nothing is done before the first one is asked for, and nothing more when the loop is
 *   left. The same options and seed give the same results with any number of workers, times apart.
 * @throws OptionError at once for an option that does not exist or has a wrong value, two tables of one name, a model that does
 *   not exist. While it runs: OptionError for a module that cannot be imported; the reason of `signal` as soon as it fires.
 */
export function benchmark(options: BenchmarkOptions): BenchmarkRun {
  const plan = planOf(options);
  const done: Measured[] = [];
  const results = measureAll(plan, done);
  return {
    [Symbol.asyncIterator]: () => results,
    summary: async () => {
      for await (const _ of results); // what is left
      return summaryOf(done, plan);
    },
  };
}

interface Measured {
  readonly result: DatasetResult;
  readonly facts: DatasetFacts;
}

async function* measureAll(plan: BenchmarkPlan, done: Measured[]): AsyncGenerator<DatasetResult, void, void> {
  const ready = await withEstimators(plan);
  for (const dataset of plan.datasets) {
    const measured = await measure(dataset, ready);
    done.push(measured);
    yield measured.result;
  }
}

async function measure(dataset: PlannedDataset, plan: ReadyPlan): Promise<Measured> {
  const { name } = dataset;
  const scratch = plan.out === undefined ? mkdtempSync(join(tmpdir(), "baseline-")) : undefined;
  const folder = scratch === undefined ? join(plan.out!, encodeURIComponent(name)) : join(scratch, "benchmark");
  try {
    plan.signal?.throwIfAborted();
    const { data } = dataset;
    const source = typeof data === "function" ? await data() : data;
    const benchmark = await trainBenchmark(
      source,
      { ...dataset.train, ...plan.run, ...(plan.own.length > 0 && { estimators: plan.own }) },
      { adapt: (table) => adapted(plan, dataset, table), ...(plan.signal && { abort: plan.signal }) },
    );
    const judged = await judgeAll(benchmark, source, dataset, plan, folder);
    const failure = judged.find(({ told }) => told.reason !== null)?.told;
    const reason = failure === undefined ? null : `${failure.name}: ${failure.reason}`;
    const challengers = judged.map(({ told }) => told);
    return {
      result: { name, status: reason === null ? "ok" : "failed", reason, benchmark, challengers },
      facts: { name, result: factsOf(benchmark.artifact), challengers: judged.map(({ outcome }) => outcome) },
    };
  } catch (error) {
    const reason = reasonOf(error, plan);
    return {
      result: { name, status: "failed", reason, challengers: [] },
      facts: { name, result: null, challengers: [] },
    };
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

/** Of models and metrics that are asked of all tables, those that suit this one, unless it has a say of its own. */
function adapted({ asked, metrics, known }: ReadyPlan, { train }: PlannedDataset, table: Dataset): Adapted {
  const { target } = table;
  const metric = metrics.find((one) => one.tasks.includes(target.task) && one.refuses?.(target) === undefined);
  return {
    ...(asked &&
      train.models === undefined && {
        models: asked.filter((name) => unsuitable(known.get(name)!, table) === undefined),
      }),
    ...(metric && train.metric === undefined && { metric: metric.name }),
  };
}

function factsOf({ metric, task, champion, ladder, splits }: Artifact): DatasetFacts["result"] {
  const held = splits.rows.holdout + splits.rows.test > 0;
  return {
    metric,
    task,
    champion: champion.rung,
    rungs: ladder.map(({ rung, status, cv, holdout }) => ({ rung, status, scores: held ? holdout : cv })),
  };
}

interface Judged {
  readonly told: JudgedChallenger;
  readonly outcome: ChallengerOutcome;
}

/** Challengers are judged from the benchmark's folder, each by itself: one that fails stops no other. */
async function judgeAll(
  benchmark: Benchmark,
  source: TableSource,
  dataset: PlannedDataset,
  plan: BenchmarkPlan,
  folder: string,
): Promise<readonly Judged[]> {
  const { challengers, train } = dataset;
  if (challengers.length === 0 && plan.out === undefined) return [];
  writeBenchmark(benchmark, folder, { force: true });
  const opened = await openBenchmark(folder, { metrics: plan.ownMetrics });
  const options = { ...plan.judge, data: source, ...(train.test !== undefined && { test: train.test }) };
  const judged: Judged[] = [];
  for (const challenger of challengers) {
    try {
      judged.push(await judge(opened, challenger, options, plan.signal));
    } catch (error) {
      const [name, reason] = [nameOf(challenger), reasonOf(error, plan)];
      judged.push({ told: { name, reason }, outcome: { name, result: null } });
    }
  }
  return judged;
}

async function judge(
  opened: OpenBenchmark,
  challenger: ChallengerSource,
  options: BenchmarkPlan["judge"],
  signal: AbortSignal | undefined,
): Promise<Judged> {
  const { document, entrants } = await compareWith(opened, [challenger], options, signal ? { signal } : {});
  const [verdict] = document.challengers;
  const { name, bounds, part, cost: budgets } = verdict;
  const scores = scoresOf(opened, entrants[0].challenger, part);
  const refusals = vetoKinds(verdict.vetoes);
  return {
    told: { name, verdict, reason: null },
    outcome: { name, result: { ...verdict, lower: bounds.lower, upper: bounds.upper, scores, budgets, refusals } },
  };
}

/** What a challenger is called before it has been looked at. */
function nameOf(challenger: ChallengerSource): string {
  if (typeof challenger === "string") return challenger;
  if (challenger instanceof Uint8Array) return "predictions";
  if ("challenger" in challenger) return challenger.challenger.name;
  if ("builtin" in challenger) return challenger.builtin;
  return ("name" in challenger ? challenger.name : undefined) ?? "challenger";
}

/** A sentence for the result of a table. @throws what is no fault of it: the signal's reason. */
function reasonOf(error: unknown, { signal }: BenchmarkPlan): string {
  signal?.throwIfAborted();
  if (isStated(error)) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function summaryOf(done: readonly Measured[], { ownMetrics }: BenchmarkPlan): BenchmarkSummary {
  const results = done.map(({ result }) => result);
  return {
    datasets: results.map(({ name }) => name),
    failed: results.filter(({ status }) => status === "failed").map(({ name }) => name),
    across: acrossBench(
      done.map(({ facts }) => facts),
      ownMetrics,
    ),
  };
}
