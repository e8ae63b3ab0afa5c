import { describe, expect, it } from "vitest";
import type { Space } from "../../src/search/space.ts";
import { byFold, type FoldObjective } from "../../src/search/by-fold.ts";
import { canonicalJournal } from "./canonical.ts";
import { parseJournal } from "../../src/search/journal/records.ts";
import { type JournalStorage, memoryStorage } from "../../src/search/journal/storage.ts";
import type { Objective } from "../../src/search/optimize.ts";
import { search } from "../../src/search/search.ts";
import { createStudy } from "../../src/search/study.ts";
import { seeded } from "../../src/numeric/rng.ts";

const LINE: Space = { x: { type: "float", low: -5, high: 5, default: 0 } };
const MIXED: Space = {
  alpha: { type: "float", low: 1e-4, high: 10, log: true, default: 1 },
  depth: { type: "int", low: 1, high: 8, default: 4, simpler: "low" },
  kind: { type: "category", choices: ["a", "b"], default: "a" },
};

/** Five noisy folds of a bowl; the noise belongs to configuration and fold, so every run gives the same scores. */
const noisyFolds: FoldObjective = ({ path, fold }) => {
  const scores = path.map((point) => {
    const noise = seeded(JSON.stringify(point)).split(fold);
    const bowl =
      0.05 * (Math.log10(point["alpha"] as number) + 1) ** 2 +
      0.01 * ((point["depth"] as number) - 3) ** 2 +
      (point["kind"] === "b" ? 0.1 : 0);
    return bowl + 0.05 * Math.sin(fold * 7) + 0.02 * noise.normal();
  });
  return { scores };
};
const PLAN = { space: MIXED, seed: 7, folds: 5, batch: 8, stop: { trials: 30, stagnation: false } } as const;

/** Waits a few turns of the event loop, so that trials end in another order than they began in. */
const jumbled = (objective: FoldObjective): Objective =>
  byFold(async (request) => {
    const turns = seeded("turns").split(request.trial).split(request.fold).below(6);
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
    return objective(request);
  });

describe("createStudy", () => {
  it("finds the bottom of a bowl (the example of the documentation)", async () => {
    const study = createStudy({ space: LINE, seed: 1, stop: { trials: 25 } });
    await study.optimize((trial) => ((trial.point["x"] as number) - 2) ** 2);
    expect(study.best()?.point["x"]).toBeCloseTo(2, 2);
    expect(study.trials.length).toBe(25);
    expect(study.trials[0]).toMatchObject({ origin: "default", point: { x: 0 }, state: "complete" });
  });
  it("maximizes too, and the direction is the only difference", async () => {
    const down = createStudy({ space: LINE, seed: 3, stop: { trials: 15 } });
    const up = createStudy({ space: LINE, seed: 3, stop: { trials: 15 }, direction: "maximize" });
    await down.optimize((trial) => Math.abs((trial.point["x"] as number) + 1));
    await up.optimize((trial) => -Math.abs((trial.point["x"] as number) + 1));
    expect(up.trials.map(({ point }) => point)).toEqual(down.trials.map(({ point }) => point));
    expect(up.best()?.number).toBe(down.best()?.number);
  });
  it("asks and tells the same trials that optimize runs", async () => {
    const objective = (x: number): number => (x - 2) ** 2;
    const run = createStudy({ space: LINE, seed: 5, stop: { trials: 12 } });
    await run.optimize((trial) => objective(trial.point["x"] as number));
    const hand = createStudy({ space: LINE, seed: 5, stop: { trials: 12 } });
    while (hand.ended() === undefined) {
      const trial = hand.ask();
      if (trial === undefined) break;
      hand.tell(trial, objective(trial.point["x"] as number));
    }
    expect(hand.trials).toEqual(run.trials);
    expect(hand.ended()).toEqual({ rule: "trials", sentence: "all 12 trials done" });
  });
  it("tells stopped and failed trials, and refuses to be told twice", () => {
    const study = createStudy({ space: LINE, folds: 3 });
    const first = study.ask();
    const second = study.ask();
    if (first === undefined || second === undefined) throw new Error("asked in vain");
    first.report(1);
    expect(study.tell(first, "pruned")).toMatchObject({ state: "pruned", value: 1 });
    expect(study.tell(second, { failed: "no such luck" })).toMatchObject({ state: "failed", reason: "no such luck" });
    expect(() => study.tell(second, 1)).toThrow(/trial 1 is not waiting/);
    expect(study.best()).toBeUndefined();
  });
  it("tries what is enqueued next, completed with defaults, and refuses what does not fit", async () => {
    const study = createStudy({ space: MIXED, seed: 1, stop: { trials: 4 } });
    study.enqueue({ depth: 7 });
    study.enqueue({ kind: "b", alpha: 0.01 });
    expect(() => study.enqueue({ depth: 99 })).toThrow(/depth must be a number within 1 .. 8, got 99/);
    expect(() => study.enqueue({ deep: 1 })).toThrow(/no parameter deep/);
    await study.optimize(() => 1);
    expect(study.trials.map(({ origin }) => origin).slice(0, 3)).toEqual(["default", "enqueued", "enqueued"]);
    expect(study.trials[1].point).toEqual({ alpha: 1, depth: 7, kind: "a" });
    expect(study.trials[2].point).toEqual({ alpha: 0.01, depth: 4, kind: "b" });
  });
  it("refuses options that cannot be", () => {
    expect(() => createStudy({ space: { x: { type: "float", low: 2, high: 1, default: 1 } } })).toThrow(
      /low must not exceed/,
    );
    expect(() => createStudy({ space: LINE, sampler: "cma" })).toThrow(
      /sampler must be one of auto, tpe, random, sobol, got cma/,
    );
    expect(() => createStudy({ space: LINE, racing: "luck" })).toThrow(/racing must be one of futility/);
    expect(() => createStudy({ space: LINE, folds: 0 })).toThrow(/folds must be a whole number of at least 1/);
    expect(() => createStudy({ space: LINE, batch: 1.5 })).toThrow(/batch/);
    expect(() => createStudy({ space: LINE, stop: { trials: 0 } })).toThrow(/stop.trials/);
    expect(() => createStudy({ space: LINE, stop: { seconds: 1 } })).toThrow(/stop.seconds needs a clock/);
  });
});

