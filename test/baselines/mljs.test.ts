import { describe, expect, it } from "vitest";
import { linear } from "../../src/baselines/linear/linear.ts";
import { logistic } from "../../src/baselines/logistic/logistic.ts";
import { mljsCart } from "../../src/baselines/mljs/cart.ts";
import { mljsLogistic } from "../../src/baselines/mljs/logistic.ts";
import { mljsRegression } from "../../src/baselines/mljs/regression.ts";
import { mlCart, mlLogisticRegression, mlMatrix } from "../../src/baselines/mljs/packages.ts";
import { FitError } from "../../src/baselines/contract.ts";
import { estimators } from "../../src/baselines/registry.ts";
import { allRows, shapeOf, type Dataset, type NumberColumn } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { close } from "../../src/testing/trial.ts";
import { takeRows } from "../../src/frame/take.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const rng = seeded("mljs");
const view = (data: Dataset): { data: Dataset; rows: Int32Array } => ({ data, rows: allRows(data.rows) });

/** The table's number columns alone. */
function numbersOf(data: Dataset): Omit<Dataset, "columns"> & { readonly columns: readonly NumberColumn[] } {
  return { ...data, columns: data.columns.filter((column) => column.kind === "number") };
}

/** Rows in the order of the target, as `mljs-cart` gives them; numbers have no ties. */
function byTarget(data: Dataset): { cells: number[][]; target: number[] } {
  const truth = data.target.task === "regression" ? data.target.values : data.target.codes;
  const rows = [...truth.keys()].sort(
    (a, b) =>
      truth[a] - truth[b] || (data.columns[0] as NumberColumn).values[a] - (data.columns[0] as NumberColumn).values[b],
  );
  return {
    cells: rows.map((row) => data.columns.map((column) => (column as NumberColumn).values[row])),
    target: rows.map((row) => truth[row]),
  };
}

describe("mljs-cart", () => {
  it("answers as ml-cart does, regression", () => {
    const data = numbersOf(plantedTable({ task: "regression" }));
    const { cells, target } = byTarget(data);
    const theirs = new (mlCart().DecisionTreeRegression)({ maxDepth: 4, minNumSamples: 9, gainThreshold: 0 });
    theirs.train(cells, target);
    const ours = mljsCart.fit(view(data), { maxDepth: 4, minSamples: 9 }, rng);
    const rows = data.columns[0].values.map((_, row) => row);
    const wanted = theirs.predict(Array.from(rows, (row) => data.columns.map(({ values }) => values[row])));
    expect(ours.predict(data).values).toEqual(Float64Array.from(wanted));
    expect(ours.complexity.count).toBeGreaterThan(8);
  });

  it("answers as ml-cart does, classes", () => {
    const data = numbersOf(plantedTable({ task: "multiclass" }));
    const { cells, target } = byTarget(data);
    const theirs = new (mlCart().DecisionTreeClassifier)({ maxDepth: 6, minNumSamples: 3 });
    theirs.train(cells, target);
    const { values } = mljsCart.fit(view(data), { maxDepth: 6, minSamples: 3 }, rng).predict(data);
    const wanted = theirs.predict(
      Array.from({ length: data.rows }, (_, row) => data.columns.map((column) => column.values[row])),
    );
    const labels = wanted.map((_, row) => {
      const shares = [...values.subarray(3 * row, 3 * row + 3)];
      return shares.indexOf(Math.max(...shares));
    });
    expect(labels).toEqual(wanted);
  });

  it("splits categories by their codes, missing ones below all, and numbers at the median where they are missing", () => {
    const data: Dataset = {
      rows: 60,
      columns: [
        {
          kind: "category",
          name: "c",
          levels: ["a", "b", "c"],
          codes: Int32Array.from({ length: 60 }, (_, i) => (i % 4) - 1),
        },
      ],
      target: {
        task: "regression",
        name: "y",
        values: Float64Array.from({ length: 60 }, (_, i) => (i % 4) ** 2 + i / 1000),
      },
    };
    const model = mljsCart.fit(view(data), { maxDepth: 6, minSamples: 3 }, rng);
    const [missing, a, b, c] = model.predict(data).values;
    for (const [got, wanted] of [
      [missing, 0],
      [a, 1],
      [b, 4],
      [c, 9],
    ])
      expect(Math.abs(got - wanted)).toBeLessThan(0.1);
    const numbers = numbersOf(plantedTable({ task: "regression" }));
    const tree = mljsCart.fit(view(numbers), { maxDepth: 6, minSamples: 3 }, rng);
    const at = (x: number): number =>
      tree.predict(
        { ...numbers, columns: numbers.columns.map((column) => ({ ...column, values: Float64Array.of(x) })) },
        Int32Array.of(0),
      ).values[0];
    const median = (values: Float64Array): number => {
      const sorted = values.toSorted();
      return (sorted[119] + sorted[120]) / 2;
    };
    const middle = tree.predict(
      { ...numbers, columns: numbers.columns.map((c) => ({ ...c, values: Float64Array.of(median(c.values)) })) },
      Int32Array.of(0),
    );
    expect(at(Number.NaN)).toBe(middle.values[0]);
  });
});

