import { describe, expect, it } from "vitest";
import type { Space } from "../../src/search/space.ts";
import { byFold, type FoldObjective } from "../../src/search/by-fold.ts";
import type { CandidatePoint } from "../../src/search/selection/candidates.ts";
import { gainOver, optimism, selectCandidate } from "../../src/search/selection/select.ts";
import { search } from "../../src/search/search.ts";
import { createStudy } from "../../src/search/study.ts";
import { seeded } from "../../src/numeric/rng.ts";

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const candidate = (trial: number, folds: readonly number[], more: Partial<CandidatePoint> = {}): CandidatePoint => ({
  trial,
  pathValue: 0,
  point: { x: trial },
  score: mean(folds),
  loss: mean(folds),
  folds: Float64Array.from(folds),
  repeats: new Float64Array(0),
  posterior: mean(folds),
  modelled: false,
  plainness: 0,
  isDefault: trial === 0,
  ...more,
});
const around = (centre: number, seed: number): number[] => {
  const rng = seeded("around").split(seed);
  return Array.from({ length: 5 }, (_, k) => centre + 0.1 * k + 0.01 * rng.normal());
};

describe("selection", () => {
  const initial = candidate(0, around(1, 0), { plainness: 0.5 });
  const good = candidate(1, around(0.8, 1), { plainness: 0.9 });
  const near = candidate(2, around(0.8055, 2), { plainness: 0.2 });
  const poor = candidate(3, around(1.5, 3), { plainness: 0 });
  it("keeps the default unless another is better by more than one standard error", () => {
    const lucky = candidate(1, [0.9, 1.2, 1.1, 1.4, 1.3]);
    expect(selectCandidate([initial, lucky, poor])).toMatchObject({ chosen: initial });
    expect(selectCandidate([initial, poor]).reason).toBe("nothing looks better than the default");
    expect(selectCandidate([initial, good, poor]).chosen).toBe(good);
  });
  it("then takes the plainest within one standard error of the best", () => {
    const selection = selectCandidate([initial, good, near, poor]);
    expect(selection.best).toBe(good);
    expect(selection.chosen).toBe(near);
    expect(selection.reason).toMatch(/^the plainest within one standard error/);
    expect(selectCandidate([initial, good, candidate(2, around(0.9, 2), { plainness: 0.2 })]).chosen).toBe(good);
  });
  it("a gain of rounding size is none, and of equals to rounding the plainest is taken", () => {
    const rounded = (folds: readonly number[]): number[] => folds.map((loss) => loss * (1 - 4e-16));
    const twin = candidate(1, rounded([1, 1, 1, 1, 1]), { plainness: 0 });
    const even = candidate(0, [1, 1, 1, 1, 1], { plainness: 0.5 });
    expect(selectCandidate([even, twin]).chosen).toBe(even);
    const rougher = candidate(2, rounded(Array.from(good.folds)), { plainness: 0.99 });
    expect(selectCandidate([rougher, good], "best").chosen).toBe(good);
    expect(selectCandidate([rougher, good], "posterior").chosen).toBe(good);
  });
  it("puts no block losses together to tell how much of a gain over folds is luck", () => {
    const told = [initial, good, near, poor].map((one) =>
      Object.defineProperty({ ...one }, "blocks", {
        get: () => {
          throw new Error("asked for blocks");
        },
      }),
    );
    expect(optimism(told, told[0])).toBe(optimism([initial, good, near, poor], initial));
  });
  it("best and posterior take what they say, and the gain is told all the same", () => {
    const shrunk = { ...near, posterior: 0.5 };
    expect(selectCandidate([initial, good, shrunk], "best").chosen).toBe(good);
    expect(selectCandidate([initial, good, shrunk], "posterior").chosen).toBe(shrunk);
    const { gain } = selectCandidate([initial, good], "best");
    expect(gain.raw).toBeCloseTo(initial.loss - good.loss, 12);
    expect(gain.standardError).toBeGreaterThan(0);
    expect(gain.corrected).toBeLessThanOrEqual(gain.raw);
  });
  it("counts extra folds as they are, and lets them decide between the leaders", () => {
    const repeated = [
      { ...initial, repeats: Float64Array.from(around(1, 10)) },
      { ...good, repeats: Float64Array.from(around(1.05, 11)) },
      { ...near, repeats: Float64Array.from(around(0.8, 12)) },
    ];
    expect(selectCandidate(repeated).best).toBe(repeated[2]);
    const fooled = [repeated[0], { ...good, repeats: Float64Array.from(around(1.3, 11)) }];
    expect(selectCandidate(fooled).chosen).toBe(repeated[0]);
  });
  it("reads standard errors off blocks of rows where there are some", () => {
    const rng = seeded("blocks");
    const blocks = Float64Array.from({ length: 50 }, () => rng.uniform());
    const pair = [
      { ...initial, blocks },
      { ...good, blocks: blocks.map((loss, i) => loss - 0.2 + (i % 2 === 0 ? 1 : -1)) },
    ];
    expect(gainOver(pair, pair[0], pair[1]).standardError).toBeCloseTo(Math.sqrt(50 / 49 / 50), 12);
    expect(selectCandidate(pair).chosen).toBe(pair[1]);
    expect(
      selectCandidate([pair[0], { ...pair[1], blocks: pair[1].blocks.map((loss, i) => loss + 9 * Math.sin(i)) }])
        .chosen,
    ).toBe(pair[0]);
  });
  it("has an answer for one fold, one candidate and a default that failed, and none for nothing", () => {
    const single = candidate(0, [1]);
    expect(selectCandidate([single])).toMatchObject({
      chosen: single,
      gain: { raw: 0, corrected: 0, standardError: 0 },
    });
    expect(selectCandidate([single, candidate(1, [0.9])]).chosen.trial).toBe(1);
    expect(selectCandidate([good, near]).chosen).toBe(good);
    expect(selectCandidate([good, near]).default).toBeUndefined();
    expect(() => selectCandidate([])).toThrow(/no trial is complete/);
  });
});

