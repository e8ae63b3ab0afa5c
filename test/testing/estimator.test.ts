/** Every law can be broken: an estimator with one fault is told which one. */
import { describe, expect, it } from "vitest";
import { FitError, type Estimator, type Prepared } from "../../src/baselines/contract.ts";
import { constant } from "../../src/baselines/constant.ts";
import { linear } from "../../src/baselines/linear/linear.ts";
import { logistic } from "../../src/baselines/logistic/logistic.ts";
import { tree } from "../../src/baselines/tree/tree.ts";
import { OptionError } from "../../src/error.ts";
import { allRows, type Dataset, type NumberColumn, type Rows, type View } from "../../src/frame/dataset.ts";
import type { Model } from "../../src/models/contract.ts";
import { checkEstimator, estimatorLaws } from "../../src/testing/estimator.ts";
import { LawError } from "../../src/testing/law.ts";

/** Linear regression without what is shared between fits. */
const plain = Object.fromEntries(
  Object.entries(linear).filter(([key]) => !["prepare", "predictAll", "fitSteps"].includes(key)),
) as unknown as Estimator;
const truth = ({ target }: Dataset): Float64Array =>
  target.task === "regression" ? target.values : new Float64Array();

/** Linear regression of which one member is another. */
const altered = (members: Partial<Estimator>): Estimator => ({ ...plain, ...members });

/** Linear regression whose models are changed, fitted or loaded. */
function remade(change: (model: Model) => Partial<Model>): Estimator {
  const changed = (model: Model): Model => Object.freeze({ ...model, ...change(model) });
  return altered({
    fit: (view, params, rng) => changed(plain.fit(view, params, rng)),
    fromJSON: (json, shape) => changed(plain.fromJSON(json, shape)),
  });
}

/** Linear regression trained on a table that is not quite the one it was given. */
const misled = (change: (view: View) => View): Estimator =>
  altered({ fit: (view, params, rng) => plain.fit(change(view), params, rng) });

/** Linear regression whose answers are changed. */
const answering = (change: (values: Float64Array, data: Dataset, rows: Rows) => Float64Array): Estimator =>
  remade((model) => ({
    predict: (data, rows = allRows(data.rows)) => ({
      kind: "value",
      values: change(model.predict(data, rows).values, data, rows),
    }),
  }));

let count = 0;
const shared = new Float64Array(2000);
const first = (data: Dataset): NumberColumn => data.columns.find((c): c is NumberColumn => c.kind === "number")!;

const FAULTS: Record<string, readonly Estimator[]> = {
  space: [
    altered({ space: () => ({ k: { type: "float", low: 1, high: 2, default: 3 } }) }),
    altered({
      space: () => ({ k: { type: "category", choices: ["a", "b"], default: "a" } }),
      fit: ({ data, rows }, { k }, rng) => {
        if (k === "b") throw new TypeError("undefined is not a function");
        return plain.fit({ data, rows }, { loss: "squared", penalty: "l2", l2: 0.1 }, rng);
      },
    }),
  ],
  explains: [
    remade(() => ({ complexity: { count: 3, unit: "" } })),
    remade(() => ({
      explain: () => ({ summary: "a line through the table", lines: [], importance: [{ column: "x0", share: 2 }] }),
    })),
    remade(() => ({
      explain: () => ({ summary: "a line through the table", lines: [], importance: [{ column: "junk", share: 1 }] }),
    })),
  ],
  "same-seed": [
    remade((model) => ({ toJSON: () => ({ ...model.toJSON(), count: count++ }) })),
    remade((model) => ({ toJSON: () => ({ ...model.toJSON(), luck: Math.random() }) })),
  ],
  input: [
    altered({ fit: (view, params, rng) => ({ ...plain.fit(view, params, rng) }) }),
    misled((view) => {
      const { values } = first(view.data);
      for (const row of view.rows) if (Number.isNaN(values[row])) values[row] = 0;
      return view;
    }),
  ],
  "held-out-rows": [misled(({ data }) => ({ data, rows: allRows(data.rows) }))],
  "row-order": [misled(({ data, rows }) => ({ data, rows: rows.slice(0, Math.ceil(rows.length / 2)) }))],
  "column-order": [misled(({ data, rows }) => ({ data: { ...data, columns: [data.columns[0]] }, rows }))],
  weights: [
    misled(({ data, rows }) => {
      const { weights: _, ...unweighted } = data;
      return { data: unweighted, rows };
    }),
  ],
  "small-tables": [
    altered({
      fit: ({ data, rows }, params, rng) =>
        plain.fit({ data, rows: rows.length === 0 ? Int32Array.of(0) : rows }, params, rng),
    }),
    altered({
      fit: (view, params, rng) => {
        if (view.data.columns.length === 0) throw new FitError("no columns");
        return plain.fit(view, params, rng);
      },
    }),
  ],
  "one-answer": [answering((values) => values.map((v) => 0.9 * v))],
  "hard-columns": [
    answering((values, { columns }) => {
      const huge = columns.find(({ name }) => name === "huge") as NumberColumn | undefined;
      return huge ? values.map((v, i) => v + huge.values[i] ** 4) : values;
    }),
  ],
  signal: [constant],
  answers: [answering((values) => values.map((v) => (v > 2 ? Infinity : v)))],
  "missing-values": [
    answering((values, data, rows) =>
      values.map((v, i) => (Number.isNaN(first(data).values[rows[i]]) ? Number.NaN : v)),
    ),
  ],
  "row-by-row": [answering((values) => values.map((v) => v - values.reduce((a, b) => a + b, 0) / values.length))],
  "own-answers": [
    answering((values) => {
      shared.set(values);
      return shared.subarray(0, values.length);
    }),
  ],
  "no-target": [answering((values, data, rows) => values.map((v, i) => v + 0.01 * truth(data)[rows[i]]))],
  saved: [
    remade((model) => ({ toJSON: () => ({ ...model.toJSON(), more: Float64Array.of(1) }) })),
    altered({ fromJSON: (json, shape) => plain.fromJSON({ ...(json as object), version: 2 }, shape) }),
    remade((model) => ({ toJSON: () => ({ ...model.toJSON(), kind: "lines" }) })),
  ],
};

