import fc from "fast-check";
import { expect, it } from "vitest";
import { between } from "../../src/bins/holte.ts";
import { bucketOfValue, bucketsOfValues } from "../../src/models/cut.ts";
import { allRows } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

it("a bucket is the number of bounds below the value", () =>
  fc.assert(
    fc.property(fc.uniqueArray(finite), finite, (list, value) => {
      const bounds = Float64Array.from(list).sort();
      expect(bucketOfValue(bounds, value)).toBe(bounds.filter((bound) => bound < value).length);
    }),
  ));

it("looking buckets up in a table gives what halving gives", () => {
  const rng = seeded("cut");
  const values = Float64Array.from({ length: 6000 }, (_, i) => (i % 50 === 0 ? Number.NaN : 100 * rng.normal()));
  for (const spread of [1e-9, 1, 40, 1e12])
    for (const count of [0, 1, 2, 39, 5000]) {
      // Some bounds are values, so that equality is met.
      const bounds = Float64Array.from(
        new Set(Array.from({ length: count }, (_, b) => (b % 3 ? values[7 * b + 1] : spread * rng.normal()))),
      )
        .filter((bound) => !Number.isNaN(bound))
        .sort();
      const wanted = [...values].map((v) => (Number.isNaN(v) ? -1 : bucketOfValue(bounds, v)));
      expect([...bucketsOfValues(bounds, values, allRows(6000))]).toEqual(wanted);
    }
});

it("a number between two neighbours belongs to the lower one", () =>
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      fc.pre(a !== b);
      const [low, high] = a < b ? [a, b] : [b, a];
      const middle = between(low, high);
      expect(middle >= low && middle < high).toBe(true);
    }),
  ));
