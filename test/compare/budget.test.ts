import { describe, expect, it } from "vitest";
import { judgeBudgets, quantileBounds, type Budget, type Measurements } from "../../src/compare/budget.ts";
import { seeded } from "../../src/numeric/rng.ts";

const runs = (n: number, f: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i));

describe("quantile bounds", () => {
  it("are order statistics: the median of 30 runs lies between the 11th and the 20th", () => {
    // P(Bin(30, ½) >= 11) = .9506, P(Bin(30, ½) >= 12) = .8998
    expect(
      quantileBounds(
        runs(30, (i) => i + 1),
        0.5,
      ),
    ).toEqual({ value: 15, lower: 11, upper: 20 });
  });
  it("the 95th percentile has an upper bound from 59 runs on", () => {
    expect(
      quantileBounds(
        runs(58, (i) => i),
        0.95,
      ).upper,
    ).toBe(Infinity);
    expect(
      quantileBounds(
        runs(59, (i) => i),
        0.95,
      ).upper,
    ).toBe(58);
  });
  it("hold as often as they say, whatever the distribution", () => {
    const rng = seeded("quantiles");
    const times = 3000;
    let tooHigh = 0;
    let tooLow = 0;
    for (let k = 0; k < times; k++) {
      const { lower, upper } = quantileBounds(
        runs(80, () => rng.uniform() ** 3),
        0.95,
      );
      if (lower > 0.95 ** 3) tooHigh++;
      if (upper < 0.95 ** 3) tooLow++;
    }
    const limit = 0.05 + 3 * Math.sqrt(0.0475 / times);
    expect(tooHigh / times).toBeLessThan(limit);
    expect(tooLow / times).toBeLessThan(limit);
    expect(tooHigh / times).toBeGreaterThan(0.01);
  });
  it("needs numbers", () => {
    expect(() => quantileBounds(new Float64Array(0), 0.5)).toThrow(/must not be empty/);
    expect(() => quantileBounds(Float64Array.of(1, Number.NaN), 0.5)).toThrow(/got NaN at position 1/);
  });
});

describe("budgets", () => {
  const one = (budget: Budget, challenger?: Measurements, champion?: Measurements) =>
    judgeBudgets([budget], challenger, champion)[0];
  const latency = (values: Float64Array) => ({ latency: { runs: values, batch: 100 } });
  it("latency, absolute and as a multiple of the champion", () => {
    const steady = latency(runs(100, (i) => 10 + 0.01 * i));
    expect(one({ quantity: "latency-p50", limit: 11, relative: false }, steady)).toMatchObject({
      outcome: "within",
      unit: "microseconds per row",
      batch: 100,
      runs: 100,
    });
    expect(one({ quantity: "latency-p50", limit: 10.1, relative: false }, steady).outcome).toBe("over");
    expect(one({ quantity: "latency-p50", limit: 10.5, relative: false }, steady).outcome).toBe("uncertain");
    const slow = latency(runs(100, (i) => 30 + 0.01 * i));
    expect(one({ quantity: "latency-p50", limit: 2.5, relative: true }, slow, steady).outcome).toBe("over");
    expect(one({ quantity: "latency-p50", limit: 3.2, relative: true }, slow, steady)).toMatchObject({
      outcome: "within",
      unit: "times the champion",
    });
  });
  it("too few runs settle nothing, and it says how many would", () => {
    const few = latency(runs(29, () => 1));
    expect(one({ quantity: "latency-p50", limit: 5, relative: false }, few)).toMatchObject({
      outcome: "uncertain",
      detail: { kind: "too-few", what: "timed runs", have: 29, least: 30 },
    });
    const some = one({ quantity: "latency-p95", limit: 500, relative: false }, latency(runs(40, (i) => i + 1)));
    expect(some).toMatchObject({ outcome: "uncertain", upper: null });
    expect(some.detail).toEqual({ kind: "no-upper-bound" });
  });
  it("what is counted, not sampled, is compared as it is", () => {
    expect(one({ quantity: "size", limit: 1000, relative: false }, { size: 1000 })).toMatchObject({
      outcome: "within",
      runs: 1,
    });
    expect(one({ quantity: "size", limit: 999, relative: false }, { size: 1000 }).outcome).toBe("over");
    expect(
      one({ quantity: "training-time", limit: 10, relative: true }, { trainingTime: 50 }, { trainingTime: 4 }).outcome,
    ).toBe("over");
  });
  it("repeated measurements of memory or training: five runs are the fewest that bound a median", () => {
    const times = (n: number) => ({ trainingTime: runs(n, (i) => 100 + i) });
    expect(one({ quantity: "training-time", limit: 200, relative: false }, times(4)).outcome).toBe("uncertain");
    expect(one({ quantity: "training-time", limit: 200, relative: false }, times(5)).outcome).toBe("within");
  });
  it("not measured is never within", () => {
    expect(one({ quantity: "memory", limit: 1, relative: false }, {})).toMatchObject({
      outcome: "uncertain",
      measured: null,
    });
    expect(one({ quantity: "size", limit: 2, relative: true }, { size: 1 }).detail).toEqual({
      kind: "not-measured",
      quantity: "size",
      of: "champion",
    });
    expect(one({ quantity: "size", limit: 2, relative: false }).detail).toEqual({
      kind: "not-measured",
      quantity: "size",
      of: "challenger",
    });
  });
  it("a limit must be above 0", () =>
    expect(() => one({ quantity: "size", limit: 0, relative: false }, { size: 1 })).toThrow(
      "budget: limit of size must be above 0, got 0",
    ));
});
