/** From what was measured to `bench.json`. */
import { cpus, platform, release } from "node:os";
import { BENCH_SCHEMA, type BenchDocument } from "../report/bench.ts";
import { acrossBench } from "./across/from-bench.ts";
import { compareBenches, type Side } from "./against/against.ts";

export interface Found extends Pick<BenchDocument, "suite" | "program" | "datasets" | "timing"> {
  readonly rows: Side["rows"];
}

/** Pure but for the machine's description and the rows that it asks for. @throws as `compareBenches`. */
export function benchOf({ rows, ...found }: Found, before: Side | undefined): BenchDocument {
  const now = { ...found, environment: environment() };
  return {
    schema: BENCH_SCHEMA,
    suite: found.suite,
    program: found.program,
    datasets: found.datasets,
    across: acrossBench(found.datasets),
    against:
      before === undefined
        ? null
        : compareBenches(
            before,
            { name: "this bench", bench: now, rows },
            { suite: found.suite.datasets, inTurn: found.timing.inTurn },
          ),
    environment: now.environment,
    timing: found.timing,
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
