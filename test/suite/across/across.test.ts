import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "../../../src/numeric/rng.ts";
import { acrossDatasets } from "../../../src/suite/across/across.ts";
import type { DatasetScores, Field } from "../../../src/suite/across/contract.ts";
import { differences } from "../../../src/suite/across/differences.ts";
import { signedRankPosteriors } from "../../../src/suite/across/posterior.ts";
import { readReference } from "../../compare/reference.ts";

const reference = readReference<{
  table: { names: string[]; scores: number[][]; meanRanks: number[] };
  signedRank: { "two-sided": number }[];
  bayesian: { d: number[]; rope: number; worse: number; equivalent: number; better: number }[];
}>("across");

/** The published table of four methods on 14 datasets. */
function table(...contestants: string[]): Field {
  const { names, scores } = reference.table;
  return {
    contestants,
    datasets: scores[0].map((_, i) => ({
      dataset: `set ${i}`,
      direction: "maximize",
      margin: 0.01,
      scores: contestants.map((name) => scores[names.indexOf(name)][i]),
    })),
  };
}

const all = acrossDatasets(table(...reference.table.names), 1);

describe("many datasets", () => {
  it("have the mean ranks that autorank finds", () => {
    all.contestants.forEach(({ meanRank }, i) => expect(meanRank).toBeCloseTo(reference.table.meanRanks[i], 12));
  });
  it("have the p values that SciPy finds, and Holm's over all pairs", () => {
    expect(all.pairs.map(({ pair }) => pair.join(" : "))).toHaveLength(6);
    expect(all.pairs[0].p).toBeCloseTo(reference.signedRank[0]["two-sided"], 12);
    expect(all.pairs[1].p).toBeCloseTo(reference.signedRank[1]["two-sided"], 12);
    const least = [...all.pairs].sort((a, b) => a.p - b.p)[0];
    expect(least.adjusted).toBeCloseTo(6 * least.p, 12);
  });
  it("count wins, ties and losses at the margin, and the mean difference in margins", () => {
    // C4.5 less C4.5+m, in thousandths: -5 8 -17 -33 -6 5 -7 0 -63 0 -22 -47 -9 -21
    expect(all.pairs[0]).toMatchObject({ pair: ["C4.5", "C4.5+m"], wins: 0, ties: 8, losses: 6 });
    expect(all.pairs[0].mean).toBeCloseTo(-217 / 14 / 10, 9);
  });
  it("say of a pair what they say without the others, Holm aside", () => {
    const [alone] = acrossDatasets(table("C4.5", "C4.5+m+cf"), 1).pairs;
    const among = all.pairs.find(({ pair }) => pair.join() === "C4.5,C4.5+m+cf");
    expect({ ...among, adjusted: alone.adjusted }).toEqual(alone);
  });
  it.each(reference.bayesian)(
    "have baycomp's posterior: $d.length differences, rope $rope",
    ({ d, rope, ...wanted }) => {
      const [posterior] = signedRankPosteriors([Float64Array.from(d)], rope, seeded("posterior"));
      for (const key of ["worse", "equivalent", "better"] as const)
        expect(Math.abs(posterior[key] - wanted[key])).toBeLessThan(0.02);
    },
  );
  it("are the same for the same seed", () => {
    const field = table("C4.5", "C4.5+cf");
    expect(acrossDatasets(field, 7)).toEqual(acrossDatasets(field, 7));
    expect(acrossDatasets(field, 7)).not.toEqual(acrossDatasets(field, 8));
  });
});

const anyField = fc
  .integer({ min: 1, max: 9 })
  .chain((count) =>
    fc.array(
      fc.record({
        direction: fc.constantFrom("minimize" as const, "maximize" as const),
        margin: fc.constantFrom(0, 0.5, 1, 3),
        scores: fc.array(fc.oneof(fc.option(fc.integer({ min: -9, max: 9 })), fc.constant(undefined)), {
          minLength: 3,
          maxLength: 3,
        }),
      }),
      { minLength: count, maxLength: count },
    ),
  )
  .map((list): Field => ({
    contestants: ["a", "b", "c"],
    datasets: list.map((one, i): DatasetScores => ({ dataset: `set ${i}`, ...one })),
  }));

