import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Differentiable, lbfgs, type LbfgsOptions } from "../../src/numeric/lbfgs.ts";
import { seeded } from "../../src/numeric/rng.ts";

interface Case {
  name: "rosenbrock" | "quadratic";
  start: number[];
  lower: number[] | null;
  upper: number[] | null;
  x: number[];
  value: number;
}
const cases = JSON.parse(readFileSync("test/reference/lbfgs.json", "utf8")) as Case[];

const rosenbrock: Differentiable = (x, gradient) => {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const t = x[i + 1] - x[i] ** 2;
    value += 100 * t * t + (1 - x[i]) ** 2;
    gradient[i] += -400 * x[i] * t - 2 * (1 - x[i]);
    gradient[i + 1] += 200 * t;
  }
  return value;
};
const quadratic: Differentiable = (x, gradient) => {
  const off = x.reduce((sum, v, i) => sum + v - (i + 1), 0);
  let value = 0.1 * off * off;
  for (let i = 0; i < x.length; i++) {
    const weight = 10 ** ((4 * i) / (x.length - 1));
    const t = x[i] - (i + 1);
    value += 0.5 * weight * t * t;
    gradient[i] = weight * t + 0.2 * off;
  }
  return value;
};
const functions = { rosenbrock, quadratic };
const bounds = (lower: number[] | null, upper: number[] | null): LbfgsOptions =>
  lower === null || upper === null ? {} : { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };

describe("lbfgs", () => {
  for (const [number, { name, start, lower, upper, x, value }] of cases.entries())
    it(`finds the minimum that SciPy finds: ${name} ${number}, ${lower === null ? "free" : "in a box"}`, () => {
      const found = lbfgs(functions[name], Float64Array.from(start), {
        ...bounds(lower, upper),
        gradientTolerance: 1e-8,
      });
      expect(["gradient", "value", "search"]).toContain(found.reason);
      expect(found.value - value).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
      for (let i = 0; i < x.length; i++) expect(found.x[i]).toBeCloseTo(x[i], 4);
      expect(found.evaluations).toBeLessThan(400);
      for (const [i, bound] of (lower ?? []).entries()) expect(found.x[i]).toBeGreaterThanOrEqual(bound);
      for (const [i, bound] of (upper ?? []).entries()) expect(found.x[i]).toBeLessThanOrEqual(bound);
    });
  it("fits a logistic regression: the score equations hold", () => {
    const rng = seeded("logistic");
    const rows = 200;
    const columns = 5;
    const x = Float64Array.from({ length: rows * columns }, () => rng.normal());
    const y = Float64Array.from({ length: rows }, (_, i) => (rng.normal() + x[i * columns] > 0 ? 1 : 0));
    const deviance: Differentiable = (w, gradient) => {
      gradient.fill(0);
      let value = 0;
      for (let i = 0; i < rows; i++) {
        let z = 0;
        for (let j = 0; j < columns; j++) z += w[j] * x[i * columns + j];
        value += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i] * z;
        const residual = 1 / (1 + Math.exp(-z)) - y[i];
        for (let j = 0; j < columns; j++) gradient[j] += residual * x[i * columns + j];
      }
      return value;
    };
    const found = lbfgs(deviance, new Float64Array(columns), { gradientTolerance: 1e-7 });
    expect(found.reason).toBe("gradient");
    expect(Math.max(...found.gradient.map(Math.abs))).toBeLessThanOrEqual(1e-7);
    expect(found.iterations).toBeLessThan(20);
    expect(found.evaluations).toBeLessThan(30);
  });
  it("stops at a corner that the gradient pushes into, and at once when it starts there", () => {
    const slope: Differentiable = (x, gradient) => {
      gradient.fill(1);
      return x.reduce((sum, v) => sum + v, 0);
    };
    const box = { lower: Float64Array.of(-1, 0), upper: Float64Array.of(1, 2) };
    expect([...lbfgs(slope, Float64Array.of(5, 5), box).x]).toEqual([-1, 0]);
    expect(lbfgs(slope, Float64Array.of(-1, 0), box)).toMatchObject({ iterations: 0, reason: "gradient" });
  });
  it("steps back from where the function is not defined", () => {
    const barrier: Differentiable = (x, gradient) => {
      gradient[0] = 1 - 1 / x[0];
      return x[0] <= 0 ? Number.NaN : x[0] - Math.log(x[0]);
    };
    expect(lbfgs(barrier, Float64Array.of(20)).x[0]).toBeCloseTo(1, 5);
  });
  it("leaves the start alone and says why it stopped", () => {
    const start = Float64Array.of(-1.2, 1);
    const cut = lbfgs(rosenbrock, start, { maxIterations: 3 });
    expect(cut).toMatchObject({ iterations: 3, reason: "iterations" });
    expect([...start]).toEqual([-1.2, 1]);
    const wrong: Differentiable = (x, gradient) => {
      gradient[0] = -2 * x[0];
      return x[0] ** 2;
    };
    expect(lbfgs(wrong, Float64Array.of(1))).toMatchObject({ reason: "search", iterations: 0 });
  });
  it("refuses a start without a value and bounds that cross", () => {
    expect(() => lbfgs(() => Number.NaN, Float64Array.of(1))).toThrow(/start must be finite/);
    expect(() =>
      lbfgs(rosenbrock, Float64Array.of(1, 1), { lower: Float64Array.of(0, 2), upper: Float64Array.of(1, 1) }),
    ).toThrow(/2 > 1 for variable 1/);
  });
});
