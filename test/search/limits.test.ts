import { describe, expect, it } from "vitest";
import type { Space } from "../../src/search/space.ts";
import { byFold } from "../../src/search/by-fold.ts";
import type { Clock } from "../../src/search/clock.ts";
import { type JournalStorage, memoryStorage } from "../../src/search/journal/storage.ts";
import { NothingScored } from "../../src/search/nothing-scored.ts";
import { foldFits, search, type SearchProgress } from "../../src/search/search.ts";
import { createStudy } from "../../src/search/study.ts";

const LINE: Space = { x: { type: "float", low: -5, high: 5, default: 0 } };
const value = (point: { readonly [name: string]: unknown }): number => ((point["x"] as number) - 2) ** 2;

/** A clock that is moved by hand; what is due runs when it passes. */
function handClock(): Clock & { pass(milliseconds: number): void } {
  let now = 1_800_000_000_000;
  let due: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, then) {
      const entry = { at: now + milliseconds, run: then };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    pass(milliseconds) {
      now += milliseconds;
      const ready = due.filter(({ at }) => at <= now);
      due = due.filter(({ at }) => at > now);
      for (const { run } of ready) run();
    },
  };
}

describe("an objective that goes wrong fails its trial, and the study goes on", () => {
  const study = async (wrong: () => number | void): Promise<ReturnType<typeof createStudy>> => {
    const made = createStudy({ space: LINE, seed: 1, stop: { trials: 20 } });
    await made.optimize((trial) => (trial.number % 3 === 1 ? wrong() : value(trial.point)));
    return made;
  };
  const cases: [string, () => number | void, RegExp][] = [
    [
      "throws",
      () => {
        throw new Error("no convergence");
      },
      /^no convergence$/,
    ],
    // eslint-disable-next-line typescript/only-throw-error -- users do throw such things
    [
      "throws something that is no error",
      () => {
        throw "plain text";
      },
      /^plain text$/,
    ],
    ["returns NaN", () => Number.NaN, /returned NaN/],
    ["returns infinity", () => Infinity, /returned Infinity/],
    ["returns nothing", () => undefined, /reported 0 of 1 folds and returned nothing/],
  ];
  for (const [what, wrong, reason] of cases)
    it(what, async () => {
      const made = await study(wrong);
      const failed = made.trials.filter(({ state }) => state === "failed");
      expect(failed.length).toBe(7);
      for (const trial of failed) expect(trial.reason).toMatch(reason);
      expect(made.best()?.point["x"]).toBeCloseTo(2, 1); // the failures did not mislead the model
    });
  it("rejects later, and reports folds that are not finite", async () => {
    const made = createStudy({ space: LINE, folds: 3, stop: { trials: 6 }, racing: false });
    await made.optimize(async (trial) => {
      await Promise.resolve();
      if (trial.number === 1) throw new Error("late");
      for (const fold of trial.folds) {
        if (trial.shouldStop()) return;
        trial.report(trial.number === 2 && fold === 1 ? Number.NaN : value(trial.point), fold);
      }
    });
    expect(made.trials[1]).toMatchObject({ state: "failed", reason: "late" });
    expect(made.trials[2]).toMatchObject({ state: "failed", reason: "fold 1 scored NaN" });
    expect(made.trials.filter(({ state }) => state === "complete").length).toBe(4);
  });
  it("reports what was not asked for", async () => {
    const made = createStudy({ space: LINE, folds: 3, stop: { trials: 2 } });
    await made.optimize((trial) => (trial.number === 0 ? trial.report(1, 7) : trial.report([1, 2], 0)));
    expect(made.trials[0].reason).toMatch(/fold must be one of .*, got 7/);
    expect(made.trials[1].reason).toMatch(/wanted 1 scores/);
  });
  it("reports some folds and returns", async () => {
    const made = createStudy({ space: LINE, folds: 3, stop: { trials: 1 } });
    await made.optimize((trial) => trial.report(1));
    expect(made.trials[0]).toMatchObject({
      state: "failed",
      reason: "the objective reported 1 of 3 folds and returned nothing",
    });
  });
  it("scores no path value on every fold", async () => {
    const path: Space = { l2: { type: "float", low: 1, high: 2, default: 1, path: [1, 2] } };
    const made = createStudy({ space: path, folds: 2 });
    await made.optimize(byFold(({ fold }) => ({ scores: fold === 0 ? [1, Number.NaN] : [Number.NaN, 1] })));
    expect(made.trials[0]).toMatchObject({
      state: "failed",
      reason: "no configuration of the path was scored on every fold",
    });
  });
  it("never returns: it is given up when its time is over, and what it says later is not heard", async () => {
    const clock = handClock();
    const made = createStudy({ space: LINE, stop: { trials: 3 }, trialSeconds: 2, clock });
    let late: (() => void) | undefined;
    let aborted = false;
    await made.optimize(async (trial) => {
      if (trial.number !== 1) return value(trial.point);
      trial.signal.addEventListener("abort", () => {
        aborted = true;
      });
      late = () => trial.report(0);
      setImmediate(() => clock.pass(2000));
      return new Promise<number>(() => {});
    });
    expect(made.trials[1]).toMatchObject({ state: "failed", reason: "took longer than 2 seconds" });
    expect(aborted).toBe(true);
    late?.();
    expect(made.trials[1].reports).toEqual([]);
    expect(made.trials[2].state).toBe("complete");
  });
  it("fails every time: a named error with the first reason", async () => {
    const failing = search(
      () => {
        throw new Error("singular");
      },
      { space: LINE, stop: { trials: 3 } },
    );
    await expect(failing).rejects.toThrow(NothingScored);
    await expect(search(() => Number.NaN, { space: LINE, stop: { trials: 3 } })).rejects.toThrow(
      /none of 3 trials could be scored; trial 0 failed: the objective returned NaN/,
    );
  });
});

