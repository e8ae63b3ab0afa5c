import { describe, expect, it } from "vitest";
import type { Model } from "../../../src/models/contract.ts";
import { logistic } from "../../../src/baselines/logistic/logistic.ts";
import type { LogisticParams } from "../../../src/baselines/logistic/space.ts";
import { allRows, shapeOf, type Dataset } from "../../../src/frame/dataset.ts";
import type { Encoding } from "../../../src/encode/encoding.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { coefficientsOf } from "../../reference/linear-tables.ts";
import { plantedTable, textColumn } from "../../../src/testing/tables.ts";
import { categoryColumn, classes, numberColumn, tableOf } from "../tree/fit.ts";

const RIDGE: LogisticParams = { penalty: "l2", classWeight: "none", l2: 1 };
const PENALTIES: readonly LogisticParams[] = [
  RIDGE,
  { ...RIDGE, l2: 1e-3 },
  { penalty: "l1", classWeight: "none", shrinkage: 1e-4 },
  { penalty: "elastic-net", classWeight: "none", shrinkage: 1e-4 },
];

function fit(data: Dataset, params: LogisticParams = RIDGE): Model {
  return logistic.fit({ data, rows: allRows(data.rows) }, params, seeded(1));
}

function normals(name: string, count: number): number[] {
  const rng = seeded("logistic tests").split(name);
  return Array.from({ length: count }, () => rng.normal());
}

function expectProbabilities(model: Model, data: Dataset): void {
  const { values } = model.predict(data);
  expect(values.every((p) => p >= 0 && p <= 1)).toBe(true);
}

describe("separable classes", () => {
  const x = Array.from({ length: 40 }, (_, i) => i);
  for (const count of [2, 3])
    for (const params of PENALTIES)
      it(`${count} classes, ${JSON.stringify(params)}: finite, right, and the fit says why it stopped`, () => {
        const codes = x.map((value) => Math.floor((value * count) / 40));
        // The middle one of three is not on one side of a line, so it gets a column of its own.
        const middle = codes.map((code) => (code === 1 ? 1 : -1));
        const data = tableOf([numberColumn("x", x), numberColumn("middle", middle)], classes(codes, count));
        const model = fit(data, params);
        expect(coefficientsOf(model.toJSON()).coefficients.flat().every(Number.isFinite)).toBe(true);
        expectProbabilities(model, data);
        const { values } = model.predict(data);
        for (const [i, code] of codes.entries())
          expect(values[i * count + code]).toBe(Math.max(...values.subarray(i * count, (i + 1) * count)));
        expect(model.notes.iterations).toBeGreaterThan(0);
        expect(["converged", "rounding"]).toContain(model.notes.stopped);
      });
});

describe("the minimum is where the gradient says", () => {
  // Of the summed log loss plus l2 / 2 |b|^2, in encoded columns: X'(p - t) + l2 b = 0, and sum of (p - t) = 0.
  for (const [rows, width] of [
    [300, 5],
    [40, 60],
    [30, 400],
  ] as const)
    for (const count of [2, 3])
      it(`${rows} rows, ${width} columns, ${count} classes`, () => {
        const columns = Array.from({ length: width }, (_, j) => numberColumn(`x${j}`, normals(`${width} ${j}`, rows)));
        const codes = normals("codes", rows).map((value) => Math.min(count - 1, Math.floor(Math.abs(2 * value))));
        const data = tableOf(columns, classes(codes, count));
        for (const l2 of [0.1, 10]) {
          const model = fit(data, { ...RIDGE, l2 });
          const { coefficients } = coefficientsOf(model.toJSON());
          const { numbers } = model.toJSON().encoding as Encoding;
          const { values } = model.predict(data);
          for (const [k, own] of coefficients.entries()) {
            const code = count === 2 ? 1 : k;
            const over = codes.map((c, i) => values[i * count + code] - Number(c === code));
            expect(Math.abs(over.reduce((sum, v) => sum + v, 0))).toBeLessThan(1e-4);
            for (const [j, { column, mean, scale }] of numbers.entries()) {
              const source = columns[column];
              if (source.kind !== "number") throw new TypeError("a number wanted");
              const slope = over.reduce((sum, v, i) => sum + (v * (source.values[i] - mean)) / scale, 0);
              expect(Math.abs(slope + l2 * own[j])).toBeLessThan(1e-4);
            }
          }
        }
      });
});

