import { describe, expect, it } from "vitest";
import { isWalked, stepsOf } from "../../src/search/space/branches.ts";
import { checkSpace } from "../../src/search/space/check.ts";
import type { FloatParameter, Point, Space } from "../../src/search/space.ts";
import type { FoldObjective, FoldRequest } from "../../src/search/by-fold.ts";
import { inLockstep } from "../../src/search/in-lockstep.ts";
import { memoryStorage } from "../../src/search/journal/storage.ts";
import { search } from "../../src/search/search.ts";
import { createStudy } from "../../src/search/study.ts";
import { scoredOnPath } from "../../src/search/trial.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { pathPoints } from "../../src/search/space/enumerate.ts";
import { canonicalJournal } from "./canonical.ts";

const ROUNDS = [5, 10, 20, 30, 50, 80, 120, 200];
const SPACE: Space = {
  rounds: { type: "int", low: 1, high: 200, path: ROUNDS, steps: true, default: 80 },
  rate: { type: "float", low: 0.05, high: 1, log: true, default: 0.5 },
};

/** A learner whose loss falls until 10 / rate rounds and rises again; folds differ, with noise of their own. */
function loss(point: Point, fold: number): number {
  const rounds = point["rounds"] as number;
  const rate = point["rate"] as number;
  const turn = 10 / rate;
  const bend = Math.log(rounds / turn) ** 2 + 0.2 * Math.log(rate / 0.3) ** 2;
  return bend + 0.1 * fold + 0.003 * seeded("noise").split(`${fold} ${rounds} ${rate}`).normal();
}
const score: FoldObjective = ({ path, fold }) => ({ scores: path.map((point) => loss(point, fold)) });
const PLAN = { space: SPACE, folds: 5, seed: 4, stop: { trials: 14, stagnation: false as const } };

