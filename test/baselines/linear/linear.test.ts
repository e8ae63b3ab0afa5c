import { describe, expect, it } from "vitest";
import { FitError } from "../../../src/baselines/contract.ts";
import type { Model } from "../../../src/models/contract.ts";
import { linear } from "../../../src/baselines/linear/linear.ts";
import type { LinearParams } from "../../../src/baselines/linear/space.ts";
import { allRows, shapeOf, type Dataset } from "../../../src/frame/dataset.ts";
import type { Encoding } from "../../../src/encode/encoding.ts";
import { textFeatures } from "../../../src/encode/text/tfidf.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { coefficientsOf, linearTable, standardErrors } from "../../reference/linear-tables.ts";
import { takeRows } from "../../../src/frame/take.ts";
import { plantedTable, textColumn } from "../../../src/testing/tables.ts";
import { amounts, categoryColumn, numberColumn, tableOf } from "../tree/fit.ts";

const OLS: LinearParams = { penalty: "l2", loss: "squared", l2: 0 };

function fit(data: Dataset, params: LinearParams = OLS): Model {
  return linear.fit({ data, rows: allRows(data.rows) }, params, seeded(1));
}

function valuesOf(model: Model, data: Dataset): Float64Array {
  return model.predict(data).values;
}

function normals(name: string, count: number): number[] {
  const rng = seeded("linear tests").split(name);
  return Array.from({ length: count }, () => rng.normal());
}

describe("standard errors of least squares, in the columns' own units", () => {
  for (const { name, coefficients, errors } of standardErrors) {
    const data = linearTable("numbers", "y", name === "weighted");
    const full = { ...data, columns: linearTable("full", "y", false).columns.filter(({ kind }) => kind === "number") };
    const model = fit(full);
    it(`agree with statsmodels: ${name}`, () => {
      const json = model.toJSON();
      const { numbers } = json.encoding as Encoding;
      const own = coefficientsOf(json).coefficients[0];
      for (const [j, { scale }] of numbers.entries()) {
        expect(own[j] / scale).toBeCloseTo(coefficients[j + 1], 8);
        expect((json.errors as number[])[j] / scale).toBeCloseTo(errors[j + 1], 8);
      }
    });
    it(`are told: ${name}`, () => {
      const { lines } = model.explain(shapeOf(full));
      for (const [j, column] of full.columns.entries()) {
        const line = lines.find((text) => text.startsWith(`${column.name}:`));
        expect(line).toContain(`standard error ${Number(errors[j + 1].toPrecision(4))}`);
      }
    });
  }
  it("are there for least squares alone, and where rows are left to judge by", () => {
    const data = plantedTable({ task: "regression" });
    expect(fit(data).toJSON().errors).toBeDefined();
    expect(fit(data, { ...OLS, l2: 1 }).toJSON().errors).toBeUndefined();
    expect(fit(data, { ...OLS, loss: "huber" }).toJSON().errors).toBeUndefined();
    expect(fit(takeRows(data, [1, 2, 3])).toJSON().errors).toBeUndefined();
  });
  it("of a copied column are finite: half of the sum's", () => {
    const x = normals("copy", 60);
    const y = amounts(x.map((value, i) => 3 * value + normals("copy noise", 60)[i]));
    const [error] = fit(tableOf([numberColumn("x", x)], y)).toJSON().errors as number[];
    const both = fit(tableOf([numberColumn("x", x), numberColumn("copy", x)], y)).toJSON().errors as number[];
    for (const half of both) expect(half).toBeCloseTo(error / 2, 9);
  });
});

