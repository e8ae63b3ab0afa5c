import * as fc from "fast-check";
import { expect, it } from "vitest";
import { load } from "../../src/intake/load.ts";

it("weights of any size mean the same: only their ratios count", async () => {
  const scale = fc.oneof(
    fc.constantFrom(1, 1e308, 1e-320, 5e-324, 1.7e308),
    fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
  );
  await fc.assert(
    fc.asyncProperty(scale, async (weight) => {
      const rows = Array.from({ length: 30 }, (_, r) => ({ x: r % 7, w: r % 3 === 0 ? 0 : weight, y: r * 1.5 }));
      const { data } = await load(rows, { target: "y", weight: "w" });
      data.weights?.forEach((w, r) => expect(w).toBeCloseTo(r % 3 === 0 ? 0 : 1.5, 12));
      const { data: even } = await load(
        rows.map((row) => ({ ...row, w: weight })),
        { target: "y", weight: "w" },
      );
      expect(new Set(even.weights)).toEqual(new Set([1]));
    }),
    { seed: 1, numRuns: 40 },
  );
});
