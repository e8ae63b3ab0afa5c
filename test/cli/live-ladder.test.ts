import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { liveLadder, partDone, timeLeft, type Training } from "../../src/cli/live-ladder.ts";

const progress = (part: number): Training => ({
  phase: "training",
  elapsed: 4000,
  rung: "tree",
  detail: "trial 3 of 20",
  rungsDone: 1,
  rungs: 3,
  foldFitsSaved: 7,
  ladder: [
    { rung: "constant", state: "done", value: 0.6651, part: 1 },
    { rung: "tree", state: "tuning", value: 0.41, part },
    { rung: "logistic", state: "waiting", value: null, part: 0 },
  ],
});

describe("the ladder while it is trained", () => {
  it("shows every rung with what is known of it", () => {
    const [head, constant, tree, logistic] = liveLadder(progress(0.5), { width: 80, height: 24 }, false).split("\n");
    expect(head).toBe("████████████░░░░░░░░░░░░ 4 s, about 4 s left, 7 folds saved");
    expect(constant).toMatch(/^ {2}constant +0\.6651 {2}cross-validated$/);
    expect(tree).toMatch(/^ {2}tree +0\.41 {2}tuning: trial 3 of 20$/);
    expect(logistic.trim()).toBe("logistic");
  });
  it("marks the best so far", () => {
    const lines = liveLadder({ ...progress(0.5), best: "tree" }, { width: 80, height: 24 }, false).split("\n");
    expect(lines.filter((line) => line.startsWith(">"))).toEqual([lines[2]]);
    expect(lines[2]).toMatch(/^> tree +0\.41 /);
  });
  it("is never wider than the terminal nor higher", () => {
    for (const width of [10, 20, 40, 80])
      for (const height of [1, 2, 3, 24]) {
        const lines = liveLadder(progress(0.5), { width, height }, false).split("\n");
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, height - 1));
        for (const line of lines) expect(stringWidth(line)).toBeLessThan(width);
      }
  });
  it("guesses the time left from the work that is done, and not at its beginning", () => {
    expect(partDone(progress(0.5))).toBeCloseTo(0.5);
    expect(timeLeft(progress(0.5))).toBe("about 4 s left");
    const start = progress(0);
    expect(timeLeft({ ...start, ladder: start.ladder.map((rung) => ({ ...rung, part: 0 })) })).toBe("");
  });
});
