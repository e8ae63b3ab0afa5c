import { describe, expect, it } from "vitest";
import type { Model } from "../../../src/models/contract.ts";
import { drawBootstrap } from "../../../src/baselines/forest/bootstrap.ts";
import { forest, type ForestParams } from "../../../src/baselines/forest/forest.ts";
import { allRows, shapeOf, type Dataset, type Task } from "../../../src/frame/dataset.ts";
import { accuracy } from "../../../src/metrics/accuracy.ts";
import { logLoss } from "../../../src/metrics/log-loss.ts";
import { rmse } from "../../../src/metrics/errors.ts";
import { targetAt } from "../../../src/frame/take.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { plantedTable } from "../../../src/testing/tables.ts";
import { reference, referenceTable, testRows, trainingRows } from "../tree/tables.ts";

const TASKS: readonly Task[] = ["binary", "multiclass", "regression"];
const SMALL: ForestParams = { trees: 30, columns: 2, minLeaf: 3, smoothing: 1 };

const fit = (data: Dataset, params: Partial<ForestParams> = {}, seed: string | number = "forest"): Model =>
  forest.fit({ data, rows: allRows(data.rows) }, { ...SMALL, ...params }, seeded(seed));

/** A forest of the k-th tree alone. */
function alone(model: Model, data: Dataset, k: number): Model {
  const json = model.toJSON();
  return forest.fromJSON({ ...json, trees: [(json.trees as unknown[])[k]] }, shapeOf(data));
}

/** How often each row was drawn for the k-th tree (from 0). */
function drawn(data: Dataset, k: number, seed: string | number = "forest"): Float64Array {
  const counts = new Float64Array(data.rows);
  drawBootstrap(
    seeded(seed)
      .split(`tree ${k + 1}`)
      .split("rows"),
    counts,
  );
  return counts;
}

describe("a bootstrap sample", () => {
  it("has as many rows as there are, and misses a share 1/e of them", () => {
    const counts = new Float64Array(20_000);
    drawBootstrap(seeded("bootstrap"), counts);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(20_000);
    const missed = counts.filter((c) => c === 0).length / 20_000;
    expect(Math.abs(missed - Math.exp(-1))).toBeLessThan(4 * 0.0022); // standard errors
  });

  it.each([40_000, 70_000])("draws each of %d rows equally often", (rows) => {
    const samples = 40;
    const sums = new Float64Array(rows);
    const counts = new Float64Array(rows);
    for (let k = 0; k < samples; k++) {
      drawBootstrap(seeded(k), counts);
      counts.forEach((count, row) => (sums[row] += count));
    }
    const chiSquare = sums.reduce((sum, drawn) => sum + (drawn - samples) ** 2 / samples, 0);
    expect(Math.abs(chiSquare - rows)).toBeLessThan(4 * Math.sqrt(2 * rows));
  });
});

for (const task of TASKS)
  describe(`out-of-bag scores, ${task}`, () => {
    it("are those counted by hand over the trees that have not seen a row", () => {
      const data = plantedTable({ task, rows: 120, missing: 0.05, weights: true });
      const weights = data.weights as Float64Array;
      const model = fit(data);
      const width = task === "regression" ? 1 : task === "binary" ? 2 : 3;
      const sums = new Float64Array(data.rows * width);
      const voters = new Int32Array(data.rows);
      for (let k = 0; k < SMALL.trees; k++) {
        const { values } = alone(model, data, k).predict(data);
        drawn(data, k).forEach((times, row) => {
          if (times > 0) return;
          voters[row]++;
          for (let j = 0; j < width; j++) sums[row * width + j] += values[row * width + j];
        });
      }
      const rows = allRows(data.rows).filter((row) => voters[row] > 0);
      const values = Float64Array.from(
        [...rows].flatMap((row) => Array.from({ length: width }, (_, j) => sums[row * width + j] / voters[row])),
      );
      const truth = targetAt(data.target, rows);
      const w = Float64Array.from(rows, (row) => weights[row]);
      expect(model.notes.oob_rows).toBe(rows.length);
      if (task === "regression") {
        const scored = { truth, prediction: { kind: "value" as const, values } };
        expect(model.notes.oob_rmse).toBeCloseTo(rmse.score(scored, w), 10);
        return;
      }
      const scored = { truth, prediction: { kind: "probability" as const, values, classes: width } };
      expect(model.notes.oob_accuracy).toBeCloseTo(accuracy.score(scored, w), 10);
      expect(model.notes.oob_log_loss).toBeCloseTo(logLoss.score(scored, w), 10);
    });
  });

it("a forest's answer is the mean of its trees'", () => {
  const data = plantedTable({ task: "multiclass", rows: 150, missing: 0.1 });
  const model = fit(data, { trees: 5 });
  const each = Array.from({ length: 5 }, (_, k) => alone(model, data, k).predict(data).values);
  model.predict(data).values.forEach((value, i) => {
    expect(value).toBeCloseTo(each.reduce((sum, values) => sum + values[i], 0) / 5, 12);
  });
});

