import { describe, expect, it } from "vitest";
import {
  advance,
  PATIENCE_START,
  refitSteps,
  type Patience,
  type PatienceOptions,
} from "../../src/search/stopping/curve.ts";
import { seeded } from "../../src/numeric/rng.ts";

/** Where a search over finished curves would have stopped: one array of losses for each fold, equally long. */
function judgeCurves(curves: readonly Float64Array[], options: PatienceOptions = {}): Patience {
  let state = PATIENCE_START;
  for (let step = 0; step < (curves[0]?.length ?? 0) && !state.stop; step++)
    state = advance(
      state,
      Float64Array.from(curves, (curve) => curve[step]),
      options,
    );
  return state;
}

/** Loss of a learner that improves until `best` and then overfits, with noise that its folds share in part. */
const curves = (best: number, length: number, folds = 5): Float64Array[] =>
  Array.from({ length: folds }, (_, fold) => {
    const rng = seeded("curve").split(fold);
    return Float64Array.from(
      { length },
      (_, t) => 1 + 0.1 * fold + ((t + 1 - best) / best) ** 2 + 0.002 * rng.normal(),
    );
  });

describe("stopping inside a fit", () => {
  it("finds the bottom of the mean curve and waits max(10, a tenth of the steps)", () => {
    const { bestStep, stop, reason, steps } = judgeCurves(curves(40, 500));
    expect(Math.abs(bestStep - 40)).toBeLessThanOrEqual(4);
    expect({ stop, reason }).toEqual({ stop: true, reason: "patience" });
    expect(steps).toBe(bestStep + 10);
    const long = judgeCurves(curves(400, 5000));
    expect(long.steps - long.bestStep).toBe(Math.ceil(0.1 * long.steps));
  });
  it("is judged by the mean: one fold that turns early does not stop the others", () => {
    const early = Float64Array.from({ length: 100 }, (_, t) => 1 + 0.0005 * t);
    const late = Array.from({ length: 4 }, () => Float64Array.from({ length: 100 }, (_, t) => 2 - 0.01 * t));
    expect(judgeCurves([early, ...late])).toMatchObject({ bestStep: 100, stop: false });
  });
  it("does not wait for progress smaller than a tenth of the paired standard error", () => {
    const falling = [1, -1].map((side) =>
      Float64Array.from({ length: 200 }, (_, t) => 1 - 1e-6 * t + side * 0.1 * Math.sin(t)),
    );
    expect(judgeCurves(falling).steps).toBeLessThan(60);
    expect(judgeCurves(falling, { errors: 0 })).toMatchObject({ stop: false, bestStep: 200 });
  });
  it("step by step and all at once are the same, and moving averages smooth", () => {
    const noisy = curves(30, 80);
    let state = PATIENCE_START;
    for (let t = 0; t < 80 && !state.stop; t++)
      state = advance(
        state,
        Float64Array.from(noisy, (c) => c[t]),
      );
    expect(state).toEqual(judgeCurves(noisy));
    const spiky = [Float64Array.from({ length: 60 }, (_, t) => (t === 3 ? 0 : 1 / (t + 1)))];
    expect(judgeCurves(spiky, { errors: 0 }).bestStep).toBe(4); // fooled by one lucky step
    expect(judgeCurves(spiky, { errors: 0, window: 3 }).bestStep).not.toBe(4);
  });
  it("never takes a step that is not finite, and gives up a run that diverges", () => {
    const holes = [Float64Array.of(3, Number.NaN, 2, Infinity, 2.5)];
    expect(judgeCurves(holes)).toMatchObject({ bestStep: 3, bestMean: 2 });
    expect(judgeCurves([new Float64Array(30).fill(Number.NaN)])).toMatchObject({
      bestStep: 0,
      steps: 10,
      reason: "diverged",
    });
  });
  it("stops at the limit, and says so when asked to go on or with other folds", () => {
    const done = judgeCurves([Float64Array.of(3, 2, 1)], { maxSteps: 2 });
    expect(done).toMatchObject({ steps: 2, reason: "steps", bestStep: 2 });
    expect(() => advance(done, Float64Array.of(1))).toThrow(/stopped after 2 steps/);
    const begun = advance(PATIENCE_START, Float64Array.of(1, 2));
    expect(() => advance(begun, Float64Array.of(1))).toThrow(/one loss for each of the same folds, got 1/);
  });
  it("may wait only at steps that are clearly worse than the best", () => {
    const folds = (means: readonly number[]): Float64Array[] =>
      Array.from({ length: 10 }, (_, k) =>
        Float64Array.from(means, (mean, t) => mean + k + 0.1 * seeded("clearly").split(k).split(t).normal()),
      );
    const rule: PatienceOptions = { least: 2, share: 0, worse: 2 };
    const stopAt = (means: readonly number[]): number => {
      const { steps, stop } = judgeCurves(folds(means), rule);
      return stop ? steps : Infinity;
    };
    const flat = [3, 3, 3, 3, 3, 3];
    expect(stopAt(flat)).toBe(Infinity); // the strong end of a path, where nothing is in yet
    expect(judgeCurves(folds(flat), { least: 2, share: 0 }).stop).toBe(true);
    expect(stopAt([...flat, 2, 1, 1.02, 1.01, 2, 3, 4])).toBe(12);
    expect(stopAt([3, 1, 2, 0.5, 2, 0.4])).toBe(Infinity); // one worse step alone
    const few = folds([3, 1, 2, 3, 4, 5]).slice(0, 2); // too few losses to tell
    expect(judgeCurves(few, rule).stop).toBe(false);
  });
  it("names one number of steps for the refit", () => {
    expect(refitSteps(80)).toBe(80);
    expect(refitSteps(80, "rows", 5)).toBe(100);
    expect(() => refitSteps(80, "rows", 1)).toThrow(RangeError);
  });
});
