import * as fc from "fast-check";
import { expect, it } from "vitest";
import { mean, moments } from "../../src/numeric/moments.ts";

const samples = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 40 });

it("known values: the sample of Efron and Tibshirani's exercise", () => {
  const m = moments([10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213]);
  expect(m.mean).toBeCloseTo(53.99375, 13);
  expect(Math.sqrt(m.variance)).toBeCloseTo(58.8146860203, 10);
  expect(m.skewness).toBeCloseTo(1.4766928707, 10);
});
it("a large shift costs no digits", () => {
  const plain = moments([1, 2, 4, 8, 9.5]);
  const shifted = moments([1, 2, 4, 8, 9.5].map((x) => x + 2 ** 40));
  expect(shifted.variance).toBeCloseTo(plain.variance, 12);
  expect(shifted.skewness).toBeCloseTo(plain.skewness, 12);
});
it("scale: variance by its square, skewness and kurtosis not at all, sign flips skewness", () =>
  fc.assert(
    fc.property(samples, (x) => {
      const [a, b] = [moments(x), moments(x.map((v) => -3 * v))];
      if (a.variance < 1e-9) return;
      expect(b.variance / a.variance).toBeCloseTo(9, 9);
      expect(b.skewness).toBeCloseTo(-a.skewness, 7);
      expect(b.kurtosis / a.kurtosis).toBeCloseTo(1, 7);
    }),
  ));
it("equal values have variance exactly 0, of one value it is not known, of none nothing is", () => {
  expect(moments([0.1, 0.1, 0.1])).toEqual({ count: 3, mean: 0.1, variance: 0, skewness: 0, kurtosis: 3 });
  expect(moments([5]).variance).toBeNaN();
  expect(mean([])).toBeNaN();
  expect(moments([1, Number.NaN]).mean).toBeNaN();
});
