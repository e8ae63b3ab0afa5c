import { describe, expect, it } from "vitest";
import { betting, largestLogCapital, plugInBets } from "../../src/compare/tests/betting.ts";
import { bernsteinLower, empiricalBernstein } from "../../src/compare/tests/empirical-bernstein.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits } from "./reference.ts";

const D = Float64Array.of(1, 0, 0, 1, -1, 0, 1, 1, 0, 1, 0, 1, -1, 1, 1, 0, 1, 1, 0, 1);
const X = D.map((d) => (d + 1) / 2);
const range = [-1, 1] as const;

describe("betting", () => {
  it("capital at any time, row by row", () => {
    const bets = plugInBets(X, 0.05, "anytime");
    const capital = (rows: number): number => {
      let product = 1;
      for (let i = 0; i < rows; i++) product *= 1 + Math.min(bets[i], 1) * (X[i] - 0.5);
      return product;
    };
    for (const [rows, k] of [
      [1, 1.5],
      [5, 1.125],
      [10, 3.796875],
      [15, 6.40722656],
      [20, 21.29562581],
    ])
      digits(capital(rows), k, 8);
    digits(betting({ differences: D, range }, { design: "anytime" }).p, 0.046958, 7);
  });
  it("capital for a fixed number of rows", () => {
    const bets = plugInBets(X, 0.05, "fixed");
    digits(Math.exp(largestLogCapital(X, bets, 0.5)), 21.6243896484, 9);
    digits(betting({ differences: D, range }).p, 1 / 21.6243896484, 11);
  });
  it("a bound excludes the margin exactly when p is below alpha", () => {
    for (const margin of [-0.2, 0, 0.01, 0.02, 0.1, 0.3, 0.6, 0.9]) {
      const e = betting({ differences: D, range }, { margin });
      expect(e.lower > margin).toBe(e.p < 0.05);
      expect(e.upper < margin).toBe(e.pBelow < 0.05);
    }
  });
  it("keeps its level for small samples and skew that ruin the t test", () => {
    const rng = seeded("betting");
    const runs = 1500;
    let wrong = 0;
    for (let run = 0; run < runs; run++) {
      // Rarely a large loss, else a small win: mean 0.
      const differences = Float64Array.from({ length: 25 }, () => (rng.uniform() < 0.05 ? -0.95 : 0.05));
      if (betting({ differences, range }).lower > 0) wrong++;
    }
    expect(wrong / runs).toBeLessThan(0.05);
  });
  it("needs the range, and gains inside it", () => {
    expect(() => betting({ differences: D })).toThrow(
      "betting: range must be the smallest and largest possible difference",
    );
    expect(() => betting({ differences: D, range: [0, 1] })).toThrow(
      "differences must lie in [0, 1], got -1 at position 4",
    );
  });
});

describe("empirical Bernstein", () => {
  it("twenty rows, and ten times over", () => {
    digits(bernsteinLower(X, 0.05, "anytime", 0), 0.3545998103, 9);
    const many = Float64Array.from({ length: 200 }, (_, i) => X[i % 20]);
    digits(bernsteinLower(many, 0.05, "anytime", 0), 0.6462299234, 9);
    digits(2 * bernsteinLower(many, 0.05, "anytime", 0) - 1, 0.2924598, 7);
    const e = empiricalBernstein({ differences: many.map((x) => 2 * x - 1), range });
    digits(e.lower, 2 * bernsteinLower(many, 0.05) - 1, 12);
    digits(e.gain, 0.45, 12);
  });
  it("p is the level at which the bound meets the margin", () => {
    const many = Float64Array.from({ length: 200 }, (_, i) => D[i % 20]);
    const e = empiricalBernstein({ differences: many, range }, { margin: 0.2 });
    digits(empiricalBernstein({ differences: many, range }, { alpha: e.p }).lower, 0.2, 6);
    expect(e.p).toBeLessThan(0.05);
    expect(empiricalBernstein({ differences: many, range }, { margin: 0.5 }).p).toBe(1);
  });
});
