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
  const special = [0, -0, Number.NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, -5e-324, 1, -1];
  const values = Float64Array.from({ length: 5000 }, (_, i) =>
    i % 7 === 0 ? special[rng.below(special.length)] : rng.normal() * 10 ** (rng.below(12) - 6),
  );
  expect([...argsort(values)]).toEqual(sorted(values));
  const few = Float64Array.from({ length: 4000 }, () => rng.below(3));
  expect([...argsort(few)]).toEqual(sorted(few));
});

it("gives the same order for grids, outliers, clusters and missing values", () => {
  const rng = seeded("spread");
  const make = (value: (i: number) => number): Float64Array => Float64Array.from({ length: 3000 }, (_, i) => value(i));
  const shapes = {
    prices: make(() => rng.below(100_000) / 100),
    "far from zero": make(() => 2 ** 46 + rng.below(1000) / 10),
    "five decimals": make(() => Math.round(rng.normal() * 1e5) / 1e5),
    "full precision": make(() => rng.normal()),
    "one outlier": make((i) => (i === 7 ? 1e100 : rng.normal())),
    "two clusters": make((i) => (i % 2) + 1e-13 * rng.below(1000)),
    "mostly missing": make((i) => (i % 3 ? Number.NaN : rng.uniform())),
    "all missing": make(() => Number.NaN),
    "infinite ends": make((i) => (i % 5 === 0 ? Infinity : i % 5 === 1 ? -Infinity : rng.normal())),
    "beyond 2^53": make(() => 2 ** 60 + 256 * rng.below(5000)),
    subnormal: make(() => 5e-324 * rng.below(50)),
    constant: make(() => 0.1),
    "probabilities of rare classes": make(() => Math.exp(-60 * rng.uniform())),
    "both signs, near 0": make((i) => (i % 2 === 0 ? 1 : -1) * Math.exp(-700 * rng.uniform())),
    "a few levels": make(() => [0.1, 0.37, 0.61234567, 0.9][rng.below(4)]),
    "clusters at many sizes": make((i) => 10 ** -(i % 40) * (1 + 1e-13 * rng.below(1000))),
  };
  for (const [shape, values] of Object.entries(shapes))
    for (const part of [values, values.subarray(0, 300)]) expect([...argsort(part)], shape).toEqual(sorted(part));
});
