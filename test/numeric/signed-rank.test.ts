import { describe, expect, it } from "vitest";
import { signedRankUpperTail } from "../../src/numeric/signed-rank.ts";
import { readReference } from "../compare/reference.ts";

const of = (...values: number[]): number => signedRankUpperTail(Float64Array.from(values));

describe("Wilcoxon's signed ranks", () => {
  it("have p = 2^-n when every value is positive", () => {
    for (let n = 1; n <= 50; n++)
      expect(signedRankUpperTail(Float64Array.from({ length: n }, (_, i) => i + 1))).toBe(2 ** -n);
  });
  const { signedRank } = readReference<{
    signedRank: { d: number[]; greater: number; less: number; "two-sided": number }[];
  }>("across");
  it.each(signedRank)("agree with SciPy: $d.length values, ties and zeros", ({ d, greater, less, ...sides }) => {
    const [above, below] = [of(...d), of(...d.map((x) => -x))];
    expect(above).toBeCloseTo(greater, 12);
    expect(below).toBeCloseTo(less, 12);
    expect(Math.min(1, 2 * Math.min(above, below))).toBeCloseTo(sides["two-sided"], 12);
  });
  it("take sizes that only rounding tells apart as equal", () => {
    expect(of(0.3 - 0.2, 0.1, -0.1, 0.8 - 0.7, 0.4)).toBe(of(1, 1, -1, 1, 4));
    expect(of(1e-17, 1, 2)).toBe(of(0, 1, 2));
  });
  it("rank infinite values highest, all alike, and know nothing of zeros alone", () => {
    expect(of(Infinity, -Infinity, 1)).toBe(of(7, -7, 1));
    expect(of(-Infinity, 3, 2, 5)).toBe(of(-9, 3, 2, 5));
    expect(of(0, 0)).toBe(1);
    expect(of()).toBe(1);
  });
});
