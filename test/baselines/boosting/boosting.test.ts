import { describe, expect, it } from "vitest";
import { boosting, type BoostingParams } from "../../../src/baselines/boosting/boosting.ts";
import { FitError } from "../../../src/baselines/contract.ts";
import type { Model } from "../../../src/models/contract.ts";
import type { TreeJSON } from "../../../src/models/tree/flat-tree.ts";
import { allRows, shapeOf, type Dataset } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { plantedTable } from "../../../src/testing/tables.ts";
import { amounts, categoryColumn, classes, numberColumn, tableOf } from "../tree/fit.ts";

const ONE: BoostingParams = { rounds: 1, learningRate: 0.5, maxLeaves: 2, minLeaf: 0, l2: 0, columnSample: 1 };

function fit(data: Dataset, params: Partial<BoostingParams> = {}, seed = "boosting"): Model {
  return boosting.fit({ data, rows: allRows(data.rows) }, { ...ONE, ...params }, seeded(seed));
}

function treesOf(model: Model): readonly TreeJSON[] {
  return model.toJSON().trees as readonly TreeJSON[];
}

function closeTo(got: Float64Array, wanted: readonly number[], digits = 12): void {
  expect(got.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(got[i]).toBeCloseTo(value, digits);
}

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

describe("the first tree, by hand", () => {
  const x = [1, 1, 1, 2, 2, 2, 2, 2];
  const columns = [numberColumn("x", x)];

  it("squared: the mean, then half of each side's mean residual, less with l2", () => {
    const y = [0, 1, 2, 5, 6, 7, 8, 11];
    const data = tableOf(columns, amounts(y));
    closeTo(
      fit(data).predict(data).values,
      x.map((side) => 5 + 0.5 * (side === 1 ? -4 : 2.4)),
    );
    const shrunk = fit(data, { l2: 2 }).predict(data).values;
    closeTo(
      shrunk,
      x.map((side) => 5 + 0.5 * (side === 1 ? -12 / 5 : 12 / 7)),
    );
  });
  it("absolute: the median, then half of each side's median residual", () => {
    const y = [0, 1, 2, 5, 6, 7, 8, 40];
    const data = tableOf(columns, amounts(y));
    closeTo(
      fit(data, { loss: "absolute" }).predict(data).values,
      x.map((side) => 5.5 + 0.5 * (side === 1 ? -4.5 : 1.5)),
    );
  });
  it("logistic: log odds, then residuals over curvatures", () => {
    const codes = [0, 0, 1, 1, 1, 1, 0, 1];
    const data = tableOf(columns, classes(codes, 2));
    const p = 5 / 8;
    const start = Math.log(p / (1 - p));
    const score = (side: number): number =>
      start + 0.5 * (side === 1 ? (1 - 3 * p) / (3 * p * (1 - p)) : (4 - 5 * p) / (5 * p * (1 - p)));
    closeTo(
      fit(data).predict(data).values,
      x.flatMap((side) => [1 - sigmoid(score(side)), sigmoid(score(side))]),
    );
  });
  it("softmax: the same for each class, and a tree for each of them", () => {
    const codes = [0, 0, 1, 1, 2, 2, 2, 2];
    const data = tableOf(columns, classes(codes, 3));
    const model = fit(data);
    expect(treesOf(model).length).toBe(3);
    const scores = (side: number): number[] =>
      [0, 1, 2].map((k) => {
        const p = codes.filter((code) => code === k).length / 8;
        const own = codes.filter((_, i) => x[i] === side);
        const residual = own.filter((code) => code === k).length - own.length * p;
        return Math.exp(Math.log(p) + (0.5 * residual) / (own.length * p * (1 - p)));
      });
    const wanted = x.flatMap((side) => scores(side).map((e) => e / scores(side).reduce((a, b) => a + b, 0)));
    closeTo(model.predict(data).values, wanted);
  });
  it("poisson: the log mean, then residuals over means", () => {
    const y = [0, 1, 2, 5, 6, 7, 8, 11];
    const data = tableOf(columns, amounts(y));
    const { values } = fit(data, { loss: "poisson" }).predict(data);
    closeTo(
      values,
      x.map((side) => 5 * Math.exp(0.5 * (side === 1 ? -12 / 15 : 12 / 25))),
    );
  });
  it("weights count as repetitions, fractions too", () => {
    const y = [0, 1, 2, 5, 6, 7, 8, 11];
    const halves = tableOf(columns, amounts(y), Array<number>(8).fill(0.5));
    const plain = tableOf(columns, amounts(y));
    closeTo(fit(halves, { rounds: 3 }).predict(plain).values, [...fit(plain, { rounds: 3 }).predict(plain).values]);
    const uneven = tableOf(columns, amounts(y), [1, 1, 1, 1, 1, 1, 1, 3.5]);
    const mean = (29 + 3.5 * 11) / 10.5;
    const right = (26 + 3.5 * 11) / 7.5;
    closeTo(
      fit(uneven).predict(plain).values,
      x.map((side) => (mean + (side === 1 ? 1 : right)) / 2),
    );
  });
});

describe("rounds", () => {
  const data = plantedTable({ task: "regression", rows: 500, missing: 0.05 });
  const setting = { learningRate: 0.1, maxLeaves: 8, minLeaf: 5 };

  it("are the same however many follow, and each step is the fit of as many rounds", () => {
    for (const task of ["regression", "binary", "multiclass"] as const) {
      const table = plantedTable({ task, rows: 200, missing: 0.05 });
      const params = { ...ONE, ...setting, rounds: 6, subsample: 0.7, columnSample: 0.6 };
      const watch = allRows(200).subarray(150);
      for (const step of boosting.fitSteps?.({ data: table, rows: allRows(200) }, params, seeded("boosting"), watch) ??
        []) {
        const whole = fit(table, { ...params, rounds: step.step });
        expect(step.model().toJSON()).toEqual(whole.toJSON());
        expect([...step.watched.values]).toEqual([...whole.predict(table, watch).values]);
      }
    }
  });
  it("lower the training loss", () => {
    const y = data.target.task === "regression" ? data.target.values : new Float64Array();
    const losses = [1, 5, 20, 80].map((rounds) =>
      fit(data, { ...setting, rounds })
        .predict(data)
        .values.reduce((sum, guess, i) => sum + (guess - y[i]) ** 2, 0),
    );
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(0.8 * losses[i - 1]);
  });
  it("all points of a path come from one run and equal single fits", () => {
    const parts = [allRows(500).subarray(0, 200), allRows(500).subarray(200)];
    const points = [20, 3, 10].map((rounds) => ({ ...ONE, ...setting, rounds }));
    const models = boosting.prepare?.(data, parts).fit([0, 1], points, seeded("boosting")) ?? [];
    expect(models.map((model) => model.toJSON())).toEqual(points.map((point) => fit(data, point).toJSON()));
  });
});

describe("early stopping", () => {
  const rng = seeded("patience");
  const rows = 300;
  const x = Array.from({ length: rows }, () => rng.normal());
  const noise = Array.from({ length: rows }, () => rng.normal());
  const setting = { learningRate: 0.3, maxLeaves: 8, minLeaf: 5, rounds: 60 };

  it("stops where noise is all that is left, and is then the fit of that many rounds", () => {
    const data = tableOf([numberColumn("x", x)], amounts(noise));
    const { notes, ...model } = fit(data, { ...setting, patience: 5 });
    expect(notes.stopped).toBe("validation");
    expect(notes.rounds).toBeLessThan(20);
    const plain = fit(data, { ...setting, rounds: Number(notes.rounds) });
    expect(model.predict(data)).toEqual(plain.predict(data));
  });
  it("goes on to the last round while every one helps", () => {
    const data = tableOf([numberColumn("x", x)], amounts(x.map((value) => 3 * value)));
    const { notes } = fit(data, { ...setting, learningRate: 0.02, patience: 5 });
    expect(notes).toEqual({ rounds: 60, stopped: "rounds" });
  });
  it("works for every loss, and with too few rows to divide", () => {
    for (const loss of ["absolute", "poisson"] as const)
      expect(
        fit(tableOf([numberColumn("x", x)], amounts(noise.map(Math.abs))), { ...setting, loss, patience: 3 }).notes
          .stopped,
      ).toBe("validation");
    for (const count of [2, 3])
      expect(
        fit(
          tableOf(
            [numberColumn("x", x)],
            classes(
              noise.map((v) => Math.floor(Math.abs(7 * v)) % count),
              count,
            ),
          ),
          { ...setting, patience: 3 },
        ).notes.stopped,
      ).toBe("validation");
    const tiny = tableOf([numberColumn("x", [1, 2])], amounts([1, 2]));
    expect(fit(tiny, { rounds: 4, patience: 1 }).notes).toEqual({ rounds: 4, stopped: "rounds" });
  });
});

describe("samples", () => {
  const data = plantedTable({ task: "binary", rows: 400 });
  const setting = { rounds: 8, maxLeaves: 6, minLeaf: 2 };

  it("follow from the seed alone; without samples the seed does not matter", () => {
    const sampled = { ...setting, subsample: 0.5, columnSample: 0.5 };
    expect(fit(data, sampled).toJSON()).toEqual(fit(data, sampled).toJSON());
    expect(fit(data, sampled, "other").toJSON()).not.toEqual(fit(data, sampled).toJSON());
    expect(fit(data, setting, "other").toJSON()).toEqual(fit(data, setting).toJSON());
  });
  it("are of the size asked for", () => {
    for (const { weight } of treesOf(fit(data, { ...setting, subsample: 0.3 }))) expect(weight[0]).toBe(120);
    const used = treesOf(fit(data, { ...setting, rounds: 20, columnSample: 0.2 })).map(
      ({ feature }) => new Set(feature.filter((column) => column >= 0)),
    );
    expect(used.every((columns) => columns.size <= 1)).toBe(true);
    expect(new Set(used.flatMap((columns) => [...columns])).size).toBeGreaterThan(2);
  });
  it("keep the scores of rows left out of a tree up to date", () => {
    // Were they not, later trees would be grown on stale residuals and the loss would not fall so far.
    const y = Array.from({ length: 200 }, (_, i) => i % 10);
    const steps = tableOf([numberColumn("x", y)], amounts(y));
    const { values } = fit(steps, {
      rounds: 150,
      learningRate: 0.3,
      maxLeaves: 10,
      minLeaf: 1,
      subsample: 0.5,
    }).predict(steps);
    for (const [i, value] of y.entries()) expect(Math.abs(values[i] - value)).toBeLessThan(1e-6);
  });
});

describe("limits and bad input", () => {
  const data = plantedTable({ task: "regression", rows: 400, missing: 0.05 });

  it("no tree has more leaves or levels than asked, no leaf less than the least", () => {
    for (const { feature, weight } of treesOf(fit(data, { rounds: 5, maxLeaves: 7, minLeaf: 12 }))) {
      expect(feature.filter((column) => column < 0).length).toBeLessThanOrEqual(7);
      expect(Math.min(...weight)).toBeGreaterThanOrEqual(12);
    }
    for (const { feature } of treesOf(fit(data, { rounds: 5, maxLeaves: 64, maxDepth: 2, minLeaf: 1 })))
      expect(feature.length).toBeLessThanOrEqual(7);
  });
  it("predictions follow the direction asked for", () => {
    const grid = Array.from({ length: 61 }, (_, i) => -3 + i / 10);
    for (const loss of ["squared", "absolute"] as const)
      for (const sign of [1, -1]) {
        const model = fit(data, {
          rounds: 40,
          maxLeaves: 15,
          minLeaf: 5,
          loss,
          monotone: JSON.stringify({ x1: sign }),
        });
        for (const [x0, signal] of [
          [-1, 0],
          [0.4, 2],
        ]) {
          const asked: Dataset = {
            ...data,
            rows: grid.length,
            columns: data.columns.map((column) =>
              column.kind === "number"
                ? { ...column, values: Float64Array.from(grid, (v) => (column.name === "x1" ? v : x0)) }
                : column.kind === "category"
                  ? { ...column, codes: new Int32Array(grid.length).fill(column.name === "signal" ? signal : 0) }
                  : column,
            ),
          };
          const { values } = model.predict(asked);
          for (let i = 1; i < grid.length; i++)
            expect(sign * (values[i] - values[i - 1])).toBeGreaterThanOrEqual(-1e-12);
        }
      }
  });
  it("separable classes stay finite", () => {
    const x = Array.from({ length: 60 }, (_, i) => i);
    for (const count of [2, 3]) {
      const codes = x.map((value) => Math.floor((value * count) / 60));
      const table = tableOf([numberColumn("x", x)], classes(codes, count));
      const { values } = fit(table, { rounds: 400, learningRate: 1, maxLeaves: 8 }).predict(table);
      expect(values.every((p) => p >= 0 && p <= 1)).toBe(true);
      for (const [i, code] of codes.entries()) expect(values[i * count + code]).toBeGreaterThan(0.999);
    }
  });
  it("targets of 1e308 are fitted", () => {
    const table = tableOf([numberColumn("x", [1, 2, 3, 4])], amounts([-1e308, -1e308, 1e308, 1e308]));
    for (const loss of ["squared", "absolute"] as const) {
      const { values } = fit(table, { loss, learningRate: 1 }).predict(table);
      for (const [i, sign] of [-1, -1, 1, 1].entries()) expect(values[i] / 1e308).toBeCloseTo(sign, 9);
    }
  });
  it("levels with few rows go with the missing ones", () => {
    const rng = seeded("levels");
    const level = Array.from({ length: 300 }, (_, i) => (i < 5 ? 3 : rng.below(3)));
    const y = level.map((code) => [0, 4, 8, 90][code] + 0.01 * rng.normal());
    const { levels } = treesOf(fit(tableOf([categoryColumn("level", level, 4)], amounts(y))))[0];
    expect(levels).not.toContain(3);
  });
  it("losses that do not suit the task or the target, and parameters below 0, are named", () => {
    expect(() => fit(data, { loss: "logistic" })).toThrow(FitError);
    expect(() => fit(data, { loss: "poisson" })).toThrow(/poisson loss needs targets from 0/);
    expect(() => fit(plantedTable({ task: "binary" }), { loss: "squared" })).toThrow(FitError);
    expect(() => fit(data, { learningRate: -1 })).toThrow(RangeError);
    expect(() => fit(data, { monotone: '{"signal":1}' })).toThrow(FitError);
  });
  it("poisson: all zeros are answered by almost nothing", () => {
    const zeros = tableOf([numberColumn("x", [1, 2, 3, 4])], amounts([0, 0, 0, 0]));
    const { values } = fit(zeros, { loss: "poisson" }).predict(zeros);
    expect(values.every((value) => value >= 0 && value < 1e-9)).toBe(true);
  });
  it("explains itself by shares of the gain and numbers of splits", () => {
    const model = fit(data, { rounds: 30, maxLeaves: 8, minLeaf: 5 });
    const { summary, lines, importance = [] } = model.explain(shapeOf(data));
    expect(summary).toMatch(/^30 rounds of boosting with a tree each and \d+ leaves in all\.$/);
    expect(importance[0].column).toBe("x0");
    expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const splits = treesOf(model).reduce((sum, { feature }) => sum + feature.filter((column) => column >= 0).length, 0);
    expect(lines.reduce((sum, line) => sum + Number(/(\d+) splits$/.exec(line)?.[1]), 0)).toBe(splits);
  });
});
