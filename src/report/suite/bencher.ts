/**
 * Bencher Metric Format: `{ benchmark: { measure: { value, lower_value, upper_value } } }`. A benchmark is a dataset; names are cut
 * to what Bencher takes. In which direction a measure is better is said there, by its thresholds.
 * Source: bencher.dev/docs/reference/bencher-metric-format, with its JSON Schema (bencher.dev/bmf.json).
 */
import type { BenchDocument } from "../bench.ts";
import type { BenchFormat } from "./contract.ts";
import { figuresOf, type BenchFigure } from "./figures.ts";

const MOST = { benchmark: 1024, measure: 64 };

interface Metric {
  readonly value: number;
  readonly lower_value?: number;
  readonly upper_value?: number;
}

function metricOf({ value, lower, upper }: BenchFigure): Metric {
  return {
    value,
    ...(lower !== undefined && { lower_value: lower }),
    ...(upper !== undefined && { upper_value: upper }),
  };
}

function print(bench: BenchDocument): string {
  const benchmarks = bench.datasets.map((dataset) => [dataset.name, figuresOf(dataset)] as const);
  const entries = benchmarks
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => [
      name.slice(0, MOST.benchmark),
      Object.fromEntries(list.map((one) => [one.measure.slice(0, MOST.measure), metricOf(one)])),
    ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`;
}

export const bencher: BenchFormat = {
  name: "bencher",
  summary: "Bencher Metric Format, which its adapter json reads",
  file: "bencher.json",
  print,
};
