import { describe, expect, it } from "vitest";
import { acceleration, bca, bcaEvidence, quantile } from "../../src/compare/tests/bca.ts";
import { signFlip } from "../../src/compare/tests/sign-flip.ts";
import { mean } from "../../src/numeric/moments.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits, FIXTURE_A, FIXTURE_R16, readReference, relatively } from "./reference.ts";

describe("BCa", () => {
  it("the published interval of sixteen values (SciPy's test against R boot), within 1.5 %", () => {
    const e = bca({ differences: FIXTURE_R16 }, { alpha: 0.025, resamples: 60000, rng: seeded("r16") });
    relatively(e.lower, 32.31, 0.015);
    relatively(e.upper, 91.43, 0.015);
    const centre = mean(FIXTURE_R16);
    digits(acceleration(FIXTURE_R16.map((x) => x - centre)), 0.0615288696, 10);
  });
  it("p is the level at which the bound meets the margin", () => {
    const rng = seeded("p");
    const e = bca({ differences: FIXTURE_A }, { rng });
    const again = bca({ differences: FIXTURE_A }, { alpha: e.p, rng: seeded("p") });
    expect(Math.abs(again.lower)).toBeLessThan(2e-4);
    digits(e.p + e.pBelow, 1, 12);
  });
  it("without bias or skew it is the percentile interval", () => {
    const replicates = Float64Array.from({ length: 999 }, (_, i) => i - 499);
    const e = bcaEvidence(0, replicates, 0);
    digits(e.lower, quantile(replicates, 0.05), 9);
    digits(e.upper, quantile(replicates, 0.95), 9);
  });
  it("claims nothing when all resamples agree", () => {
    expect(bca({ differences: new Float64Array(30).fill(0.1) })).toMatchObject({ p: 1, pBelow: 1, lower: -Infinity });
  });
  it("is the same for the same stream", () => {
    expect(bca({ differences: FIXTURE_A })).toEqual(bca({ differences: FIXTURE_A }));
  });
});

describe("sign flips", () => {
  it("mlxtend's example: 4 of 128, one-sided 2 of 128", () => {
    const a = [3.67, 1.72, 3.46, 2.6, 2.03, 2.1, 3.01];
    const b = [2.11, 1.79, 2.71, 1.89, 1.69, 1.71, 2.01];
    const e = signFlip({ differences: Float64Array.from(a, (x, i) => x - b[i]) });
    expect(e.p).toBe(0.015625);
  });
  it("fixture A: 1,024 flips, ties count", () => expect(signFlip({ differences: FIXTURE_A }).p).toBe(0.048828125));
  it("agrees with SciPy's exact permutation test", () => {
    for (const c of readReference<{ signFlip: { d: number[]; p: number }[] }>("paired").signFlip)
      digits(signFlip({ differences: Float64Array.from(c.d) }).p, c.p, 12);
  });
  it("bounds exclude the margin exactly when p is at most alpha", () => {
    for (const margin of [-0.01, 0, 0.0005, 0.002, 0.01, 0.022, 0.03]) {
      const e = signFlip({ differences: FIXTURE_A }, { margin });
      expect(e.lower > margin).toBe(e.p <= 0.05);
      expect(e.upper < margin).toBe(e.pBelow <= 0.05);
    }
  });
  it("few rows cannot reach small p, whatever they say", () => {
    expect(signFlip({ differences: Float64Array.of(5, 6, 7) })).toMatchObject({ p: 0.125, lower: -Infinity });
  });
  it("draws where there are too many subsets to list, near the exact answer", () => {
    const differences = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i) + 0.2);
    const e = signFlip({ differences });
    expect(e.p).toBeGreaterThan(0.005);
    expect(e.p).toBeLessThan(0.04);
    expect(signFlip({ differences })).toEqual(e);
  });
});
