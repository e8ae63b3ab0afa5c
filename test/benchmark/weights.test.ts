import * as fc from "fast-check";
import { expect, it } from "vitest";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeBenchmark } from "../../src/benchmark/write.ts";
import { load } from "../../src/intake/load.ts";
import { openBenchmark } from "../../src/intake/opened.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { folder } from "../cli/baseline.ts";

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

it("a benchmark that is opened again scores with the weights that it was scored with, held-out rows and folds alike", async () => {
  const rng = seeded("weighted metrics");
  const rows = Array.from({ length: 200 }, (_, r) => ({
    x: rng.normal(),
    w: 1 + 9 * (r % 2),
    y: rng.normal() + (r % 2),
  }));
  const options = { target: "y", weight: "w", weightMetrics: true, holdout: 0.3, workers: 1, folds: 3, repeats: 1 };
  const benchmark = await trainBenchmark(rows, { ...options, models: ["constant"] });
  const out = `${folder()}/out`;
  writeBenchmark(benchmark, out);
  const { metric, baselines, holdout, folded } = await openBenchmark(out);
  const { truth, weights } = holdout!;
  expect(new Set(weights).size).toBe(2);
  expect(new Set(folded.part.weights).size).toBe(2);
  const score = metric.score({ truth, prediction: baselines[0].holdout![0] }, weights);
  expect(score).toBeCloseTo(benchmark.artifact.ladder[0].holdout.rmse.value!, 6);
  expect(score).not.toBeCloseTo(metric.score({ truth, prediction: baselines[0].holdout![0] }), 6);
});
