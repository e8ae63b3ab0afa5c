/**
 * What github-action-benchmark draws and alerts on, for its tool `customSmallerIsBetter`: one direction a file, so scores that
 * are better when larger are written as what is missing to 1.
 * Source: github.com/benchmark-action/github-action-benchmark, README, "Tool" and "Custom benchmark tool" (version 1.22).
 */
import { figure } from "../../words/numbers.ts";
import type { BenchFormat } from "./contract.ts";
import { figuresOf, type BenchFigure } from "./figures.ts";

interface ActionEntry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
  readonly extra: string;
}

function entryOf({ dataset, measure, unit, bigger, value, lower, upper, of }: BenchFigure): ActionEntry {
  const known = lower !== undefined && upper !== undefined;
  return {
    name: `${dataset}/${bigger ? "1 - " : ""}${measure}`,
    unit,
    value: bigger ? 1 - value : value,
    ...(known && { range: `± ${figure((upper - lower) / 2)}` }),
    extra: `${of}; smaller is better`,
  };
}

export const benchmarkAction: BenchFormat = {
  name: "benchmark-action",
  summary: "JSON for github-action-benchmark, tool customSmallerIsBetter",
  file: "benchmark-action.json",
  print: ({ datasets }) => `${JSON.stringify(datasets.flatMap(figuresOf).map(entryOf), null, 1)}\n`,
};
