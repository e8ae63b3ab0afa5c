import { describe, expect, it } from "vitest";
import { foldModel } from "../../src/search/fold-model.ts";
import { aggressive } from "../../src/search/racing/aggressive.ts";
import { asha } from "../../src/search/racing/asha.ts";
import type { Race, Rival } from "../../src/search/racing/contract.ts";
import { forgiving } from "../../src/search/racing/forgiving.ts";
import { futility } from "../../src/search/racing/futility.ts";
import { median } from "../../src/search/racing/median.ts";
import { patient } from "../../src/search/racing/patient.ts";
import { racingRules } from "../../src/search/racing/registry.ts";
import { threshold } from "../../src/search/racing/threshold.ts";
import { wilcoxon } from "../../src/search/racing/wilcoxon.ts";
import { normalCdf } from "../../src/numeric/normal.ts";
import { seeded } from "../../src/numeric/rng.ts";

const rival = (number: number, losses: readonly number[], complete = true): Rival => {
  const seen = losses.filter((loss) => !Number.isNaN(loss));
  return { number, complete, losses: Float64Array.from(losses), loss: seen.reduce((a, b) => a + b, 0) / seen.length };
};
const race = (losses: readonly number[], rivals: readonly Rival[], folds = [...losses.keys()], total = 5): Race => ({
  folds,
  losses: Float64Array.from(losses),
  total,
  rivals,
});
/** Fold effects 0, .1, .2, .3, .4; the third configuration is best. */
const THREE = [
  rival(0, [1.02, 1.1, 1.2, 1.3, 1.38]),
  rival(1, [0.9, 1.02, 1.1, 1.2, 1.28]),
  rival(2, [0.5, 0.6, 0.72, 0.8, 0.88]),
];

describe("fold model", () => {
  it("takes configurations and folds apart exactly when scores are additive", () => {
    const rows = [1, 2, 3, 9].map((c) => Float64Array.of(c - 0.2, c, c + 0.2));
    const { effects, residual } = foldModel(rows, 3);
    expect([...effects].map((e) => e.toFixed(12))).toEqual(["-0.200000000000", "0.000000000000", "0.200000000000"]);
    expect(residual).toBeCloseTo(0, 20);
  });
  it("estimates the noise without bias, whatever configurations and folds are like", () => {
    const rng = seeded("residual");
    let sum = 0;
    for (let run = 0; run < 400; run++) {
      // six equal configurations: the better half of unequal ones is what the rule wants, and is tested by racing itself
      const rows = Array.from({ length: 3 }, (_, i) =>
        Float64Array.from({ length: 5 }, (_, k) => i + k + 0.3 * rng.normal()),
      );
      sum += foldModel(rows, 5).residual / 400;
    }
    expect(sum).toBeCloseTo(0.09, 2);
  });
  it("uses the better half, at least three, and says nothing with fewer", () => {
    const wild = Float64Array.of(50, -20, 90);
    const calm = [1, 2, 3].map((c) => Float64Array.of(c, c + 1, c + 2));
    expect(foldModel([...calm, wild, wild.map((v) => v + 9)], 3).residual).toBeCloseTo(0, 20);
    expect(foldModel(calm.slice(0, 2), 3).residual).toBeNaN();
    expect(foldModel([], 3).effects).toEqual(new Float64Array(3));
  });
});

describe("futility", () => {
  it("stops by the formula: Phi(-D / sqrt(2 s2 (K - k) / (K k))) below alpha", () => {
    const { residual } = foldModel(
      THREE.map(({ losses }) => losses),
      5,
    );
    const spread = (k: number): number => Math.sqrt((2 * residual * (5 - k)) / (5 * k));
    for (const k of [1, 2, 4])
      for (const z of [2.0, 2.1]) {
        // alpha .02 lies at z = 2.0537
        const losses = Array.from({ length: k }, (_, i) => THREE[2].losses[i] + z * spread(k));
        expect(futility().stop(race(losses, THREE))).toBe(z === 2.1);
        expect(normalCdf(-z) < 0.02).toBe(z === 2.1);
      }
  });
  it("pairs by fold: a hard fold alone is no reason to stop", () => {
    expect(futility().stop(race([0.88], THREE, [4]))).toBe(false);
    expect(futility().stop(race([0.88], THREE, [0]))).toBe(true);
  });
  it("waits for three complete trials and three folds, and never stops a leader", () => {
    expect(futility().stop(race([9], THREE.slice(0, 2)))).toBe(false);
    expect(futility().stop(race([9], THREE, [0], 2))).toBe(false);
    expect(futility().stop(race([0.1], THREE))).toBe(false);
    expect(futility().stop(race([9], [...THREE.slice(0, 2), rival(2, [0.5, Number.NaN, 0.7, 0.8, 0.9], false)]))).toBe(
      false,
    );
  });
  it("stops whatever is behind when there is no noise at all", () => {
    const exact = [0, 1, 2].map((c) => rival(c, [c, c + 1, c + 2]));
    expect(futility().stop(race([1e-6], exact, [0], 3))).toBe(true);
    expect(futility().stop(race([0], exact, [0], 3))).toBe(false);
  });
});