describe("folds in lockstep", () => {
  it("stops all folds of a trial at the step after which the mean rises, and says what that saved", async () => {
    const { trials, steps } = await search(inLockstep(score), { ...PLAN, racing: false });
    let run = 0;
    for (const { point, path, reports } of trials) {
      const mean = path.map((full) => (loss(full, reports[0].fold) + loss(full, reports[1].fold)) / 2);
      const rises = mean.findIndex((value, i) => i > 0 && value > mean[i - 1]);
      const covered = rises < 0 ? path.length : rises + 1;
      expect(reports.map(scoredOnPath), `rate ${String(point["rate"])}`).toEqual(reports.map(() => covered));
      for (const { scores, fold } of reports)
        expect(scores.slice(0, covered)).toEqual(path.slice(0, covered).map((full) => loss(full, fold)));
      run += reports.length * ROUNDS[covered - 1];
    }
    expect(steps).toEqual({ run, saved: 14 * 5 * 200 - run });
    expect(steps?.saved).toBeGreaterThan(0.3 * run);
    expect(new Set(trials.map(({ reports }) => scoredOnPath(reports[0]))).size).toBeGreaterThan(2);
  });
  it("chooses one number of steps for all folds, by the mean of all of them", async () => {
    const { selection, trials } = await search(inLockstep(score), { ...PLAN, select: "best" });
    const { reports, path, chosen } = trials[selection.chosen.trial];
    const means = path.map((full) => [0, 1, 2, 3, 4].reduce((sum, fold) => sum + loss(full, fold) / 5, 0));
    expect(reports.length).toBe(5);
    expect(path[chosen]).toEqual(selection.chosen.point);
    expect(means[chosen]).toBe(Math.min(...means.slice(0, scoredOnPath(reports[0]))));
  });
  it("asks for steps one after the other, and never for one past the end", async () => {
    const asked = new Map<string, number>();
    const study = createStudy({ ...PLAN, racing: false });
    await study.optimize(
      inLockstep(
        (request) => {
          const key = `${request.trial} ${request.fold}`;
          for (const { rounds } of request.path) {
            expect(ROUNDS.indexOf(rounds as number)).toBe(asked.get(key) ?? 0);
            asked.set(key, (asked.get(key) ?? 0) + 1);
          }
          return score(request);
        },
        { together: 5 },
      ),
    );
    for (const { number, reports } of study.trials)
      for (const report of reports) expect(asked.get(`${number} ${report.fold}`)).toBe(scoredOnPath(report));
  });
  it("scores as many steps as are wanted at least, and goes the right way for a metric to be maximized", async () => {
    const negated: FoldObjective = (request) => ({
      scores: (score(request) as { scores: number[] }).scores.map((value) => -value),
    });
    const maximized = { ...PLAN, direction: "maximize" as const };
    const least = ({ rate }: Point): number => (rate === 0.5 ? 6 : 1);
    const up = await search(inLockstep(negated, { direction: "maximize", least }), maximized);
    const down = await search(inLockstep(score, { least }), PLAN);
    expect(scoredOnPath(down.trials[0].reports[0])).toBe(6);
    expect(down.selection.default?.point).toEqual({ rounds: 80, rate: 0.5 });
    expect(up.trials.map(({ value }) => -value)).toEqual(down.trials.map(({ value }) => value));
  });
  it("judges by blocks of rows where there are any", async () => {
    // the folds' means fall a little from step to step, but no more than their blocks scatter
    const blocks: FoldObjective = ({ path, fold }) => {
      const losses = path.map(({ rounds }) =>
        Float64Array.from({ length: 40 }, (_, i) =>
          seeded("b")
            .split(`${fold} ${i} ${String(rounds)}`)
            .normal(),
        ),
      );
      return { scores: path.map(({ rounds }) => 1 - 1e-6 * (rounds as number)), blocks: losses };
    };
    const one = { ...PLAN, stop: { trials: 1 } };
    const { trials } = await search(inLockstep(blocks), one);
    const without = await search(
      inLockstep(async (request: FoldRequest) => ({ scores: (await blocks(request)).scores })),
      one,
    );
    expect(scoredOnPath(trials[0].reports[0])).toBeLessThan(ROUNDS.length);
    expect(scoredOnPath(without.trials[0].reports[0])).toBe(ROUNDS.length);
  });
  it("gives the same journal for any number of folds at once, and killed after any record", async () => {
    const plan = { ...PLAN, stop: { trials: 6 } };
    const whole = memoryStorage();
    await createStudy({ ...plan, storage: whole }).optimize(inLockstep(score));
    const expected = canonicalJournal(whole.read());
    for (const atOnce of [2, 5]) {
      const storage = memoryStorage();
      await createStudy({ ...plan, storage }).optimize(inLockstep(score, { atOnce }));
      expect(canonicalJournal(storage.read())).toBe(expected);
    }
    const lines = whole.read().split("\n").slice(0, -1);
    expect(lines.length).toBeGreaterThan(40);
    for (let kept = 0; kept < lines.length; kept++) {
      const storage = memoryStorage(`${lines.slice(0, kept).join("\n")}${kept === 0 ? "" : "\n"}`);
      await createStudy({ ...plan, storage }).optimize(inLockstep(score));
      expect(canonicalJournal(storage.read())).toBe(expected);
    }
  });
  it("runs extra repeats as far as the trial they belong to", async () => {
    const study = createStudy({ ...PLAN, racing: false });
    await study.optimize(inLockstep(score));
    await study.repeat(inLockstep(score), { repeats: 2 });
    for (const trial of new Set(study.candidates().map((candidate) => candidate.trial))) {
      const lengths = study
        .candidates()
        .filter((candidate) => candidate.trial === trial)
        .map(({ repeats }) => repeats.length);
      expect(new Set(lengths).size).toBe(1);
    }
    expect(study.candidates().filter(({ repeats }) => repeats.length === 10).length).toBeGreaterThan(8);
  });
  it("fails a trial whose first step cannot be fitted, and leaves out a step that diverges", async () => {
    const study = createStudy({ ...PLAN, stop: { trials: 4 } });
    await study.optimize(
      inLockstep((request) => {
        if (request.trial === 1) throw new Error("no rows left");
        const { scores } = score(request) as { scores: number[] };
        return { scores: scores.map((value, i) => ((request.path[i]["rounds"] as number) >= 30 ? Number.NaN : value)) };
      }),
    );
    expect(study.trials[1]).toMatchObject({ state: "failed", reason: "no rows left" });
    for (const { state, value } of study.trials.filter(({ number }) => number !== 1))
      expect([state, Number.isFinite(value)]).toEqual(["complete", true]);
  });
});

describe("a space with a walked path", () => {
  const space: Space = {
    kind: { type: "category", choices: ["a", "b"], default: "a" },
    strength: {
      type: "float",
      low: 1,
      high: 3,
      path: [1, 2, 3],
      default: 2,
      simpler: "high",
      walked: true,
      when: { parameter: "kind", in: ["b"] },
    },
  };
  it("is scored from its plainer end on, where the parameter is there", () => {
    expect([isWalked(space, { kind: "a" }), isWalked(space, { kind: "b" })]).toEqual([false, true]);
    const values = (simpler: "low" | "high"): unknown =>
      pathPoints({ ...space, strength: { ...(space["strength"] as FloatParameter), simpler } }, { kind: "b" }).map(
        ({ strength }) => strength,
      );
    expect([values("high"), values("low")]).toEqual([
      [3, 2, 1],
      [1, 2, 3],
    ]);
  });
  it("must have a path", () =>
    expect(() => checkSpace({ c: { type: "float", low: 1, high: 9, walked: true, default: 3 } })).toThrow(
      "space: c: what is walked must have a path",
    ));
});

describe("a space with steps", () => {
  it("names the parameter, which must have a path", () => {
    expect(stepsOf(SPACE)).toBe("rounds");
    expect(stepsOf({ rate: SPACE["rate"] })).toBeUndefined();
    expect(() => checkSpace({ epochs: { type: "int", low: 1, high: 9, steps: true, default: 3 } })).toThrow(
      "space: epochs: steps must have a path",
    );
  });
});
