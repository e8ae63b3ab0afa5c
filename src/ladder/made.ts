/** A benchmark in memory, and the run that made it. */
import { OptionError } from "../error.ts";
import type { Design } from "../evaluate/rung.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import type { Metric } from "../metrics/contract.ts";
import { shown } from "../options/check.ts";
import type { Artifact } from "../report/artifact.ts";
import type { ModelFile } from "../report/model-file.ts";
import type { Judged } from "./judge.ts";
import type { Loaded } from "../intake/load.ts";

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

/** Keeps the run beside the benchmark that it made. */
export function madeBy(benchmark: Benchmark, run: Run): Benchmark {
  runs.set(benchmark, run);
  return benchmark;
}

/** The run that made a benchmark. @throws OptionError for anything that training did not make. */
export function runOf(benchmark: Benchmark): Run {
  const run = runs.get(benchmark);
  if (run === undefined) throw new OptionError(`wanted a benchmark as train makes it, got ${shown(benchmark)}`);
  return run;
}