describe("the end of a search", () => {
  const folds = byFold(({ point, fold }) => ({ scores: [value(point) + 0.1 * fold] }));
  it("trials", async () => {
    const ended = await createStudy({ space: LINE, stop: { trials: 7 } }).optimize((trial) => value(trial.point));
    expect(ended).toEqual({ rule: "trials", sentence: "all 7 trials done" });
  });
  it("fold fits: no trial begins once they are used up", async () => {
    const made = createStudy({ space: LINE, folds: 3, racing: false, stop: { foldFits: 10, stagnation: false } });
    expect(await made.optimize(folds)).toEqual({ rule: "fold fits", sentence: "12 fold fits run, 10 allowed" });
  });
  it("a target, in the direction of the study", async () => {
    const down = createStudy({ space: LINE, seed: 1, stop: { target: 0.5 } });
    expect((await down.optimize((trial) => value(trial.point))).rule).toBe("target");
    expect(down.best()?.value).toBeLessThanOrEqual(0.5);
    const up = createStudy({ space: LINE, seed: 1, direction: "maximize", stop: { target: -0.5 } });
    expect((await up.optimize((trial) => -value(trial.point))).rule).toBe("target");
    expect(up.trials.length).toBe(down.trials.length);
  });
  it("stagnation: trials without progress beyond the noise", async () => {
    const made = createStudy({ space: LINE, stop: { stagnation: 8, trials: 60 } });
    expect(await made.optimize(() => 1)).toEqual({ rule: "stagnation", sentence: "no progress for 8 trials" });
    expect(made.trials.length).toBe(9);
    let falling = 100;
    const better = createStudy({ space: LINE, stop: { stagnation: 8, trials: 20 } });
    expect((await better.optimize(() => falling--)).rule).toBe("trials");
  });
  it("a rule of the user's own", async () => {
    const rule = {
      name: "enough",
      reached: ({ trials }: { trials: readonly unknown[] }) => (trials.length >= 3 ? "three are enough" : undefined),
    };
    expect(await createStudy({ space: LINE, stop: { rules: [rule] } }).optimize(() => 1)).toEqual({
      rule: "enough",
      sentence: "three are enough",
    });
  });
  it("seconds: checked between folds; the trial under way stays unfinished and is never best", async () => {
    const clock = handClock();
    const storage = memoryStorage();
    const timed = byFold(({ point, fold, trial }) => {
      clock.pass(100);
      return { scores: [trial === 2 ? -9 : value(point) + 0.1 * fold] }; // the unfinished one would look best
    });
    const plan = { space: LINE, folds: 5, storage, racing: false, seed: 3 } as const;
    const first = createStudy({ ...plan, clock, stop: { seconds: 1.25, trials: 5, stagnation: false } });
    expect(await first.optimize(timed)).toEqual({ rule: "seconds", sentence: "1.25 seconds were over at trial 2" });
    expect(first.trials.map(({ state, reports }) => `${state} ${reports.length}`)).toEqual([
      "complete 5",
      "complete 5",
      "running 3",
    ]);
    expect(first.best()?.number).not.toBe(2);
    expect(first.candidates().map(({ trial }) => trial)).not.toContain(2);
    expect(storage.read()).toContain("1.25 seconds were over at trial 2");
    const again = createStudy({ ...plan, stop: { trials: 5, stagnation: false } });
    await again.optimize(timed);
    expect(again.trials.map(({ state, reports }) => `${state} ${reports.length}`)).toEqual(
      Array.from({ length: 5 }, () => "complete 5"),
    );
    expect(again.trials[2].reports.slice(0, 3)).toEqual(first.trials[2].reports);
  });
  it("seconds, inside a fold that never ends: the best complete trial is there all the same", async () => {
    const clock = handClock();
    const result = await search(
      byFold(({ trial, point }) => {
        if (trial < 2) return { scores: [value(point)] };
        setImmediate(() => clock.pass(60_000));
        return new Promise(() => {});
      }),
      { space: LINE, folds: 3, clock, stop: { seconds: 30, trials: 10 }, racing: false },
    );
    expect(result.ended.rule).toBe("seconds");
    expect(result.counts).toEqual({ complete: 2, pruned: 0, failed: 0, unfinished: 1 });
    expect(result.selection.chosen.trial).toBeLessThan(2);
  });
  it("a call off keeps what is under way, and what it needs to go on", async () => {
    const controller = new AbortController();
    const storage = memoryStorage();
    const plan = { space: LINE, folds: 4, storage, racing: false, stop: { trials: 4, stagnation: false } } as const;
    const study = createStudy(plan);
    const ended = await study.optimize(
      byFold(async ({ point, fold, trial }) => {
        await Promise.resolve();
        if (trial === 1 && study.trials[1].reports.length === 1) controller.abort();
        return { scores: [value(point) + fold] };
      }),
      { signal: controller.signal },
    );
    expect(ended).toEqual({ rule: "interrupted", sentence: "called off at trial 1" });
    expect(study.trials.map(({ state, reports }) => `${state} ${reports.length}`)).toEqual(["complete 4", "running 2"]);
    expect((await createStudy(plan).optimize(folds)).rule).toBe("trials");
    const before = await createStudy(plan).optimize(folds, { signal: controller.signal });
    expect(before.rule).toBe("interrupted");
  });
});

