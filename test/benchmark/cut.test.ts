/** A run that is cut while a fit is under way that never ends: what is done stands. */
import { describe, expect, it } from "vitest";
import { trainBenchmark, type TrainHooks } from "../../src/benchmark/train.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import type { Benchmark } from "../../src/ladder/made.ts";
import { seeded } from "../../src/numeric/rng.ts";

const ROWS = 600;
const rng = seeded("cut");
const records = Array.from({ length: ROWS }, () => {
  const x = rng.normal();
  return { x, noise: rng.normal(), y: 2 * x };
});

/** An estimator that is always right, if it ends: with more rows than `most` it does not. */
function endless(most: number): { readonly module: string } {
  const source = `
    const model = Object.freeze({
      complexity: { count: 1, unit: "number" },
      notes: {},
      predict: ({ columns, rows: all }, rows = Array.from({ length: all }, (_, i) => i)) => ({
        kind: "value",
        values: Float64Array.from(rows, (row) => 2 * columns.find(({ name }) => name === "x").values[row]),
      }),
      explain: () => ({ summary: "Twice x.", lines: [] }),
      toJSON: () => ({ kind: "endless", version: 1 }),
    });
    export default {
      name: "endless",
      family: "linear",
      title: "Twice x",
      role: "baseline",
      tasks: ["regression"],
      space: () => ({}),
      fit: ({ rows }) => {
        while (rows.length > ${most});
        return model;
      },
      fromJSON: () => model,
    };`;
  return { module: `data:text/javascript,${encodeURIComponent(source)}` };
}

/** Trains until the step of the progress comes at which the run is cut. */
function cutAt(
  isStep: (progress: Parameters<NonNullable<TrainHooks["onProgress"]>>[0]) => boolean,
  options: TrainOptions,
): Promise<Benchmark> {
  const cut = new AbortController();
  return trainBenchmark(
    records,
    { target: "y", folds: 3, ...options },
    {
      signal: cut.signal,
      onProgress: (progress) => {
        if (isStep(progress)) cut.abort(new Error("cut"));
      },
    },
  );
}

describe("a run that is cut while a fit is under way", () => {
  for (const workers of [1, 2])
    it(`leaves out the rung that it was for, ${workers} workers`, async () => {
      const { artifact } = await cutAt(
        (progress) =>
          progress.phase === "training" && progress.rung === "constant" && progress.detail === "first score",
        { models: ["constant", "endless"], estimators: [endless(0)], workers },
      );
      expect(artifact).toMatchObject({ interrupted: true, interruptedBy: "cut", champion: { rung: "constant" } });
      expect(artifact.ladder).toMatchObject([
        { rung: "constant", status: "ok" },
        { rung: "endless", status: "failed", reason: "cut" },
      ]);
    });

  it("takes the training rows' model of the champion where that of all rows was under way", async () => {
    const { artifact, models, final } = await cutAt(({ phase }) => phase === "measuring", {
      models: ["constant", "endless"],
      estimators: [endless(ROWS - 1)],
      holdout: 0.2,
      workers: 1,
    });
    expect(artifact).toMatchObject({ interrupted: true, champion: { rung: "endless" } });
    expect(artifact.ladder.map(({ status }) => status)).toEqual(["ok", "ok"]);
    expect(final).toEqual(models.get("endless"));
    expect(final.fitted).toEqual({ part: "train", rows: 0.8 * ROWS });
  });
});
