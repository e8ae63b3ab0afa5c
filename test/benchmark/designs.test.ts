import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrainOptions } from "../../src/intake/options.ts";
import { runOf, type Benchmark } from "../../src/ladder/made.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { isStated } from "../../src/error.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";
import { seeded } from "../../src/numeric/rng.ts";

type Row = Readonly<Record<string, unknown>>;

/** A small table of any shape: groups of uneven size, few moments, few classes, and rows that come again. */
interface Small {
  readonly seed: number;
  readonly rows: number;
  readonly groups: number;
  readonly moments: number;
  readonly classes: number;
  readonly twins: boolean;
  /** Folds made elsewhere, in any numbers; a table to test on. */
  readonly given: boolean;
  readonly tested: boolean;
  readonly metric: number;
}

function tableOf({ seed, rows, groups, moments, classes, twins }: Small): Row[] {
  const rng = seeded("designs").split(seed);
  const uneven = (count: number): number => Math.floor(count * rng.uniform() ** 3);
  return Array.from({ length: rows }, (_, i) => ({
    x: twins ? rng.below(3) : i + rng.uniform(),
    g: rng.uniform() < 0.05 ? null : `g${uneven(groups)}`,
    t: 2000 + uneven(moments),
    w: rng.uniform() < 0.5 ? 0 : 1 + rng.below(3),
    y: classes === 0 ? rng.normal() : `class ${uneven(classes)}`,
  }));
}

const small: fc.Arbitrary<Small> = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 2, max: 60 }),
  groups: fc.integer({ min: 1, max: 8 }),
  moments: fc.integer({ min: 1, max: 6 }),
  classes: fc.integer({ min: 0, max: 5 }),
  twins: fc.boolean(),
  given: fc.boolean(),
  tested: fc.boolean(),
  metric: fc.nat({ max: 2 }),
});

const ways: fc.Arbitrary<TrainOptions> = fc.record(
  {
    group: fc.constant("g"),
    time: fc.constant("t"),
    weight: fc.constant("w"),
    groupDuplicates: fc.boolean(),
    folds: fc.integer({ min: 2, max: 7 }),
    repeats: fc.integer({ min: 1, max: 3 }),
    holdout: fc.constantFrom(0, 0.1, 0.2, 0.5),
    splitKind: fc.constantFrom("kfold" as const, "expanding" as const),
  },
  { requiredKeys: [] },
);

function optionsFor({ seed, rows, classes, given, tested, metric }: Small, test: Row[]): TrainOptions {
  const rng = seeded("ways").split(seed);
  return {
    target: "y",
    types: new Map([["g", "category"]]),
    workers: 1,
    repeats: 2,
    trials: 4,
    models: classes === 0 ? ["one-rule", "linear"] : ["one-rule", "naive-bayes", "tree"],
    metric: (classes === 0 ? ["rmse", "mae", "r2"] : ["log_loss", "roc_auc", "balanced_accuracy"])[metric],
    ...(given && { splits: Array.from({ length: rows }, () => ({ fold: 2 * rng.below(3) })) }),
    ...(tested && { test }),
  };
}

/** The benchmark, or the sentence that refused it before anything was fitted. */
async function tried(shape: Small, options: TrainOptions): Promise<Benchmark | string> {
  let fitted = false;
  const test = tableOf({ ...shape, seed: shape.seed + 1, rows: 20 });
  try {
    return await trainBenchmark(
      tableOf(shape),
      { ...optionsFor(shape, test), ...options },
      { onProgress: ({ phase }) => (fitted ||= phase === "training") },
    );
  } catch (error) {
    if (!isStated(error)) throw error;
    expect(fitted, error.message).toBe(false);
    return error.message;
  }
}

/** Every sentence of a benchmark about its splits, held against its splits. */
function expectTrue(benchmark: Benchmark): void {
  const { artifact } = benchmark;
  const { splits, loaded } = runOf(benchmark);
  const { data } = loaded;
  const { reason, folds, repeats, rows } = artifact.splits;
  const warned = (code: string): number => artifact.warnings.find((one) => one.code === code)?.count ?? 0;
  const own = artifact.dataset.rows;
  const used = Array.from(data.target.task === "regression" ? data.target.values : data.target.codes).filter(
    (value, row) => row < own && value === value && (data.target.task === "regression" || value >= 0),
  ).length;
  expect(rows.train + rows.holdout).toBe(used);
  expect(splits.fold).toHaveLength(repeats);
  for (const fold of splits.fold) {
    expect(new Set(fold.filter((one) => one >= 0)).size).toBe(folds);
    fold.forEach((one, row) => expect(one >= 0).toBe(splits.part[row] === "train"));
  }
  const share = /([\d.]+) % held out/.exec(reason)?.[1];
  expect(Number(share ?? 0)).toBeCloseTo((100 * rows.holdout) / used, -0.01);
  if (reason.includes("no holdout")) expect(rows.holdout + rows.test).toBe(0);
  const acrossFolds = crossing(splits.part, splits.fold, data.groups);
  if (reason.startsWith("by whole groups"))
    expect(acrossFolds).toEqual({ folds: 0, held: rows.test > 0 ? acrossFolds.held : 0 });
  expect(warned("groups-across-folds")).toBe(acrossFolds.folds);
  expect(warned("groups-across-holdout")).toBe(acrossFolds.held);
  if (reason.startsWith("in order of time"))
    expect(warned("time-across-folds") + (rows.test > 0 ? 0 : warned("time-across-holdout"))).toBe(0);
  if (splits.kind === "given") return;
  const scored = splits.scheme === "expanding" ? folds - 1 : folds;
  expect(warned("fewer-folds")).toBe(scored < Number(artifact.options.folds ?? 5) ? scored : 0);
  const partitions = splits.fold.map((fold) => {
    const labels = [...new Set(fold)];
    return fold.map((one) => labels.indexOf(one)).join();
  });
  expect(new Set(partitions).size).toBe(repeats);
}