const SHARED: Record<string, readonly Estimator[]> = {
  prepare: [
    altered({
      prepare: (data, parts) => ({
        fit: (train, points, rng) => points.map((point) => plain.fit({ data, rows: parts[train[0]] }, point, rng)),
      }),
    }),
  ],
  follow: [
    {
      ...(logistic as Estimator),
      prepare: (data, parts) => {
        const ready = logistic.prepare!(data, parts) as Prepared;
        return { ...ready, follow: (train) => ready.follow!(train.slice(1)) };
      },
    },
  ],
  steps: [
    altered({
      *fitSteps(view, params, rng, watch) {
        const model = plain.fit(view, params, rng);
        yield { step: 1, model: () => model, watched: model.predict(view.data, view.rows.subarray(0, watch.length)) };
      },
    }),
  ],
  together: [
    {
      ...(linear as Estimator),
      *predictAll(models, data, rows) {
        for (const _ of models) yield models[0].predict(data, rows);
      },
    },
  ],
};

describe("checkEstimator", () => {
  for (const [law, faulty] of Object.entries({ ...FAULTS, ...SHARED }))
    it.each(faulty.map((estimator, i) => [i + 1, estimator] as const))(`names ${law} for fault %i`, (_, estimator) => {
      const task = estimator.tasks.includes("regression") ? "regression" : "binary";
      const check = (): unknown => checkEstimator(estimator, { tasks: [task] });
      expect(check).toThrow(LawError);
      expect(check).toThrow(expect.objectContaining({ law, code: "law" }));
    });

  it("knows a fault for every law", () => {
    expect(estimatorLaws.map(({ name }) => name).filter((name) => !(name in FAULTS) && !(name in SHARED))).toEqual([]);
  });

  it("finds no fault where there is none, and answers with the laws that hold", () => {
    expect(checkEstimator(plain)).toEqual(estimatorLaws.map(({ name }) => name).filter((name) => !(name in SHARED)));
    expect(checkEstimator(tree as Estimator, { tasks: ["binary"], rows: 200, seed: "other" })).toContain("prepare");
  });

  it("leaves out laws that are known to be broken, and says what it was asked in vain", () => {
    const check = (options: object): unknown => checkEstimator(constant, { tasks: ["regression"], ...options });
    expect(check({ except: { signal: "it looks at no column" } })).not.toContain("signal");
    expect(check({ laws: ["saved"] })).toEqual(["saved"]);
    expect(() => check({ laws: ["save"] })).toThrow(/there is no law "save" \(did you mean "saved"\?\)/);
    expect(() => check({ except: { signals: "" } })).toThrow(/did you mean "signal"/);
    expect(() => check({ task: "regression" })).toThrow(/no option "task" \(did you mean "tasks"\?\)/);
    expect(() => check({ rows: 3 })).toThrow("rows: wanted a whole number from 120, got 3");
    expect(() => checkEstimator(linear as Estimator, { tasks: ["binary"] })).toThrow(
      'tasks: linear does regression, got "binary"',
    );
  });

  it.each([
    [undefined, "wanted an estimator (a record), got undefined"],
    [{ ...plain, name: "../../x" }, "wanted a name of letters"],
    [{ ...plain, tasks: ["ranking"] }, "wanted tasks, some of binary, multiclass, regression"],
    [{ ...plain, role: "rung" }, "wanted a role, one of baseline"],
    [{ ...plain, needs: ["luck"] }, "wanted needs, some of"],
    [{ ...plain, fit: 3 }, "wanted a function as fit"],
    [{ ...plain, title: "" }, "wanted a text as title"],
    [{ ...plain, prepare: true }, "wanted a function as prepare, or none"],
  ])("refuses what is no estimator: %#", (given, sentence) => {
    expect(() => checkEstimator(given as Estimator)).toThrow(OptionError);
    expect(() => checkEstimator(given as Estimator)).toThrow(sentence);
  });
});
