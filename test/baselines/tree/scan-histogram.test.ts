/** The scans straight over a histogram find what the scan over listed buckets finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { MISSING_BIN } from "../../../src/bins/number-bins.ts";
import { listOccupied, newBuckets, readPairs } from "../../../src/baselines/tree/grow/buckets.ts";
import { scanPacked, scanPairs, type HistogramCut } from "../../../src/baselines/tree/grow/scan-histogram.ts";
import { scanMoments, type Cut, type MomentNode } from "../../../src/baselines/tree/grow/scan-moments.ts";

const UNIT = 2 ** 20;
const SCALE = 1 / 8;

/** Sums of a bin: g a multiple of 1 / 16, h of SCALE, and g = 0 where h = 0. */
const bin = fc
  .tuple(fc.integer({ min: -64, max: 64 }), fc.integer({ min: 0, max: 6 }))
  .map(([g, h]) => ({ g: h === 0 ? 0 : g / 16, h: h * SCALE }));
const columns = fc.record({
  bins: fc.array(bin, { minLength: 1, maxLength: 40 }),
  missing: bin,
  l2: fc.constantFrom(0, 0.5, 3),
  minLeaf: fc.constantFrom(SCALE, 1, 4),
  gain: fc.constantFrom(0, 0.01, 2),
});

test("pairs and packed numbers give the gain, bin and side of the missing rows that listed buckets give", () => {
  let cuts = 0;
  fc.assert(
    fc.property(columns, ({ bins, missing, l2, minLeaf, gain }) => {
      const pairs = new Float64Array(512);
      const packed = new Float64Array(256);
      const put = (k: number, { g, h }: { g: number; h: number }): void => {
        pairs[2 * k] = g;
        pairs[2 * k + 1] = h;
        packed[k] = g + (UNIT * h) / SCALE;
      };
      bins.forEach((sums, k) => put(k, sums));
      put(MISSING_BIN, missing);
      const all = [...bins, missing];
      const node: MomentNode = {
        g: all.reduce((sum, { g }) => sum + g, 0),
        h: all.reduce((sum, { h }) => sum + h, 0),
        lower: Number.NEGATIVE_INFINITY,
        upper: Number.POSITIVE_INFINITY,
        l2,
        minLeaf,
      };
      const buckets = newBuckets();
      buckets.size = listOccupied(pairs, 0, 2, bins.length, buckets.bin);
      readPairs(pairs, 0, buckets);
      const listed: Cut = { gain, at: -1, missingLeft: false };
      scanMoments(buckets, node, listed);
      const ofPairs: HistogramCut = { gain, bin: -1, missingLeft: false, g: 0, h: 0 };
      const ofPacked = { ...ofPairs };
      scanPairs(pairs, 0, bins.length, node, ofPairs);
      scanPacked(packed, 0, bins.length, UNIT, SCALE, node, ofPacked);
      expect(ofPacked).toEqual(ofPairs);
      expect(ofPairs.bin).toBe(listed.at < 0 ? -1 : buckets.bin[listed.at]);
      expect(ofPairs.gain).toBe(listed.gain);
      if (listed.at < 0) return;
      cuts++;
      expect(ofPairs.missingLeft).toBe(listed.missingLeft);
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(cuts).toBeGreaterThan(500);
});
