/** What `benchmark` is asked, and what it makes of it before anything is done. */
import type { Estimator } from "../baselines/contract.ts";
import { isModule, ownEstimators, type EstimatorModule } from "../baselines/from-module.ts";
import { requireEstimators } from "../baselines/own.ts";
import { estimators as registry } from "../baselines/registry.ts";
import type { ChallengerSource } from "../challengers/enter.ts";
import type { CompareOptions } from "../benchmark/compare.ts";
import type { ModelSettings, RunSettings, SplitSettings, TrainOptions } from "../intake/options.ts";
import { OptionError, requireKnown } from "../error.ts";
import type { Metric } from "../metrics/contract.ts";
import { requireMetrics } from "../metrics/own.ts";
import { metricNamed } from "../metrics/registry.ts";
import { checkOptions, shown } from "../options/check.ts";
import type { OptionRecord } from "../options/contract.ts";
import { dataOptions, workersOption } from "../options/data.ts";
import { budgetOptions, judgingOptions, vetoOptions } from "../options/judging.ts";
import { given, text } from "../options/kinds.ts";
import { modelOptions, runOptions, seedOption, splitOptions, trialsOption } from "../options/training.ts";
import type { SchemaOptions } from "../schema/schema.ts";
import type { ReadOptions } from "../table/options.ts";
import type { TableSource } from "../table/read-table.ts";
import { stemOf } from "./table-name.ts";

/** A table and what is asked of it alone. What is said here counts for more than what is said for all tables. */
export interface DatasetInput
  extends
    Omit<ReadOptions, "name" | "signal" | "workers">,
    SchemaOptions,
    SplitSettings,
    Pick<ModelSettings, "models" | "rule" | "metric" | "weightMetrics"> {
  /** Unique; default: that of the file. */
  readonly name?: string;
  /** As `train` takes it, or a function that reads it when its turn comes. */
  readonly data: TableSource | (() => TableSource | Promise<TableSource>);
  /** Challengers of this table alone: files of predictions, for example. */
  readonly challengers?: readonly ChallengerSource[];
}

export interface BenchmarkOptions extends Pick<RunSettings, "seed" | "timeLimit" | "workers"> {
  readonly datasets: readonly DatasetInput[];
  /**
   * Names of rungs, estimators of your own (or the modules where they lie), or both; own ones alone join the whole ladder. Each
   * table takes those that suit it.
   */
  readonly estimators?: readonly (string | Estimator | EstimatorModule)[];
  /** Names of metrics, metrics of your own, or both: the first that suits a table decides there. Default: as `train`. */
  readonly metrics?: readonly (string | Metric)[];
  /** Recipes that are trained and judged on every table. */
  readonly challengers?: readonly ChallengerSource[];
  /** How rows are dealt, on every table. */
  readonly splits?: Omit<SplitSettings, "test" | "splits">;
  /** How challengers are judged: margin, budgets, vetoes. */
  readonly judge?: Omit<CompareOptions, "data" | "test" | "workers" | "metrics" | "sealed">;
  /** Configurations tried per rung. */
  readonly trials?: number;
  /** Where the benchmarks are kept, a folder each; default: nowhere. */
  readonly out?: string;
  /** Ends the run at once: the loop throws its reason. */
  readonly signal?: AbortSignal;
}

/** What is to be done, checked. */
export interface BenchmarkPlan {
  readonly datasets: readonly PlannedDataset[];
  /** Rungs of the registry that are asked for, by name; own ones join them. None: the whole ladder. */
  readonly models: readonly string[];
  /** Estimators of your own, as they were given. */
  readonly own: readonly (Estimator | EstimatorModule)[];
  /** Metrics that were asked for, in order. */
  readonly metrics: readonly Metric[];
  /** Of every run. */
  readonly run: TrainOptions;
  /** Of every comparison. */
  readonly judge: CompareOptions;
  readonly ownMetrics: readonly Metric[];
  readonly out?: string;
  readonly signal?: AbortSignal;
}

/** With all estimators at hand. */
export interface ReadyPlan extends BenchmarkPlan {
  /** Names of the rungs to train; absent: the whole ladder. */
  readonly asked?: readonly string[];
  readonly known: ReadonlyMap<string, Estimator>;
}