describe("classes", () => {
  it("that training rows lack get 0; a single one gets 1 and says so", () => {
    const data = plantedTable({ task: "multiclass" });
    if (data.target.task === "regression") throw new TypeError("classes wanted");
    const { codes } = data.target;
    const without = (gone: readonly number[]): Model =>
      logistic.fit({ data, rows: allRows(data.rows).filter((row) => !gone.includes(codes[row])) }, RIDGE, seeded(1));
    const two = without([1]).predict(data).values;
    for (let i = 0; i < data.rows; i++) {
      expect(two[3 * i + 1]).toBe(0);
      expect(two[3 * i] + two[3 * i + 2]).toBeCloseTo(1, 12);
    }
    const one = without([0, 1]);
    expect([...one.predict(data, Int32Array.of(0, 5)).values]).toEqual([0, 0, 1, 0, 0, 1]);
    expect(one.explain(shapeOf(data)).summary).toBe("Every row is mid: training rows had no other class.");
  });
  it("balanced weigh the same whatever their shares", () => {
    const x = normals("balance", 300);
    const rare = x.map((value, i) => (i % 15 === 0 || value > 2.2 ? 1 : 0));
    const data = tableOf([numberColumn("x", x)], classes(rare, 2));
    const mean = (params: LogisticParams): number =>
      fit(data, params)
        .predict(data)
        .values.reduce((sum, p, i) => sum + (i % 2 === 1 ? p / 300 : 0), 0);
    expect(mean(RIDGE)).toBeCloseTo(
      rare.reduce<number>((sum, code) => sum + code / 300, 0),
      6,
    );
    const balanced = fit(data, { ...RIDGE, classWeight: "balanced" }).predict(data).values;
    const sums = [0, 0];
    const total = [0, 0];
    for (const [i, code] of rare.entries()) {
      sums[code] += balanced[2 * i + 1];
      total[code]++;
    }
    expect(sums[0] / total[0] + sums[1] / total[1]).toBeCloseTo(1, 6); // the mean over both classes is a half
  });
});

