import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classSums, mergedSums, type NumberSums } from "../../src/baselines/naive-bayes/class-sums.ts";
import { naiveBayes } from "../../src/baselines/naive-bayes/naive-bayes.ts";
import { allRows, shapeOf, type Column, type Dataset, type NumberColumn } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { takeRows } from "../../src/frame/take.ts";
import { dealt, plantedTable, union } from "../../src/testing/tables.ts";

interface Fitted {
  readonly prior: number[];
  readonly probability: number[][];
}
interface Reference {
  readonly iris: {
    readonly data: number[][];
    readonly codes: number[];
    readonly weights: number[];
    readonly plain: Fitted & { mean: number[][]; variance: number[][] };
    readonly weighted: Fitted & { mean: number[][]; variance: number[][] };
  };
  readonly categories: {
    readonly levels: number[][];
    readonly codes: number[];
    readonly weights: number[];
    readonly cases: readonly (Fitted & { alpha: number; weighted: boolean; shares: number[][][] })[];
  };
}
const reference = JSON.parse(readFileSync("test/reference/naive-bayes.json", "utf8")) as Reference;

const CLASSICAL = { bins: 0, variance: 1e-9, alpha: 1, temper: 1 };

const fitOn = (data: Dataset, params: Partial<typeof CLASSICAL> = {}) =>
  naiveBayes.fit({ data, rows: allRows(data.rows) }, { ...CLASSICAL, ...params }, seeded("nb"));

const probabilities = (data: Dataset, params: Partial<typeof CLASSICAL> = {}, on = data): number[] => [
  ...fitOn(data, params).predict(on).values,
];

function expectEach(got: ArrayLike<number>, wanted: readonly number[], digits = 9): void {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(got[i]).toBeCloseTo(value, digits));
}

function tableOf(columns: readonly Column[], codes: readonly number[], weights?: readonly number[]): Dataset {
  const classes = [...new Set(codes)].sort((a, b) => a - b).map(String);
  return {
    rows: codes.length,
    columns,
    target: { task: classes.length === 2 ? "binary" : "multiclass", name: "y", classes, codes: Int32Array.from(codes) },
    ...(weights && { weights: Float64Array.from(weights) }),
  };
}

const numberColumn = (name: string, values: readonly number[]): NumberColumn => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
});
const category = (name: string, codes: readonly number[], levels: number): Column => ({
  kind: "category",
  name,
  codes: Int32Array.from(codes),
  levels: Array.from({ length: levels }, (_, level) => `l${level}`),
});

describe("agrees with scikit-learn", () => {
  const { iris, categories } = reference;
  const irisColumns = [0, 1, 2, 3].map((j) =>
    numberColumn(
      `x${j}`,
      iris.data.map((row) => row[j]),
    ),
  );
  for (const [name, wanted] of [
    ["plain", iris.plain],
    ["weighted", iris.weighted],
  ] as const)
    it(`normal curves, ${name}`, () => {
      const data = tableOf(irisColumns, iris.codes, name === "weighted" ? iris.weights : undefined);
      const model = fitOn(data, { variance: 0 });
      const json = model.toJSON() as unknown as { prior: number[]; columns: { mean: number[]; variance: number[] }[] };
      expectEach(json.prior, wanted.prior);
      json.columns.forEach((column, j) => {
        expectEach(
          column.mean,
          wanted.mean.map((row) => row[j]),
        );
        expectEach(
          column.variance,
          wanted.variance.map((row) => row[j]),
        );
      });
      const rows = allRows(150).filter((row) => row % 10 === 0);
      expectEach(model.predict(data, rows).values, wanted.probability.flat());
    });

  for (const wanted of categories.cases)
    it(`categories, alpha ${wanted.alpha}${wanted.weighted ? ", weighted" : ""}`, () => {
      const columns = [0, 1, 2].map((j) => {
        const codes = categories.levels.map((row) => row[j]);
        return category(`c${j}`, codes, Math.max(...codes) + 1);
      });
      const data = tableOf(columns, categories.codes, wanted.weighted ? categories.weights : undefined);
      const model = fitOn(data, { alpha: wanted.alpha });
      const json = model.toJSON() as unknown as { columns: { shares: number[] }[] };
      json.columns.forEach((column, j) => {
        const levels = wanted.shares[j][0].length; // theirs: classes x levels
        expectEach(
          column.shares,
          Array.from({ length: levels }, (_, l) => wanted.shares[j].map((ofClass) => ofClass[l])).flat(),
        );
      });
      const rows = allRows(data.rows).filter((row) => row % 10 === 0);
      expectEach(model.predict(data, rows).values, wanted.probability.flat());
    });
});

it("multiplies numbers and categories, and skips what is missing or was never seen", () => {
  const x = [0, 2, 4, 10, 12, 14];
  const c = [0, 0, 1, 1, 1, 0];
  const data = tableOf([numberColumn("x", x), category("c", c, 3)], [0, 0, 0, 1, 1, 1]);
  const density = (value: number, mean: number): number => Math.exp(-((value - mean) ** 2) / (2 * (8 / 3)));
  const share = [2 + 1, 1 + 1].map((count) => count / (3 + 2)); // level l0 in each class
  const odds = (value: number): number => (density(value, 12) * share[1]) / (density(value, 2) * share[0]);
  const asked = tableOf(
    [numberColumn("x", [6, 6, Number.NaN, Number.NaN]), category("c", [0, -1, 0, 2], 3)],
    [0, 1, 0, 1],
  );
  const [both, xOnly, cOnly, nothing] = [0, 1, 2, 3].map(
    (row) => probabilities(data, { variance: 0 }, asked)[2 * row + 1],
  );
  expect(both).toBeCloseTo(odds(6) / (1 + odds(6)), 12);
  expect(xOnly).toBeCloseTo(density(6, 12) / (density(6, 12) + density(6, 2)), 12);
  expect(cOnly).toBeCloseTo(share[1] / (share[0] + share[1]), 12);
  expect(nothing).toBeCloseTo(0.5, 12);
});