export interface PlannedDataset {
  readonly name: string;
  readonly data: DatasetInput["data"];
  readonly train: TrainOptions;
  readonly challengers: readonly ChallengerSource[];
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (key: string, wanted: string): OptionRecord => ({
  group: "Benchmark",
  key,
  only: "api",
  kind: given(wanted, Array.isArray),
  help: wanted,
});
const record = (key: string, wanted: string): OptionRecord => ({
  group: "Benchmark",
  key,
  only: "api",
  kind: given(wanted, isObject),
  help: wanted,
});
const pick = (records: readonly OptionRecord[], ...keys: readonly string[]): readonly OptionRecord[] =>
  records.filter(({ key }) => keys.includes(key));

const RUN: readonly OptionRecord[] = [
  list("datasets", "a list of tables"),
  list("estimators", "a list of names and estimators"),
  list("metrics", "a list of names and metrics"),
  list("challengers", "a list of challengers"),
  record("splits", "options of the splits"),
  record("judge", "options of the comparison"),
  trialsOption,
  seedOption,
  workersOption,
  ...pick(runOptions, "timeLimit"),
  { group: "Run", key: "out", only: "api", kind: text, help: "where the benchmarks are kept" },
  {
    group: "Run",
    key: "signal",
    only: "api",
    kind: given("an AbortSignal", (value) => value instanceof AbortSignal),
    help: "ends the run at once",
  },
];

const SPLITS = splitOptions.filter(({ key }) => key !== "test" && key !== "splits");
const JUDGE = [...judgingOptions, ...vetoOptions, ...budgetOptions].filter(
  ({ key }) => !["data", "metrics", "sealed"].includes(key),
);
const DATASET: readonly OptionRecord[] = [
  list("challengers", "a list of challengers"),
  ...dataOptions.filter(({ key }) => !["name", "signal", "workers"].includes(key)),
  ...splitOptions,
  ...pick(modelOptions, "models", "rule", "ruleColumn", "metric", "weightMetrics"),
];

/** @throws OptionError for the first thing that cannot be done. */
export function planOf(options: BenchmarkOptions): BenchmarkPlan {
  checkOptions("benchmark", options, RUN);
  const { datasets, estimators = [], metrics = [], challengers = [], splits = {}, judge = {}, out, signal } = options;
  if (datasets === undefined || datasets.length === 0)
    throw new OptionError("datasets: wanted at least one table, as { name, data }");
  checkOptions("splits", splits, SPLITS);
  checkOptions("judge", judge, JUDGE);
  const own = estimators.filter((one) => typeof one !== "string");
  const models = estimators.filter((one) => typeof one === "string");
  const here = own.filter((one): one is Estimator => !isModule(one));
  requireEstimators("estimators", here, registered);
  if (here.length === own.length) knownEstimators(models, here);
  const ownMetrics = metrics.filter((one): one is Metric => typeof one !== "string");
  requireMetrics("metrics", ownMetrics);
  const { seed, timeLimit, workers, trials } = options;
  const threads = { ...(workers !== undefined && { workers }) };
  const drawn = { ...(seed !== undefined && { seed }) };
  return {
    datasets: plannedDatasets(datasets, { ...splits }, challengers),
    models,
    own,
    metrics: metrics.map((one) => (typeof one === "string" ? metricNamed("metrics", one) : one)),
    run: {
      ...threads,
      ...drawn,
      ...(timeLimit !== undefined && { timeLimit }),
      ...(trials !== undefined && { trials }),
      ...(ownMetrics.length > 0 && { metrics: ownMetrics }),
    },
    judge: { ...threads, ...drawn, ...judge },
    ownMetrics,
    ...(out !== undefined && { out }),
    ...(signal && { signal }),
  };
}

const registered = registry.map(({ name }) => name);

/** Imports own estimators that lie in modules. @throws OptionError as `planOf`, for what could not be known before. */
export async function withEstimators(plan: BenchmarkPlan): Promise<ReadyPlan> {
  const { estimators } = await ownEstimators("estimators", plan.own, registered);
  const known = knownEstimators(plan.models, estimators);
  const asked = plan.models.length === 0 ? {} : { asked: [...plan.models, ...estimators.map(({ name }) => name)] };
  return { ...plan, ...asked, known };
}

/** By name. @throws OptionError for a model that is none of them. */
function knownEstimators(models: readonly string[], own: readonly Estimator[]): ReadonlyMap<string, Estimator> {
  const known = new Map([...registry, ...own].map((one) => [one.name, one]));
  for (const name of models) requireKnown("estimators", "model", name, [...known.keys()]);
  return known;
}

function plannedDatasets(
  datasets: readonly DatasetInput[],
  splits: SplitSettings,
  challengers: readonly ChallengerSource[],
): readonly PlannedDataset[] {
  const names = new Set<string>();
  return datasets.map((one, i): PlannedDataset => {
    const where = `datasets[${i}]`;
    if (!isObject(one)) throw new OptionError(`${where}: wanted a table as { name, data }, got ${shown(one)}`);
    const { name: called, data, challengers: own = [], ...train } = one;
    if (data === undefined) throw new OptionError(`${where}: wanted its data: a path, rows, columns or a function`);
    const name = called ?? (typeof data === "string" ? stemOf(data) : undefined);
    if (typeof name !== "string" || name === "") throw new OptionError(`${where}: wanted a name, got ${shown(called)}`);
    checkOptions(`${where} (${name})`, { ...train, challengers: own }, DATASET);
    if (names.has(name))
      throw new OptionError(`${where}: there is a table ${JSON.stringify(name)} already; rename one`);
    names.add(name);
    return { name, data, train: { ...splits, ...train }, challengers: [...challengers, ...own] };
  });
}