describe("laws of many datasets", () => {
  it("each difference turns round with its pair", () =>
    fc.assert(
      fc.property(anyField, (field) => {
        expect(differences(field, 0, 1)).toEqual(differences(field, 1, 0).map((d) => 0 - d));
      }),
    ));
  it("turning every direction and score round changes nothing", () =>
    fc.assert(
      fc.property(anyField, (field) => {
        const turned = field.datasets.map((one): DatasetScores => ({
          ...one,
          direction: one.direction === "minimize" ? "maximize" : "minimize",
          scores: one.scores.map((score) => (score == null ? score : 0 - score)),
        }));
        expect(acrossDatasets({ ...field, datasets: turned }, 1)).toEqual(acrossDatasets(field, 1));
      }),
      { numRuns: 10 },
    ));
  it("another unit of a dataset's metric changes nothing", () =>
    fc.assert(
      fc.property(anyField, fc.constantFrom(0.25, 8), (field, unit) => {
        const datasets = field.datasets.map((one) => ({
          ...one,
          margin: unit * one.margin,
          scores: one.scores.map((score) => (score == null ? score : unit * score)),
        }));
        expect(acrossDatasets({ ...field, datasets }, 1)).toEqual(acrossDatasets(field, 1));
      }),
      { numRuns: 10 },
    ));
  it("ranks add up, counts cover every dataset, probabilities add to 1, JSON holds it all", () =>
    fc.assert(
      fc.property(anyField, (field) => {
        const across = acrossDatasets(field, 1);
        const ranks = across.contestants.reduce((sum, one) => sum + (one.meanRank ?? 0) * one.datasets, 0);
        const there = field.datasets.map(({ scores }) => scores.filter((score) => score !== undefined).length);
        expect(ranks).toBeCloseTo(
          there.reduce((sum, n) => sum + (n * (n + 1)) / 2, 0),
          9,
        );
        for (const { wins, ties, losses, datasets, posterior, p, adjusted } of across.pairs) {
          expect(wins + ties + losses).toBe(datasets);
          expect(posterior.worse + posterior.equivalent + posterior.better).toBeCloseTo(1, 9);
          expect(adjusted).toBeGreaterThanOrEqual(p);
        }
        expect(JSON.parse(JSON.stringify(across))).toEqual(across);
      }),
      { numRuns: 20 },
    ));
  it("a dataset on which one of two takes no part says nothing of them", () =>
    fc.assert(
      fc.property(anyField, (field) => {
        const first = (datasets: Field["datasets"]) =>
          acrossDatasets({ ...field, datasets }, 1).pairs.find(({ pair }) => pair.join() === "a,b");
        const met = field.datasets.filter(({ scores }) => scores[0] !== undefined && scores[1] !== undefined);
        const all = first(field.datasets);
        if (met.length === 0) expect(all).toBeUndefined();
        else expect({ ...first(met), adjusted: all?.adjusted, posterior: all?.posterior }).toEqual(all);
      }),
      { numRuns: 10 },
    ));
  it("one more failure never helps who fails", () => {
    const { pairs } = acrossDatasets(
      { contestants: ["a", "b"], datasets: [{ dataset: "x", direction: "minimize", margin: 1, scores: [null, 5] }] },
      1,
    );
    expect(pairs[0]).toMatchObject({ wins: 0, losses: 1, mean: null, typical: null });
  });
});

describe("what cannot be compared", () => {
  const one = { dataset: "x", direction: "minimize" as const, margin: 1, scores: [1, 2] };
  it.each([
    [[], "there is no dataset"],
    [[one, one], "there are two of the dataset x"],
    [[{ ...one, margin: -1 }], "the margin of x must be a number of at least 0, got -1"],
    [[{ ...one, scores: [1] }], "x must have 2 scores, got 1"],
    [[{ ...one, scores: [1, Number.NaN] }], "the score of b on x must be a finite number or null, got NaN"],
  ])("%j: %s", (datasets, message) => {
    expect(() => acrossDatasets({ contestants: ["a", "b"], datasets }, 1)).toThrow(message);
  });
  it("names a contestant that is there twice", () => {
    expect(() => acrossDatasets({ contestants: ["a", "a"], datasets: [one] }, 1)).toThrow("two of the contestant a");
  });
});
