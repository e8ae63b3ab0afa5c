import { describe, expect, it, vi } from "vitest";
import { constant } from "../../src/baselines/constant.ts";
import type { Estimator, Follower, Prepared } from "../../src/baselines/contract.ts";
import type { TrainProgress } from "../../src/benchmark/train.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { localRunner, type Runner } from "../../src/evaluate/jobs/runner.ts";
import { makeSplits } from "../../src/evaluate/splits/make.ts";
import { planOf } from "../../src/evaluate/splits/plan.ts";
import { allRows } from "../../src/frame/dataset.ts";
import { firstLook } from "../../src/ladder/first-look.ts";
import { settledBy } from "../../src/ladder/floors.ts";
import { chooseLadder, trainLadder } from "../../src/ladder/ladder.ts";
import { designOf } from "../../src/ladder/plans.ts";
import { metricsFor, primaryMetric } from "../../src/metrics/registry.ts";
import type { Model } from "../../src/models/contract.ts";
import { seeded } from "../../src/numeric/rng.ts";
import type { Point } from "../../src/search/space.ts";
import { plantedTable } from "../../src/testing/tables.ts";

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
  it.each(["binary", "regression"] as const)(
    "waits for no job to tell the constant's score of a large table, which is that of its job: %s",
    async (task) => {
      const idle = vi.fn(() => new Promise<never>(() => {}));
      const asleep: Runner = { workers: 2, score: idle, predict: idle, fit: idle, nested: idle, close: async () => {} };
      const data = plantedTable({ task, rows: 3000 });
      const design = designOf(data, makeSplits(data, { seed: 1 }), "never");
      const other = { ...constant, name: "other" };
      for (const metric of metricsFor(task).filter((one) => one.refuses?.(data.target) === undefined)) {
        const work = { data, metric: metric.name, seed: "1", plans: design.plans, weightMetrics: false };
        const told: number[] = [];
        for (const [estimator, runner] of [
          [constant, asleep],
          [other, localRunner(work, [other], () => 0)],
        ] as const)
          await firstLook([estimator], design, metric, settledBy(metric), runner, (_, x) => told.push(x), undefined);
        expect(told).toHaveLength(2);
        expect(told[0]).toBe(told[1]);
      }
      expect(idle).not.toHaveBeenCalled();
    },
  );
});

describe("what the first look fits", () => {
  it.each(["binary", "regression"] as const)("is at hand when the search comes to it: %s", async (task) => {
    const data = plantedTable({ task, rows: 90 });
    const plan = planOf(
      "repeat 0",
      Int32Array.from({ length: 90 }, (_, i) => i % 5),
      5,
      "exchange",
    );
    const rowSets = { train: allRows(90), held: new Int32Array(0) };
    const design = { data, plans: [plan], repeats: 1, searchPlans: [0], nested: true, ...rowSets };
    const fits: string[] = [];
    const counted = chooseLadder(design, undefined, []).estimators.map((estimator) => noted(estimator, fits));
    const metric = primaryMetric(task).metric;
    const work = { data, metric: metric.name, seed: "looked", plans: [plan], weightMetrics: false };
    let looked: string[] | undefined;
    await trainLadder(
      counted,
      design,
      { seed: "looked" },
      metric,
      localRunner(work, counted, () => 0),
      () => false,
      { onProgress: ({ detail }) => void (detail === "starts" && (looked ??= fits.slice())) },
    );
    const again = fits.slice(looked!.length).filter((fit) => looked!.includes(fit));
    expect(new Set(looked!.map((fit) => fit.split(" ")[0]))).toEqual(new Set(counted.map(({ name }) => name)));
    expect(again).toEqual([]);
  });
});

/** The estimator, with every fit noted: its name, the rows or parts of them, and the points, or where a path begins. */
function noted(estimator: Estimator, fits: string[]): Estimator {
  const note = (train: ArrayLike<number>, points: readonly Point[]): void =>
    void fits.push(`${estimator.name} ${Array.from(train).join()} ${JSON.stringify(points)}`);
  const notedFollower = (train: readonly number[], follower: Follower): Follower => {
    let begun = false;
    const next = (point: Point): Model => {
      if (!begun) note(train, [point]);
      begun = true;
      return follower.next(point);
    };
    return { next };
  };
  const notedParts = (ready: Prepared): Prepared => ({
    fit: (train, points, rng) => {
      note(train, points);
      return ready.fit(train, points, rng);
    },
    ...(ready.follow && { follow: (train) => notedFollower(train, ready.follow!(train)) }),
  });
  return {
    ...estimator,
    fit: (view, point, rng) => {
      note(view.rows, [point]);
      return estimator.fit(view, point, rng);
    },
    ...(estimator.prepare && { prepare: (data, parts) => notedParts(estimator.prepare!(data, parts)) }),
  };
}
