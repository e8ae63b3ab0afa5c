import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { incompleteBeta } from "../../src/numeric/beta.ts";
import { binomialCdf, binomialProbability, binomialUpperTail } from "../../src/numeric/binomial.ts";
import { fisherUpperTail } from "../../src/numeric/fisher.ts";
import {
  erfc,
  logNormalCdf,
  logNormalDensity,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalUpperTail,
} from "../../src/numeric/normal.ts";
import { studentCdf, studentDensity, studentQuantile, studentUpperTail } from "../../src/numeric/student.ts";

type Case = Record<string, number>;
const reference = JSON.parse(
  readFileSync(new URL("../reference/distributions.json", import.meta.url), "utf8"),
) as Record<string, Case[]>;

/** The largest relative difference over all cases of a family, with the case it belongs to. */
function worst(family: string, compare: (c: Case) => readonly (readonly [got: number, wanted: number])[]) {
  let error = 0;
  let at = "";
  for (const c of reference[family])
    for (const [got, wanted] of compare(c)) {
      const relative = wanted === got ? 0 : Math.abs(got - wanted) / Math.abs(wanted);
      if (!(relative <= error)) [error, at] = [relative, JSON.stringify({ ...c, got, wanted })];
    }
  return { error, at, cases: reference[family].length };
}

/** Far tails of gammas lose a little more than 1e-13, as does an upper tail next to a lower one of .99. */
function agrees(family: string, tolerance: number, compare: Parameters<typeof worst>[1]): void {
  const { error, at, cases } = worst(family, compare);
  expect(cases).toBeGreaterThan(10);
  expect(error, at).toBeLessThan(tolerance);
}

describe("against mpmath", () => {
  it("normal: density, both tails, their logarithm", () => {
    agrees("normal", 2e-13, (c) => [
      [normalCdf(c.x), c.cdf],
      [normalUpperTail(c.x), c.tail],
      [logNormalCdf(c.x), c.logCdf === 0 ? -c.tail : c.logCdf],
      [normalDensity(c.x), c.density],
      [erfc(c.x), c.erfc < 1e-300 ? erfc(c.x) : c.erfc], // below that, numbers are subnormal
    ]);
  });
  it("normal quantile", () => agrees("normalQuantile", 1e-15, (c) => [[normalQuantile(c.p), c.x]]));
  it("incomplete beta", () =>
    agrees("beta", 1e-13, (c) => {
      const { lower, upper } = incompleteBeta(c.a, c.b, c.x);
      return [
        [lower, c.lower],
        [upper, c.upper],
      ];
    }));
  it("Student t: tail and density", () =>
    agrees("student", 1e-13, (c) => [
      [studentUpperTail(c.t, c.df), c.tail],
      [studentDensity(c.t, c.df), c.density],
    ]));
  it("Student t quantile", () => agrees("studentQuantile", 1e-12, (c) => [[studentQuantile(c.p, c.df), c.t]]));
  it("F", () => agrees("fisher", 1e-13, (c) => [[fisherUpperTail(c.f, c.df1, c.df2), c.upper]]));
  it("binomial", () =>
    agrees("binomial", 1e-12, (c) => [
      [binomialProbability(c.k, c.n, c.p), c.probability],
      [binomialCdf(c.k, c.n, c.p), c.atMost],
      [binomialUpperTail(c.k, c.n, c.p), c.atLeast],
    ]));
});

describe("laws", () => {
  it("tails add to one, and the quantile undoes the tail", () => {
    for (const df of [0.6, 1, 1.7, 2, 8, 60, 1e4, 1e6])
      for (const p of [1e-9, 0.0025, 0.05, 0.2, 0.4, 0.6, 0.975]) {
        const t = studentQuantile(p, df);
        expect(Math.abs(studentCdf(t, df) / p - 1)).toBeLessThan(1e-11);
        expect(Math.abs(studentCdf(t, df) + studentUpperTail(t, df) - 1)).toBeLessThan(1e-15);
        expect(studentQuantile(1 - p, df) / -t).toBeCloseTo(1, 6);
      }
  });
  it("Student tends to the normal, F with one degree is t squared", () => {
    expect(studentQuantile(0.95, 1e8)).toBeCloseTo(normalQuantile(0.95), 7);
    expect(fisherUpperTail(2.3 ** 2, 1, 17)).toBeCloseTo(2 * studentUpperTail(2.3, 17), 14);
  });
  it("the binomial tails share exactly one point", () => {
    for (const k of [0, 1, 4, 9, 10])
      expect(binomialCdf(k, 10, 0.3) + binomialUpperTail(k, 10, 0.3) - binomialProbability(k, 10, 0.3)).toBeCloseTo(
        1,
        13,
      );
    expect(binomialProbability(0, 9, 0)).toBe(1);
    expect(binomialProbability(9, 9, 1)).toBe(1);
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(5, 5, 0.5), binomialUpperTail(6, 5, 0.5)]).toEqual([0, 1, 0]);
  });
  it("what is out of range is NaN, ends are infinite", () => {
    expect(studentQuantile(1.5, 3)).toBeNaN();
    expect(studentQuantile(0.3, 0)).toBeNaN();
    expect([studentQuantile(0, 3), studentQuantile(1, 3), studentQuantile(0.5, 3)]).toEqual([-Infinity, Infinity, 0]);
    expect(incompleteBeta(0, 1, 0.5).lower).toBeNaN();
    expect(logNormalDensity(2)).toBeCloseTo(Math.log(normalDensity(2)), 14);
  });
});
