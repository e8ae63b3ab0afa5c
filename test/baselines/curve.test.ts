import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { curve } from "../../src/baselines/curve/curve.ts";
import { fitCurve } from "../../src/baselines/curve/forms.ts";
import { FORMS, formula, valueAt, type Form } from "../../src/models/curve.ts";
import { repeatedRows } from "../../src/baselines/mljs/repeated-rows.ts";
import { allRows, shapeOf, type Column, type Dataset } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";

const { cases } = JSON.parse(readFileSync("test/reference/curve.json", "utf8")) as {
  cases: { name: string; x: number[]; y: number[]; at: number[]; forms: Record<Form, number[]> }[];
};

for (const { name, x, y, at, forms } of cases)
  for (const form of FORMS)
    it(`agrees with NumPy: ${form}, ${name}`, () => {
      const fitted = fitCurve(form, { x, y })!;
      const scale = Math.max(...y);
      at.forEach((v, i) => expect(Math.abs(valueAt(fitted, v) - forms[form][i]) / scale).toBeLessThan(1e-8));
    });

const XS = Array.from({ length: 40 }, (_, i) => 1 + i / 4);

describe("forms", () => {
  it("find what was planted, and say it in the column's own units", () => {
    const said = (form: Form, f: (x: number) => number): string =>
      formula(fitCurve(form, { x: XS, y: XS.map(f) })!, "x").replaceAll(/\d\.\d{4,}/g, (v) => String(+(+v).toFixed(4)));
    expect(said("line", (x) => 3 - 2 * x)).toBe("3 - 2 x");
    expect(said("theil-sen", (x) => 3 - 2 * x)).toBe("3 - 2 x");
    expect(said("quadratic", (x) => 1 + 0.5 * x - 0.25 * x ** 2)).toBe("1 + 0.5 x - 0.25 x^2");
    expect(said("cubic", (x) => 2 - x + x ** 3)).toMatch(/^2 - 1 x [+-] [\d.e-]+ x\^2 \+ 1 x\^3$/);
    expect(said("power", (x) => 4 * x ** 1.5)).toBe("4 x^1.5");
    expect(said("exponential", (x) => 2 * Math.exp(-0.3 * x))).toBe("2 e^(-0.3 x)");
  });
  it("stay away from what they cannot do", () => {
    const y = XS.map((x) => x - 5);
    expect(fitCurve("power", { x: XS, y })).toBeUndefined();
    expect(fitCurve("exponential", { x: XS, y })).toBeUndefined();
    expect(fitCurve("power", { x: y, y: XS })).toBeUndefined();
    expect(fitCurve("cubic", { x: [1, 2, 1, 2], y: [1, 2, 1, 3] })).toBeUndefined();
    for (const form of FORMS) expect(fitCurve(form, { x: [2, 2, 2], y: [1, 2, 3] })).toBeUndefined();
  });
  it("bend no further than the training range, while lines go on", () => {
    const bent = fitCurve("cubic", { x: XS, y: XS.map((x) => x ** 3) })!;
    expect(valueAt(bent, 1e6)).toBe(valueAt(bent, Math.max(...XS)));
    const straight = fitCurve("line", { x: XS, y: XS })!;
    expect(valueAt(straight, 1e6)).toBeCloseTo(1e6, 3);
  });
  it("Theil-Sen's line does not tilt for outliers", () => {
    const y = XS.map((x, i) => (i % 7 === 3 ? 1000 : 2 * x));
    expect(valueAt(fitCurve("theil-sen", { x: XS, y })!, 5)).toBeCloseTo(10, 6);
  });
});

function table(columns: Record<string, readonly number[]>, y: readonly number[], weights?: readonly number[]): Dataset {
  return {
    rows: y.length,
    columns: Object.entries(columns).map(([name, values]): Column => ({
      kind: "number",
      name,
      values: Float64Array.from(values),
    })),
    target: { task: "regression", name: "y", values: Float64Array.from(y) },
    ...(weights && { weights: Float64Array.from(weights) }),
  };
}
const fitOn = (data: Dataset) => curve.fit({ data, rows: allRows(data.rows) }, {}, seeded("curve"));

describe("the choice", () => {
  const rng = seeded("choice");
  const noise = Array.from({ length: 300 }, () => rng.normal());
  const x = Array.from({ length: 300 }, () => 0.5 + 5 * rng.uniform());
  it("is of the right column and form, the plainest that will do", () => {
    const summary = (f: (x: number, noise: number) => number): string => {
      const data = table(
        { noise, x },
        x.map((v, i) => f(v, noise[(7 * i) % 300])),
      );
      return fitOn(data).explain(shapeOf(data)).summary;
    };
    expect(summary((v, e) => 3 * v + 0.5 * e)).toMatch(/^A straight line of x: y = /);
    expect(summary((v, e) => 10 * v ** 2.5 * Math.exp(0.05 * e))).toMatch(
      /^A power of x: y = (9\.|10)\S* x\^2\.[45]\d*\.$/,
    );
    expect(summary((v, e) => Math.exp(v + 0.05 * e))).toMatch(/^An exponential of x/);
    expect(summary((v, e) => (v - 3) ** 2 + 0.2 * e)).toMatch(/^A parabola of x/);
  });
  it("gives rows without a value the mean of such rows", () => {
    const gaps = x.map((v, i) => (i % 5 === 0 ? Number.NaN : v));
    const data = table(
      { gaps },
      x.map((v, i) => (i % 5 === 0 ? 100 : 2 * v)),
    );
    const { values } = fitOn(data).predict(data);
    expect(values[0]).toBeGreaterThan(95);
    expect(values[1]).toBeCloseTo(2 * x[1], 3);
  });
  it("needs a column that varies", () => {
    expect(() => fitOn(table({ x: [1, 1, 1] }, [1, 2, 3]))).toThrow(
      "curve: needs a number column with two different values, found none",
    );
  });
});

describe("repeated rows", () => {
  const repeated = (weights: number[] | undefined, n: number, most: number): number[] => {
    const rows = allRows(n);
    const w = weights && Float64Array.from(weights);
    return [...repeatedRows({ rows, ...(w && { weights: w }), total: w ? w.reduce((a, b) => a + b, 0) : n }, most)];
  };
  it("are the weights, exactly where they are whole and few", () => {
    expect(repeated([2, 1, 3], 3, 10)).toEqual([0, 0, 1, 2, 2, 2]);
    expect(repeated(undefined, 4, 10)).toEqual([0, 1, 2, 3]);
  });
  it("are in proportion to the weights otherwise", () => {
    expect(repeated([0.4, 1.6, 1, 1], 4, 10)).toEqual([1, 1, 2, 3]);
    expect(repeated(undefined, 10, 5)).toEqual([0, 2, 4, 6, 8]);
    const counts = new Float64Array(100);
    const weights = Array.from(counts, (_, i) => 0.5 + i / 100);
    for (const place of repeated(weights, 100, 50)) counts[place]++;
    expect(counts.reduce((a, b) => a + b, 0)).toBe(50);
    expect(counts.slice(50).reduce((a, b) => a + b, 0)).toBeCloseTo(50 * (1.2475 / 1.99), -0.5);
  });
});
