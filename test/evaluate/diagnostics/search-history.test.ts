import { describe, expect, it } from "vitest";
import { searchHistory } from "../../../src/evaluate/diagnostics/search-history.ts";
import type { Trial, TrialState } from "../../../src/search/trial.ts";

const FOLDS = 5;

function trial(number: number, state: TrialState, value: number, seen: number = FOLDS): Trial {
  const order = Array.from({ length: FOLDS }, (_, fold) => fold);
  const reports = order.slice(0, seen).map((fold) => ({ fold, scores: [value] }));
  return { number, point: {}, path: [{}], origin: "random", order, state, reports, value, chosen: 0 };
}

describe("the history of a search", () => {
  it("counts the folds fitted and saved, and keeps the best of those that saw all folds", () => {
    const points = searchHistory([
      trial(0, "complete", 3),
      trial(1, "pruned", 1, 2),
      trial(2, "failed", Number.NaN, 0),
      trial(3, "complete", 2),
      trial(4, "pruned", 9, 1),
      trial(5, "complete", 4),
      trial(6, "complete", 2),
    ]);
    expect(points).toEqual([
      { fits: 5, saved: 0, loss: 3, best: 3, stopped: false },
      { fits: 7, saved: 3, loss: 1, best: 3, stopped: true },
      { fits: 12, saved: 3, loss: 2, best: 2, stopped: false },
      { fits: 13, saved: 7, loss: 9, best: 2, stopped: true },
      { fits: 18, saved: 7, loss: 4, best: 2, stopped: false },
      { fits: 23, saved: 7, loss: 2, best: 2, stopped: false },
    ]);
  });
  it("puts neighbours of many trials together, and loses no fold and not the best", () => {
    const trials = Array.from({ length: 500 }, (_, i) =>
      i % 3 === 2 ? trial(i, "pruned", 50, 2) : trial(i, "complete", 10 + ((i * 37) % 101)),
    );
    const points = searchHistory(trials)!;
    expect(points.length).toBeLessThanOrEqual(60);
    const last = points.at(-1)!;
    expect(last.fits).toBe(trials.reduce((sum, { reports }) => sum + reports.length, 0));
    expect(last.saved).toBe(3 * trials.filter(({ state }) => state === "pruned").length);
    expect(last.best).toBe(10);
    points.forEach(({ best }, i) => expect(best!).toBeLessThanOrEqual(points[Math.max(0, i - 1)].best!));
  });
  it("is none of a few trials", () => {
    expect(searchHistory([0, 1].map((i) => trial(i, "complete", i)))).toBeUndefined();
  });
});
