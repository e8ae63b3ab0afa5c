import { expect, it } from "vitest";
import { placements, rankingOf } from "../../src/numeric/placements.ts";
import { delong } from "../../src/compare/tests/delong.ts";
import { digits, readReference, relatively } from "./reference.ts";

type Case = { y: number[]; a: number[]; b: number[] } & Record<
  "aucA" | "aucB" | "varA" | "varB" | "cov" | "z" | "twoSided" | "greater",
  number
>;

const input = (c: Pick<Case, "y" | "a" | "b">) => ({
  positive: Uint8Array.from(c.y),
  challenger: Float64Array.from(c.a),
  baseline: Float64Array.from(c.b),
});

const ORACLE = {
  y: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
  a: [0.1, 0.2, 0.3, 0.35, 0.4, 0.6, 0.25, 0.45, 0.55, 0.7, 0.8, 0.9],
  b: [0.3, 0.1, 0.5, 0.4, 0.2, 0.7, 0.35, 0.3, 0.6, 0.65, 0.4, 0.8],
};

it("twelve cases with ties", () => {
  const e = delong(input(ORACLE), { alpha: 0.025 });
  const { positive, challenger, baseline } = input(ORACLE);
  digits(placements(rankingOf(positive, challenger)).auc, 0.8333333333, 10);
  digits(placements(rankingOf(positive, baseline)).auc, 0.6944444444, 10);
  digits(e.error ** 2, 0.016666666667 + 0.027469135802 - 2 * 0.013888888889, 11);
  digits(e.statistic, 1.085930606908, 12);
  digits(2 * e.p, 0.277509694487, 12);
  digits(e.p, 0.1387548, 7);
  digits(e.lower, -0.111787552445, 12);
  digits(e.upper, 0.389565330223, 12);
});
it("agrees with pROC", () => {
  for (const c of readReference<Case[]>("delong")) {
    const e = delong(input(c));
    const { positive, challenger, baseline } = input(c);
    relatively(placements(rankingOf(positive, challenger)).auc, c.aucA, 1e-12);
    relatively(placements(rankingOf(positive, baseline)).auc, c.aucB, 1e-12);
    relatively(e.error ** 2, c.varA + c.varB - 2 * c.cov, 1e-10);
    relatively(e.statistic, c.z, 1e-10);
    relatively(e.p, c.greater, 1e-9);
  }
});
it("any increasing map of the scores changes nothing; turning them round turns the area round", () => {
  const plain = delong(input(ORACLE));
  const mapped = delong(
    input({ ...ORACLE, a: ORACLE.a.map((x) => Math.exp(7 * x)), b: ORACLE.b.map((x) => x ** 3 - 5) }),
  );
  expect(mapped).toEqual(plain);
  const flipped = delong(input({ ...ORACLE, a: ORACLE.a.map((x) => -x), b: ORACLE.b.map((x) => -x) }));
  digits(flipped.gain, -plain.gain, 14);
});
it("equal scores leave nothing to claim", () => {
  expect(delong(input({ ...ORACLE, b: ORACLE.a }))).toMatchObject({ gain: 0, statistic: 0, p: 1, pBelow: 1 });
});
it("weights count as repetition", () => {
  const weights = Float64Array.from(ORACLE.y, (_, i) => 1 + (i % 3));
  const repeat = (values: number[]) => values.flatMap((v, i) => Array.from({ length: weights[i] }, () => v));
  const weighted = placements(rankingOf(Uint8Array.from(ORACLE.y), Float64Array.from(ORACLE.b)), weights);
  const repeated = placements(rankingOf(Uint8Array.from(repeat(ORACLE.y)), Float64Array.from(repeat(ORACLE.b))));
  digits(weighted.auc, repeated.auc, 14);
});
it("names what is missing", () => {
  expect(() => delong(input({ ...ORACLE, y: ORACLE.y.map((_, i) => (i === 0 ? 1 : 0)) }))).toThrow(
    "delong: each class needs two cases, got 1 positive and 11 negative",
  );
  expect(() => delong({ ...input(ORACLE), baseline: new Float64Array(5) })).toThrow(/as many scores as labels/);
});