describe("collinear and constant columns", () => {
  const a = normals("a", 80);
  const b = normals("b", 80);
  const y = amounts(a.map((value, i) => 5 + 2 * value - b[i] + 0.1 * normals("noise", 80)[i]));
  const alone = tableOf([numberColumn("a", a), numberColumn("b", b)], y);

  it("copies share the effect evenly and change no answer", () => {
    const copied = tableOf(
      [
        numberColumn("a", a),
        numberColumn("b", b),
        numberColumn(
          "c",
          a.map((v) => 7 + 100 * v),
        ),
      ],
      y,
    );
    const model = fit(copied);
    expect(model.notes).toEqual({ rank: 2, "collinear columns": 1 });
    const [first, , third] = coefficientsOf(model.toJSON()).coefficients[0];
    expect(third).toBeCloseTo(first, 9);
    const wanted = valuesOf(fit(alone), alone);
    for (const [i, value] of valuesOf(model, copied).entries()) expect(value).toBeCloseTo(wanted[i], 9);
  });
  it("a sum of columns is answered stably by every penalty", () => {
    const sum = tableOf(
      [
        numberColumn("a", a),
        numberColumn("b", b),
        numberColumn(
          "sum",
          a.map((v, i) => v + b[i]),
        ),
      ],
      y,
    );
    for (const params of [
      OLS,
      { ...OLS, l2: 1e-6 },
      { penalty: "l1", shrinkage: 1e-4 },
      { ...OLS, loss: "huber" },
    ] as const) {
      const model = fit(sum, params);
      for (const value of coefficientsOf(model.toJSON()).coefficients[0]) expect(Math.abs(value)).toBeLessThan(5);
      const wanted = valuesOf(fit(alone), alone);
      for (const [i, value] of valuesOf(model, sum).entries()) expect(Math.abs(value - wanted[i])).toBeLessThan(0.05);
    }
  });
  it("constant and empty columns, and a category of one level, have no coefficient", () => {
    const data = tableOf(
      [
        numberColumn("a", a),
        numberColumn(
          "constant",
          a.map(() => 1e9 / 3),
        ),
        numberColumn(
          "empty",
          a.map(() => null),
        ),
        categoryColumn(
          "one",
          a.map(() => 0),
          1,
        ),
      ],
      y,
    );
    const model = fit(data);
    expect(model.complexity).toEqual({ count: 2, unit: "coefficients" });
    expect(model.explain(shapeOf(data)).lines).toContain("not used: constant, empty, one");
    const none = tableOf(
      [
        numberColumn(
          "constant",
          a.map(() => 3),
        ),
      ],
      y,
    );
    const mean = (y.task === "regression" ? y.values : new Float64Array()).reduce((sum, value) => sum + value / 80, 0);
    for (const params of [OLS, { ...OLS, l2: 1 }, { penalty: "l1", shrinkage: 0.1 }] as const)
      for (const value of valuesOf(fit(none, params), none)) expect(value).toBeCloseTo(mean, 9);
  });
});

describe("more columns than rows", () => {
  const rows = 30;
  const wide = (width: number): Dataset =>
    tableOf(
      Array.from({ length: width }, (_, j) => numberColumn(`x${j}`, normals(`wide ${j}`, rows))),
      amounts(normals("wide y", rows)),
    );

  for (const width of [60, 300, 1500]) {
    const data = wide(width);
    const y = data.target.task === "regression" ? data.target.values : new Float64Array();
    it(`${width}: ridge meets its own optimality condition`, () => {
      const l2 = 10;
      const model = fit(data, { ...OLS, l2 });
      const { numbers } = model.toJSON().encoding as Encoding;
      const [coefficients] = coefficientsOf(model.toJSON()).coefficients;
      const said = valuesOf(model, data);
      for (const [j, { column, mean, scale }] of numbers.entries()) {
        const source = data.columns[column];
        if (source.kind !== "number") throw new TypeError("a number wanted");
        const pull = said.reduce((sum, value, i) => sum + ((source.values[i] - mean) / scale) * (y[i] - value), 0);
        expect(pull).toBeCloseTo(l2 * coefficients[j], 6);
      }
    });
    it(`${width}: least squares passes through every row with the smallest coefficients`, () => {
      const model = fit(data);
      expect(model.notes).toEqual({ rank: rows - 1, "collinear columns": width - rows + 1 });
      for (const [i, value] of valuesOf(model, data).entries()) expect(Math.abs(value - y[i])).toBeLessThan(1e-4);
      const size = (of: Model): number =>
        coefficientsOf(of.toJSON()).coefficients[0].reduce((sum, v) => sum + v * v, 0);
      // Ridge's coefficients grow towards those of least squares as the penalty falls.
      const nearly = size(fit(data, { ...OLS, l2: 1e-4 }));
      expect(size(model) / nearly).toBeGreaterThanOrEqual(1 - 1e-6);
      expect(size(model) / nearly).toBeLessThan(1.01);
    });
    it(`${width}: the lasso uses fewer columns than there are rows`, () => {
      const model = fit(data, { penalty: "l1", shrinkage: 0.05 });
      expect(model.complexity.count).toBeLessThanOrEqual(rows);
      expect(model.complexity.count).toBeGreaterThan(5);
    });
  }
  it("terms of texts: ridge meets its own optimality condition, and least squares passes through every row", () => {
    const rng = seeded("wide texts");
    const word = (): string => String.fromCodePoint(97 + rng.below(8), 97 + rng.below(8), 97 + rng.below(3));
    const texts = Array.from({ length: rows }, () => Array.from({ length: 24 }, word).join(" "));
    const y = normals("wide y", rows);
    const data = tableOf([numberColumn("x", normals("wide 0", rows)), textColumn("note", texts)], amounts(y));
    const model = fit(data, { ...OLS, l2: 2 });
    const encoding = model.toJSON().encoding as Encoding;
    const features = textFeatures(encoding.texts, data, allRows(rows));
    const [coefficients] = coefficientsOf(model.toJSON()).coefficients;
    expect(coefficients.length).toBeGreaterThan(256);
    const errors = valuesOf(model, data).map((value, i) => y[i] - value);
    const pulls = new Float64Array(coefficients.length - 1);
    for (let i = 0; i < rows; i++)
      for (let e = features.starts[i]; e < features.starts[i + 1]; e++)
        pulls[features.columns[e]] += features.values[e] * errors[i];
    for (const [j, pull] of pulls.entries()) expect(pull).toBeCloseTo(2 * coefficients[j + 1], 9);
    for (const [i, value] of valuesOf(fit(data), data).entries()) expect(value).toBeCloseTo(y[i], 8);
  });
});

