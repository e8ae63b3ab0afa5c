import fc from "fast-check";
import { expect, it } from "vitest";
import { argsort } from "../../src/numeric/argsort.ts";
import { seeded } from "../../src/numeric/rng.ts";

const sorted = (values: Float64Array): number[] => {
  const rank = (v: number): number => (Number.isNaN(v) ? Infinity : v);
  return [...values.keys()].sort((a, b) =>
    values[a] === values[b] || (Number.isNaN(values[a]) && Number.isNaN(values[b]))
      ? a - b
      : rank(values[a]) - rank(values[b]) || Number(Number.isNaN(values[a])) - Number(Number.isNaN(values[b])),
  );
};

it("orders any doubles, stably, NaN last", () =>
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 60 }), (list) => {
      const values = Float64Array.from(list);
      expect([...argsort(values)]).toEqual(sorted(values));
    }),
  ));

it("gives the same order on the radix road", () => {
  const rng = seeded("argsort");
  const special = [0, -0, Number.NaN, 1e308, -1e308, 5e-324, -5e-324, 1, -1];
  const values = Float64Array.from({ length: 5000 }, (_, i) =>
    i % 7 === 0 ? special[rng.below(special.length)] : rng.normal() * 10 ** (rng.below(12) - 6),
  );
  expect([...argsort(values)]).toEqual(sorted(values));
  const few = Float64Array.from({ length: 4000 }, () => rng.below(3));
  expect([...argsort(few)]).toEqual(sorted(few));
});
