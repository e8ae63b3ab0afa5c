import { describe, expect, it } from "vitest";
import { foldLayout, measureFolds } from "../../src/compare/folds.ts";
import { foldInterval, scoreInterval, type ScoreInterval } from "../../src/compare/score-interval.ts";
import type { JudgedMetric } from "../../src/compare/measure.ts";
import { predictionAt, targetAt } from "../../src/frame/take.ts";
import type { Scored } from "../../src/metrics/contract.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { studentQuantile } from "../../src/numeric/student.ts";
import * as m from "./metrics.ts";
import { digits, FIXTURE_A, FIXTURE_R16 } from "./reference.ts";

describe("one score", () => {
  const y = Array.from("0011011010", Number);
  const p = [0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.4, 0.2, 0.9, 0.6];
  it("accuracy: Wilson's interval", () => {
    const scored = { truth: m.binaryTruth(y), prediction: m.probability(p) };
    const i = scoreInterval(m.accuracy, scored);
    // 7 of 10: the textbook interval.
    expect(i.method).toBe("wilson");
    digits(i.value!, 0.7, 12);
    digits(i.lower!, 0.3967781, 7);
    digits(i.upper!, 0.8922087, 7);
  });
  it("accuracy near 1: holds the truth in 93 % of samples whatever it is, by enumeration", () => {
    for (const rows of [30, 50, 114, 300])
      for (const share of [0.0005, 0.001, 0.0023, 0.005, 0.01, 0.02, 0.05]) {
        let [chance, held] = [(1 - share) ** rows, 0];
        for (let wrong = 0; wrong <= Math.min(rows, 40); wrong++) {
          const truth = m.binaryTruth(Array.from({ length: rows }, (_, i) => (i < wrong ? 1 : 0)));
          const i = scoreInterval(m.accuracy, { truth, prediction: m.probability(new Float64Array(rows).fill(0.2)) });
          if (i.lower! <= 1 - share && 1 - share <= i.upper!) held += chance;
          chance *= ((rows - wrong) / (wrong + 1)) * (share / (1 - share));
        }
        expect(held, `${share} of ${rows}`).toBeGreaterThan(0.93);
      }
  });
  it("a mean loss: t and Hall, mapped through the metric", () => {
    const scored = { truth: m.numericTruth(FIXTURE_R16), prediction: m.numbers(new Float64Array(16)) };
    const mae = scoreInterval(m.mae, scored, { level: 0.9 });
    digits(mae.lower!, 28.2174734, 7); // the t bound is the lower of the two
    digits(mae.upper!, 90.9010175, 7); // Hall's the upper
    const rmse = scoreInterval(m.rmse, scored);
    const mse = scoreInterval(m.mse, scored);
    digits(rmse.lower! ** 2, mse.lower!, 8);
    digits(rmse.upper! ** 2, mse.upper!, 6);
  });
  it("a loss of classes: a rare class that the sample lacks is reckoned with, at what rows cost on average", () => {
    const rng = seeded("lacking");
    const logLoss = m.smooth("log_loss");
    const [rows, share, clear] = [50, 0.03, 0.95];
    const world = (positive: () => number) => {
      const codes = Array.from({ length: rows }, positive);
      // One row is answered with certainty: the most that a label could cost there is no measure of the others.
      const said = codes.map((_, i) => (i === 0 ? 1e-6 : share * (1 + 0.2 * rng.normal())));
      return scoreInterval(logLoss, { truth: m.binaryTruth(codes), prediction: m.probability(said) }, { level: clear });
    };
    const costs = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    const without = world(() => 0);
    expect(without.upper!).toBeGreaterThan(costs);
    // By the most that one row could have cost it would reach .5.
    expect(without.upper!).toBeLessThan(0.3);
    const runs = Array.from({ length: 300 }, () => world(() => (rng.uniform() < share ? 1 : 0)));
    const held = runs.filter(({ lower, upper }) => lower! <= costs && costs <= upper!);
    expect(held.length / runs.length).toBeGreaterThan(0.93);
  });
  it("an area: inside (0, 1) even when nearly perfect", () => {
    const rng = seeded("auc");
    const labels = Array.from({ length: 60 }, (_, i) => i % 2);
    const scored = {
      truth: m.binaryTruth(labels),
      prediction: m.probability(labels.map((l) => 0.5 + 0.2 * (l - 0.5) + 0.06 * rng.normal())),
    };
    const i = scoreInterval(m.smooth("roc_auc"), scored);
    expect(i.method).toBe("delong-logit");
    expect(i.upper!).toBeLessThan(1);
    expect(i.lower!).toBeLessThan(i.value!);
    const perfect = scoreInterval(m.smooth("roc_auc"), {
      ...scored,
      prediction: m.probability(labels.map((l, k) => 0.4 * l + 0.005 * k)),
    });
    expect(perfect).toMatchObject({ value: 1, upper: 1, method: "newcombe-area" });
    expect(perfect.lower!).toBeGreaterThan(0.9);
    expect(perfect.lower!).toBeLessThan(0.99);
  });
  it("the rest by influence values, the less settled also by BCa; groups and time by their own errors", () => {
    const rng = seeded("rest");
    const labels = Array.from({ length: 200 }, () => rng.below(2));
    const scored = {
      truth: m.binaryTruth(labels),
      prediction: m.probability(
        labels.map((l) => Math.min(1, Math.max(0, 0.5 + 0.3 * (l - 0.5) + 0.3 * rng.normal()))),
      ),
    };
    expect(scoreInterval(m.smooth("f1"), scored).method).toBe("paired-t and hall");
    expect(scoreInterval(m.smooth("mcc"), scored).method).toBe("paired-t and hall and bca");
    const groups = Int32Array.from({ length: 200 }, (_, i) => i % 30);
    expect(scoreInterval(m.accuracy, scored, { dependence: { groups } }).method).toBe("cluster-t and cluster-hall");
    const time = Float64Array.from({ length: 200 }, (_, i) => i);
    expect(scoreInterval(m.logLoss, scored, { dependence: { time } }).method).toBe("newey-west and block-means");
    for (const metric of [
      m.smooth("f1"),
      m.smooth("mcc"),
      m.accuracy,
      m.logLoss,
      m.gMean,
      m.smooth("average_precision"),
    ]) {
      const i = scoreInterval(metric, scored);
      expect(i.lower!).toBeLessThan(i.value!);
      expect(i.upper!).toBeGreaterThan(i.value!);
      expect(i.lower!).toBeGreaterThanOrEqual(metric.range[0]);
      expect(scoreInterval(metric, scored)).toEqual(i);
    }
  });
  it("R²: above 1 is cut off, an undefined score has no interval, one without spread no bounds", () => {
    const near = { truth: m.numericTruth([1, 2, 3, 4, 5, 6, 7, 8]), prediction: m.numbers([1, 2, 3, 4, 5, 6, 7, 9]) };
    expect(scoreInterval(m.r2, near).upper!).toBeLessThanOrEqual(1);
    const one = { truth: m.binaryTruth([0, 0, 0]), prediction: m.probability([0.1, 0.2, 0.3]) };
    expect(scoreInterval(m.smooth("roc_auc"), one)).toEqual({
      value: null,
      lower: null,
      upper: null,
      level: 0.95,
      method: "undefined",
    });
    const flat = { truth: m.numericTruth([1, 2, 3]), prediction: m.numbers([3, 4, 5]) };
    expect(scoreInterval(m.mae, flat)).toMatchObject({ value: 2, lower: null, upper: null });
  });
  it("has no bounds where every row has the same loss, however the rows depend on each other", () => {
    const truth = m.binaryTruth(Array.from({ length: 24 }, () => 0));
    const constant = { truth, prediction: m.probability(Array.from({ length: 24 }, () => 0.3)) };
    const groups = Int32Array.from({ length: 24 }, (_, i) => i % 4);
    for (const dependence of [{}, { groups }])
      expect(scoreInterval(m.logLoss, constant, { dependence })).toMatchObject({
        value: -Math.log(0.7),
        lower: null,
        upper: null,
      });
  });
  it("covers the truth about as often as it says", () => {
    const rng = seeded("cover");
    const runs = 500;
    const covered = { accuracy: 0, mae: 0, roc_auc: 0, f1: 0 };
    // Scores N(±½, 1): AUC Φ(1/√2); at threshold 0 accuracy and F1 are Φ(½) with equal classes.
    const truths = { accuracy: 0.6914625, mae: Math.sqrt(2 / Math.PI), roc_auc: 0.7602499, f1: 0.6914625 };
    for (let run = 0; run < runs; run++) {
      const labels = Array.from({ length: 100 }, () => rng.below(2));
      const scores = labels.map((l) => l - 0.5 + rng.normal());
      const scored = {
        truth: m.binaryTruth(labels),
        prediction: m.probability(scores.map((s) => 1 / (1 + Math.exp(-s)))),
      };
      const errors = {
        truth: m.numericTruth(new Float64Array(100)),
        prediction: m.numbers(scores.map(() => rng.normal())),
      };
      for (const [name, metric, data] of [
        ["accuracy", m.accuracy, scored],
        ["mae", m.mae, errors],
        ["roc_auc", m.smooth("roc_auc"), scored],
        ["f1", m.smooth("f1"), scored],
      ] as const) {
        const { lower, upper } = scoreInterval(metric, data);
        if (lower! <= truths[name] && truths[name] <= upper!) covered[name]++;
      }
    }
    for (const count of Object.values(covered)) {
      expect(count / runs).toBeGreaterThan(0.92);
      expect(count / runs).toBeLessThan(0.985);
    }
  });
  describe("covers the truth where few rows carry it", () => {
    const runs = 300;
    const least = 0.93 - 2.58 * Math.sqrt((0.93 * 0.07) / runs);
    const ROWS = 20_000;
    const rng = seeded("few rows carry it");
    /** Of samples drawn from a population, how many intervals hold its own value. */
    const coverage = (metric: JudgedMetric, population: Scored, draw: (stream: Rng) => Int32Array): number => {
      const truth = metric.score(population);
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        const drawn = draw(rng.split(`${metric.name} ${run}`));
        const scored = {
          truth: targetAt(population.truth, drawn),
          prediction: predictionAt(population.prediction, drawn),
        };
        const { lower, upper } = scoreInterval(metric, scored);
        if ((lower ?? -Infinity) <= truth && truth <= (upper ?? Infinity)) covered++;
      }
      return covered / runs;
    };
    const some = (rows: number) => (stream: Rng) => Int32Array.from({ length: rows }, () => stream.below(ROWS));
    it("areas with six to eleven positives", () => {
      const labels = Array.from({ length: ROWS }, (_, i) => (i % 40 === 0 ? 1 : 0));
      const population = {
        truth: m.binaryTruth(labels),
        prediction: m.probability(labels.map((y) => 1 / (1 + Math.exp(-(3 * y + rng.normal()))))),
      };
      const draw = (stream: Rng): Int32Array =>
        Int32Array.from({ length: 320 }, (_, i) =>
          i < 8 ? 40 * stream.below(500) : 40 * stream.below(500) + 1 + stream.below(39),
        );
      expect(coverage(m.smooth("roc_auc"), population, draw)).toBeGreaterThanOrEqual(least);
    });
    it("log loss of a rare class", () => {
      const logits = Array.from({ length: ROWS }, () => -5 + 1.5 * rng.normal());
      const labels = logits.map((x) => (rng.uniform() < 1 / (1 + Math.exp(-x)) ? 1 : 0));
      const prediction = m.probability(logits.map((x) => 1 / (1 + Math.exp(-(x + 0.5 * rng.normal())))));
      expect(coverage(m.logLoss, { truth: m.binaryTruth(labels), prediction }, some(150))).toBeGreaterThanOrEqual(
        least,
      );
    });
    it("RMSE and R² of errors with heavy tails", () => {
      const y = Array.from({ length: ROWS }, () => rng.normal());
      const prediction = m.numbers(y.map((value) => value + 0.3 * rng.normal() * Math.exp(0.8 * rng.normal())));
      const population = { truth: m.numericTruth(y), prediction };
      for (const metric of [m.rmse, m.r2])
        expect(coverage(metric, population, some(200))).toBeGreaterThanOrEqual(least);
    });
  });
  it("refuses a level that is none", () =>
    expect(() =>
      scoreInterval(m.accuracy, { truth: m.binaryTruth(y), prediction: m.probability(p) }, { level: 1 }),
    ).toThrow(/between 0 and 1/));
});

