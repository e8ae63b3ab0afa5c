import fc from "fast-check";
import { expect, it } from "vitest";
import { smoothedShares, withMode } from "../../src/baselines/shares.ts";
import { mostFrequent } from "../../src/models/answers.ts";

const shares = fc
  .array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 6 })
  .filter((list) => list.some((v) => v > 0))
  .map((list) => Float64Array.from(list, (v) => v / list.reduce((a, b) => a + b, 0)));

it("smoothed shares are counts and prior mixed, and the prior where there are no counts", () => {
  expect([...smoothedShares([9, 3, 1, 0], 1, [0.5, 0.25, 0.25], 4)]).toEqual([5 / 8, 2 / 8, 1 / 8]);
  expect([...smoothedShares([0, 0], 0, [0.3, 0.7], 0)]).toEqual([0.3, 0.7]);
});

it("levels a label with the classes above it and leaves the others", () => {
  const got = withMode(Float64Array.of(0.5, 0.1, 0.3, 0.1), 2);
  [0.4, 0.1, 0.4, 0.1].forEach((wanted, k) => expect(got[k]).toBeCloseTo(wanted, 6));
  expect(got[2]).toBeGreaterThan(got[0]);
  const last = withMode(Float64Array.of(0.6, 0.4, 0, 0), 3);
  [1 / 3, 1 / 3, 0, 1 / 3].forEach((wanted, k) => expect(last[k]).toBeCloseTo(wanted, 6));
});

it("the label becomes the first largest share, the sum stays 1, nothing is negative", () =>
  fc.assert(
    fc.property(shares, fc.nat(), (given, pick) => {
      const label = pick % given.length;
      const got = withMode(given, label);
      expect(mostFrequent(got, 0, got.length)).toBe(label);
      expect(got.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expect(got.every((share) => share >= 0)).toBe(true);
      if (mostFrequent(given, 0, given.length) === label) expect(got).toEqual(given);
    }),
  ));

it("no other shares with that mode are likelier", () =>
  fc.assert(
    fc.property(
      shares,
      fc.nat(),
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
      (given, pick, raw) => {
        const label = pick % given.length;
        const likelihood = (p: ArrayLike<number>): number =>
          given.reduce((sum, share, k) => sum + (share > 0 ? share * Math.log(p[k]) : 0), 0);
        const top = Math.max(...raw.slice(0, given.length));
        const other = raw.slice(0, given.length).map((v, k) => (k === label ? top : v));
        const total = other.reduce((a, b) => a + b, 0);
        expect(likelihood(other.map((v) => v / total))).toBeLessThanOrEqual(likelihood(withMode(given, label)) + 1e-7);
      },
    ),
  ));
