import { describe, expect, it } from "vitest";
import { correlatedT, posterior } from "../../src/compare/correlated-t.ts";
import { foldLayout, measureFolds, resamplesOf } from "../../src/compare/folds.ts";
import { correctedT } from "../../src/compare/tests/corrected-t.ts";
import { fiveByTwoF, fiveByTwoT } from "../../src/compare/tests/five-by-two.ts";
import { pairedT } from "../../src/compare/tests/student.ts";
import { metricsFor } from "../../src/metrics/registry.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { studentQuantile, studentUpperTail } from "../../src/numeric/student.ts";
import { digits, FIXTURE_A } from "./reference.ts";

/** J differences with exactly this mean and variance. */
function withMoments(count: number, mean: number, variance: number): Float64Array {
  const half = Math.sqrt((variance * (count - 1)) / count);
  return Float64Array.from({ length: count }, (_, i) => mean + (i % 2 === 0 ? half : -half));
}

describe("corrected resampled t", () => {
  it("the scikit-learn example: 10 x 10 folds of 100 rows", () => {
    const differences = withMoments(100, 0.01, 0.022 / 15);
    const e = correctedT({ differences, testOverTrain: 1 / 9 }, { alpha: 0.025 });
    digits(e.statistic, 0.7503126954, 8);
    digits(e.p, 0.227422971, 8);
    digits(e.lower, -0.0164452003, 8);
    digits(e.upper, 0.0364452003, 8);
    const plain = pairedT({ differences });
    digits(plain.statistic, 2.6111648393, 7);
    digits(plain.p, 0.0052130132, 8);
    for (const [cover, lower, upper] of [
      [0.75, -0.0054220875, 0.0254220875],
      [0.5, 0.0009774153, 0.0190225847],
    ]) {
      const narrow = correctedT({ differences, testOverTrain: 1 / 9 }, { alpha: (1 - cover) / 2 });
      digits(narrow.lower, lower, 8);
      digits(narrow.upper, upper, 8);
    }
  });
  it("J is the number of resamples, not of rows: ten differences", () => {
    const e = correctedT({ differences: FIXTURE_A, testOverTrain: 1 / 9 }, { alpha: 0.025 });
    digits(2 * pairedT({ differences: FIXTURE_A }).p, 0.065920055, 10);
    digits(e.statistic, 1.4401280171, 10);
    digits(2 * e.p, 0.1836952526, 10);
    digits(e.p, 0.0918476263, 10);
    digits(e.error, 0.0083325926, 10);
    digits(e.lower, -0.0068496339, 10);
    digits(e.upper, 0.0308496339, 10);
  });
  it("published pairs of the example, from their statistics", () => {
    // One-sided p doubled and times six comparisons, as its page prints it.
    for (const [t, p] of [
      [1.657, 0.302],
      [4.565, 0],
      [1.111, 0.807],
      [4.276, 0],
      [3.851, 0.001],
    ])
      digits(Math.min(1, 6 * studentUpperTail(t, 99)), p, 2);
  });
  it("needs to know the design", () => {
    expect(() => correctedT({ differences: FIXTURE_A })).toThrow(
      "testOverTrain must be a number above 0, got undefined",
    );
    expect(() => correctedT({ differences: Float64Array.of(1), testOverTrain: 0.1 })).toThrow(/at least 2 values/);
  });
});

describe("one model measured over folds", () => {
  const rng = seeded("folds measured");
  const rows = 60;
  const repeats = 2;
  const entries = rows * repeats;
  const row = Int32Array.from({ length: entries }, (_, i) => i % rows);
  const fold = Int32Array.from({ length: entries }, () => rng.below(3));
  const repeat = Int32Array.from({ length: entries }, (_, i) => Math.floor(i / rows));
  const codes = row.map((at) => Number(at % 3 === 0));
  const truth = { task: "binary", name: "y", codes, classes: ["no", "yes"] } as const;
  const values = Float64Array.from({ length: 2 * entries }, () => 0.5);
  for (let i = 0; i < entries; i++) {
    values[2 * i + 1] = 0.1 + 0.8 * rng.uniform();
    values[2 * i] = 1 - values[2 * i + 1];
  }
  const prediction = { kind: "probability", classes: 2, values } as const;
  const weights = Float64Array.from(row, (at) => 1 + (at % 4));

  for (const [how, given] of [
    ["plain", {}],
    ["weighted", { weights }],
  ] as const)
    it(`each score is that of its rows alone, and a row's loss the mean of its entries' (${how})`, () => {
      const layout = foldLayout({ truth, row, fold, repeat, testOverTrain: 1 / 2, ...given });
      for (const metric of metricsFor("binary")) {
        const { scores, rows: ofRows } = measureFolds(metric, layout, prediction);
        for (const [j, { scored, weights: own }] of resamplesOf(layout, prediction).entries())
          expect(scores[j], metric.name).toBeCloseTo(metric.score(scored, own), 12);
        if (metric.losses === undefined) continue;
        const losses = metric.losses({ truth, prediction });
        const scale = ofRows.base === undefined ? 1 : ofRows.base[0] / weights[0];
        for (let at = 0; at < rows; at++) {
          const loss = (scale * (ofRows.base ? weights[at] : 1) * (losses[at] + losses[at + rows])) / 2;
          expect(ofRows.losses[at], metric.name).toBeCloseTo(loss, 12);
        }
      }
    });
});

