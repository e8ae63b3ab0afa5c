/** What every estimator promises. Each check is a claim with the name of the test; the tests loop over the registry. */
import { expect } from "vitest";
import type { Estimator } from "../../src/baselines/contract.ts";
import type { Prediction } from "../../src/frame/prediction.ts";
import type { Model } from "../../src/models/contract.ts";
import { FitError } from "../../src/baselines/contract.ts";
import { defaultPoint, type Point } from "../../src/search/space.ts";
import { pathPoints } from "../../src/search/space/enumerate.ts";
import { allRows, shapeOf, type Column, type Dataset, type Rows, type Task } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { dealt, plantedTable, takeRows, textAt, textColumn, union, type TableOptions } from "../tables.ts";

export type Check = (estimator: Estimator, task: Task) => void;

function tableFor(estimator: Estimator, task: Task, options: Partial<TableOptions> = {}): Dataset {
  const needs = estimator.needs ?? [];
  return plantedTable({
    task,
    forecast: needs.includes("forecast"),
    text: needs.includes("text"),
    groups: needs.includes("groups"),
    time: needs.includes("time"),
    ...options,
  });
}

function defaults(estimator: Estimator, data: Dataset, rows = data.rows): Point {
  return defaultPoint(estimator.space(shapeOf(data), rows));
}

function fitOn(estimator: Estimator, data: Dataset, rows: Rows = allRows(data.rows)): Model {
  return estimator.fit({ data, rows }, defaults(estimator, data, rows.length), seeded("checks"));
}

const text = (model: Model): string => JSON.stringify(model.toJSON());

/** Equal to 1e-9 relative to the spread of the wanted values (sums may run in another order). */
export function expectClose(got: Prediction, wanted: Prediction, tolerance = 1e-9): void {
  expect(got.kind).toBe(wanted.kind);
  expect(got.values.length).toBe(wanted.values.length);
  const scale = wanted.values.reduce((top, v) => Math.max(top, Math.abs(v)), 1);
  let worst = 0;
  for (let i = 0; i < wanted.values.length; i++) worst = Math.max(worst, Math.abs(got.values[i] - wanted.values[i]));
  expect(worst / scale).toBeLessThanOrEqual(tolerance);
}

