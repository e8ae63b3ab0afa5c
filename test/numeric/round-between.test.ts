import fc from "fast-check";
import { expect, it } from "vitest";
import { roundBetween } from "../../src/numeric/round-between.ts";

it("finds the roundest number", () => {
  for (const [low, high, wanted] of [
    [59, 60, 59],
    [17.2, 23.9, 20],
    [0.99, 1, 0.99],
    [0.034, 0.0409, 0.04],
    [-1.2, 1.5, 0],
    [-23.9, -17.2, -20],
    [1234567, 1234570, 1234567],
    [999.5, 1000.5, 1000],
    [1.7e-300, 3.4e-300, 2e-300],
    [1 - 2 ** -53, 1, 1 - 2 ** -53],
  ])
    expect(roundBetween(low, high)).toBe(wanted);
});

it("stays between its ends, and is no longer than they are", () =>
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
      fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
      (a, b) => {
        fc.pre(a !== b);
        const [low, high] = a < b ? [a, b] : [b, a];
        const found = roundBetween(low, high);
        expect(found >= low && found < high).toBe(true);
        const digits = (v: number): number => v.toExponential().replace(/e.*|[-.]/g, "").length;
        expect(digits(found)).toBeLessThanOrEqual(digits(low));
      },
    ),
  ));

it("names what it cannot do", () => {
  expect(() => roundBetween(2, 2)).toThrow("roundBetween: wanted low < high, got 2, 2");
  expect(() => roundBetween(Number.NaN, 2)).toThrow(RangeError);
});