/** Groups in several folds of a repeat, and groups on both sides of the holdout. */
function crossing(part: readonly string[], fold: readonly Int32Array[], groups: Int32Array | undefined) {
  if (groups === undefined) return { folds: 0, held: 0 };
  const members = new Map<number, number[]>();
  groups.forEach((group, row) => group >= 0 && members.set(group, [...(members.get(group) ?? []), row]));
  const lists = [...members.values()];
  const places = (rows: number[], of: (row: number) => unknown): number => new Set(rows.map(of)).size;
  const trained = (rows: number[]): number[] => rows.filter((row) => part[row] === "train");
  return {
    folds: lists.filter((rows) => fold.some((one) => places(trained(rows), (row) => one[row]) > 1)).length,
    held: lists.filter(
      (rows) =>
        places(
          rows.filter((row) => part[row] !== "unused"),
          (row) => part[row],
        ) > 1,
    ).length,
  };
}

describe("a small design", () => {
  it(
    "ends with a score whose splits are as they are said to be, or with a sentence before anything is fitted",
    () =>
      fc.assert(
        fc.asyncProperty(small, ways, async (shape, options) => {
          const found = await tried(shape, options);
          if (typeof found === "string") return;
          expectTrue(found);
          const artifact = checkArtifact(JSON.parse(JSON.stringify(found.artifact)));
          for (const { rung, reason } of artifact.ladder) expect(`${rung}: ${reason}`).not.toMatch(/: \w*Error:/);
        }),
        { numRuns: 80 },
      ),
    120_000,
  );
});

const rows = (count: number, row: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => row(i));
const at = (i: number): string => `2024-01-${String(1 + (i % 28)).padStart(2, "0")}`;
const plain = { target: "y", workers: 1, models: ["one-rule"], repeats: 1 } as const;
const codesOf = ({ artifact }: Benchmark): string[] => artifact.warnings.map(({ code }) => code);
const messageOf = ({ artifact }: Benchmark, code: string): string | undefined =>
  artifact.warnings.find((one) => one.code === code)?.message;

