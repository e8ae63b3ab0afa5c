import { describe, expect, it } from "vitest";
import { costMetric, decisions } from "../../src/compare/costs.ts";
import { OptionError } from "../../src/error.ts";
import { defaultMargin, marginAt, marginOf } from "../../src/compare/margin.ts";
import * as m from "./metrics.ts";
import { digits } from "./reference.ts";

const Y = Array.from("0011011010", Number);
const P = [0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.4, 0.2, 0.9, 0.6];
/** Costs 1 for a false alarm, 5 for a miss: `[decided][true]`. */
const MATRIX = [
  [0, 5],
  [1, 0],
];

describe("money as a metric", () => {
  it("decides where it is cheaper, row by row", () => {
    const { prediction, truth } = { prediction: m.probability(P), truth: m.binaryTruth(Y) };
    if (prediction.kind === "value") throw new Error();
    expect([...decisions(prediction.values, MATRIX)]).toEqual(P.map((p) => (p > 1 / 6 ? 1 : 0)));
    const metric = costMetric(MATRIX);
    digits(metric.score({ truth, prediction }), 0.4, 12);
    expect(metric.range).toEqual([0, 5]);
    // At other thresholds, as the note has them: rows above .5, .38 and .3.
    for (const [threshold, cost] of [
      [0.5, 1.1],
      [0.4, 0.8],
      [0.38, 0.8],
      [0.3, 0.3],
    ]) {
      const hard = m.probability(P.map((p) => (p >= threshold ? 1 : 0)));
      digits(metric.score({ truth, prediction: hard }), cost, 12);
    }
  });
  it("asks for what it needs", () => {
    expect(() => costMetric([[0, 1]])).toThrow("costs: a 1 x 1 matrix of finite numbers is wanted");
    expect(() => costMetric(MATRIX).score({ truth: m.numericTruth([1]), prediction: m.numbers([1]) })).toThrow(
      /probabilities of 2 classes/,
    );
  });
});

describe("margins", () => {
  it("the default: 0.01 for scores, 1 % for losses, and it says that it was assumed", () => {
    expect(defaultMargin(m.accuracy)).toEqual({ value: 0.01, kind: "absolute", assumed: true });
    expect(defaultMargin(m.r2)).toEqual({ value: 0.01, kind: "absolute", assumed: true });
    expect(defaultMargin(m.logLoss)).toEqual({ value: 0.01, kind: "relative", assumed: true });
  });
  it("given beats money beats the default", () => {
    const money = { valuePerUnit: 200, extraCost: 3 };
    expect(marginOf(m.accuracy, { value: 0, kind: "absolute" }, money)).toEqual({
      value: 0,
      kind: "absolute",
      assumed: false,
    });
    expect(marginOf(m.accuracy, undefined, money)).toEqual({ value: 0.015, kind: "absolute", assumed: false, money });
  });
  it("in the metric's unit: a share of what the baseline leaves to gain", () => {
    expect(marginAt(m.mse, { value: 0.1, kind: "relative" }, 40)).toBe(4);
    expect(marginAt(m.accuracy, { value: 0.25, kind: "relative" }, 0.5)).toBe(0.125);
    expect(marginAt(m.accuracy, { value: 0.01, kind: "absolute" }, 0.5)).toBe(0.01);
  });
  it("a relative margin needs a best value to be relative to", () => {
    const profit = { ...m.mse, name: "profit", direction: "maximize" as const, range: [-Infinity, Infinity] as const };
    expect(() => marginOf(profit, { value: 0.1, kind: "relative" })).toThrow("margin: profit has no best value");
    expect(() => marginOf(m.mse, { value: Number.NaN, kind: "absolute" })).toThrow(OptionError);
    expect(() => marginOf(m.mse, undefined, { valuePerUnit: 1, extraCost: -1 })).toThrow(
      /value must be at least 0, got -1/,
    );
  });
});