describe("aggressive and forgiving", () => {
  it("aggressive: behind on the same folds", () => {
    expect(aggressive.stop(race([0.51], THREE))).toBe(true);
    expect(aggressive.stop(race([0.49, 0.6], THREE))).toBe(false);
    expect(aggressive.stop(race([9], []))).toBe(false);
  });
  it("forgiving: worse on average than the best one's worst fold", () => {
    expect(forgiving.stop(race([0.89], THREE))).toBe(true);
    expect(forgiving.stop(race([0.87], THREE))).toBe(false);
  });
});

describe("wilcoxon", () => {
  it("cannot stop before fold 4, and never a leader", () => {
    const worse = (k: number): Race =>
      race(
        Array.from({ length: k }, (_, i) => THREE[2].losses[i] + 1 + i),
        THREE,
      );
    expect([1, 2, 3, 4].map((k) => wilcoxon().stop(worse(k)))).toEqual([false, false, false, true]);
    expect(wilcoxon().stop(race([0.51, 0.61, 0.05, 0.81], THREE))).toBe(false);
  });
});

describe("rules for curves", () => {
  const curves = [3, 2, 1, 0, 4].map((end, i) => rival(i, [10, 5 + end, end]));
  it("median: best step so far against the median at this step, after five trials", () => {
    expect(median().stop(race([10, 7.5], curves, [0, 1], 0))).toBe(true); // medians 10, 7, 2
    expect(median().stop(race([10, 7], curves, [0, 1], 0))).toBe(false);
    expect(median().stop(race([1, 9, 9], curves, [0, 1, 2], 0))).toBe(false);
    expect(median().stop(race([10, 99], curves.slice(1), [0, 1], 0))).toBe(false);
    expect(median({ warmup: 2 }).stop(race([10, 99], curves, [0, 1], 0))).toBe(false);
  });
  it("asha: best third at rungs 1, 3, 9", () => {
    const six = [1, 2, 3, 4, 5].map((v, i) => rival(i, [v, v, v], i % 2 === 0));
    expect(asha().stop(race([1.5], six, [0], 0))).toBe(false); // second of six: two places
    expect(asha().stop(race([2.5], six, [0], 0))).toBe(true);
    expect(asha().stop(race([9, 9], six, [0, 1], 0))).toBe(false); // no rung
    expect(asha().stop(race([9, 9, 1.5], six, [0, 1, 2], 0))).toBe(false);
    expect(asha().stop(race([9, 9, 2.5], six, [0, 1, 2], 0))).toBe(true);
    expect(asha().stop(race([9], [], [0], 0))).toBe(false);
  });
  it("patient: lets another rule speak only after steps without progress", () => {
    const always = { name: "always", title: "", stop: () => true };
    expect(patient({ patience: 1 }).stop(race([3, 2, 1], [], [0, 1, 2], 0))).toBe(false);
    expect(patient({ patience: 1 }).stop(race([3, 1, 2, 2], [], [0, 1, 2, 3], 0))).toBe(true);
    expect(patient({ patience: 1, minDelta: 1.5 }).stop(race([3, 1, 2, 2], [], [0, 1, 2, 3], 0))).toBe(false);
    expect(patient({ patience: 2, inner: always }).stop(race([3, 2, 1], [], [0, 1, 2], 0))).toBe(false);
    expect(patient({ patience: 1, inner: always }).stop(race([1, 2, 3], [], [0, 1, 2], 0))).toBe(true);
  });
  it("threshold: NaN or worse than allowed, after the warm-up", () => {
    expect(threshold({ worst: 2 }).stop(race([1, 3], [], [0, 1], 0))).toBe(true);
    expect(threshold({ worst: 2 }).stop(race([3, 1], [], [0, 1], 0))).toBe(false);
    expect(threshold({ worst: 2 }).stop(race([Number.NaN], [], [0], 0))).toBe(true);
    expect(threshold({ worst: 2, warmup: 5 }).stop(race([9], [], [0], 0))).toBe(false);
  });
});

describe("every registered rule", () => {
  it("has a name of its own", () => expect(new Set(racingRules.map(({ name }) => name)).size).toBe(racingRules.length));
  for (const rule of racingRules)
    it(`${rule.name}: has no objection without rivals, and shifting all losses changes nothing`, () => {
      expect(rule.stop(race([1], []))).toBe(false);
      const shift = (r: Rival): Rival => ({ ...r, losses: r.losses.map((v) => v + 7), loss: r.loss + 7 });
      for (const losses of [[0.4], [0.6], [0.9, 0.9], [0.5, 0.6, 0.7, 0.9]])
        expect(
          rule.stop(
            race(
              losses.map((v) => v + 7),
              THREE.map(shift),
            ),
          ),
        ).toBe(rule.stop(race(losses, THREE)));
    });
});
