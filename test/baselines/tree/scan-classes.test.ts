/** Cuts by many classes: what is kept up as classes change sides finds, to the bit, what weighing every cut in full finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { MISSING_BIN } from "../../../src/bins/number-bins.ts";
import {
  purity,
  scanClasses,
  type ClassBuckets,
  type Impurity,
} from "../../../src/baselines/tree/grow/scan-classes.ts";
import { timesLogs } from "../../../src/numeric/times-log.ts";
import type { Cut } from "../../../src/baselines/tree/grow/scan-moments.ts";

/** Weights of a class in a bin: mostly none; few alike ones, so that gains tie; many rows, so that gains are tiny. */
const count = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3_000 }) },
);
const CLASSES = 9;
const bin = fc.array(count, { minLength: CLASSES, maxLength: CLASSES });
const columns = fc.record({
  bins: fc.array(bin, { minLength: 2, maxLength: 20 }),
  missing: bin,
  minLeaf: fc.constantFrom(1, 2, 50),
  unit: fc.constantFrom(1, 1, 0.375, 1 / 3),
  gain: fc.constantFrom(0, 1e-9, 3),
  impurity: fc.constantFrom<Impurity>("gini", "entropy"),
});

/** Every cut in full, each side summed up anew. */
function best(bins: number[][], missing: number[], impurity: Impurity, minLeaf: number, gain: number): Cut {
  const cut: Cut = { gain, at: -1, missingLeft: false };
  const over = (rows: number[][]): Float64Array =>
    Float64Array.from({ length: CLASSES }, (_, k) => rows.reduce((sum, row) => sum + row[k], 0));
  const weight = (side: Float64Array): number => side.reduce((sum, x) => sum + x, 0);
  const of = (side: Float64Array): number => purity(impurity, side, 0, CLASSES);
  for (const missingLeft of missing.some((x) => x > 0) ? [false, true] : [false])
    for (let at = 0; at < bins.length; at++) {
      const left = over([...(missingLeft ? [missing] : []), ...bins.slice(0, at + 1)]);
      const right = over([...(missingLeft ? [] : [missing]), ...bins.slice(at + 1)]);
      if (weight(left) < minLeaf || weight(right) < minLeaf) continue;
      const own = of(left) + of(right) - of(over([missing, ...bins]));
      if (own > cut.gain) Object.assign(cut, { gain: own, at, missingLeft });
    }
  return cut;
}

test("the same gain, bin and side of the missing rows, for whole weights and for others", () => {
  let cuts = 0;
  fc.assert(
    fc.property(columns, ({ bins, missing, minLeaf, unit, gain, impurity }) => {
      const whole = unit === 1;
      // A grid on which weights add up exactly, as those of the trees do.
      const weigh = (row: number[]): number[] => row.map((x) => Math.round(x * unit * 2 ** 30) / 2 ** 30);
      const weighed = bins.map(weigh);
      const none = weigh(missing);
      const buckets: ClassBuckets = {
        size: bins.length,
        bin: new Int32Array(256),
        counts: new Float64Array(256 * CLASSES),
      };
      for (const [i, row] of weighed.entries()) buckets.counts.set(row, i * CLASSES);
      buckets.counts.set(none, MISSING_BIN * CLASSES);
      const total = Float64Array.from({ length: CLASSES }, (_, k) =>
        [none, ...weighed].reduce((sum, row) => sum + row[k], 0),
      );
      const terms = impurity === "entropy" && whole ? timesLogs(total.reduce((sum, x) => sum + x, 0)) : undefined;
      const found: Cut = { gain, at: -1, missingLeft: false };
      scanClasses(buckets, impurity, total, minLeaf, new Float64Array(2 * CLASSES), found, terms);
      expect(found).toEqual(best(weighed, none, impurity, minLeaf, gain));
      if (found.at >= 0) cuts++;
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(cuts).toBeGreaterThan(1000);
});
