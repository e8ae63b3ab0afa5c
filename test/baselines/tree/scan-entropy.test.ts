/** Two classes by entropy: the scan that looks logarithms up finds, to the bit, what the scan of any number of classes finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { MISSING_BIN } from "../../../src/bins/number-bins.ts";
import { newBuckets } from "../../../src/baselines/tree/grow/buckets.ts";
import { scanClasses, type ClassBuckets } from "../../../src/baselines/tree/grow/scan-classes.ts";
import { scanEntropy } from "../../../src/baselines/tree/grow/scan-entropy.ts";
import { timesLogs } from "../../../src/numeric/times-log.ts";
import type { Cut, MomentNode } from "../../../src/baselines/tree/grow/scan-moments.ts";

/** Weights of both classes in a bin: few alike ones, so that gains tie; many rows of one class, so that gains are tiny. */
const count = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40_000 }));
const columns = fc.record({
  bins: fc.array(fc.tuple(count, count), { minLength: 2, maxLength: 20 }),
  missing: fc.tuple(count, count),
  minLeaf: fc.constantFrom(1, 2, 50),
  unit: fc.constantFrom(1, 1, 0.375),
  gain: fc.constantFrom(0, 1e-9, 3),
});

test("the same gain, bin and side of the missing rows, for whole weights and for others", () => {
  let cuts = 0;
  fc.assert(
    fc.property(columns, ({ bins, missing, minLeaf, unit, gain }) => {
      const classes: ClassBuckets = { size: bins.length, bin: new Int32Array(256), counts: new Float64Array(512) };
      const buckets = newBuckets();
      buckets.size = bins.length;
      const put = (i: number, [first, second]: readonly [number, number]): void => {
        classes.counts.set([first * unit, second * unit], 2 * i);
        buckets.g[i] = second * unit;
        buckets.h[i] = (first + second) * unit;
      };
      bins.forEach((sums, i) => put(i, sums));
      put(MISSING_BIN, missing);
      const all = [...bins, missing];
      const total = [0, 1].map((k) => all.reduce((sum, sums) => sum + sums[k] * unit, 0));
      const node: MomentNode = { g: total[1], h: total[0] + total[1], lower: 0, upper: 0, l2: 0, minLeaf };
      const wanted: Cut = { gain, at: -1, missingLeft: false };
      scanClasses(classes, "entropy", Float64Array.from(total), minLeaf, new Float64Array(4), wanted);
      const found: Cut = { gain, at: -1, missingLeft: false };
      scanEntropy(buckets, node, unit === 1 ? timesLogs(node.h) : undefined, found);
      expect(found).toEqual(wanted);
      if (found.at >= 0) cuts++;
    }),
    { numRuns: 3000, seed: 5 },
  );
  expect(cuts).toBeGreaterThan(1000);
});
