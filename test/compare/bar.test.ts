import { describe, expect, it } from "vitest";
import { barOf, type Bar } from "../../src/compare/bar.ts";
import type { JudgedMetric } from "../../src/compare/measure.ts";
import type { Candidate } from "../../src/compare/verdict/contract.ts";
import { compareModels } from "../../src/compare/verdict/verdict.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import * as m from "./metrics.ts";

/** A "prediction" is its own loss. */
const loss: JudgedMetric = {
  name: "loss",
  direction: "minimize",
  range: [0, Infinity],
  losses: ({ prediction }) => prediction.values,
  score: () => Number.NaN, // never asked of an additive metric
};

const candidate = (name: string, losses: readonly number[]): Candidate => ({ name, holdout: [m.numbers(losses)] });
const holdout = (rows: number) => ({ truth: m.numericTruth(Array.from({ length: rows }, () => 0)) });

/** Losses with mean 1; two rungs scatter about each other by 0.4 a row, the second is 1 % worse. */
function draw(rng: Rng, rows: number) {
  const first = Array.from({ length: rows }, () => 1 + 0.5 * rng.normal());
  const second = first.map((x) => x + 0.01 + 0.4 * rng.normal());
  return [
    candidate(
      "constant",
      first.map((x) => x + 1 + 0.3 * rng.normal()),
    ),
    candidate("a", first),
    candidate("b", second),
  ];
}

const announced = (rng: Rng, rows: number): Bar =>
  barOf({ metric: loss, holdout: holdout(rows), baselines: draw(rng, rows), rng });

describe("the bar", () => {
  it("names the baseline that asks for most, its score, and the gain that these rows can see", () => {
    const bar = announced(seeded("bar"), 400);
    expect(bar).toMatchObject({ part: "holdout", rows: 400, power: 0.8, reason: null });
    expect(bar.margin).toEqual({ value: 0.01, kind: "relative", assumed: true });
    // 1 % and (1.645 + 0.842) standard errors of 0.4 / sqrt(400).
    expect(bar.gain).toBeGreaterThan(0.05);
    expect(bar.gain).toBeLessThan(0.07);
    expect(bar.score! / bar.baselineScore!).toBeCloseTo(1 - bar.gain!, 12);
    expect(["a", "b"]).toContain(bar.baseline);
    expect(bar.rowsForTwice! / 10_000).toBeGreaterThan(0.8);
  });
  it("a challenger just good enough for it is JUSTIFIED by compare in about 80 % of fresh draws", () => {
    const rng = seeded("power of the bar");
    const [runs, rows] = [400, 300];
    let justified = 0;
    for (let run = 0; run < runs; run++) {
      const stream = rng.split(run);
      const { gain } = announced(stream, rows);
      const [, a] = draw(stream, rows);
      const better = Array.from(a.holdout![0].values, (x) => x - gain! + 0.4 * stream.normal());
      const { challengers } = compareModels({
        metric: loss,
        holdout: holdout(rows),
        baselines: [a],
        champion: "a",
        challengers: [candidate("challenger", better)],
        rng: stream,
      });
      if (challengers[0].verdict === "JUSTIFIED") justified++;
    }
    expect(Math.abs(justified / runs - 0.8)).toBeLessThan(0.06);
  });
  it("more rows see smaller gains; nobody is judged where the verdict's guards would refuse", () => {
    const rng = seeded("guards of the bar");
    const [few, many] = [announced(rng, 100), announced(rng, 10_000)];
    expect(many.gain!).toBeLessThan(few.gain! / 5);
    expect(many.gain!).toBeGreaterThan(0.01);
    expect(announced(rng, 20)).toMatchObject({
      score: null,
      reason: "too-few-rows",
      detail: { kind: "too-few", what: "rows", have: 20, least: 30 },
    });
  });
  it("a baseline that is as good as perfect, and one that stands alone, promise nothing", () => {
    const rng = seeded("ends of the bar");
    const rows = 60;
    const tiny = Array.from({ length: rows }, () => Math.abs(0.001 * rng.normal()));
    const near = [
      candidate("tiny", tiny),
      candidate(
        "other",
        tiny.map((x) => x + Math.abs(0.01 * rng.normal())),
      ),
    ];
    expect(barOf({ metric: loss, holdout: holdout(rows), baselines: near, rng })).toMatchObject({
      score: null,
      reason: null,
    });
    const flat = [1, 0.05].map((size) =>
      candidate(
        `flat ${size}`,
        Array.from({ length: rows }, () => size),
      ),
    );
    const none = barOf({ metric: loss, holdout: holdout(rows), baselines: flat, rng });
    expect(none).toMatchObject({ baseline: "flat 0.05", score: null });
    expect(none.gain!).toBeGreaterThan(1);
    const alone = barOf({ metric: loss, holdout: holdout(rows), baselines: [near[1]], rng });
    expect(alone).toMatchObject({ baseline: "other", gain: null, rowsForTwice: null });
    const twins = [near[1], { ...near[1], name: "twin" }];
    expect(barOf({ metric: loss, holdout: holdout(rows), baselines: twins, rng })).toMatchObject({ gain: null });
  });
  it("scores to be maximised have their bar above the baseline's", () => {
    const rng = seeded("accuracy of the bar");
    const truth = m.binaryTruth(Array.from({ length: 500 }, (_, i) => i % 2));
    const right = (share: number) =>
      m.probability(Array.from({ length: 500 }, (_, i) => (rng.uniform() < share ? i % 2 : 1 - (i % 2))));
    const baselines = [0.7, 0.75].map((share, k) => ({ name: `m${k}`, holdout: [right(share)] }));
    const bar = barOf({ metric: m.accuracy, holdout: { truth }, baselines, rng });
    expect(bar.score!).toBeCloseTo(bar.baselineScore! + bar.gain!, 12);
    expect(bar.margin.kind).toBe("absolute");
  });
});
