import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Point, Space } from "../../src/search/space.ts";
import { byFold, type FoldObjective } from "../../src/search/by-fold.ts";
import { inLockstep } from "../../src/search/in-lockstep.ts";
import { memoryStorage } from "../../src/search/journal/storage.ts";
import { racingRules } from "../../src/search/racing/registry.ts";
import { samplers } from "../../src/search/samplers/registry.ts";
import { search } from "../../src/search/search.ts";
import { advance, PATIENCE_START, refitSteps } from "../../src/search/stopping/curve.ts";
import { createStudy } from "../../src/search/study.ts";
import { expectAllRun } from "../manuals.ts";

/** Every example of docs/search.md stands below, line by line, and is run. */
const manual = readFileSync("docs/search.md", "utf8");

const crossValidated = (point: Point, fold: number): number =>
  point["model"] === "ridge"
    ? 0.7 - 0.02 * Math.abs(Math.log10(point["l2"] as number)) + 0.01 * fold
    : 0.8 -
      0.01 * Math.abs((point["depth"] as number) - 8) +
      0.01 * fold +
      0.0005 * Math.sin(fold * (point["depth"] as number));
const scoreFold: FoldObjective = ({ path, fold }) => ({ scores: path.map((point) => -crossValidated(point, fold)) });
const lossesAfter = (step: number): Float64Array => Float64Array.of((step - 40) ** 2, (step - 42) ** 2);
const scoreRounds: FoldObjective = ({ path, fold }) => ({
  scores: path.map(
    ({ rounds, rate }) => ((rounds as number) / 40 - 1) ** 2 + Math.abs((rate as number) - 0.1) + 0.1 * fold,
  ),
});
const space: Space = {
  model: { type: "category", choices: ["ridge", "tree"], default: "ridge" },
  l2: {
    type: "float",
    low: 0.001,
    high: 100,
    log: true,
    default: 1,
    simpler: "high",
    path: [0.001, 0.1, 1, 10, 100],
    when: { parameter: "model", in: ["ridge"] },
  },
  depth: {
    type: "int",
    low: 1,
    high: 20,
    default: 6,
    simpler: "low",
    when: { parameter: "model", in: ["tree"] },
  },
};

describe("the manual", () => {
  it("shows nothing that is not run here", () => expectAllRun("docs/search.md", "test/search/examples.test.ts", 7));
  it("names every sampler and racing rule", () => {
    for (const { name } of [...samplers, ...racingRules]) expect(manual).toContain(`\`${name}\``);
  });
  it("a first search", async () => {
    const study = createStudy({
      space: { x: { type: "float", low: -5, high: 5, default: 0 } },
      seed: 1,
      stop: { trials: 25 },
    });
    await study.optimize((trial) => (Number(trial.point["x"]) - 2) ** 2);
    const best = study.best();
    expect(best?.point["x"]).toBeCloseTo(2, 2);
  });
  it("folds, racing and the choice", async () => {
    const result = await search(
      byFold(async ({ path, fold }) => ({ scores: path.map((point) => crossValidated(point, fold)) })),
      { space, direction: "maximize", folds: 5, seed: 1, repeats: 1, stop: { trials: 30 } },
    );
    const { chosen, gain, reason } = result.selection;
    const { run, saved } = result.foldFits;
    expect(chosen.point["model"]).toBe("tree");
    expect(gain.corrected).toBeGreaterThan(0.05);
    expect(reason).toMatch(/standard error/);
    expect(run).toBeGreaterThan(0);
    expect(saved).toBeGreaterThan(0);
  });
  it("workers", async () => {
    const parallel = createStudy({ space, folds: 5, seed: 1, batch: 4, stop: { trials: 12 } });
    await parallel.optimize(byFold(scoreFold), { workers: 4 });
    expect(parallel.trials.length).toBe(12);
  });
  it("by hand", () => {
    const hand = createStudy({ space, seed: 1, stop: { trials: 10 } });
    hand.enqueue({ model: "tree", depth: 3 });
    while (hand.ended() === undefined) {
      const trial = hand.ask();
      if (trial === undefined) break;
      trial.report(trial.path.map((point) => crossValidated(point, 0)));
      hand.tell(trial);
    }
    expect(hand.trials.length).toBe(10);
    expect(hand.trials[1].point).toEqual({ model: "tree", depth: 3 });
  });
  it("stopping and going on", async () => {
    const storage = memoryStorage();
    await createStudy({ space, folds: 5, seed: 1, storage, stop: { trials: 20 } }).optimize(byFold(scoreFold), {
      trials: 8,
    });
    const again = createStudy({ space, folds: 5, seed: 1, storage, stop: { trials: 20 } });
    const ended = await again.optimize(byFold(scoreFold));
    expect(ended.rule).toMatch(/trials|exhausted/);
    expect(again.trials.length).toBe(20);
  });
  it("learners that train step by step", async () => {
    const rounds: Space = {
      rounds: { type: "int", low: 1, high: 500, path: [10, 20, 40, 70, 100, 150, 200], steps: true, default: 100 },
      rate: { type: "float", low: 0.02, high: 0.3, log: true, default: 0.1 },
    };
    const stepped = await search(inLockstep(scoreRounds), { space: rounds, folds: 5, seed: 1, stop: { trials: 30 } });
    const { run, saved } = stepped.steps ?? { run: 0, saved: 0 };
    expect(stepped.selection.chosen.point["rounds"]).toBe(40);
    expect(saved).toBeGreaterThan(run);
    let patience = PATIENCE_START;
    while (!patience.stop) patience = advance(patience, lossesAfter(patience.steps + 1), { maxSteps: 500 });
    const count = refitSteps(patience.bestStep);
    expect(count).toBe(41);
  });
});
