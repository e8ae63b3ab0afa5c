import { expect, it } from "vitest";
import { brentRoot } from "../../src/numeric/roots.ts";

it("finds roots of smooth, steep, flat and stepped functions", () => {
  expect(brentRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 14);
  expect(brentRoot((x) => Math.exp(50 * x) - 3, -5, 5)).toBeCloseTo(Math.log(3) / 50, 13);
  expect(brentRoot((x) => (x - 1) ** 9, -4, 7)).toBeCloseTo(1, 1);
  expect(brentRoot((x) => (x < 0.3 ? -1 : 1), 0, 1)).toBeCloseTo(0.3, 12);
  expect(brentRoot((x) => x, 0, 5)).toBe(0);
  expect(brentRoot((x) => x - 5, 0, 5)).toBe(5);
});
it("needs few evaluations where the function is smooth", () => {
  let calls = 0;
  brentRoot((x) => (calls++, Math.cos(x) - x), 0, 1);
  expect(calls).toBeLessThan(12);
});
it("refuses an interval without a change of sign", () => {
  expect(() => brentRoot((x) => x * x + 1, -1, 1)).toThrow(/change sign/);
  expect(() => brentRoot(() => Number.NaN, -1, 1)).toThrow(RangeError);
});
