import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ascendingOrder, midRanks } from "../../src/numeric/ranks.ts";
import { seeded } from "../../src/numeric/rng.ts";

const values = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 })), { maxLength: 60 });

it("orders as a stable sort does", () =>
  fc.assert(
    fc.property(values, (list) => {
      const x = Float64Array.from(list);
      const wanted = list.map((_, i) => i).sort((i, j) => (x[i] < x[j] ? -1 : x[i] > x[j] ? 1 : i - j));
      expect([...ascendingOrder(x)]).toEqual(wanted);
    }),
  ));
it("orders long arrays, with ties, both signs, zeros of both signs and extremes", () => {
  const rng = seeded("ranks");
  const x = Float64Array.from({ length: 20000 }, (_, i) =>
    i % 7 === 0 ? rng.below(5) - 2 : i % 7 === 1 ? -0 : rng.normal() * 10 ** (rng.below(600) - 300),
  );
  x[17] = -Infinity;
  x[4000] = Infinity;
  const order = ascendingOrder(x);
  expect([...order].sort((i, j) => i - j)).toEqual(Array.from(x, (_, i) => i));
  for (let k = 1; k < order.length; k++) {
    const [i, j] = [order[k - 1], order[k]];
    if (!(x[i] < x[j] || (x[i] === x[j] && i < j))) expect.fail(`${x[i]} (${i}) before ${x[j]} (${j})`);
  }
});
it("ties share the mean of their ranks, and ranks add to n (n + 1) / 2", () => {
  expect([...midRanks(Float64Array.of(3, 1, 3, 2, 3))]).toEqual([4, 1, 4, 2, 4]);
  const x = Float64Array.from({ length: 9999 }, (_, i) => i % 100);
  expect(midRanks(x).reduce((a, b) => a + b, 0)).toBe((9999 * 10000) / 2);
});