it("tempering raises the evidence to a power and leaves the class shares alone", () => {
  const data = plantedTable({ task: "binary", rows: 300 });
  const prior = Math.log(probabilities(data, {}, blanked(data))[1] / probabilities(data, {}, blanked(data))[0]);
  const logit = (temper: number): number[] => {
    const p = probabilities(data, { temper });
    return Array.from({ length: 300 }, (_, i) => Math.log(p[2 * i + 1] / p[2 * i]) - prior);
  };
  const full = logit(1);
  logit(0.3).forEach((value, i) => expect(value).toBeCloseTo(0.3 * full[i], 6));
});

function blanked(data: Dataset): Dataset {
  const columns = data.columns.map((c): Column =>
    c.kind === "number"
      ? { ...c, values: c.values.map(() => Number.NaN) }
      : c.kind === "category"
        ? { ...c, codes: c.codes.map(() => -1) }
        : c,
  );
  return { ...data, columns };
}

describe("laws", () => {
  for (const bins of [0, 10])
    it(`the units of a column do not matter, ${bins} bins`, () => {
      const data = plantedTable({ task: "multiclass", rows: 300, missing: 0.1 });
      const moved: Dataset = {
        ...data,
        columns: data.columns.map((c) =>
          c.kind === "number" ? { ...c, values: c.values.map((v) => 1000 + v / 64) } : c,
        ),
      };
      expectEach(probabilities(moved, { bins }), probabilities(data, { bins }), 6);
    });

  it("duplicating all rows changes nothing without smoothing of counts", () => {
    const data = plantedTable({ task: "binary", rows: 200, missing: 0.1 });
    const twice = takeRows(data, [...allRows(200), ...allRows(200)]);
    expectEach(probabilities(twice, { alpha: 2 }, data), probabilities(data, { alpha: 1 }), 9);
  });

  it("sums of disjoint rows merge into those of their union", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 2 }), fc.boolean()),
          {
            minLength: 3,
          },
        ),
        fc.integer({ min: 1, max: 4 }),
        (list, count) => {
          const values = list.map(([x, , known]) => (known ? 1e9 + x : Number.NaN)); // far from 0: digits would be lost
          const codes = list.map(([, k]) => k);
          const data: Dataset = {
            rows: list.length,
            columns: [numberColumn("x", values)],
            target: { task: "multiclass", name: "y", classes: ["a", "b", "c"], codes: Int32Array.from(codes) },
          };
          const parts = dealt(list.length, count);
          const merged = mergedSums(parts.map((rows) => classSums(data, rows))).columns[0] as NumberSums;
          const whole = classSums(data, union(...parts)).columns[0] as NumberSums;
          expectEach(merged.weight, [...whole.weight]);
          expectEach(merged.mean, [...whole.mean], 4);
          merged.square.forEach((square, k) =>
            expect(Math.abs(square - whole.square[k])).toBeLessThanOrEqual(1e-3 + 1e-9 * whole.square[k]),
          );
        },
      ),
    ));
});

describe("hard tables", () => {
  it("leaves out columns that say nothing: constant ones exactly, and those beyond double range", () => {
    const data = plantedTable({ task: "binary", rows: 90 });
    const useless = [
      numberColumn(
        "constant",
        Array.from({ length: 90 }, () => 0.003467),
      ),
      numberColumn(
        "huge",
        Array.from({ length: 90 }, (_, i) => (i % 2 ? 1e308 : -1e308)),
      ),
      category(
        "one level",
        Array.from({ length: 90 }, () => 1),
        3,
      ),
    ];
    const more = { ...data, columns: [...data.columns, ...useless] };
    expect(fitOn(more).notes.columnsUsed).toBe(5);
    expectEach(probabilities(more), probabilities(data));
  });

  it("gives a class that was never seen no probability, and stays finite far outside the training range", () => {
    const data = plantedTable({ task: "multiclass", rows: 120 });
    const rows = allRows(120).filter((row) => (data.target as { codes: Int32Array }).codes[row] !== 1);
    const model = naiveBayes.fit({ data, rows }, CLASSICAL, seeded(1));
    const far = {
      ...data,
      columns: data.columns.map((c) => (c.kind === "number" ? { ...c, values: c.values.map((v) => v * 1e300) } : c)),
    };
    for (const table of [data, far]) {
      const { values } = model.predict(table);
      values.forEach((p, i) => expect(i % 3 === 1 ? p : 0).toBe(0));
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it("bins tell what normal curves cannot: a class in the middle", () => {
    const rng = seeded("middle");
    const x = Array.from({ length: 400 }, () => rng.normal());
    const codes = x.map((v) => (Math.abs(v) < 0.7 ? 1 : 0));
    const data = tableOf([numberColumn("x", x)], codes);
    const p = probabilities(data, { bins: 40 });
    const right = codes.filter((code, i) => p[2 * i + 1] > 0.5 === (code === 1)).length;
    expect(right / 400).toBeGreaterThan(0.95);
    expect(fitOn(data, { bins: 10 }).explain(shapeOf(data)).lines[0]).toMatch(/^x: 0 (up to|above) -?[\d.]+ [\d.]+ %/);
  });
});