describe("sizes", () => {
  const x = [1, 2, 3, 4, 5, 6];

  it("targets too large to be squared are named", () => {
    const data = tableOf([numberColumn("x", x)], amounts(x.map((value) => (value % 2 ? 1e308 : -1e308))));
    expect(() => fit(data)).toThrow(FitError);
    expect(() => fit(data)).toThrow(/too large to be squared/);
  });
  it("targets and columns of 1e100, and of 1e-100, are fitted as those of 1", () => {
    for (const unit of [1e100, 1e-100])
      for (const params of [OLS, { ...OLS, l2: 1e-9 }, { penalty: "l1", shrinkage: 1e-9 }] as const) {
        const data = tableOf(
          [
            numberColumn(
              "x",
              x.map((v) => v * unit),
            ),
          ],
          amounts(x.map((v) => (2 * v + 1) * unit)),
        );
        for (const [i, value] of valuesOf(fit(data, params), data).entries())
          expect(value / unit).toBeCloseTo(2 * x[i] + 1, 6);
      }
  });
  it("columns of 1e308 give a stated answer", () => {
    const data = tableOf(
      [
        numberColumn(
          "huge",
          x.map((v) => (v - 3.5) * 4e307),
        ),
        numberColumn("x", x),
      ],
      amounts(x),
    );
    for (const value of valuesOf(fit(data, { ...OLS, l2: 1 }), data)) expect(Number.isFinite(value)).toBe(true);
  });
  it("an offset of 1e9 costs few digits", () => {
    const data = tableOf(
      [
        numberColumn(
          "x",
          x.map((v) => 1e9 + v),
        ),
      ],
      amounts(x.map((v) => 1e9 + 3 * v)),
    );
    for (const [i, value] of valuesOf(fit(data), data).entries()) expect(value - 1e9).toBeCloseTo(3 * x[i], 5);
  });
});

describe("huber", () => {
  const x = normals("huber x", 200);
  const clean = x.map((value, i) => 4 + 3 * value + 0.2 * normals("huber noise", 200)[i]);
  const HUBER: LinearParams = { ...OLS, loss: "huber" };

  it("is hardly moved by outliers that take least squares away", () => {
    const spoiled = clean.map((value, i) => (i % 10 === 0 ? value + 500 : value));
    const data = tableOf([numberColumn("x", x)], amounts(spoiled));
    const grid = tableOf([numberColumn("x", [0, 1])], amounts([0, 0]));
    const [zero, one] = valuesOf(fit(data, HUBER), grid);
    expect(Math.abs(zero - 4)).toBeLessThan(0.2);
    expect(Math.abs(one - 7)).toBeLessThan(0.3);
    expect(Math.abs(valuesOf(fit(data), grid)[0] - 4)).toBeGreaterThan(20);
  });
  it("follows the unit of the target", () => {
    const plain = fit(tableOf([numberColumn("x", x)], amounts(clean)), HUBER);
    const scaled = tableOf([numberColumn("x", x)], amounts(clean.map((value) => 1e6 * (value - 50))));
    const model = fit(scaled, HUBER);
    const wanted = valuesOf(plain, scaled);
    for (const [i, value] of valuesOf(model, scaled).entries()) expect(value / 1e6 + 50).toBeCloseTo(wanted[i], 6);
    expect(Number(model.notes.scale) / 1e6).toBeCloseTo(Number(plain.notes.scale), 6);
  });
  it("a perfect fit, a constant target, and one that is mostly the same value have answers", () => {
    const line = tableOf([numberColumn("x", x)], amounts(x.map((value) => 1 + 2 * value)));
    for (const [i, value] of valuesOf(fit(line, HUBER), line).entries()) expect(value).toBeCloseTo(1 + 2 * x[i], 4);
    const same = tableOf([numberColumn("x", x)], amounts(x.map(() => 7)));
    expect([...valuesOf(fit(same, HUBER), same)].every((value) => value === 7)).toBe(true);
    const mostly = tableOf([numberColumn("x", x)], amounts(x.map((value, i) => (i % 3 === 0 ? 10 * value : 2))));
    expect(valuesOf(fit(mostly, HUBER), mostly).every(Number.isFinite)).toBe(true);
  });
});