describe("optimism", () => {
  it("is nothing with one candidate, and never negative", () => {
    const one = candidate(0, around(1, 0));
    expect(optimism([one], one)).toBe(0);
    const rng = seeded("never negative");
    for (let run = 0; run < 50; run++) {
      const several = Array.from({ length: 4 }, (_, i) =>
        candidate(
          i,
          Array.from({ length: 5 }, () => rng.normal()),
        ),
      );
      expect(optimism(several, several[0])).toBeGreaterThanOrEqual(0);
    }
  });
  it("has blocks of rows stand for folds when there is only one", () => {
    const rng = seeded("one fold");
    let corrected = 0;
    for (let run = 0; run < 200; run++) {
      const equal = Array.from({ length: 20 }, (_, i) => {
        const blocks = Float64Array.from({ length: 10 }, () => rng.normal());
        return candidate(i, [mean([...blocks])], { blocks });
      });
      const best = equal.reduce((a, b) => (b.loss < a.loss ? b : a));
      corrected += gainOver(equal, equal[0], best).corrected / 200;
    }
    expect(Math.abs(corrected)).toBeLessThan(0.1); // as it looks the gain is .59
    expect(optimism([candidate(0, [1]), candidate(1, [0.5])], candidate(0, [1]))).toBe(0);
  });
  it("takes out the luck of the best of many: equal configurations gain nothing on average", () => {
    const rng = seeded("luck");
    let raw = 0;
    let corrected = 0;
    for (let run = 0; run < 300; run++) {
      const equal = Array.from({ length: 20 }, (_, i) =>
        candidate(
          i,
          Array.from({ length: 5 }, (_, k) => k + rng.normal()),
        ),
      );
      const best = equal.reduce((a, b) => (b.loss < a.loss ? b : a));
      const gain = gainOver(equal, equal[0], best);
      raw += gain.raw / 300;
      corrected += gain.corrected / 300;
    }
    expect(raw).toBeGreaterThan(0.7); // 1.87 standard errors of .45
    expect(Math.abs(corrected)).toBeLessThan(0.1);
  });
});

describe("a whole search", () => {
  const space: Space = {
    depth: { type: "int", low: 1, high: 12, default: 6, simpler: "low" },
    l2: { type: "float", low: 0.01, high: 1, log: true, default: 0.1, path: [0.01, 0.1, 1], simpler: "high" },
  };
  /** Flat from depth 3 to 9, so the plainest good one is depth 3. */
  const objective: FoldObjective = ({ path, fold }) => {
    const scores = path.map((p) => {
      const depth = p["depth"] as number;
      const noise = 0.01 * seeded(JSON.stringify(p)).split(fold).normal();
      return -Math.max(0, 3 - depth, depth - 9) - Math.abs(Math.log10(p["l2"] as number)) + 0.1 * fold + noise;
    });
    return { scores, blocks: scores.map((score) => Float64Array.of(-score - 0.001, -score + 0.001)) };
  };
  it("lists path values apart, prefers the plainer of equals, and maximizes", async () => {
    const result = await search(byFold(objective), { space, direction: "maximize", folds: 5, repeats: 1, seed: 3 });
    expect(result.selection.default?.point).toEqual({ depth: 6, l2: 0.1 });
    expect(result.selection.chosen.point).toEqual({ depth: 3, l2: 1 });
    expect(result.selection.gain.corrected).toBeGreaterThan(0.5);
    expect(result.candidates.length).toBe(3 * result.counts.complete);
    expect(result.candidates.filter(({ repeats }) => repeats.length > 0).length).toBe(12); // default and three leaders
    expect(result.candidates[0].blocks?.length).toBe(10);
  });
  it("on a single hold-out every path value is a candidate, with standard errors off its blocks", async () => {
    const rng = seeded("hold-out");
    const result = await search(
      byFold(({ path }) => {
        const blocks = path.map((p) =>
          Float64Array.from({ length: 20 }, () => Math.abs(Math.log10(p["l2"] as number)) + 0.01 * rng.normal()),
        );
        return { scores: blocks.map((list) => mean([...list])), blocks };
      }),
      { space, seed: 1, stop: { trials: 3 } },
    );
    expect(result.candidates.length).toBe(9);
    expect(result.selection.chosen.point["l2"]).toBe(1);
    expect(result.selection.gain.standardError).toBeGreaterThan(0);
  });
  it("an extra repeat that fails takes no candidate away", async () => {
    const study = createStudy({
      space,
      direction: "maximize",
      folds: 5,
      seed: 3,
      stop: { trials: 6, stagnation: false },
    });
    await study.optimize(byFold(objective));
    const before = study.candidates().length;
    await study.repeat(() => {
      throw new Error("disk full");
    });
    expect(study.candidates().length).toBe(before);
    await expect(createStudy({ space }).repeat(byFold(objective))).rejects.toThrow(/at least 2 folds, got 1/);
  });
});
