import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { BenchDataset, BenchDocument } from "../../../src/report/bench.ts";
import { benchFormats, findBenchFormat } from "../../../src/report/suite/formats.ts";

const score = (value: number, half: number | null = null) => ({
  value,
  lower: half === null ? null : value - half,
  upper: half === null ? null : value + half,
  level: 0.95,
});

const dataset = (name: string, metric: string, direction: "minimize" | "maximize", value: number): BenchDataset =>
  ({
    name,
    status: "ok",
    reason: null,
    key: null,
    result: {
      data: { name, rows: 100, sha256: "", fingerprint: "" },
      target: "y",
      task: "binary",
      metric: { name: metric, direction },
      part: "holdout",
      splits: { kind: "kfold", seed: "0", fingerprint: "", rows: {} },
      champion: "logistic",
      rungs: [
        {
          rung: "logistic",
          role: "baseline",
          status: "ok",
          reason: null,
          params: {},
          scores: { [metric]: score(value, 0.05) },
          bytes: 2048,
          answers: "",
        },
      ],
      work: { version: 1, total: { foldFits: 40, cellsRead: 600 }, rungs: {} },
      rows: "",
    },
    challengers: [
      { name: "boosting", source: "builtin", status: "failed", reason: "no", result: null },
      {
        name: "net".repeat(40),
        source: "predictions",
        status: "ok",
        reason: null,
        result: { scores: { [metric]: score(value) } } as never,
      },
    ],
    expectations: [],
  }) as Partial<BenchDataset> as BenchDataset;

const failed = { ...dataset("broken", "rmse", "minimize", 1), status: "failed", result: null } as BenchDataset;

const bench = {
  schema: "tabular-baseline/bench/1",
  suite: { name: "suite", datasets: ["wine"], shard: null },
  program: { package: "tabular-baseline 0.1.0", code: "0".repeat(64), node: 20 },
  datasets: [dataset("wine", "log_loss", "minimize", 0.4), dataset("__proto__", "accuracy", "maximize", 0.9), failed],
  across: null,
  against: null,
  environment: {},
  timing: { seconds: 1, datasets: {} },
} as Partial<BenchDocument> as BenchDocument;

const print = (name: string): unknown => JSON.parse(findBenchFormat(name)!.print(bench));

/** README of github-action-benchmark 1.22: name, unit and value are needed, range and extra are texts. */
const ACTION = v.array(
  v.strictObject({
    name: v.pipe(v.string(), v.minLength(1)),
    unit: v.pipe(v.string(), v.minLength(1)),
    value: v.pipe(v.number(), v.finite()),
    range: v.optional(v.string()),
    extra: v.optional(v.string()),
  }),
);

/** bencher.dev/bmf.json, and the lengths of names that its page gives. */
const metric = v.strictObject({
  value: v.number(),
  lower_value: v.optional(v.number()),
  upper_value: v.optional(v.number()),
});
const named = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const BMF = v.record(named(1024), v.record(named(64), metric));

describe("formats of a bench", () => {
  it("have names and files of their own", () => {
    for (const key of ["name", "file"] as const)
      expect(new Set(benchFormats.map((one) => one[key])).size).toBe(benchFormats.length);
  });
  it("benchmark-action: what its README asks for, smaller is better in every entry", () => {
    const entries = v.parse(ACTION, print("benchmark-action"));
    expect(entries.slice(0, 2)).toEqual([
      {
        name: "wine/log_loss",
        unit: "score",
        value: 0.4,
        range: "± 0.05",
        extra: "champion logistic; smaller is better",
      },
      {
        name: `wine/log_loss of ${"net".repeat(40)}`,
        unit: "score",
        value: 0.4,
        extra: `challenger ${"net".repeat(40)}; smaller is better`,
      },
    ]);
    const accuracy = entries.find(({ name }) => name === "__proto__/1 - accuracy");
    expect(accuracy?.value).toBeCloseTo(0.1, 12);
    expect(entries.filter(({ name }) => name.startsWith("wine/")).map(({ unit }) => unit)).toEqual([
      "score",
      "score",
      "bytes",
      "count",
      "count",
    ]);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });
  it("bencher: its published schema, a benchmark per dataset", () => {
    const text = findBenchFormat("bencher")!.print(bench);
    expect(v.is(BMF, JSON.parse(text.replace("__proto__", "proto")))).toBe(true);
    expect(text).toContain('"__proto__"');
    const { wine } = v.parse(BMF, JSON.parse(text.replace("__proto__", "proto")));
    expect(wine["log_loss"]).toEqual({ value: 0.4, lower_value: expect.closeTo(0.35, 9) as number, upper_value: 0.45 });
    expect(wine["fold-fits"]).toEqual({ value: 40 });
    expect(Object.keys(wine)).toHaveLength(5);
  });
});
