import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawColumns, drawRows } from "../../../src/baselines/boosting/draw.ts";
import { weightedMedian } from "../../../src/numeric/median.ts";
import { allRows } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";

const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 });

describe("weightedMedian", () => {
  it("is the middle of the sorted values", () =>
    fc.assert(
      fc.property(values, (list) => {
        const sorted = list.toSorted((a, b) => a - b);
        const half = list.length >> 1;
        const wanted = list.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        expect(weightedMedian(Float64Array.from(list)) + 0).toBe(wanted + 0);
      }),
    ));
  it("takes whole weights as repetitions", () =>
    fc.assert(
      fc.property(
        values,
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
        (list, weights) => {
          const repeated = list.flatMap((value, i) => Array<number>(weights[i]).fill(value));
          const weighted = weightedMedian(Float64Array.from(list), Float64Array.from(weights.slice(0, list.length)));
          expect(weighted + 0).toBe(weightedMedian(Float64Array.from(repeated)) + 0);
        },
      ),
    ));
  it("leaves what it is given alone", () => {
    const given = Float64Array.of(3, 1, 2);
    weightedMedian(given);
    expect([...given]).toEqual([3, 1, 2]);
  });
});

describe("draws", () => {
  it("put a share of the places first and the rest after them, both in order", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (rows, share, seed) => {
          const order = new Int32Array(rows);
          const drawn = drawRows(share, seeded(seed), order);
          expect(drawn).toBe(Math.min(rows, Math.max(1, Math.round(share * rows))));
          for (const part of [order.subarray(0, drawn), order.subarray(drawn)])
            expect(part.every((place, i) => i === 0 || place > part[i - 1])).toBe(true);
          expect([...order].toSorted((a, b) => a - b)).toEqual([...allRows(rows)]);
        },
      ),
    ));
  it("take every place equally often", () => {
    const counts = new Int32Array(10);
    const order = new Int32Array(10);
    const rng = seeded("often");
    for (let round = 0; round < 4000; round++) {
      const drawn = drawRows(0.3, rng.split(round), order);
      for (const place of order.subarray(0, drawn)) counts[place]++;
    }
    // 4000 draws of probability 0.3: standard deviation 29
    for (const count of counts) expect(Math.abs(count - 1200)).toBeLessThan(5 * 29);
  });
  it("of columns are ascending, at least one, all for a share of 1", () => {
    expect([...drawColumns(4, 1, seeded(1))]).toEqual([0, 1, 2, 3]);
    expect(drawColumns(0, 0.5, seeded(1)).length).toBe(0);
    expect(drawColumns(9, 0.01, seeded(1)).length).toBe(1);
    const some = drawColumns(100, 0.4, seeded(1));
    expect(some.length).toBe(40);
    expect(some.every((column, i) => i === 0 || column > some[i - 1])).toBe(true);
  });
});
