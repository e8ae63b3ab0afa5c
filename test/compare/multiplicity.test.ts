import * as fc from "fast-check";
import { expect, it } from "vitest";
import { bonferroni, holm } from "../../src/compare/multiplicity.ts";
import { readReference } from "./reference.ts";

const rounded = (p: number[], places: number) => p.map((x) => Number(x.toFixed(places)));

it("four p values", () => {
  expect(rounded(holm([0.01, 0.04, 0.03, 0.005]), 12)).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(rounded(bonferroni([0.01, 0.04, 0.03, 0.005]), 12)).toEqual([0.04, 0.16, 0.12, 0.02]);
});
it("eight p values of Derrac et al.", () => {
  const p = [6e-6, 0.000332, 0.009823, 0.014171, 0.083642, 0.141093, 0.518605, 0.660706];
  expect(rounded(holm(p), 6)).toEqual([0.000048, 0.002324, 0.058938, 0.070855, 0.334568, 0.423279, 1, 1]);
});
it("agrees with statsmodels", () => {
  for (const c of readReference<{ holm: { p: number[]; holm: number[]; bonferroni: number[] }[] }>("paired").holm) {
    expect(rounded(holm(c.p), 12)).toEqual(rounded(c.holm, 12));
    expect(rounded(bonferroni(c.p), 12)).toEqual(rounded(c.bonferroni, 12));
  }
});
it("Holm never exceeds Bonferroni, never falls below p, keeps the order", () =>
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }), (p) => {
      const [h, b] = [holm(p), bonferroni(p)];
      p.forEach((value, i) => {
        expect(h[i]).toBeGreaterThanOrEqual(value);
        expect(h[i]).toBeLessThanOrEqual(b[i]);
        p.forEach((other, j) => value <= other && expect(h[i]).toBeLessThanOrEqual(h[j]));
      });
    }),
  ));
it("refuses what is no probability", () => expect(() => holm([0.1, Number.NaN])).toThrow("got NaN at position 1"));