describe("Bayesian correlated t", () => {
  it("the scikit-learn example", () => {
    const differences = withMoments(100, 0.01, 0.022 / 15);
    digits(correlatedT(differences, 1 / 9).better, 0.772577029, 8);
    digits(correlatedT(differences, 1 / 9, 0.01).equivalent, 0.4316824582, 8);
  });
  it("fixture A with two ropes", () => {
    const p = correlatedT(FIXTURE_A, 1 / 9, 0.01);
    digits(p.worse, 0.0134517128, 10);
    digits(p.equivalent, 0.3943939364, 10);
    digits(p.better, 0.5921543508, 10);
    const narrow = correlatedT(FIXTURE_A, 1 / 9, 0.005);
    digits(narrow.worse, 0.0358720309, 10);
    digits(narrow.equivalent, 0.1754386231, 10);
    digits(narrow.better, 0.788689346, 10);
  });
  it("three published data sets, naive Bayes against AODE", () => {
    const widen = 1 / 100 + 0.1 / 0.9;
    const squash = posterior(-0.056, Math.sqrt(0.0242846016 * widen), 99, 0.01);
    digits(squash.worse, 0.8008147591, 8);
    digits(squash.equivalent, 0.0859343342, 8);
    digits(squash.better, 0.1132509067, 8);
    digits(posterior(-0.056, 0.0542322328, 99, 0).worse, 0.8478455801, 8);
    digits(2 * studentUpperTail(0.056 / 0.0542322328, 99), 0.3043088398, 8);
    const anneal = posterior(-0.0193882, Math.sqrt(2.5049478461e-4 * widen), 99, 0.01);
    digits(anneal.worse, 0.954285665, 5);
    digits(anneal.equivalent, 0.0457140329, 5);
    const audiology = posterior(-0.0026089, Math.sqrt(2.293473513e-4 * widen), 99, 0.01);
    digits(audiology.worse, 0.0819627266, 5);
    digits(audiology.equivalent, 0.9087251243, 5);
    digits(audiology.better, 0.0093121492, 5);
  });
  it("baycomp's unit tests: scale from runs and folds", () => {
    // x = (4, 2, 6), y = (5, 7, 3): mean 1, variance 16 (1/3 + 1/2), df 2.
    const p = correlatedT(Float64Array.of(1, 5, -3), 1 / 2);
    digits(p.better, studentUpperTail(-1 / Math.sqrt(13.333333333333334), 2), 12);
    // x = (4, 2, 6, 4), y = (5, 7, 3, 5), two runs of two folds: variance (32/3) (1/4 + 1), df 3.
    const two = correlatedT(Float64Array.of(1, 5, -3, 1), 1);
    digits(two.better, studentUpperTail(-1 / Math.sqrt(13.333333333333334), 3), 12);
  });
  it("is the frequentist test in other words", () => {
    const e = correctedT({ differences: FIXTURE_A, testOverTrain: 0.25 }, { margin: 0.004 });
    const p = correlatedT(FIXTURE_A, 0.25, 0.004);
    digits(p.better, 1 - e.p, 12);
    digits(e.lower, e.gain - e.error * studentQuantile(0.95, 9), 12);
  });
  it("without spread all mass is on one side, or split", () => {
    const flat = (x: number) => new Float64Array(4).fill(x);
    expect(correlatedT(flat(0.02), 0.1, 0.01)).toEqual({ worse: 0, equivalent: 0, better: 1 });
    expect(correlatedT(flat(-0.02), 0.1)).toEqual({ worse: 1, equivalent: 0, better: 0 });
    expect(correlatedT(flat(0), 0.1)).toEqual({ worse: 0.5, equivalent: 0, better: 0.5 });
    expect(correlatedT(flat(0), 0.1, 0.01)).toEqual({ worse: 0, equivalent: 1, better: 0 });
  });
});

describe("the layout of folds", () => {
  it("has them in the order of their numbers, repeat by repeat, wherever their rows stand", () => {
    const { resamples } = foldLayout({
      truth: { task: "regression", name: "y", values: new Float64Array(8) },
      row: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3),
      fold: Int32Array.of(3, 1, 3, 0, 0, 1, 1, 0),
      repeat: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
      testOverTrain: 1,
    });
    expect(resamples.map((entries) => [...entries])).toEqual([[3], [1], [0, 2], [4, 7], [5, 6]]);
  });
});

describe("5x2cv", () => {
  const rows = Float64Array.of(0.03, 0.01, 0.02, 0.04, -0.01, 0.03, 0.05, 0.01, 0.02, 0.02);
  it("five repeats of two folds", () => {
    const e = fiveByTwoT({ differences: rows });
    digits(e.error ** 2 * 5, 0.0002 + 0.0002 + 0.0008 + 0.0008, 12);
    digits(e.statistic, 1.5, 12);
    digits(2 * e.p, 0.1939036802, 10);
    const f = fiveByTwoF(rows);
    digits(f.statistic, 1.85, 12);
    digits(f.p, 0.2578161639, 10);
  });
  it("the order of repeats moves t, not F; without spread nothing is claimed; there must be ten", () => {
    const turned = rows.slice().reverse();
    digits(fiveByTwoF(turned).p, fiveByTwoF(rows).p, 12);
    expect(fiveByTwoT({ differences: turned }).statistic).not.toBeCloseTo(1.5, 3);
    expect(fiveByTwoF(new Float64Array(10).fill(0.1))).toEqual({ statistic: 0, p: 1 });
    expect(() => fiveByTwoT({ differences: new Float64Array(11) })).toThrow(
      "fiveByTwoT: differences must have 10 values, got 11",
    );
  });
});