describe("a journal that cannot be written", () => {
  it("ends the search with its error, whoever is still at work", async () => {
    const kept = memoryStorage();
    let writes = 0;
    const full: JournalStorage = {
      ...kept,
      append(lines) {
        if (++writes > 20) throw new Error("no space left on device");
        kept.append(lines);
      },
    };
    const plan = { space: LINE, folds: 4, batch: 3, seed: 1, stop: { trials: 20, stagnation: false } } as const;
    let aborted = 0;
    const slow = byFold(async ({ point, fold, signal }) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) aborted++;
      return { scores: [value(point) + fold] };
    });
    await expect(createStudy({ ...plan, storage: full }).optimize(slow, { workers: 3 })).rejects.toThrow(
      "no space left on device",
    );
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve)); // the others notice
    expect(aborted).toBeGreaterThan(0);
    const again = createStudy({ ...plan, storage: kept });
    expect((await again.optimize(slow, { workers: 3 })).rule).toBe("trials");
  });
});

describe("racing inside a study", () => {
  it("stops poor configurations, keeps their folds, never the default nor the best", async () => {
    const seen: SearchProgress[] = [];
    const result = await search(
      byFold(({ point, fold }) => ({
        scores: [value(point) + 0.3 * fold + 0.01 * Math.sin(fold * 99 * (point["x"] as number))],
      })),
      {
        space: LINE,
        folds: 5,
        seed: 2,
        stop: { trials: 25, stagnation: false },
        onProgress: (progress) => seen.push(progress),
      },
    );
    const { run, saved } = result.foldFits;
    expect(run + saved).toBe(125);
    expect(saved).toBeGreaterThan(20);
    expect(foldFits(result.trials, 5)).toEqual(result.foldFits);
    expect(result.trials[0].state).toBe("complete");
    for (const { state, reports } of result.trials)
      expect(state === "complete" ? reports.length : 4).toBe(state === "complete" ? 5 : Math.max(4, reports.length));
    expect(result.selection.best.folds.length).toBe(5);
    expect(result.counts.complete + result.counts.pruned).toBe(25);
    expect(seen.length).toBe(25);
    expect(seen.at(-1)).toMatchObject({ ended: 25, planned: 25, foldFits: result.foldFits });
    expect(new Set(result.trials.map(({ order }) => order.join(""))).size).toBeGreaterThan(10); // orders are permuted
  });
});