describe("paths", () => {
  const space: Space = {
    l2: { type: "float", low: 0.01, high: 100, log: true, default: 1, path: [0.01, 0.1, 1, 10, 100], simpler: "high" },
  };
  it("a space that is only a path is one trial scored at all its values", async () => {
    const result = await search(
      byFold(({ path }) => ({ scores: path.map((p) => Math.abs(Math.log10(p["l2"] as number) - 1)) })),
      { space, folds: 3 },
    );
    expect(result.trials.length).toBe(1);
    expect(result.ended.rule).toBe("exhausted");
    expect(result.candidates.map(({ point }) => point["l2"])).toEqual([0.01, 0.1, 1, 10, 100]);
    expect(result.selection.best.point).toEqual({ l2: 10 });
    expect(result.selection.default?.point).toEqual({ l2: 1 });
  });
  it("a path value that cannot be fitted is left out, the others stay", async () => {
    const result = await search(
      byFold(({ path, fold }) => ({ scores: path.map((_, i) => (i === 3 && fold === 1 ? Number.NaN : 5 - i)) })),
      { space, folds: 3 },
    );
    expect(result.candidates.map(({ pathValue }) => pathValue)).toEqual([0, 1, 2, 4]);
    expect(result.selection.best.point).toEqual({ l2: 100 });
  });
});

