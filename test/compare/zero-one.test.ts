import { describe, expect, it } from "vitest";
import { mcnemarExact, mcnemarMidP, mcnemarTwoSided } from "../../src/compare/tests/mcnemar.ts";
import { tango } from "../../src/compare/tests/tango.ts";
import { normalUpperTail } from "../../src/numeric/normal.ts";
import { digits, readReference, relatively } from "./reference.ts";

const counts = (wins: number, losses: number, rows = wins + losses) => ({ wins, losses, rows });

describe("McNemar", () => {
  for (const [b, c, exact, midP] of [
    [1, 7, 0.0703125, 0.0390625],
    [3, 12, 0.03515625, 0.021270752],
    [121, 59, 4.43444926e-6, 3.2666468e-6],
    [25, 45, 0.0224628955, 0.0169946526],
    [10, 10, 1, 0.911901474],
    [0, 5, 0.0625, 0.03125],
    [0, 6, 0.03125, 0.015625],
  ])
    it(`${b} against ${c}, two-sided`, () => {
      relatively(mcnemarTwoSided(counts(b, c), false), exact, 1e-8);
      relatively(mcnemarTwoSided(counts(b, c), true), midP, 1e-8);
    });
  it("R's approval survey: 86 against 150", () =>
    relatively(mcnemarTwoSided(counts(86, 150), false), 3.715936e-5, 1e-6));
  it("one-sided: 12 against 3, and 11 against 2", () => {
    digits(mcnemarExact(counts(12, 3)).p, 0.017578125, 12);
    digits(mcnemarMidP(counts(12, 3)).p, 0.010635376, 9);
    digits(mcnemarExact(counts(11, 2, 20)).p, 0.01123046875, 12);
  });
  it("agrees with statsmodels and SciPy", () => {
    type Case = { wins: number; losses: number; twoSided: number; oneSided: number; shareLower: number };
    for (const c of readReference<{ mcnemar: Case[] }>("paired").mcnemar) {
      const input = counts(c.wins, c.losses, 1000);
      relatively(mcnemarTwoSided(input, false), c.twoSided, 1e-10);
      const e = mcnemarExact(input);
      relatively(e.p, c.oneSided, 1e-10);
      digits(e.lower, ((2 * c.shareLower - 1) * (c.wins + c.losses)) / 1000, 9);
    }
  });
  it("bounds exclude 0 exactly when p is below alpha; without discordant rows nothing is claimed", () => {
    for (let b = 0; b <= 12; b++)
      for (const e of [mcnemarExact(counts(b, 12 - b, 50)), mcnemarMidP(counts(b, 12 - b, 50))]) {
        expect(e.lower > 0).toBe(e.p < 0.05);
        expect(e.upper < 0).toBe(e.pBelow < 0.05);
      }
    expect(mcnemarExact(counts(0, 0, 9))).toMatchObject({ p: 1, pBelow: 1, gain: 0 });
  });
  it("refuses a margin and impossible counts", () => {
    expect(() => mcnemarMidP(counts(1, 2), { margin: 0.01 })).toThrow(/use tango/);
    expect(() => mcnemarExact(counts(3, 3, 5))).toThrow(/wins \+ losses <= rows/);
    expect(() => mcnemarExact(counts(1.5, 3, 5))).toThrow(RangeError);
  });
});

describe("Tango", () => {
  it("bounds, 95 %", () => {
    const stem = tango(counts(1, 7, 21), { alpha: 0.025 });
    digits(stem.lower, -0.517232, 6);
    digits(stem.upper, -0.026003, 6);
    const rival = tango(counts(45, 25, 500), { alpha: 0.025 });
    digits(rival.lower, 0.007386, 6);
    digits(rival.upper, 0.0738047, 7);
  });
  it("at a margin", () => {
    const e = tango(counts(45, 25, 500), { margin: 0.01 });
    digits(e.statistic, 1.8056129663, 10);
    digits(e.p, 0.0354894079, 10);
  });
  it("is McNemar's chi-square at margin 0", () => {
    for (const [b, c, square, p] of [
      [1, 7, 4.5, 0.0338948535],
      [3, 12, 5.4, 0.0201367516],
      [121, 59, 21.3555556, 3.81513587e-6],
      [25, 45, 5.71428571, 0.0168274095],
      [86, 150, 17.3559322, 3.099e-5],
    ]) {
      const e = tango(counts(b, c, b + c + 11));
      digits(e.statistic ** 2, square, 7);
      relatively(2 * normalUpperTail(Math.abs(e.statistic)), p, b === 86 ? 2e-4 : 1e-8);
    }
  });
  it("without discordant rows the bounds are still there, and rule out large gains only", () => {
    const e = tango(counts(0, 0, 200), { margin: 0.05 });
    expect(e.gain).toBe(0);
    expect(e.upper).toBeGreaterThan(0.01);
    expect(e.upper).toBeLessThan(0.02);
    expect(e.lower).toBeCloseTo(-e.upper, 10);
    expect(e.pBelow).toBeLessThan(0.01);
    expect(tango(counts(0, 0, 200))).toMatchObject({ p: 0.5, statistic: 0 });
  });
  it("bounds stay inside [-1, 1] when every row is discordant", () => {
    const e = tango(counts(5, 0, 5));
    expect(e.upper).toBeLessThanOrEqual(1);
    expect(e.lower).toBeGreaterThan(0);
  });
  /** P over all tables with n rows, win and loss probabilities b and c, that `happens`. Exact: a sum over the trinomial. */
  function probability(n: number, b: number, c: number, happens: (wins: number, losses: number) => boolean): number {
    let total = 0;
    for (let i = 0; i <= n; i++)
      for (let j = 0; i + j <= n; j++) {
        let log = 0;
        for (let k = 1; k <= n; k++) log += Math.log(k);
        for (const [count, share] of [
          [i, b],
          [j, c],
          [n - i - j, 1 - b - c],
        ]) {
          for (let k = 1; k <= count; k++) log -= Math.log(k);
          log += count === 0 ? 0 : count * Math.log(share);
        }
        if (log > -60 && happens(i, j)) total += Math.exp(log);
      }
    return total;
  }
  it("keeps its level on both sides of the margin, by summing over every possible table", () => {
    for (const [n, discordance, margin] of [
      [50, 0.2, 0],
      [50, 0.1, 0.05],
      [80, 0.05, 0.05],
      [60, 0.3, 0.02],
    ]) {
      const [b, c] = [(discordance + margin) / 2, (discordance - margin) / 2];
      const above = probability(n, b, c, (wins, losses) => tango(counts(wins, losses, n), { margin }).lower > margin);
      const below = probability(n, b, c, (wins, losses) => tango(counts(wins, losses, n), { margin }).upper < margin);
      expect(above).toBeLessThan(0.07);
      expect(below).toBeLessThan(0.07);
    }
  });
});