it("settings of a path, in any order and with repeats, are the fits of each alone", () => {
  const data = plantedTable({ task: "regression", missing: 0.05, weights: true });
  const points: LinearParams[] = [
    ...[1, 0, 100, 1, 0.01].map((l2) => ({ ...OLS, l2 })),
    ...[1, 100].map((l2) => ({ ...OLS, loss: "huber" as const, l2 })),
    ...[0.01, 0.3, 0.001].flatMap((shrinkage) =>
      (["l1", "elastic-net"] as const).map((penalty) => ({ penalty, shrinkage })),
    ),
  ];
  const models = linear.prepare?.(data, [allRows(data.rows)]).fit([0], points, seeded(1)) ?? [];
  expect(models.length).toBe(points.length);
  for (const [i, point] of points.entries()) {
    const wanted = valuesOf(fit(data, point), data);
    for (const [row, value] of valuesOf(models[i], data).entries()) expect(value).toBeCloseTo(wanted[row], 6);
  }
});

describe("paths that are walked", () => {
  const stories = textColumn(
    "story",
    Array.from({ length: 60 }, (_, i) => `w${i % 7} w${i % 11} w${(3 * i) % 13}`),
  );
  const rng = seeded("walked").split("levels");
  const categories = Array.from({ length: 10 }, (_, c) =>
    categoryColumn(
      `c${c}`,
      Array.from({ length: 60 }, () => rng.below(30)),
      30,
    ),
  );
  const y = normals("walked", 60).map((value, i) => value + (i % 7));
  const tables: Record<string, Dataset> = {
    texts: tableOf([stories, numberColumn("x", normals("walked x", 60))], amounts(y)),
    levels: tableOf(categories, amounts(y)),
  };

  it("are those over texts or many encoded columns", () => {
    const isWalked = (data: Dataset, rows: number): boolean =>
      Object.values(linear.space(shapeOf(data), rows)).some((parameter) => "walked" in parameter);
    expect(isWalked(tables.texts, 60)).toBe(true);
    expect(isWalked(tables.levels, 3000)).toBe(true);
    expect(isWalked(plantedTable({ task: "regression" }), 60)).toBe(false);
  });

  const settings: LinearParams[] = [{ penalty: "l2" }, { penalty: "l2", loss: "huber" }, { penalty: "elastic-net" }];
  for (const [name, data] of Object.entries(tables))
    for (const own of settings)
      it(`come as near to their fits as scores can tell: ${name}, ${JSON.stringify(own)}`, () => {
        const follower = linear.prepare?.(data, [allRows(data.rows)]).follow?.([0]);
        for (const strength of own.penalty === "l2" ? [100, 10, 1, 0.1] : [1, 0.1, 0.01]) {
          const point = { ...own, ...(own.penalty === "l2" ? { l2: strength } : { shrinkage: strength }) };
          const walked = valuesOf(follower?.next(point) as Model, data);
          for (const [i, value] of valuesOf(fit(data, point), data).entries())
            expect(Math.abs(walked[i] - value)).toBeLessThan(2e-3);
        }
      });
});

it("refuses what is not a saved linear model", () => {
  const data = plantedTable({ task: "regression", missing: 0.1 });
  const shape = shapeOf(data);
  const json = fit(data).toJSON();
  const outputs = json.outputs as { intercept: number; coefficients: number[] }[];
  for (const spoiled of [
    { ...json, outputs: [] },
    { ...json, outputs: [{ ...outputs[0], intercept: null }] },
    { ...json, outputs: [{ ...outputs[0], coefficients: outputs[0].coefficients.slice(1) }] },
    { ...json, errors: [1] },
    { ...json, notes: [1] },
    { ...json, encoding: {} },
  ])
    expect(() => linear.fromJSON(spoiled, shape)).toThrow(TypeError);
  expect(() => linear.fromJSON(json, { ...shape, columns: shape.columns.slice(0, 2) })).toThrow(TypeError);
});
