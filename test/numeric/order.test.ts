import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medianInPlace, valuesAtPlaces, weightedMedian } from "../../src/numeric/median.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { sorted, sortSpace } from "../../src/numeric/sort.ts";

describe("sorted", () => {
  it("is the library's order: short and long, ties, signs, zeros, extremes, values that share their upper words", () => {
    const rng = seeded("sorted");
    const makers: ((i: number) => number)[] = [
      () => rng.normal(),
      () => rng.below(7) - 3,
      (i) => [0, -0, 1, -1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, Infinity, -Infinity][i % 9],
      () => 1 + rng.below(1e6) * Number.EPSILON,
      (i) => i,
      (i) => -i,
      () => 10 ** (600 * rng.uniform() - 300),
    ];
    for (const make of makers)
      for (const size of [0, 1, 100, 1499, 1500, 6000]) {
        const values = Float64Array.from({ length: size }, (_, i) => make(i));
        const before = values.slice();
        const got = sorted(values, sortSpace(values.length));
        const wanted = values.slice().sort();
        expect(got.every((value, i) => Object.is(value, wanted[i]))).toBe(true);
        expect(values).toEqual(before);
      }
  });
});

describe("values at places", () => {
  it("are those of the sorted values, at places in any order, more than once, of any shape", () => {
    const rng = seeded("places");
    const makers: ((i: number) => number)[] = [
      () => rng.normal(),
      () => rng.below(4),
      (i) => i,
      (i) => -i,
      (i) => (i % 50 === 0 ? 1e300 * rng.normal() : 0),
      (i) => [Infinity, -Infinity, -0, 0, 1][i % 5],
    ];
    for (const make of makers)
      for (const size of [1, 2, 7, 601, 9000]) {
        const values = Float64Array.from({ length: size }, (_, i) => make(i));
        const order = values.slice().sort();
        const places = [0, size - 1, ...Array.from({ length: 12 }, () => rng.below(size)), 0];
        expect(valuesAtPlaces(values, places)).toEqual(places.map((place) => order[place] + 0));
        expect(values.sort()).toEqual(order);
      }
  });
});

describe("medians", () => {
  const middle = (list: readonly number[]): number => {
    const up = list.toSorted((a, b) => a - b);
    const half = up.length >> 1;
    return up.length % 2 === 1 ? up[half] : up[half - 1] / 2 + up[half] / 2;
  };
  it("are the middle of the sorted values", () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }),
        (list) => {
          expect(medianInPlace(Float64Array.from(list)) + 0).toBe(middle(list) + 0);
        },
      ),
    ));
  it("of long columns too, with ties and sorted ones", () => {
    const rng = seeded("medians");
    for (const make of [
      () => rng.normal(),
      () => rng.below(5),
      (i: number) => i,
      (i: number) => -i,
      (i: number) => Math.abs(i - 2000),
    ])
      for (const size of [601, 5000, 20_001]) {
        const list = Array.from({ length: size }, (_, i) => make(i));
        expect(medianInPlace(Float64Array.from(list))).toBe(middle(list));
      }
  });
  it("with whole weights are those of repeated values; weights of 0 do not count", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 3 })), {
          minLength: 1,
          maxLength: 30,
        }),
        (list) => {
          const repeated = list.flatMap(([value, weight]) => Array<number>(weight).fill(value));
          const got = weightedMedian(
            Float64Array.from(list, ([v]) => v),
            Float64Array.from(list, ([, w]) => w),
          );
          if (repeated.length === 0) expect(got).toBeNaN();
          else expect(got + 0).toBe(middle(repeated) + 0);
        },
      ),
    ));
  it("do not overflow, and of nothing are NaN", () => {
    expect(medianInPlace(Float64Array.of(1.6e308, 1.7e308))).toBeCloseTo(1.65e308, -300);
    expect(medianInPlace(new Float64Array(0))).toBeNaN();
  });
});
