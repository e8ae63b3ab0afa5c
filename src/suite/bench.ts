/** A bench: from a suite to `bench.json` and the files beside it. */
import { cpus, platform, release } from "node:os";
import type { BenchDocument } from "../report/bench.ts";
import type { SuiteDataset } from "./contract.ts";
import { expectationsOf } from "./expect.ts";
import { BENCH_SCHEMA } from "../report/bench.ts";
import type { Program } from "./program.ts";
import type { Measured } from "./run.ts";

export interface Concluded {
  /** As it was named. */
  readonly suite: string;
  /** All datasets of the suite, and those that were asked for. */
  readonly all: readonly SuiteDataset[];
  readonly shard: BenchDocument["suite"]["shard"];
  readonly program: Program;
  readonly measured: Measured;
  readonly seconds: number;
  readonly before?: BenchDocument;
}

/** Pure but for the machine's description. */
export function benchOf({ suite, all, shard, program, measured, seconds, before }: Concluded): BenchDocument {
  const asked = new Map(all.map((dataset) => [dataset.name, dataset]));
  const datasets = measured.datasets.map((found) => {
    const earlier = before?.datasets.find(({ name }) => name === found.name);
    return { ...found, expectations: expectationsOf(asked.get(found.name)!, found, earlier) };
  });
  return {
    schema: BENCH_SCHEMA,
    suite: { name: suite, datasets: all.map(({ name }) => name), shard },
    program,
    datasets,
    against: null,
    environment: environment(),
    timing: { seconds, datasets: measured.timing },
  };
}

function environment(): BenchDocument["environment"] {
  const [cpu] = cpus();
  return {
    node: process.version,
    platform: `${platform()} ${release()} ${process.arch}`,
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
  };
}