describe("mljs-regression", () => {
  it("is ordinary least squares", () => {
    const data = plantedTable({ task: "regression" });
    const ours = mljsRegression.fit(view(data), {}, rng).predict(data);
    const exact = linear.fit(view(data), { penalty: "l2", loss: "squared", l2: 0 }, rng).predict(data);
    close(ours, exact, "answers beside the exact ones");
  });

  it("uses at most 10,000 rows, and says so", () => {
    const data = plantedTable({ task: "regression", rows: 12_000 });
    expect(mljsRegression.fit(view(data), {}, rng).notes).toEqual({ rowsUsed: 10_000, rowsGiven: 12_000 });
  });

  it("refuses tables that would take the package minutes", () => {
    const wide = plantedTable({ task: "regression" });
    const columns = Array.from({ length: 301 }, (_, i) => ({ ...wide.columns[0], name: `x${i}` }));
    expect(() => mljsRegression.fit(view({ ...wide, columns }), {}, rng)).toThrow(
      new FitError("mljs-regression: takes at most 300 encoded columns, these are 301"),
    );
  });
});

describe("mljs-logistic", () => {
  it("gives the labels of the package", () => {
    const data = numbersOf(plantedTable({ task: "multiclass" }));
    const { target } = data as { target: { codes: Int32Array } };
    const model = mljsLogistic.fit(view(data), { steps: "50" }, rng);
    const standardised = data.columns.map(({ values }) => {
      const mean = values.reduce((sum, v) => sum + v / data.rows, 0);
      const scale = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2 / data.rows, 0));
      return values.map((v) => (v - mean) / scale);
    });
    const { Matrix } = mlMatrix();
    const rows = new Matrix(
      Array.from({ length: data.rows }, (_, i) => [1, ...standardised.map((values) => values[i])]),
    );
    const theirs = new (mlLogisticRegression())({ numSteps: 50, learningRate: model.notes.learningRate as number });
    theirs.train(rows, Matrix.columnVector([...target.codes]));
    const { values } = model.predict(data);
    const labels = Array.from({ length: data.rows }, (_, i) => {
      const shares = [...values.subarray(3 * i, 3 * i + 3)];
      return shares.indexOf(Math.max(...shares));
    });
    expect(labels).toEqual(theirs.predict(rows));
  });

  it("comes near the penalty-free optimum with two classes, the nearer the more steps", () => {
    const data = plantedTable({ task: "binary" });
    const best = logistic.fit(view(data), { penalty: "l2", l2: 1e-6, classWeight: "none" }, rng).predict(data).values;
    const away = (["50", "200", "800"] as const).map((steps) => {
      const { values } = mljsLogistic.fit(view(data), { steps }, rng).predict(data);
      return values.reduce((sum, p, i) => sum + Math.abs(p - best[i]), 0) / values.length;
    });
    expect(away[1]).toBeLessThan(away[0]);
    expect(away[2]).toBeLessThan(away[1]);
    expect(away[2]).toBeLessThan(0.05);
  });

  it("knows one class only", () => {
    const data = plantedTable({ task: "binary" });
    const { codes } = data.target as { codes: Int32Array };
    const rows = allRows(data.rows).filter((row) => codes[row] === 1);
    expect(mljsLogistic.fit({ data, rows }, { steps: "50" }, rng).predict(data).values.slice(0, 4)).toEqual(
      Float64Array.of(0, 1, 0, 1),
    );
  });
});

describe("all of them", () => {
  const named = estimators.filter(({ name }) => name.startsWith("mljs-"));

  it("are references: off unless named", () =>
    expect(named.map(({ role }) => role)).toEqual(["reference", "reference", "reference"]));

  it("leave texts out", () => {
    for (const estimator of named)
      for (const task of estimator.tasks) {
        const data = plantedTable({ task, text: true, rows: 80 });
        const bare = { ...data, columns: data.columns.slice(0, -1) };
        const point = { maxDepth: 2, minSamples: 9, steps: "50" };
        expect(estimator.fit(view(data), point, rng).predict(data)).toEqual(
          estimator.fit(view(bare), point, rng).predict(bare),
        );
      }
  });

  it("refuse saved models of another kind", () => {
    const data = plantedTable({ task: "regression" });
    const saved = linear.fit(view(data), { penalty: "l2", loss: "squared", l2: 1 }, rng).toJSON();
    expect(() => mljsRegression.fromJSON(saved, shapeOf(data))).toThrow(
      'mljs-regression: wanted a saved mljs-regression model, version 1; got kind "linear"',
    );
  });

  it("answer alike for weights that are not whole numbers and for rows drawn by them", () => {
    const data = plantedTable({ task: "regression", rows: 400 });
    const weights = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.5 : 1.5));
    const drawn = takeRows(
      data,
      [...allRows(400)].flatMap((row) => (row % 2 === 0 ? [row] : [row, row, row])),
    );
    const weighted = mljsRegression.fit(view({ ...data, weights }), {}, rng).predict(data).values;
    const repeated = mljsRegression.fit(view(drawn), {}, rng).predict(data).values;
    weighted.forEach((value, i) => expect(Math.abs(value - repeated[i])).toBeLessThan(0.2));
  });
});
