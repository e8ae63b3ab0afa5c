import { describe, expect, it } from "vitest";
import { estimators } from "../../src/baselines/registry.ts";
import { logistic } from "../../src/baselines/logistic/logistic.ts";
import { tree } from "../../src/baselines/tree/tree.ts";
import { shapeOf, type Dataset } from "../../src/frame/dataset.ts";
import type { FoldScore, ScoreJob } from "../../src/evaluate/jobs/contract.ts";
import { openSession, type Session } from "../../src/evaluate/jobs/session.ts";
import { planOf } from "../../src/evaluate/splits/plan.ts";
import { measured, NO_EFFORT, spend, sumOf } from "../../src/numeric/effort.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { stepsOf } from "../../src/search/space/branches.ts";
import { pathPoints, searchedDefault } from "../../src/search/space/enumerate.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const ROWS = 160;
const plan = planOf(
  "repeat 0",
  Int32Array.from({ length: ROWS }, (_, i) => i % 4),
  4,
  "exchange",
);

function open(data: Dataset): Session {
  const metric = data.target.task === "regression" ? "rmse" : "log_loss";
  return openSession({ data, metric, seed: "effort", plans: [plan], weightMetrics: false }, estimators);
}

describe.each(estimators.flatMap((estimator) => estimator.tasks.map((task) => [estimator.name, task] as const)))(
  "%s, %s",
  (name, task) => {
    const estimator = estimators.find((one) => one.name === name)!;
    const has = (need: string): boolean => estimator.needs?.some((one) => one === need) ?? false;
    const data = plantedTable({
      task,
      rows: ROWS,
      forecast: has("forecast"),
      time: has("time"),
      groups: has("groups"),
      text: has("text"),
    });
    const space = estimator.space(shapeOf(data), 120);
    const path = pathPoints(space, searchedDefault(space)).slice(0, 3);
    const steps = stepsOf(space);
    const jobs = plan.folds.slice(0, 2).map((fold): ScoreJob => ({
      kind: "score",
      estimator: name,
      plan: 0,
      fold,
      points: path,
      ...(steps !== undefined && { steps }),
    }));
    it("takes the same effort whatever was asked before", () => {
      const used = open(data);
      for (const job of [...jobs, ...jobs.toReversed()]) used.score({ ...job, points: job.points.slice(0, 1) });
      for (const job of jobs) {
        const scores = open(data).score(job);
        expect(used.score(job)).toEqual(scores);
        expect(used.predict({ ...job, kind: "predict", point: path[0] })).toEqual(
          open(data).predict({ ...job, kind: "predict", point: path[0] }),
        );
        expect(last(scores).effort.cells).toBeGreaterThan(0);
        for (const count of Object.values(last(scores).effort)) expect(Number.isSafeInteger(count)).toBe(true);
      }
    });
  },
);

function last(scores: readonly FoldScore[]): FoldScore {
  return scores[scores.length - 1];
}

describe("effort", () => {
  it("is that of one call, however calls are nested", () => {
    spend("cells", 5);
    const outer = measured(() => {
      spend("cells", 1);
      const inner = measured(() => spend("treeNodes", 3));
      spend("cells", 1);
      return inner.effort;
    });
    expect(outer.value).toEqual({ ...NO_EFFORT, treeNodes: 3 });
    expect(outer.effort).toEqual({ ...NO_EFFORT, cells: 2, treeNodes: 3 });
    expect(sumOf([outer.effort, outer.value])).toEqual({ ...NO_EFFORT, cells: 2, treeNodes: 6 });
  });
  it("counts the steps that a solver says it took, and a pass over the table for each of its evaluations", () => {
    const data = plantedTable({ task: "binary", rows: 300 });
    const rows = Int32Array.from({ length: 300 }, (_, i) => i);
    const { value, effort } = measured(() =>
      logistic.fit({ data, rows }, { penalty: "l2", l2: 1, classWeight: "none" } as never, seeded(0)),
    );
    expect(effort.solverSteps).toBe(value.notes["iterations"]);
    const width = 1 + 3 + 2; // ones, numbers, codes of the categories
    expect(effort.cells % (300 * width)).toBe(0);
    expect(effort.cells / (300 * width)).toBeGreaterThan(effort.solverSteps);
  });
  it("counts all nodes of a tree, and a histogram of each node that is large", () => {
    const rows = 1000;
    const values = Float64Array.from({ length: rows }, (_, i) => Math.floor(i / 10));
    const data: Dataset = {
      rows,
      columns: [{ kind: "number", name: "x", values }],
      target: { task: "regression", name: "y", values: values.map((x) => Math.floor(x / 25)) },
    };
    const params = { criterion: "squared", minLeaf: 1, smoothing: 0, penalty: 0 } as const;
    const all = Int32Array.from({ length: rows }, (_, i) => i);
    const { value, effort } = measured(() => tree.fit({ data, rows: all }, params, seeded(0)));
    expect(value.complexity).toEqual({ count: 4, unit: "leaves" });
    expect(effort).toEqual({ cells: 1000 + 500, solverSteps: 0, histogramPasses: 2, treeNodes: 7 });
  });
});