describe("the mean over folds", () => {
  it("has Nadeau and Bengio's interval", () => {
    const i = foldInterval(FIXTURE_A, 1 / 9, [-1, 1]);
    digits(i.value!, 0.012, 12);
    digits(i.lower!, -0.0068496339, 10);
    digits(i.upper!, 0.0308496339, 10);
    const five = foldInterval(Float64Array.of(0.8, 0.82, 0.79, 0.81, 0.78), 1 / 4, [0, 1], 0.9);
    digits(five.upper! - 0.8, studentQuantile(0.95, 4) * Math.sqrt(0.45 * 0.00025), 12);
  });
  it("stays inside the metric's range; without spread it has no bounds; one fold undefined, all undefined", () => {
    expect(foldInterval(Float64Array.of(1, 0.9, 1, 1, 0.8), 0.25, [0, 1]).upper).toBe(1);
    expect(foldInterval(new Float64Array(5).fill(0.7), 0.25, [0, 1])).toMatchObject({
      value: 0.7,
      lower: null,
      upper: null,
    });
    expect(foldInterval(Float64Array.of(0.5, Number.NaN), 1, [0, 1]).value).toBeNull();
    expect(() => foldInterval(Float64Array.of(0.5), 1, [0, 1])).toThrow(/at least 2 values/);
  });
  it("covers the truth of a constant on stratified folds, whose scores hardly differ", () => {
    const rows = 150;
    const share = 0.2;
    const covered = { both: 0, folds: 0 };
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const rng = seeded("constant on folds").split(run);
      const y = Array.from({ length: rows }, () => (rng.uniform() < share ? 1 : 0)).sort((a, b) => a - b);
      const said = y.reduce<number>((sum, label) => sum + label, 0) / rows; // every fold has this share, or nearly
      const part = {
        truth: m.binaryTruth(y),
        row: Int32Array.from(y.keys()),
        fold: Int32Array.from(y.keys(), (i) => i % 5),
        repeat: new Int32Array(rows),
        testOverTrain: 1 / 4,
      };
      const prediction = m.probability(y.map(() => said));
      const layout = foldLayout(part);
      const measured = measureFolds(m.logLoss, layout, prediction);
      const truth = -share * Math.log(said) - (1 - share) * Math.log(1 - said);
      const holds = ({ lower, upper }: ScoreInterval): number => (lower! <= truth && truth <= upper! ? 1 : 0);
      const { scores, rows: model } = measured;
      covered.folds += holds(foldInterval(scores, 1 / 4, [0, 14]));
      const byRow = () => ({ model, rows: layout.rows });
      covered.both += holds(foldInterval(scores, 1 / 4, [0, 14], undefined, byRow));
    }
    expect(covered.folds / runs).toBeLessThan(0.6);
    expect(covered.both / runs).toBeGreaterThan(0.91);
  });
});