describe("the same seed gives the same journal", () => {
  const run = async (workers: number, storage: JournalStorage = memoryStorage()): Promise<string> => {
    const study = createStudy({ ...PLAN, storage });
    await study.optimize(jumbled(noisyFolds), { workers });
    return storage.read();
  };
  it("for 1, 2, 4 and 8 workers with a batch of 8", async () => {
    const one = canonicalJournal(await run(1));
    expect(parseJournal(await run(8)).records.length).toBeGreaterThan(100);
    for (const workers of [2, 4, 8]) expect(canonicalJournal(await run(workers))).toBe(one);
  });
  it("when folds of a trial run together", async () => {
    const study = async (atOnce: number): Promise<string> => {
      const storage = memoryStorage();
      await createStudy({ ...PLAN, batch: 1, stop: { trials: 15 }, storage }).optimize(byFold(noisyFolds, atOnce));
      return storage.read();
    };
    expect(await study(5)).toBe(await study(1));
  });
  it("in 25 and 25 trials as in 50, in one process or in two", async () => {
    const plan = { space: MIXED, seed: 2, folds: 5, stop: { trials: 50, stagnation: false } } as const;
    const whole = memoryStorage();
    await createStudy({ ...plan, storage: whole }).optimize(byFold(noisyFolds));
    const parts = memoryStorage();
    const study = createStudy({ ...plan, storage: parts });
    await study.optimize(byFold(noisyFolds), { trials: 25 });
    await study.optimize(byFold(noisyFolds), { trials: 10 });
    await createStudy({ ...plan, storage: parts }).optimize(byFold(noisyFolds), { trials: 15 });
    expect(parts.read()).toBe(whole.read());
  });
  it("killed after every record and taken up again", async () => {
    const plan = { ...PLAN, batch: 3, stop: { trials: 12 } };
    const whole = memoryStorage();
    const study = createStudy({ ...plan, storage: whole });
    study.enqueue({ depth: 6 });
    await study.optimize(jumbled(noisyFolds), { workers: 3 });
    await study.repeat(byFold(noisyFolds));
    const expected = canonicalJournal(whole.read());
    const lines = whole.read().split("\n").slice(0, -1);
    expect(lines.length).toBeGreaterThan(60);
    for (let kept = 0; kept <= lines.length; kept++) {
      const storage = memoryStorage(
        lines
          .slice(0, kept)
          .map((line) => `${line}\n`)
          .join(""),
      );
      const again = createStudy({ ...plan, storage });
      if (again.trials.length <= 1 && !storage.read().includes("baseline:enqueued")) again.enqueue({ depth: 6 });
      await again.optimize(jumbled(noisyFolds), { workers: 2 });
      await again.repeat(byFold(noisyFolds));
      expect(canonicalJournal(storage.read())).toBe(expected);
      expect(again.select().chosen.point).toEqual(study.select().chosen.point);
    }
  });
  it("in the middle of a line, which is dropped and told", async () => {
    const whole = memoryStorage();
    await createStudy({ ...PLAN, batch: 1, stop: { trials: 5 }, storage: whole }).optimize(byFold(noisyFolds));
    const text = whole.read();
    const cut = memoryStorage(text.slice(0, Math.floor(text.length * 0.7)));
    const again = createStudy({ ...PLAN, batch: 1, stop: { trials: 5 }, storage: cut });
    expect(again.dropped.length).toBeGreaterThan(0);
    await again.optimize(byFold(noisyFolds));
    expect(cut.read()).toBe(text);
  });
});

describe("no configuration is tried twice", () => {
  const twelve: Space = {
    a: { type: "int", low: 1, high: 4, default: 2 },
    b: { type: "category", choices: ["x", "y", "z"], default: "y" },
  };
  for (const sampler of ["auto", "tpe", "random", "sobol"])
    it(`${sampler} ends a space of 12 points after 12 trials`, async () => {
      const study = createStudy({ space: twelve, sampler, seed: 4, stop: { trials: 50 } });
      const ended = await study.optimize((trial) => trial.point["a"] as number);
      expect(ended).toEqual({ rule: "exhausted", sentence: "all 12 configurations of the space tried" });
      expect(new Set(study.trials.map(({ point }) => JSON.stringify(point))).size).toBe(12);
    });
  it("auto lists a small space default first, and models one that is larger than the plan", async () => {
    const listed = createStudy({ space: twelve, stop: { trials: 12 } });
    await listed.optimize(() => 0);
    expect(new Set(listed.trials.map(({ origin }) => origin))).toEqual(new Set(["default", "enumerated"]));
    const modelled = createStudy({ space: twelve, stop: { trials: 11 } });
    await modelled.optimize((trial) => trial.point["a"] as number);
    expect(modelled.trials.some(({ origin }) => origin === "model")).toBe(true);
    expect(new Set(modelled.trials.map(({ point }) => JSON.stringify(point))).size).toBe(11);
  });
});