describe("large and wide", () => {
  it("a sample steers, all rows decide: 20,000 rows agree with the same rows given with weights", () => {
    const rows = 20_000;
    const x = normals("large x", rows).map((value) => Math.round(2 * value) / 2);
    const noise = normals("large noise", rows);
    const codes = x.map((value, i) => Number(value + noise[i] > 0.5));
    const cells = new Map<string, number>();
    for (const [i, value] of x.entries()) {
      const key = `${value} ${codes[i]}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
    }
    const keys = [...cells.keys()].map((key) => key.split(" ").map(Number));
    const short = tableOf(
      [
        numberColumn(
          "x",
          keys.map(([v]) => v),
        ),
      ],
      classes(
        keys.map(([, c]) => c),
        2,
      ),
      [...cells.values()],
    );
    const long = tableOf([numberColumn("x", x)], classes(codes, 2));
    const a = coefficientsOf(fit(long).toJSON());
    const b = coefficientsOf(fit(short).toJSON());
    expect(a.coefficients[0][0]).toBeCloseTo(b.coefficients[0][0], 6);
    expect(a.intercepts[0]).toBeCloseTo(b.intercepts[0], 6);
  });
  it("1,500 columns and 60 rows under a lasso: few columns, right ones first", () => {
    const rows = 60;
    const columns = Array.from({ length: 1500 }, (_, j) => numberColumn(`x${j}`, normals(`very wide ${j}`, rows)));
    const signal = columns[700];
    if (signal.kind !== "number") throw new TypeError("a number wanted");
    const data = tableOf(
      columns,
      classes(
        [...signal.values].map((value) => Number(value > 0)),
        2,
      ),
    );
    const model = fit(data, { penalty: "l1", classWeight: "none", shrinkage: 0.05 });
    expect(model.complexity.count).toBeLessThan(rows);
    expect(model.explain(shapeOf(data)).importance?.[0].column).toBe("x700");
    expect(model.notes.stopped).toBe("converged");
  });
});

describe("the space", () => {
  const penalties = (columns: Dataset["columns"], count: number, rows = 400): unknown[] => {
    const codes = Array.from({ length: rows }, (_, i) => i % count);
    const space = logistic.space(shapeOf(tableOf(columns, classes(codes, count))), rows);
    return space.penalty.type === "category" ? [...space.penalty.choices] : [];
  };
  const numbers = (count: number): Dataset["columns"] =>
    Array.from({ length: count }, (_, j) => numberColumn(`n${j}`, normals(`${j}`, 400)));
  const levels = (count: number): Dataset["columns"] => [
    categoryColumn(
      "c",
      Array.from({ length: 400 }, (_, i) => i % count),
      count,
    ),
  ];

  it("of several classes has penalties of absolute values up to 500 coefficients", () => {
    expect(penalties(numbers(50), 10)).toEqual(["l2", "elastic-net", "l1"]);
    expect(penalties(numbers(51), 10)).toEqual(["l2"]);
    expect(penalties(numbers(51), 2)).toEqual(["l2", "elastic-net", "l1"]);
    expect(penalties(numbers(5), 101)).toEqual(["l2"]);
  });
  it("counts a category by the levels that can have a column, and no more columns than rows", () => {
    expect(penalties(levels(60), 10)).toEqual(["l2"]);
    expect(penalties(levels(60), 10, 100)).toEqual(["l2", "elastic-net", "l1"]); // 20 levels of 5 rows
    expect(penalties(numbers(600), 2)).toEqual(["l2", "elastic-net", "l1"]);
    expect(penalties(numbers(600), 3)).toEqual(["l2"]);
  });
  it("with many coefficients has fewer strengths, the default among them", () => {
    const codes = Array.from({ length: 400 }, (_, i) => i % 100);
    const data = tableOf(numbers(6), classes(codes, 100));
    expect(logistic.space(shapeOf(data), 400).l2).toMatchObject({ path: [0.1, 1, 10, 100], default: 1 });
  });
});

it("a weak lasso uses at most 300 columns of more, and says so", () => {
  const rows = 700;
  const cells = Array.from({ length: 340 }, (_, j) => normals(`weak ${j}`, rows));
  const columns = cells.map((values, j) => numberColumn(`n${j}`, values));
  const sum = normals("weak noise", rows).map((value, i) => cells.reduce((total, values) => total + values[i], value));
  const data = tableOf(
    columns,
    classes(
      sum.map((value) => Number(value > 0)),
      2,
    ),
  );
  const model = fit(data, { penalty: "l1", classWeight: "none", shrinkage: 1e-4 });
  expect(model.notes["column limit"]).toBe(true);
  expect(
    coefficientsOf(model.toJSON())
      .coefficients.flat()
      .filter((value) => value !== 0).length,
  ).toBeLessThanOrEqual(300);
  expect(fit(data, { penalty: "l1", classWeight: "none", shrinkage: 0.1 }).notes).not.toHaveProperty("column limit");
});

it("settings of a path, in any order, are the fits of each alone", () => {
  for (const task of ["binary", "multiclass"] as const) {
    const data = plantedTable({ task, missing: 0.05, weights: true });
    const points: LogisticParams[] = [
      ...[1, 0.01, 100, 1].map((l2) => ({ ...RIDGE, l2 })),
      { ...RIDGE, classWeight: "balanced" },
      ...[0.01, 0.1, 0.001].flatMap((shrinkage) =>
        (["l1", "elastic-net"] as const).map((penalty) => ({ penalty, classWeight: "none" as const, shrinkage })),
      ),
    ];
    const models = logistic.prepare?.(data, [allRows(data.rows)]).fit([0], points, seeded(1)) ?? [];
    expect(models.length).toBe(points.length);
    for (const [i, point] of points.entries()) {
      const wanted = fit(data, point).predict(data).values;
      for (const [at, value] of models[i].predict(data).values.entries()) expect(value).toBeCloseTo(wanted[at], 5);
    }
  }
});

it("a search's fits of texts take fewer steps, and say the same to three digits", () => {
  const rng = seeded("searched texts");
  const codes = Array.from({ length: 150 }, () => rng.below(4));
  const word = (code: number): string => `w${rng.below(2) === 0 ? code * 40 + rng.below(40) : rng.below(400)}`;
  const texts = codes.map((code) => Array.from({ length: 25 }, () => word(code)).join(" "));
  const data = tableOf([textColumn("note", texts)], classes(codes, 4));
  const prepared = logistic.prepare?.(data, [allRows(150)]);
  const follower = prepared?.follow?.([0]);
  const path = [10, 1, 0.1].map((l2) => ({ penalty: "l2", classWeight: "none", l2 }) as const);
  const exact = prepared?.fit([0], path, seeded(1)) ?? [];
  const searched = path.map((point) => follower?.next(point));
  const sum = (models: readonly (Model | undefined)[]): number =>
    models.reduce((all, model) => all + Number(model?.notes.iterations), 0);
  expect(sum(searched)).toBeLessThan(0.9 * sum(exact));
  for (const [i, model] of searched.entries()) {
    const said = model?.predict(data).values ?? new Float64Array();
    for (const [j, value] of exact[i].predict(data).values.entries()) expect(said[j]).toBeCloseTo(value, 3);
  }
});

it("explains itself in log odds, in the columns' own units", () => {
  const x = normals("explained", 200);
  const noise = normals("explained noise", 200);
  const codes = x.map((value, i) => Number(2 * value + noise[i] > 0));
  const data = tableOf(
    [
      numberColumn(
        "km",
        x.map((value) => 1000 * value),
      ),
    ],
    classes(codes, 2),
  );
  const { summary, lines } = fit(data).explain(shapeOf(data));
  expect(summary).toBe("A weighted sum of 1 of 1 column, in log odds of class 1.");
  const { coefficients } = coefficientsOf(fit(data).toJSON());
  const { scale } = (fit(data).toJSON().encoding as Encoding).numbers[0];
  expect(lines[0]).toContain(`km: +${Number((coefficients[0][0] / scale).toPrecision(4))} per unit`);
});

it("tells outputs and levels without weight together", () => {
  const level = Array.from({ length: 400 }, (_, i) => i % 5);
  const noise = normals("sparse", 400);
  // level 4 alone makes class 2 likely; levels 0 to 3 and classes 0 and 1 are alike
  const codes = level.map((value, i) => (value === 4 && noise[i] < 1 ? 2 : i % 2));
  const data = tableOf([categoryColumn("kind", level, 5)], classes(codes, 3));
  const sparse: LogisticParams = { penalty: "l1", classWeight: "none", shrinkage: 0.08 };
  const [line] = fit(data, sparse).explain(shapeOf(data)).lines;
  expect(line).toMatch(/^kind: level 4 class 2 \+[\d.]+, others 0; 4 levels at 0$/);
});