it("the first trees of a forest are the smaller forest, fitted alone or along the path", () => {
  const data = plantedTable({ task: "binary", rows: 150 });
  const rows = allRows(data.rows);
  const points = [10, 25, 5, 10].map((trees) => ({ ...SMALL, trees }));
  const along = forest.prepare!(data, [rows]).fit([0], points, seeded("forest"));
  along.forEach((model, i) =>
    expect(JSON.stringify(model.toJSON())).toBe(JSON.stringify(fit(data, points[i]).toJSON())),
  );
  expect((along[0].toJSON().trees as unknown[]).slice(0, 5)).toEqual(along[2].toJSON().trees);
});

it("a tree that sees every column and one row too many times is a leaf", () => {
  const data = plantedTable({ task: "regression", rows: 60 });
  expect(fit(data, { trees: 3, minLeaf: 1000 }).complexity).toEqual({ count: 3, unit: "leaves" });
  expect(fit(data, { trees: 3, maxDepth: 1 }).complexity.count).toBeLessThanOrEqual(6);
});

it("rows of weight 0 are in no sample", () => {
  const data = plantedTable({ task: "binary", rows: 90 });
  const weights = Float64Array.from({ length: 90 }, (_, i) => (i < 60 ? 1 : 0));
  const { target } = data;
  if (target.task === "regression") throw new Error("a binary table");
  const others = { ...data, weights, target: { ...target, codes: target.codes.map((c, i) => (i < 60 ? c : 1 - c)) } };
  expect(fit(others).toJSON()).toEqual(fit({ ...data, weights }).toJSON());
});

it("a forest is better than each of its trees", () => {
  const data = plantedTable({ task: "regression", rows: 400 });
  const rows = allRows(300);
  const held = allRows(400).subarray(300);
  const model = forest.fit({ data, rows }, { ...SMALL, trees: 60 }, seeded("better"));
  const truth = targetAt(data.target, held);
  const error = (one: Model): number => rmse.score({ truth, prediction: one.predict(data, held) });
  const trees = Array.from({ length: 60 }, (_, k) => error(alone(model, data, k)));
  expect(error(model)).toBeLessThan(Math.min(...trees));
});

it("parameters out of range are refused", () => {
  const data = plantedTable({ task: "binary", rows: 40 });
  expect(() => fit(data, { trees: 0 })).toThrow("forest: trees must be a whole number of at least 1, got 0");
  expect(() => fit(data, { minLeaf: -1 })).toThrow("forest: minLeaf must be at least 0, got -1");
  expect(() => fit(data, { smoothing: Number.NaN })).toThrow(RangeError);
});

it("the default tries the square root of the columns for classes, all of them for numbers", () => {
  const columns = Array.from({ length: 12 }, (_, i) => ({
    kind: "number" as const,
    name: `x${i}`,
    values: new Float64Array(20),
  }));
  const shape = (task: Task) => shapeOf({ ...plantedTable({ task, rows: 20 }), columns });
  expect(forest.space(shape("binary"), 20).columns.default).toBe(3);
  expect(forest.space(shape("regression"), 20).columns.default).toBe(12);
});

for (const { task, scores } of reference.forests)
  it(`is as good as scikit-learn's forest, ${task}, on average over seeds: twenty of ours, five of the peer's`, () => {
    const data = referenceTable(task);
    const truth = targetAt(data.target, testRows);
    const own = Array.from({ length: 20 }, (_, seed) => {
      const params = { trees: 100, columns: 2, minLeaf: task === "regression" ? 3 : 1, smoothing: 0.3 };
      const model = forest.fit({ data, rows: trainingRows }, params, seeded(seed));
      const scored = { truth, prediction: model.predict(data, testRows) };
      return task === "regression"
        ? { rmse: rmse.score(scored) }
        : { accuracy: accuracy.score(scored), log_loss: logLoss.score(scored), oob_accuracy: model.notes.oob_accuracy };
    });
    const mean = (list: readonly object[], name: string): number =>
      (list as readonly Record<string, number>[]).reduce((sum, one) => sum + one[name], 0) / list.length;
    if (task === "regression") expect(mean(own, "rmse") / mean(scores, "rmse")).toBeLessThan(1.015);
    else {
      expect(mean(own, "accuracy")).toBeGreaterThan(mean(scores, "accuracy") - 0.01);
      expect(mean(own, "oob_accuracy")).toBeGreaterThan(mean(scores, "oob_accuracy") - 0.015); // of 300 rows
      expect(mean(own, "log_loss")).toBeLessThan(mean(scores, "log_loss") + 0.005);
    }
  });
