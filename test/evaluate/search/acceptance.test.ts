import { describe, expect, it } from "vitest";
import { loadGrids } from "../../../bench/search/grids.ts";
import { measures, meets } from "../../../bench/search/measures.ts";

/**
 * The gates of the acceptance table over the first ten seeds; bench/search/accept.ts runs all thirty and prints goals.
 * Real grids are looked at where BASELINE_SHARED_DATA names the folder that holds hpo-grids.
 */
const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);
const shared = process.env["BASELINE_SHARED_DATA"];
const grids = shared === undefined ? [] : loadGrids(`${shared}/hpo-grids`);

describe("acceptance", () => {
  for (const measure of measures) {
    const onGrids = measure.name.includes("grids");
    if (onGrids ? grids.length === 0 : measure.slow === true) continue;
    if (measure.name === "suggestion time") continue; // timings belong in the bench
    it(measure.name, async () => {
      const reached = await measure.run(SEEDS, grids);
      for (const row of reached)
        expect(meets(row, row.gate), `${row.what}: ${row.reached}, gate ${row.gate}`).toBe(true);
    });
  }
});