describe("what is said of a design is what was made", () => {
  it("one group, two times, weights on one row: one sentence that names the column", async () => {
    const table = rows(40, (i) => ({ x: i, g: "all", t: i < 20 ? 1 : 2, w: i === 3 ? 1 : 0, y: i % 2 ? "a" : "b" }));
    await expect(trainBenchmark(table, { ...plain, group: "g" })).rejects.toThrow(
      /2 different groups.*got 1 in column "g"/,
    );
    await expect(trainBenchmark(table, { ...plain, time: "t" })).rejects.toThrow(
      /3 different times.*got 2 in column "t"/,
    );
    await expect(trainBenchmark(table, { ...plain, weight: "w" })).rejects.toThrow(/^weight column "w": 1 of 5 folds/);
  });
  it("two groups of one class each: two folds, and what they lack", async () => {
    const found = await trainBenchmark(
      rows(40, (i) => ({ x: i % 7, g: i < 20 ? "a" : "b", y: i < 20 ? "no" : "yes" })),
      { ...plain, group: "g" },
    );
    expect(found.artifact.splits).toMatchObject({ folds: 2, repeats: 1 });
    expect(codesOf(found)).toEqual(
      expect.arrayContaining(["fewer-folds", "classes-missing-in-folds", "too-few-to-judge"]),
    );
    expect(messageOf(found, "fewer-folds")).toBe(
      "2 folds are scored instead of 5: there are not enough groups for more",
    );
  });
  it("classes that folds lack are counted, not listed whole, and one is one", async () => {
    const { artifact } = await trainBenchmark(
      rows(200, (i) => ({ x: i % 13, y: i < 30 ? `rare ${i}` : i % 2 ? "a" : "b" })),
      { ...plain, models: ["constant"] },
    );
    const { message = "" } = artifact.warnings.find(({ code }) => code === "classes-missing-in-folds") ?? {};
    expect(message).toMatch(/ folds lack rows of some class \("[^"]+", "[^"]+", "[^"]+" and 27 more\)/);
    expect(message).not.toMatch(/\b1 are\b/);
    expect(message.length).toBeLessThan(300);
  });
  it("a group larger than a fold: half of the groups stay in training, and the folds are called uneven", async () => {
    const found = await trainBenchmark(
      rows(600, (i) => ({ x: i % 11, g: i < 500 ? "big" : `g${i}`, y: i % 2 ? "a" : "b" })),
      { ...plain, group: "g" },
    );
    expect(found.artifact.splits.rows).toMatchObject({ train: 550, holdout: 50 });
    expect(found.artifact.splits.reason).toMatch(/8\.33 % held out$/);
    expect(codesOf(found)).toContain("uneven-folds");
  });
  it("enough groups are held out for a verdict where there are enough, else it is said", async () => {
    const table = (groups: number) => rows(840, (i) => ({ x: i % 11, g: `g${i % groups}`, y: i % 2 ? "a" : "b" }));
    const many = await trainBenchmark(table(42), { ...plain, group: "g" });
    const heldGroups = new Set(runOf(many).splits.part.flatMap((part, row) => (part === "holdout" ? [row % 42] : [])));
    expect(heldGroups.size).toBe(10);
    expect(codesOf(many)).not.toContain("too-few-to-judge");
    const few = await trainBenchmark(table(20), { ...plain, group: "g" });
    expect(messageOf(few, "too-few-to-judge")).toBe(
      "no challenger can be judged on the held-out rows: 4 groups, at least 10 are needed; hold out more (--holdout), or have challengers answer the out-of-fold rows",
    );
  });
  it("groups on both sides of given folds, of a test table and of an order of time are counted", async () => {
    const table = rows(60, (i) => ({ x: i % 7, g: `g${i % 6}`, d: at(i), y: i % 2 ? "a" : "b" }));
    const given = await trainBenchmark(table, {
      ...plain,
      group: "g",
      splits: rows(60, (i) => ({ fold: i < 30 ? 0 : 3 })),
    });
    expect(given.artifact.splits.folds).toBe(2);
    expect(messageOf(given, "groups-across-folds")).toMatch(/^6 groups with rows in several folds/);
    const tested = await trainBenchmark(table, { ...plain, group: "g", test: table.slice(0, 3) });
    expect(messageOf(tested, "groups-across-holdout")).toMatch(/^3 groups .* \(3 of 3 held-out rows\)/);
    const timed = await trainBenchmark(table, { ...plain, group: "g", time: "d", holdout: 0.2 });
    expect(codesOf(timed)).toEqual(expect.arrayContaining(["groups-across-folds", "groups-across-holdout"]));
  });
  it("rows without a group are counted", async () => {
    const table = rows(60, (i) => ({ x: i % 7, g: i % 5 ? `g${i % 12}` : null, y: i % 2 ? "a" : "b" }));
    expect(messageOf(await trainBenchmark(table, { ...plain, group: "g" }), "groups-missing")).toBe(
      "12 rows without a group in g: each is dealt as a group of its own",
    );
  });
  it("a test table that is earlier, held-out rows that are not the latest, and folds against the time are told", async () => {
    const table = (year: number) =>
      rows(56, (i) => ({ x: i % 7, d: at(i).replace("2024", String(year)), y: i % 2 ? "a" : "b" }));
    const options = { ...plain, time: "d" };
    const earlier = await trainBenchmark(table(2024), { ...options, test: table(2022) });
    expect(messageOf(earlier, "time-across-holdout")).toMatch(/^all 56 test rows are earlier than every training row/);
    expect(codesOf(await trainBenchmark(table(2022), { ...options, test: table(2024) }))).not.toContain(
      "time-across-holdout",
    );
    const parts = rows(56, (i) => ({ fold: i % 3, part: i % 28 === 0 ? "holdout" : "train" }));
    const given = await trainBenchmark(table(2024), { ...options, splits: parts });
    expect(messageOf(given, "time-across-holdout")).toMatch(/^2 of 2 held-out rows|^all 2 held-out rows/);
    expect(codesOf(await trainBenchmark(table(2024), { ...options, splitKind: "kfold" }))).toContain(
      "time-across-folds",
    );
  });
  it("a holdout beside a test table is refused", () =>
    expect(
      trainBenchmark(
        rows(60, (i) => ({ x: i, y: i % 2 })),
        { ...plain, holdout: 0.2, test: [{ x: 1, y: 1 }] },
      ),
    ).rejects.toThrow(/takes the place of the holdout/));
  it("one row that carries the score is told, ordinary losses are not", async () => {
    const rng = seeded("tail");
    const table = (far: number) => rows(400, (i) => ({ x: rng.normal(), y: rng.normal() + (i === 77 ? far : 0) }));
    const options = { ...plain, task: "regression" } as const;
    const heavy = await trainBenchmark(table(60), options);
    expect(messageOf(heavy, "heavy-tail")).toMatch(
      /^one of 400 out-of-fold rows carries [\d.]+ % of the loss behind the champion's rmse \(row 77\)/,
    );
    expect(codesOf(await trainBenchmark(table(0), options))).not.toContain("heavy-tail");
  });
});
