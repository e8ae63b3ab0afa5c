import { describe, expect, it } from "vitest";
import { hall, tAndHall } from "../../src/compare/tests/hall.ts";
import { pairedT } from "../../src/compare/tests/student.ts";
import { digits, FIXTURE_A, FIXTURE_LS, FIXTURE_R16, readReference, relatively } from "./reference.ts";

describe("decision table: t bounds from summary statistics", () => {
  // Two values repeated so that mean and standard deviation are exact.
  const sample = (mean: number, sd: number, n: number): Float64Array => {
    const half = sd * Math.sqrt((n - 1) / n);
    return Float64Array.from({ length: n }, (_, i) => mean + (i % 2 === 0 ? half : -half));
  };
  for (const [mean, sd, n, lower, upper] of [
    [0.03, 0.3, 2000, 0.018961, 0.041039],
    [0.03, 0.3, 400, 0.00527, 0.05473],
    [0.002, 0.3, 6000, -0.004371, 0.008371],
    [-0.02, 0.3, 600, -0.040176, 0.000176],
  ])
    it(`mean ${mean}, sd ${sd}, n ${n}`, () => {
      const e = pairedT({ differences: sample(mean, sd, n) }, { margin: 0.01 });
      digits(e.lower, lower, 6);
      digits(e.upper, upper, 6);
    });
});

describe("fixtures", () => {
  it("A: ten differences", () => {
    const differences = FIXTURE_A;
    const [t, h] = [pairedT({ differences }), hall({ differences })];
    digits(t.gain, 0.012, 15);
    digits(t.error * Math.sqrt(10), 0.018135294, 10);
    digits(t.statistic, 2.0924574974, 10);
    digits(t.p, 0.0329600275, 10);
    digits(h.statistic, 1.9357948436, 10);
    digits(h.p, 0.0424400184, 10);
    digits(t.lower, 0.0014873109, 10);
    digits(t.upper, 0.0225126891, 10);
    digits(h.lower, 0.0006760044, 10);
    digits(h.upper, 0.0218532096, 10);
    digits(hall({ differences }, { margin: h.lower }).p, 0.05, 12);
    const both = tAndHall({ differences });
    expect([both.lower, both.upper, both.p]).toEqual([h.lower, t.upper, h.p]);
  });
  it("R16: right skew", () => {
    const differences = FIXTURE_R16;
    const [t, h] = [pairedT({ differences }), hall({ differences })];
    digits(h.statistic, 5.6429781467, 10);
    digits(t.lower, 28.2174734, 7);
    digits(t.upper, 79.7700266, 7);
    digits(h.lower, 33.0194041, 7);
    digits(h.upper, 90.9010175, 7);
  });
  it("LS: an overconfident challenger", () => {
    const differences = FIXTURE_LS;
    const [t, h] = [pairedT({ differences }), hall({ differences })];
    digits(t.gain, 0.016, 15);
    digits(t.error * Math.sqrt(20), 0.1207607465, 10);
    digits(t.p, 0.2802416418, 10);
    digits(h.p, 0.3387822756, 10);
    digits(t.lower, -0.0306916416, 10);
    digits(h.lower, -0.1817227152, 10);
    digits(h.upper, 0.050312281, 9);
  });
});

it("claims nothing without spread", () => {
  const e = tAndHall({ differences: Float64Array.of(0.1, 0.1, 0.1) });
  expect([e.p, e.pBelow, e.lower, e.upper]).toEqual([1, 1, -Infinity, Infinity]);
});
it("names what is wrong with its input", () => {
  expect(() => pairedT({ differences: Float64Array.of(1, Number.NaN) })).toThrow(
    "pairedT: differences must be finite, got NaN at position 1",
  );
  expect(() => hall({ differences: Float64Array.of(1) })).toThrow(
    "hall: differences must have at least 2 values, got 1",
  );
  expect(() => hall({ differences: Float64Array.of(1, 2) }, { alpha: 0.5 })).toThrow("alpha must be between 0 and 0.5");
});

it("agrees with SciPy", () => {
  type Case = { d: number[]; margin: number; t: number; p: number; pBelow: number; lower: number; upper: number };
  for (const c of readReference<{ pairedT: Case[] }>("paired").pairedT) {
    const e = pairedT({ differences: Float64Array.from(c.d) }, { margin: c.margin });
    relatively(e.statistic, c.t, 1e-11);
    relatively(e.p, c.p, 1e-11);
    relatively(e.pBelow, c.pBelow, 1e-11);
    digits(e.lower, c.lower, 8); // SciPy's t quantile has nine digits
    digits(e.upper, c.upper, 8);
  }
});
