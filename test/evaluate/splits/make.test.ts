import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSplits } from "../../../src/evaluate/splits/make.ts";
import { foldPlan, rowsOf } from "../../../src/evaluate/splits/plan.ts";
import { plantedTable } from "../../../src/testing/tables.ts";

const counts = (values: ArrayLike<number>): number[] => {
  const out: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] >= 0) out[values[i]] = (out[values[i]] ?? 0) + 1;
  return out;
};

describe("defaults", () => {
  it("from 500 rows on: 20 % held out, 5 folds once", () => {
    const splits = makeSplits(plantedTable({ task: "binary", rows: 500 }), { seed: 1 });
    expect(splits).toMatchObject({ kind: "kfold", scheme: "exchange", folds: 5, repeats: 1 });
    expect(rowsOf(splits, "holdout").length).toBe(100);
    expect(counts(splits.fold[0])).toEqual([80, 80, 80, 80, 80]);
    expect(splits.reason).toMatch(/20 % held out/);
  });
  it("below 500 rows: no holdout, 5 folds, dealt afresh 2 to 10 times", () => {
    const splits = makeSplits(plantedTable({ task: "regression", rows: 499 }), { seed: 1 });
    expect(splits).toMatchObject({ folds: 5, repeats: 10, atLeast: 2 });
    expect(rowsOf(splits, "holdout").length).toBe(0);
    expect(new Set(splits.fold.map((fold) => fold.join())).size).toBe(10);
  });
  it("leaves rows without a target unused, and rows of a test file out of every fold", () => {
    const data = plantedTable({ task: "regression", rows: 600 });
    if (data.target.task === "regression") data.target.values.set([Number.NaN, Number.NaN], 5);
    const splits = makeSplits(data, { seed: 1, testFrom: 550 });
    expect([...rowsOf(splits, "unused")]).toEqual([5, 6]);
    expect(rowsOf(splits, "test").length).toBe(50);
    expect(rowsOf(splits, "holdout").length).toBe(0);
    expect(splits.fold[0].filter((f) => f >= 0).length).toBe(548);
  });
});

it("deals every training row once, folds differ by at most one row, classes by at most two", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 12, max: 300 }),
      fc.integer({ min: 2, max: 7 }),
      fc.integer(),
      (rows, folds, seed) => {
        const data = plantedTable({ task: "multiclass", rows, seed });
        const splits = makeSplits(data, { seed, folds, repeats: 2, holdout: 0.25 });
        const train = rowsOf(splits, "train");
        for (const fold of splits.fold) {
          expect(fold.every((f, row) => f >= 0 === (splits.part[row] === "train"))).toBe(true);
          const sizes = counts(fold);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          for (const k of [0, 1, 2]) {
            const ofClass = Array.from(
              { length: folds },
              (_, f) =>
                train.filter(
                  (row) => fold[row] === f && data.target.task !== "regression" && data.target.codes[row] === k,
                ).length,
            );
            expect(Math.max(...ofClass) - Math.min(...ofClass)).toBeLessThanOrEqual(2);
          }
        }
        expect(Math.abs(rowsOf(splits, "holdout").length - rows * 0.25)).toBeLessThanOrEqual(rows * 0.02 + 4);
      },
    ),
    { numRuns: 60 },
  ));

it("spreads a numeric target: fold means differ far less than by chance", () => {
  const data = plantedTable({ task: "regression", rows: 1000 });
  const splits = makeSplits(data, { seed: 3, holdout: 0 });
  const { values } = data.target as { values: Float64Array };
  const means = foldPlan(splits, 0).parts.map((rows) => rows.reduce((s, r) => s + values[r], 0) / rows.length);
  const spread = Math.sqrt(values.reduce((s, v) => s + v * v, 0) / 1000);
  expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.03 * spread);
});

it("never divides a group, in folds or holdout, and balances rows", () => {
  const data = plantedTable({ task: "binary", rows: 900, groups: true });
  const splits = makeSplits(data, { seed: 5 });
  expect(splits.kind).toBe("group");
  const where = new Map<number, string>();
  data.groups!.forEach((group, row) => {
    const place = `${splits.part[row]} ${splits.fold[0][row]}`;
    expect(where.get(group) ?? place).toBe(place);
    where.set(group, place);
  });
  const sizes = counts(splits.fold[0]);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(12);
  expect(Math.abs(rowsOf(splits, "holdout").length - 180)).toBeLessThanOrEqual(12);
});

it("keeps time: later folds are later, the holdout is latest, moments stay together, fold 0 is never scored", () => {
  const data = {
    ...plantedTable({ task: "binary", rows: 700 }),
    time: Float64Array.from({ length: 700 }, (_, i) => Math.floor((699 - i) / 3)),
  };
  const splits = makeSplits(data, { seed: 1 });
  expect(splits).toMatchObject({ kind: "expanding", scheme: "expanding", folds: 6, repeats: 1 });
  const late = (row: number): number => (splits.part[row] === "holdout" ? 6 : splits.fold[0][row]);
  for (let a = 0; a < 700; a++)
    for (const b of [a + 1, a + 40])
      if (b < 700 && data.time[a] > data.time[b]) expect(late(a)).toBeGreaterThanOrEqual(late(b));
  for (let a = 0; a + 1 < 700; a++) if (data.time[a] === data.time[a + 1]) expect(late(a)).toBe(late(a + 1));
  const plan = foldPlan(splits, 0);
  expect(plan.folds.map((f) => [f.test, f.train])).toEqual([
    [1, [0]],
    [2, [0, 1]],
    [3, [0, 1, 2]],
    [4, [0, 1, 2, 3]],
    [5, [0, 1, 2, 3, 4]],
  ]);
});

it("is a pure function of the seed; more repeats or another holdout option change no earlier fold", () => {
  const data = plantedTable({ task: "binary", rows: 300 });
  const a = makeSplits(data, { seed: 1, repeats: 2 });
  const b = makeSplits(data, { seed: "1", repeats: 4 });
  expect(b.fold.slice(0, 2)).toEqual(a.fold);
  expect(makeSplits(data, { seed: 2, repeats: 2 }).fold).not.toEqual(a.fold);
});

it("never takes a class's only row away from training", () => {
  const data = plantedTable({ task: "binary", rows: 600 });
  if (data.target.task !== "regression") data.target.codes.fill(0).set([1], 17);
  for (let seed = 0; seed < 20; seed++) expect(makeSplits(data, { seed }).part[17]).toBe("train");
});

describe("refuses", () => {
  const data = plantedTable({ task: "binary", rows: 20 });
  const cases: [string, Parameters<typeof makeSplits>[1], RegExp][] = [
    ["more folds than rows", { seed: 1, folds: 25 }, /25 folds need at least 25 rows.*got 20/],
    ["one fold", { seed: 1, folds: 1 }, /folds must be a whole number from 2, got 1/],
    ["half a repeat", { seed: 1, repeats: 0.5 }, /repeats must be a whole number/],
    ["a holdout of everything", { seed: 1, holdout: 1 }, /share from 0 up to 1, got 1/],
    ["an expanding window without a time", { seed: 1, kind: "expanding" }, /needs a time/],
  ];
  for (const [what, options, message] of cases)
    it(what, () => expect(() => makeSplits(data, options)).toThrow(message));
});