function expectUsable(prediction: Prediction, rows: number): void {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  expect(prediction.values.length).toBe(rows * width);
  expect(prediction.values.every(Number.isFinite)).toBe(true);
  if (prediction.kind === "value") return;
  for (let i = 0; i < rows; i++) {
    const row = prediction.values.subarray(i * width, (i + 1) * width);
    expect(row.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(Math.abs(row.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-9);
  }
}

/** A named error of the family, or a model whose answers are usable. */
function statedAnswer(estimator: Estimator, data: Dataset, rows: Rows): Model | FitError {
  try {
    const model = fitOn(estimator, data, rows);
    expectUsable(model.predict(data), data.rows);
    return model;
  } catch (error) {
    if (!(error instanceof FitError)) throw error;
    expect(error.message).toMatch(new RegExp(`^${estimator.name}: .{10,}`));
    return error;
  }
}

function meanLoss(data: Dataset, prediction: Prediction, rows: Rows): number {
  const { target } = data;
  let sum = 0;
  rows.forEach((row, i) => {
    if (target.task === "regression") sum += (target.values[row] - prediction.values[i]) ** 2;
    else if (prediction.kind === "probability")
      sum -= Math.log(Math.max(1e-6, prediction.values[i * prediction.classes + target.codes[row]]));
  });
  return sum / rows.length;
}

/** Every held-out cell (features, target, weight, group, time, forecast) replaced by something wild. */
function perturbed(data: Dataset, keep: Rows): Dataset {
  const kept = new Set(keep);
  const scramble = <T extends Float64Array | Int32Array>(values: T, wild: (i: number) => number): T => {
    const out = values.slice() as T;
    for (let i = 0; i < out.length; i++) if (!kept.has(i)) out[i] = wild(i);
    return out;
  };
  const column = (c: Column): Column =>
    c.kind === "number"
      ? { ...c, values: scramble(c.values, (i) => (i % 3 === 0 ? Number.NaN : (i % 2 ? 1e6 : -1e6) + i)) }
      : c.kind === "category"
        ? { ...c, codes: scramble(c.codes, (i) => (i % (c.levels.length + 1)) - 1) }
        : textColumn(
            c.name,
            Array.from(c.ends, (_, i) => (kept.has(i) ? textAt(c, i) : `wild good awful ${i}`)),
          );
  const { target } = data;
  return {
    ...data,
    columns: data.columns.map(column),
    target:
      target.task === "regression"
        ? { ...target, values: scramble(target.values, (i) => 1e4 * (i % 7)) }
        : { ...target, codes: scramble(target.codes, (i) => i % target.classes.length) },
    ...(data.weights && { weights: scramble(data.weights, (i) => 100 + i) }),
    ...(data.groups && { groups: scramble(data.groups, () => -1) }),
    ...(data.forecast && { forecast: column(data.forecast) as NonNullable<Dataset["forecast"]> }),
  };
}

export const estimatorChecks: Record<string, Check> = {
  "the same seed gives the same model": (e, task) => {
    const data = tableFor(e, task, { missing: 0.05 });
    expect(text(fitOn(e, data))).toBe(text(fitOn(e, data)));
  },
  "a frozen model leaves its training data unchanged": (e, task) => {
    const data = tableFor(e, task, { missing: 0.05, weights: true });
    const before = structuredClone(data);
    const model = fitOn(e, data);
    model.predict(data);
    expect(data).toEqual(before);
    expect(Object.isFrozen(model)).toBe(true);
  },
  "survives JSON and refuses what is not its own": (e, task) => {
    const data = tableFor(e, task, { missing: 0.05 });
    const model = fitOn(e, data);
    const json = JSON.parse(text(model)) as Record<string, unknown>;
    expect(json.kind).toBe(e.name);
    const shape = shapeOf(data);
    const loaded = e.fromJSON(json, shape);
    expect(loaded.predict(data)).toEqual(model.predict(data));
    expect(text(loaded)).toBe(text(model));
    expect(loaded.explain(shape)).toEqual(model.explain(shape));
    expect(loaded.complexity).toEqual(model.complexity);
    expect(() => e.fromJSON({ ...json, kind: "other" }, shape)).toThrow(TypeError);
    expect(() => e.fromJSON({ ...json, version: 99 }, shape)).toThrow(TypeError);
    expect(() => e.fromJSON(null, shape)).toThrow(TypeError);
  },
  "holds only finite JSON numbers": (e, task) => {
    const walk = (value: unknown): void => {
      if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
      else if (Array.isArray(value)) value.forEach(walk);
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
      else expect(["string", "boolean", "object"]).toContain(typeof value);
    };
    const model = fitOn(e, tableFor(e, task, { missing: 0.2 }));
    walk(model.toJSON());
    walk(JSON.parse(text(model)));
  },
  "one row at a time equals all at once": (e, task) => {
    const data = tableFor(e, task, { missing: 0.05 });
    const model = fitOn(e, data);
    const all = model.predict(data);
    const width = all.kind === "value" ? 1 : all.classes;
    for (const row of [0, 7, data.rows - 1])
      expect([...model.predict(data, Int32Array.of(row)).values]).toEqual([
        ...all.values.subarray(row * width, (row + 1) * width),
      ]);
    expect(model.predict(data, new Int32Array(0)).values.length).toBe(0);
  },
  "learns nothing from rows it is not given (honesty rule 1)": (e, task) => {
    const data = tableFor(e, task, { missing: 0.05, weights: true });
    const [a, b, c] = dealt(data.rows, 3);
    const train = union(a, c);
    expect(text(fitOn(e, perturbed(data, train), train))).toBe(text(fitOn(e, data, train)));
    if (!e.prepare) return;
    const parts = [a, b, c];
    const points = [defaults(e, data, train.length)];
    const cheap = (d: Dataset): string => text(e.prepare!(d, parts).fit([0, 2], points, seeded(1))[0]);
    expect(cheap(perturbed(data, train))).toBe(cheap(data));
  },
  "predicts without a target, or from earlier ones alone where it looks back": (e, task) => {
    const data = tableFor(e, task, { missing: 0.05, time: e.looksBack === true });
    const model = fitOn(e, data, dealt(data.rows, 2)[0]);
    const before = model.predict(data);
    for (const from of e.looksBack ? [1, 100, 239] : [0]) {
      const past = allRows(data.rows).filter((row) => row < from); // time is the row number
      const after = model.predict({ ...data, target: perturbed(data, past).target });
      const width = before.values.length / data.rows;
      const until = e.looksBack ? from + 1 : data.rows; // the row at `from` itself sees only what is before it
      expect(after.values.subarray(0, until * width)).toEqual(before.values.subarray(0, until * width));
    }
  },
  "the cheap road gives the same models as fit": (e, task) => {
    if (!e.prepare) return;
    const data = tableFor(e, task, { missing: 0.05, weights: true });
    const parts = dealt(data.rows, 4);
    const prepared = e.prepare(data, parts);
    const point = defaults(e, data, 180);
    for (const train of [[0, 1, 2], [1, 3], [2]]) {
      const rows = union(...train.map((part) => parts[part]));
      const [model] = prepared.fit(train, [point], seeded("same"));
      expectClose(model.predict(data), e.fit({ data, rows }, point, seeded("same")).predict(data));
    }
  },
  "predicting by several models at once is predicting by each": (e, task) => {
    if (!e.predictAll) return;
    const data = tableFor(e, task, { missing: 0.05 });
    const [train, test] = dealt(data.rows, 2);
    const space = e.space(shapeOf(data), train.length);
    const points = [...pathPoints(space, defaults(e, data, train.length)), defaults(e, data, train.length)];
    const models = e.prepare!(data, [train]).fit([0], points, seeded("together"));
    const each = models.map((model) => model.predict(data, test));
    let seen = 0;
    for (const prediction of e.predictAll(models, data, test)) expect(prediction).toEqual(each[seen++]);
    expect(seen).toBe(points.length);
    const reversed = models.toReversed();
    const loaded = e.fromJSON(JSON.parse(text(models[0])), shapeOf(data));
    const again = Array.from(e.predictAll([...reversed, loaded], data, test), (p) => p.values.slice());
    expect(again).toEqual([...each.toReversed(), each[0]].map((p) => p.values));
  },
  "the last step is what fit gives": (e, task) => {
    if (!e.fitSteps) return;
    const data = tableFor(e, task, { missing: 0.05 });
    const rows = dealt(data.rows, 2)[0];
    const watch = dealt(data.rows, 2)[1];
    const params = defaults(e, data, rows.length);
    let last: Model | undefined;
    for (const step of e.fitSteps({ data, rows }, params, seeded("steps"), watch)) {
      last = step.model();
      expectClose(step.watched, last.predict(data, watch));
    }
    expect(last?.predict(data)).toEqual(e.fit({ data, rows }, params, seeded("steps")).predict(data));
  },
  "gives usable answers with missing values, all-missing rows and unseen levels": (e, task) => {
    const data = tableFor(e, task, { missing: 0.3 });
    const gone = data.columns.find((c) => c.kind === "category" && c.levels.length > 2) as Column & {
      kind: "category";
    };
    const seen = allRows(data.rows).filter((row) => gone.codes[row] !== 1);
    expectUsable(fitOn(e, data, seen).predict(data), data.rows);
    const blank: Dataset = {
      ...data,
      columns: data.columns.map((c) =>
        c.kind === "number"
          ? { ...c, values: c.values.map(() => Number.NaN) }
          : c.kind === "category"
            ? { ...c, codes: c.codes.map(() => -1) }
            : c,
      ),
    };
    expectUsable(fitOn(e, data).predict(blank), data.rows);
    statedAnswer(e, blank, allRows(data.rows));
  },
  "an empty, a one-row and a one-class table give a named error or a stated answer": (e, task) => {
    const data = tableFor(e, task);
    expect(statedAnswer(e, data, new Int32Array(0))).toBeInstanceOf(FitError);
    statedAnswer(e, data, Int32Array.of(3));
    const { target } = data;
    const same: Dataset = {
      ...data,
      target:
        target.task === "regression"
          ? { ...target, values: target.values.map(() => 4.5) }
          : { ...target, codes: target.codes.map(() => 1) },
    };
    const model = statedAnswer(e, same, allRows(data.rows));
    if (model instanceof FitError || e.needs?.includes("forecast")) return; // the status quo says what it says
    const prediction = model.predict(same);
    if (prediction.kind === "value") expect(prediction.values.every((v) => Math.abs(v - 4.5) < 1e-6)).toBe(true);
    else for (let i = 0; i < data.rows; i++) expect(prediction.values[i * prediction.classes + 1]).toBeGreaterThan(0.5);
  },
  "a table without columns gives a named error or a stated answer": (e, task) => {
    const data = tableFor(e, task);
    statedAnswer(e, { ...data, columns: [] }, allRows(data.rows));
  },
  "constant, copied and huge columns stay finite": (e, task) => {
    const data = tableFor(e, task);
    const first = data.columns[0] as Column & { kind: "number" };
    const columns: Column[] = [
      ...data.columns,
      { kind: "number", name: "constant", values: new Float64Array(data.rows).fill(7) },
      { ...first, name: "copy" },
      { kind: "number", name: "huge", values: first.values.map((v) => v * 1e100) },
      { kind: "number", name: "tiny", values: first.values.map((v) => v * 1e-300) },
      { kind: "category", name: "one level", codes: new Int32Array(data.rows), levels: ["only"] },
    ];
    statedAnswer(e, { ...data, columns }, allRows(data.rows));
  },
  "weights of 2 are rows given twice, weights of 0 rows left out": (e, task) => {
    if (e.resamples) return;
    const data = tableFor(e, task, { rows: 160 });
    const weights = Float64Array.from({ length: data.rows }, (_, i) => i % 3);
    const repeated = [...allRows(data.rows)].flatMap((row) => Array.from({ length: row % 3 }, () => row));
    const weighted = fitOn(e, { ...data, weights });
    const copied = fitOn(e, takeRows(data, repeated));
    expectClose(weighted.predict(data), copied.predict(data), 1e-6);
  },
  "the order of the training rows does not matter": (e, task) => {
    if (e.needs?.includes("time") || e.resamples) return;
    const data = tableFor(e, task, { missing: 0.05 });
    const order = seeded("order").shuffle(allRows(data.rows));
    const shuffled = takeRows(data, order);
    expectClose(fitOn(e, shuffled).predict(data), fitOn(e, data).predict(data), 1e-6);
  },
  "reordered columns change nothing but the order": (e, task) => {
    const data = tableFor(e, task);
    const reordered: Dataset = { ...data, columns: data.columns.toReversed() };
    expectClose(fitOn(e, reordered).predict(reordered), fitOn(e, data).predict(data), 1e-6);
  },
  "explains itself and states its size": (e, task) => {
    const data = tableFor(e, task);
    const model = fitOn(e, data);
    expect(model.complexity.count).toBeGreaterThan(0);
    expect(model.complexity.unit).not.toBe("");
    const { summary, importance } = model.explain(shapeOf(data));
    expect(summary.length).toBeGreaterThan(10);
    if (!importance) return;
    expect(Math.abs(importance.reduce((sum, entry) => sum + entry.share, 0) - 1)).toBeLessThan(1e-9);
    expect(importance.every((entry, i) => i === 0 || entry.share <= importance[i - 1].share)).toBe(true);
    expect(importance[0].column).not.toBe("junk");
  },
  "is better than the best constant on a planted signal": (e, task) => {
    if (e.name === "constant") return;
    const data = tableFor(e, task, { rows: 900, missing: 0.02 });
    const [test, ...rest] = dealt(data.rows, 4);
    const train = union(...rest);
    const model = fitOn(e, data, train);
    const { target } = data;
    const floor: Prediction =
      target.task === "regression"
        ? {
            kind: "value",
            values: new Float64Array(test.length).fill(train.reduce((s, r) => s + target.values[r], 0) / train.length),
          }
        : {
            kind: "probability",
            classes: target.classes.length,
            values: Float64Array.from({ length: test.length * target.classes.length }, (_, i) => {
              const k = i % target.classes.length;
              return train.reduce((s, r) => s + (target.codes[r] === k ? 1 : 0), 0) / train.length;
            }),
          };
    expect(meanLoss(data, model.predict(data, test), test)).toBeLessThan(0.97 * meanLoss(data, floor, test));
  },
};
