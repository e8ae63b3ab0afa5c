import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankEvidence, signedRank } from "../../src/compare/tests/signed-rank.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits, readReference } from "./reference.ts";

interface FromR {
  readonly d: number[];
  readonly margin: number;
  readonly gain: number;
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  readonly pBelow: number;
}

describe("the signed-rank test", () => {
  it.each(readReference<FromR[]>("signed-rank"))("agrees with R's wilcox.test: $d.length values", (c) => {
    const e = signedRank({ differences: Float64Array.from(c.d) }, { margin: c.margin });
    for (const key of ["gain", "lower", "upper", "p", "pBelow"] as const) digits(e[key], c[key], 12);
  });
  it("counts the means of pairs above the margin", () => {
    expect(signedRank({ differences: Float64Array.of(1, 2, -3, 6) }, { margin: 1 }).statistic).toBe(6 + 0.5);
  });
  it("bounds exclude a margin exactly where p does, with ties and zeros too", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 6 }), { minLength: 2, maxLength: 14 }),
        fc.integer({ min: -8, max: 8 }).map((k) => k / 2 + 0.25), // never a mean of two
        (list, margin) => {
          const { lower, upper, p, pBelow } = rankEvidence(Float64Array.from(list), { margin });
          expect(lower > margin).toBe(p <= 0.05);
          expect(upper < margin).toBe(pBelow <= 0.05);
        },
      ),
    ));
  it("counts a failure as the largest loss: the answer stays finite as long as failures are few", () => {
    const gains = Float64Array.of(-Infinity, 2, 3, 2.5, 4, 3.5, 2.2, 5, 3.1, 2.8);
    const like = gains.map((gain) => (gain === -Infinity ? -1000 : gain));
    const [e, plain] = [rankEvidence(gains, { margin: 1 }), rankEvidence(like, { margin: 1 })];
    expect(e).toMatchObject({
      p: plain.p,
      pBelow: plain.pBelow,
      gain: plain.gain,
      lower: plain.lower,
      upper: plain.upper,
    });
    expect(rankEvidence(Float64Array.of(-Infinity, -Infinity, -Infinity, 1))).toMatchObject({ gain: -Infinity });
    expect(rankEvidence(new Float64Array(6).fill(Infinity), { margin: 1 })).toMatchObject({
      gain: Infinity,
      lower: Infinity,
      upper: Infinity,
      p: 2 ** -6,
      error: 0,
    });
  });
  it("is wrong about units of unequal spread no more often than it says, on either side", () => {
    const rng = seeded("unequal spread");
    const runs = 1000;
    let [above, below] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const gains = Float64Array.from({ length: 12 }, () => 1 + rng.normal() * 10 ** (2 * rng.uniform()));
      const { p, pBelow } = rankEvidence(gains, { margin: 1 });
      if (p <= 0.05) above++;
      if (pBelow <= 0.05) below++;
    }
    const limit = runs * (0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(Math.max(above, below)).toBeLessThan(limit);
    expect(above + below).toBeGreaterThan(0.06 * runs);
  });
  it("says nothing of a few units", () => {
    expect(rankEvidence(Float64Array.of(5, 6, 7, 8))).toMatchObject({ lower: -Infinity, upper: Infinity, p: 2 ** -4 });
  });
  it("lists no more pairs than memory holds", () => {
    expect(() => signedRank({ differences: new Float64Array(5001) })).toThrow("at most 5000 units, got 5001");
  });
});
