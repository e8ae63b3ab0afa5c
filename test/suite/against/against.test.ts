import { describe, expect, it } from "vitest";
import { seeded } from "../../../src/numeric/rng.ts";
import type { BenchDataset, Change, Counts } from "../../../src/report/bench.ts";
import { compareBenches, type AgainstOptions, type Side } from "../../../src/suite/against/against.ts";
import { THRESHOLDS } from "../../../src/suite/contract.ts";
import { answersDigest, type BenchRows } from "../../../src/suite/rows.ts";

interface Made {
  /** Errors of the model are multiplied by it; another model answers the same in all. */
  readonly scale?: number;
  readonly work?: Counts;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly dataset?: Partial<BenchDataset>;
  readonly result?: Partial<NonNullable<BenchDataset["result"]>>;
}

const WORK: Counts = { foldFits: 120, trials: 20, treeNodes: 300, modelBytes: 5000 };

/** A bench of datasets that differ in the seed of their rows, each with the model of that number. */
function side(name: string, list: readonly Made[]): Side {
  const store = new Map<string, BenchRows>();
  const datasets = list.map((made, k): BenchDataset => {
    const rows = rowsOf(k, made.scale ?? 1);
    store.set(`rows ${name} ${k}`, rows);
    const rung = { role: "baseline", status: "ok", reason: null, params: {}, scores: {} } as const;
    return {
      name: `d${k}`,
      status: "ok",
      reason: null,
      options: "same",
      challengers: [],
      expectations: [],
      thresholds: THRESHOLDS,
      result: {
        data: { name: "d.csv", rows: 200, sha256: "", fingerprint: `data ${k}` },
        target: "y",
        task: "regression",
        metric: { name: "rmse", direction: "minimize" },
        part: "folds",
        splits: { kind: "kfold", seed: "0", fingerprint: "splits", rows: {} },
        champion: "linear",
        rungs: [
          { ...rung, rung: "constant", bytes: 60, answers: answersDigest(rows.models[0]) },
          { ...rung, rung: "linear", bytes: made.bytes ?? 5000, answers: answersDigest(rows.models[1]) },
        ],
        work: { version: 1, total: made.work ?? WORK, rungs: { constant: {}, linear: made.work ?? WORK } },
        rows: `rows ${name} ${k}`,
        ...made.result,
      },
      ...made.dataset,
    };
  });
  const timing = list.map(({ seconds = 1 }, k) => [`d${k}`, { seconds, cached: false, fits: {} }] as const);
  return {
    name,
    bench: {
      program: { package: "p", code: name, node: 20 },
      datasets,
      timing: { seconds: 1, datasets: Object.fromEntries(timing) },
    },
    rows: (digest) => store.get(digest)!,
  };
}

function rowsOf(k: number, scale: number): BenchRows {
  const rng = seeded(`dataset ${k}`);
  const y = Float64Array.from({ length: 200 }, () => rng.normal());
  const off = y.map(() => rng.normal());
  const places = Int32Array.from(y, (_, i) => i);
  return {
    schema: "tabular-baseline/bench-rows/1",
    folds: {
      truth: { task: "regression", name: "y", values: y },
      row: places,
      fold: places.map((i) => i % 5),
      repeat: new Int32Array(200),
      testOverTrain: 0.25,
    },
    models: [
      { name: "constant", folds: [{ kind: "value", values: new Float64Array(200) }] },
      { name: "linear", folds: [{ kind: "value", values: y.map((value, i) => value + 0.3 * scale * off[i]) }] },
    ],
  };
}

const same = (count: number, made: Made = {}): readonly Made[] => Array.from({ length: count }, () => made);
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, k) => `d${k}`);

function told(
  before: readonly Made[],
  after: readonly Made[],
  more: Pick<AgainstOptions, "inTurn"> = {},
): readonly Change[] {
  const suite = names(Math.max(before.length, after.length));
  return compareBenches(side("before", before), side("after", after), { suite, ...more }).changes;
}

const short = (changes: readonly Change[]): unknown[] =>
  changes.map(({ dataset, model, kind, outcome }) => [dataset, model, kind, outcome]);

