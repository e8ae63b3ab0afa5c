import { describe, expect, it } from "vitest";
import type { TrainProgress } from "../../src/benchmark/train.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { seeded } from "../../src/numeric/rng.ts";

const rng = seeded("first look");
const rows = Array.from({ length: 120 }, () => {
  const a = rng.normal();
  const b = rng.normal();
  return { a, b, y: a + rng.normal() > 0 ? "yes" : "no" };
});

describe("the first look", () => {
  it("tells a plain score of every rung before any is tuned, plainest first, and the ladder ends as cross-validated", async () => {
    const seen: Extract<TrainProgress, { phase: "training" }>[] = [];
    const { artifact } = await trainBenchmark(
      rows,
      { target: "y", models: ["one-rule", "naive-bayes", "logistic"], workers: 1, folds: 3, repeats: 2 },
      { onProgress: (step) => void (step.phase === "training" && seen.push(step)) },
    );
    const names = artifact.ladder.map(({ rung }) => rung);
    const first = seen.slice(0, names.length);
    expect(first.map(({ rung, detail }) => [rung, detail])).toEqual(names.map((name) => [name, "first score"]));
    const looked = first[first.length - 1].ladder;
    expect(looked.map(({ rung, state }) => [rung, state])).toEqual(names.map((name) => [name, "plain"]));
    for (const { value } of looked) expect(value).toBeGreaterThan(0);
    for (const { ladder, best } of seen) {
      const known = ladder.filter(({ value }) => value !== null);
      const least = Math.min(...known.map(({ value }) => value!));
      expect(best).toBe(known.find(({ value }) => value === least)?.rung);
    }
    const last = seen[seen.length - 1].ladder;
    expect(last.map(({ state, part }) => [state, part])).toEqual(names.map(() => ["done", 1]));
    const constant = artifact.ladder[0].cv["log_loss"].value;
    expect(last[0].value).toBeCloseTo(Number(constant), 2);
  });
  it("only ever moves forward", async () => {
    let before = 0;
    await trainBenchmark(
      rows,
      { target: "y", models: ["logistic"], workers: 1 },
      {
        onProgress: (step) => {
          if (step.phase !== "training") return;
          const part = step.ladder.reduce((sum, rung) => sum + rung.part, 0);
          expect(part).toBeGreaterThanOrEqual(before);
          before = part;
        },
      },
    );
    expect(before).toBe(2);
  });
});
