/** Small benchmarks on the disk for tests of challengers, and the tables they were trained on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeInto } from "../../src/benchmark/write.ts";
import { openWriter } from "../../src/benchmark/writer.ts";
import { seeded } from "../../src/numeric/rng.ts";

/** `x` decides; `z` has texts that CSV must quote; `copy` is known only afterwards. */
export function tableText(task: "binary" | "multiclass" | "regression", rows: number): string {
  const rng = seeded("challengers").split(task);
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = Math.round(1000 * rng.normal()) / 1000;
    const z = ["plain", '"with, comma"', '"a ""quote"""'][rng.below(3)];
    const score = x + 0.5 * rng.normal();
    const y =
      task === "regression"
        ? String(Math.round(100 * score) / 100)
        : task === "binary"
          ? score > 0
            ? "yes"
            : "no"
          : ["low", "mid", "high"][score < -0.5 ? 0 : score < 0.5 ? 1 : 2];
    return [`id${i}`, i % 11 === 0 ? "" : x, z, y, y].join(",");
  });
  return ["id,x,z,copy,y", ...lines, ""].join("\n");
}

export interface OnDisk {
  readonly folder: string;
  readonly data: string;
  readonly opened: OpenBenchmark;
}

/** Trains a benchmark and writes it beside its table into a folder of its own. */
export async function benchmarkOnDisk(
  parent: string,
  task: "binary" | "multiclass" | "regression",
  rows: number,
  options: TrainOptions = {},
): Promise<OnDisk> {
  const own = mkdtempSync(join(parent, "bench-"));
  const data = join(own, "data.csv");
  const folder = join(own, "benchmark");
  writeFileSync(data, tableText(task, rows));
  const settings = {
    target: "y",
    ignore: ["copy"],
    models: ["constant"], // most tests ask nothing of the baselines
    workers: 1,
    ...options,
  };
  const writer = openWriter({ out: folder, resume: false, redact: false, inputs: { sha256: "", target: "" } });
  writeInto(writer, await trainBenchmark(data, settings));
  return { folder, data, opened: await openBenchmark(folder) };
}

/** A folder that is gone after the test, or after the suite when made in `beforeAll`. */
export function scratch(done: (then: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "challengers-"));
  mkdirSync(folder, { recursive: true });
  done(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
