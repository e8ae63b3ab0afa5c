/** Honesty rules that hold for the pipeline as a whole; others are tested where they live. */
import { describe, expect, it } from "vitest";
import { trainBenchmark, type Benchmark } from "../../src/benchmark/train.ts";
import { seeded } from "../../src/numeric/rng.ts";

const ROWS = 240;
/** Every fifth row is held out, the others stand in three folds. */
const splits = Array.from({ length: ROWS }, (_, row) => ({
  row,
  part: row % 5 === 0 ? "holdout" : "train",
  fold: row % 5 === 0 ? -1 : row % 3,
}));

/** A table whose held-out rows are turned upside down, or not: the columns' kinds and levels stay. */
function rows(perturbed: boolean): Record<string, unknown>[] {
  const rng = seeded("honesty");
  return Array.from({ length: ROWS }, (_, i) => {
    const x = rng.normal();
    const z = rng.below(3);
    const y = x + z - 1 + rng.normal() > 0;
    const turned = perturbed && i % 5 === 0;
    return {
      x: i % 11 === 1 ? null : turned ? 50 - 9 * x : x,
      z: ["a", "b", "c"][turned ? (z + 1) % 3 : z],
      y: y !== turned ? "yes" : "no",
    };
  });
}

const train = (perturbed: boolean): Promise<Benchmark> =>
  trainBenchmark(rows(perturbed), {
    target: "y",
    splits,
    workers: 1,
    models: ["one-rule", "naive-bayes", "logistic", "tree"],
  });

describe("held-out rows", () => {
  it("change nothing that is learnt, chosen or cross-validated (honesty rules 1 and 2), only their own score", async () => {
    const [straight, turned] = [await train(false), await train(true)];
    for (const [rung, { model, params }] of straight.models)
      expect({ model, params }, rung).toEqual({
        model: turned.models.get(rung)?.model,
        params: turned.models.get(rung)?.params,
      });
    const learnt = ({ artifact }: Benchmark) => ({
      champion: { ...artifact.champion, profile: undefined }, // tells of the answers for held-out rows
      steps: artifact.steps,
      search: artifact.search,
      cv: artifact.ladder.map(({ rung, cv }) => [rung, cv]),
    });
    expect(learnt(turned)).toEqual(learnt(straight));
    const held = ({ artifact }: Benchmark): unknown => artifact.ladder.map(({ holdout }) => holdout.log_loss.value);
    expect(held(turned)).not.toEqual(held(straight));
  });
});