describe("against an earlier bench", () => {
  it("an unchanged rerun tells nothing, however many datasets there are", () => {
    expect(told(same(30), same(30))).toEqual([]);
  });

  it("a model that got worse on one of many datasets is found, and the others are left alone", () => {
    const changes = told(same(20), [...same(19), { scale: 1.2 }]);
    expect(short(changes)).toEqual([["d19", "linear", "score", "worse"]]);
    expect(changes[0].sentence).toMatch(/^linear: rmse 0\.\d+ to 0\.\d+ over .*, a loss of 20 % \(p < 0\.0001\)$/);
    expect(short(told([...same(19), { scale: 1.2 }], same(20)))).toEqual([["d19", "linear", "score", "better"]]);
  });

  it("a search that fits 10 % more folds is found exactly, with the rung that did it", () => {
    const more = { work: { ...WORK, foldFits: 132 } };
    const changes = told(same(3), [{}, more, {}]);
    expect(short(changes)).toEqual([["d1", null, "work", "worse"]]);
    expect(changes[0].sentence).toBe("fold fits 120 to 132 (10 % more), in linear");
    expect(short(told([{}, more], same(2)))).toEqual([["d1", null, "work", "better"]]);
    const accepted = { ...more, dataset: { thresholds: { ...THRESHOLDS, work: 0.1 } } };
    expect(short(told(same(1), [accepted]))).toEqual([["d0", null, "work", "other"]]);
    const counted = { result: { work: { version: 2, total: WORK, rungs: {} } } };
    expect(short(told(same(1), [counted]))).toEqual([["d0", null, "work", "other"]]);
  });

  it("a larger model is worse, unless it has earned its size", () => {
    expect(short(told(same(1), [{ bytes: 7000 }]))).toEqual([["d0", "linear", "size", "worse"]]);
    expect(short(told(same(1), [{ bytes: 5400 }]))).toEqual([]);
    expect(short(told(same(1), [{ bytes: 7000, scale: 0.8 }]))).toEqual([
      ["d0", "linear", "score", "better"],
      ["d0", "linear", "size", "other"],
    ]);
    expect(short(told(same(1), [{ bytes: 3000 }]))).toEqual([["d0", "linear", "size", "better"]]);
    const exact = { dataset: { thresholds: { ...THRESHOLDS, size: 0 } }, bytes: 5001 };
    expect(short(told(same(1), [exact]))).toEqual([["d0", "linear", "size", "worse"]]);
  });

  it("other data are data, whatever became of scores and work", () => {
    const data = { name: "d.csv", rows: 199, sha256: "", fingerprint: "other" };
    const changes = told(same(2), [{ scale: 3, work: { ...WORK, trials: 99 }, result: { data } }, {}]);
    expect(short(changes)).toEqual([["d0", null, "data", "other"]]);
    expect(changes[0].sentence).toBe(
      "the data are others (200 rows before, 199 now): its scores and its work are not compared",
    );
  });

  it("what other options bring about in work and size is told and not held against the program", () => {
    const other = { dataset: { options: "other" }, work: { ...WORK, trials: 40 }, bytes: 9000 };
    expect(short(told(same(1), [other]))).toEqual([
      ["d0", null, "options", "other"],
      ["d0", null, "work", "other"],
      ["d0", "linear", "size", "other"],
    ]);
  });

  it("times are told only where both programs were run in turn", () => {
    const slow = same(1, { seconds: 200 });
    expect(told(same(1), slow)).toEqual([]);
    const [few, many] = [
      Array.from({ length: 7 }, (_, k) => 1 + k / 10),
      Array.from({ length: 7 }, (_, k) => 2 + k / 10),
    ];
    expect(short(told(same(1), slow, { inTurn: { d0: { before: few, after: many } } }))).toEqual([
      ["d0", null, "time", "worse"],
    ]);
    expect(short(told(same(1), slow, { inTurn: { d0: { before: many, after: few } } }))).toEqual([
      ["d0", null, "time", "better"],
    ]);
    const others = told(same(1), same(1, { dataset: { options: "others" } }), {
      inTurn: { d0: { before: few, after: many } },
    });
    expect(others.map(({ outcome }) => outcome)).toEqual(["other", "other"]);
  });

  it("rungs that are gone or fail, champions, verdicts and datasets are told", () => {
    const [{ result }] = side("x", same(1)).bench.datasets;
    const [constant, linear] = result!.rungs;
    expect(short(told(same(1), [{ result: { rungs: [constant] } }]))).toEqual([["d0", "linear", "status", "worse"]]);
    const failed = { ...linear, status: "failed", reason: "out of memory" } as const;
    const changes = told(same(1), [{ result: { rungs: [constant, failed] } }]);
    expect(changes[0]).toMatchObject({ outcome: "worse", sentence: "linear: failed (out of memory)" });
    expect(short(told(same(1), [{ result: { champion: "constant" } }]))).toEqual([["d0", null, "champion", "other"]]);
    const gone = told(same(2), same(1));
    expect(gone).toEqual([]); // still in the suite, only not asked for
    const none = compareBenches(side("b", same(2)), side("a", same(1)), { suite: ["d0"] }).changes;
    expect(short(none)).toEqual([["d1", null, "suite", "worse"]]);
    const broken = { dataset: { status: "failed", reason: "no such file", result: null } } as const;
    expect(short(told([broken], same(1)))).toEqual([["d0", null, "status", "better"]]);
  });

  it.each([
    ["target", { target: "z" }],
    ["task", { task: "binary" }],
    ["metric", { metric: { name: "mae", direction: "minimize" } }],
    ["rows", { splits: { kind: "kfold", seed: "1", fingerprint: "others", rows: {} } }],
  ] as const)("another %s is another question", (what, result) => {
    expect(() => told(same(1), [{ result }])).toThrow(
      new RegExp(`^before: d0 has .*${what}.* there and .* here, which is another question`),
    );
  });
});
