import { describe, expect, it } from "vitest";
import { independence } from "../../src/compare/independence.ts";
import { measure, type JudgedMetric } from "../../src/compare/measure.ts";
import { pairOf, type PairOptions } from "../../src/compare/paired.ts";
import { drawResamples, resampledLosses } from "../../src/compare/resample.ts";
import { tAndHall } from "../../src/compare/tests/hall.ts";
import { contrastAt, unitMoments } from "../../src/compare/units.ts";
import type { Scored } from "../../src/metrics/contract.ts";
import { moments } from "../../src/numeric/moments.ts";
import { seeded } from "../../src/numeric/rng.ts";
import * as m from "./metrics.ts";
import { digits, relatively } from "./reference.ts";

const Y = m.numericTruth([3, -0.5, 2, 7, 4, 1]);
const CHALLENGER = m.numbers([2.5, 0, 2, 8, 4.2, 0.5]);
const BASELINE = m.numbers([2, 0.5, 1, 6, 5, 2]);

function pair(
  metric: JudgedMetric,
  truth: Scored["truth"],
  baseline: Scored["prediction"],
  challenger: Scored["prediction"],
  options: Omit<PairOptions, "rows"> & { rows?: PairOptions["rows"]; weights?: Float64Array },
) {
  const { weights, ...rest } = options;
  const [b, c] = [baseline, challenger].map((prediction) =>
    measure(metric, { truth, prediction }, weights === undefined ? {} : { weights }),
  );
  const judged = pairOf(b, c, { rows: independence(b.losses.length), ...rest });
  return { ...judged, ...judged.at(0.05), b, c };
}

const relative = (value: number) => ({ value, kind: "relative" as const });
const absolute = (value: number) => ({ value, kind: "absolute" as const });

describe("six rows of the statistics note", () => {
  it("the contrasts of squared errors, exactly", () => {
    const { b, c } = pair(m.mse, Y, BASELINE, CHALLENGER, { margin: relative(0.1) });
    const sums = unitMoments(
      b.losses.map((x, i) => x - c.losses[i]),
      b.losses,
    );
    digits(sums.n, 0.7016666667, 10);
    digits(contrastAt(sums, 0.1).mean, 0.6016666667, 10);
    digits(contrastAt(sums, 1 - 0.9 ** 2).mean, 0.5116666667, 10);
  });
  it("R² and its gain", () => {
    const e = pair(m.r2, Y, BASELINE, CHALLENGER, { margin: absolute(0.01) });
    digits(e.c.value, 0.9471586717, 9);
    digits(e.b.value, 0.8228782288, 9);
    digits(e.gain, 0.9471586717 - 0.8228782288, 9);
    // The same claim as a difference of rows: se_b - se_c - m (y - mean)² > 0.
    const y = Y.task === "regression" ? Y.values : new Float64Array();
    const centre = moments(y).mean;
    const rows = y.map((v, i) => e.b.losses[i] - e.c.losses[i] - 0.01 * (v - centre) ** 2);
    digits(e.p, tAndHall({ differences: rows }).p, 12);
  });
  it("a relative margin is a difference of rows too: (1 - r) l_b - l_c, (1 - r)² for RMSE", () => {
    for (const [metric, factor] of [
      [m.mse, 0.9],
      [m.mae, 0.9],
      [m.rmse, 0.81],
    ] as const) {
      const e = pair(metric, Y, BASELINE, CHALLENGER, { margin: relative(0.1) });
      const rows = e.b.losses.map((x, i) => factor * x - e.c.losses[i]);
      digits(e.p, tAndHall({ differences: rows }).p, 12);
      digits(e.gain, 1 - e.c.value / e.b.value, 12);
      // And the bound is the margin at which that difference is just not proven.
      const edge = metric === m.rmse ? (1 - e.lower) ** 2 : 1 - e.lower;
      digits(tAndHall({ differences: e.b.losses.map((x, i) => edge * x - e.c.losses[i]) }).p, 0.05, 9);
    }
  });
  it("a loss whose best value is not 0: shares are counted from there; negative losses turn nothing round", () => {
    const shifted: JudgedMetric = {
      ...m.mae,
      range: [-10, Infinity],
      losses: (s) => m.mae.losses!(s).map((x) => x - 10),
    };
    const [plain, below] = [m.mae, shifted].map((metric) =>
      pair(metric, Y, BASELINE, CHALLENGER, { margin: relative(0.1) }),
    );
    digits(below.gain, plain.gain, 12);
    digits(below.lower, plain.lower, 9);
    digits(below.p, plain.p, 12);
  });
  it("a map that is neither the loss, its root nor its complement is judged on its tangent too", () => {
    const skill: JudgedMetric = {
      ...m.mse,
      name: "skill",
      direction: "maximize",
      range: [-Infinity, 1],
      link: { kind: "other", of: (x) => 1 - Math.sqrt(x), slope: (x) => -0.5 / Math.sqrt(x) },
    };
    const [e, root] = [skill, m.rmse].map((metric) => pair(metric, Y, BASELINE, CHALLENGER, { margin: absolute(0) }));
    digits(e.gain, root.gain, 12);
    digits(e.lower, root.lower, 8);
    const share = pair(skill, Y, BASELINE, CHALLENGER, { margin: relative(0.05) });
    digits(share.gain, 1 - (1 - share.c.value) / (1 - share.b.value), 9);
  });
  it("an absolute gain in RMSE is judged on the tangent", () => {
    const e = pair(m.rmse, Y, BASELINE, CHALLENGER, { margin: absolute(0) });
    digits(e.gain, e.b.value - e.c.value, 12);
    const [sb, sc] = [e.b.losses, e.c.losses].map((l) => moments(l));
    const covariance = e.b.losses.reduce((s, x, i) => s + (x - sb.mean) * (e.c.losses[i] - sc.mean), 0) / 5;
    const slopes = [0.5 / e.b.value, 0.5 / e.c.value];
    const variance =
      slopes[0] ** 2 * sb.variance + slopes[1] ** 2 * sc.variance - 2 * slopes[0] * slopes[1] * covariance;
    digits(e.error, Math.sqrt(variance / 6), 12);
  });
});

/** Labels and two models of them, one better. */
function binaryCase(rows: number, seed: string) {
  const rng = seeded(seed);
  const y = Array.from({ length: rows }, () => (rng.uniform() < 0.35 ? 1 : 0));
  const score = (skill: number) => y.map((label) => 1 / (1 + Math.exp(-(skill * (label - 0.5) + rng.normal()))));
  return { truth: m.binaryTruth(y), weak: m.probability(score(1)), strong: m.probability(score(2)) };
}

const METRICS: readonly JudgedMetric[] = [
  m.logLoss,
  m.accuracy,
  m.gMean,
  ...["roc_auc", "f1", "balanced_accuracy", "mcc", "cohen_kappa", "average_precision"].map(m.smooth),
];

for (const metric of METRICS)
  describe(`${metric.name}: laws`, () => {
    const { truth, weak, strong } = binaryCase(120, metric.name);
    for (const margin of [absolute(0), absolute(0.02), relative(0.05)])
      it(`${margin.kind} ${margin.value}: bounds and p agree, gain is the difference of scores, order does not matter`, () => {
        const e = pair(metric, truth, weak, strong, { margin });
        const loss = (x: number): number => (metric.direction === "maximize" ? 1 - x : x);
        const gain = loss(e.b.value) - loss(e.c.value);
        digits(e.gain, margin.kind === "relative" ? gain / loss(e.b.value) : gain, 9);
        expect(e.lower).toBeLessThan(e.gain);
        expect(e.upper).toBeGreaterThan(e.gain);
        expect(e.lower > margin.value).toBe(e.p < 0.05);
        const order = seeded("order").shuffle(Array.from({ length: 120 }, (_, i) => i));
        if (truth.task === "regression" || weak.kind === "value" || strong.kind === "value") return;
        const shuffle = (p: typeof weak & { kind: "probability" }) =>
          m.probability(order.map((i) => p.values[2 * i + 1]));
        const again = pair(metric, m.binaryTruth(order.map((i) => truth.codes[i])), shuffle(weak), shuffle(strong), {
          margin,
        });
        digits(again.lower, e.lower, 9);
        digits(again.p, e.p, 9);
      });
    it("swapping the models turns an absolute gain round", () => {
      const [there, back] = [
        pair(metric, truth, weak, strong, { margin: absolute(0) }),
        pair(metric, truth, strong, weak, { margin: absolute(0) }),
      ];
      digits(back.gain, -there.gain, 12);
      digits(back.lower, -there.upper, 8);
      digits(back.p, there.pBelow, 9);
    });
    it("equal weights change nothing", () => {
      const plain = pair(metric, truth, weak, strong, { margin: relative(0.05) });
      const weighted = pair(metric, truth, weak, strong, {
        margin: relative(0.05),
        weights: new Float64Array(120).fill(3),
      });
      digits(weighted.gain, plain.gain, 10);
      digits(weighted.lower, plain.lower, 6);
    });
    it("weights count as repetition for the gain", () => {
      const weights = Float64Array.from({ length: 120 }, (_, i) => 1 + (i % 3));
      const weighted = pair(metric, truth, weak, strong, { margin: absolute(0), weights });
      const repeat = Array.from({ length: 120 }, (_, i) => Array.from({ length: weights[i] }, () => i)).flat();
      if (truth.task === "regression" || weak.kind === "value" || strong.kind === "value") return;
      const of = (p: typeof weak & { kind: "probability" }) => m.probability(repeat.map((i) => p.values[2 * i + 1]));
      const repeated = pair(metric, m.binaryTruth(repeat.map((i) => truth.codes[i])), of(weak), of(strong), {
        margin: absolute(0),
      });
      digits(weighted.gain, repeated.gain, 9);
    });
  });

describe("which inference a metric gets", () => {
  const { truth, weak, strong } = binaryCase(200, "which");
  const tests = (
    metric: JudgedMetric,
    margin: PairOptions["margin"] = absolute(0.01),
    rows?: PairOptions["rows"],
  ): string => pair(metric, truth, weak, strong, { margin, ...(rows === undefined ? {} : { rows }) }).test;
  const groups = Int32Array.from({ length: 200 }, (_, i) => i % 40);
  const time = Float64Array.from({ length: 200 }, (_, i) => i);
  it("mean losses: t and Hall; 0/1: Tango; area: DeLong; the rest: their influence", () => {
    expect(tests(m.logLoss)).toBe("paired-t and hall");
    expect(tests(m.accuracy)).toBe("tango");
    expect(tests(m.accuracy, relative(0.1))).toBe("paired-t and hall");
    expect(tests(m.smooth("roc_auc"))).toBe("delong");
    expect(tests(m.smooth("f1"))).toBe("paired-t and hall");
  });
  it("groups and time are declared once for all", () => {
    expect(tests(m.accuracy, absolute(0.01), independence(200, { groups }))).toBe("cluster-t and cluster-hall");
    expect(tests(m.smooth("roc_auc"), absolute(0.01), independence(200, { time }))).toBe("newey-west and block-means");
    expect(tests(m.logLoss, relative(0.01), independence(200, { groups, time }))).toBe(
      "cluster-t and cluster-hall and newey-west and block-means",
    );
  });
  it("few discordant rows at margin 0: the exact test has to agree", () => {
    const y = Array.from({ length: 60 }, (_, i) => i % 2);
    const wrong = (count: number) => m.probability(y.map((label, i) => (i < count ? 1 - label : label)));
    const e = pair(m.accuracy, m.binaryTruth(y), wrong(4), wrong(0), { margin: absolute(0) });
    expect(e.test).toBe("tango and mcnemar-exact");
    digits(e.p, 0.0625, 10); // Tango alone says .023
    expect(e.lower).toBeLessThanOrEqual(0);
    expect(e.discordant).toBe(4);
  });
  it("a metric is judged by its record alone, whatever it is called; without row contributions rows are left out", () => {
    const { influence: _, ...bare } = m.smooth("f1");
    const renamed: JudgedMetric = { ...m.smooth("f1"), name: "somebody's own" };
    expect(measure(renamed, { truth, prediction: weak }).how).toBe("influence");
    expect(measure(bare, { truth, prediction: weak }).how).toBe("jackknife");
    const known = pair(m.smooth("f1"), truth, weak, strong, { margin: absolute(0) });
    const found = pair(bare, truth, weak, strong, { margin: absolute(0) });
    digits(found.gain, known.gain, 12);
    relatively(found.error, known.error, 0.02);
  });
  it("above 1,000 rows the jackknife leaves out parts, which are then the witnesses", () => {
    const big = binaryCase(3000, "big");
    const e = pair(m.gMean, big.truth, big.weak, big.strong, { margin: absolute(0) });
    expect(e.units).toBe(200);
    const balanced = pair(m.smooth("balanced_accuracy"), big.truth, big.weak, big.strong, { margin: absolute(0) });
    relatively(e.error, balanced.error, 0.2);
  });
  it("bootstrap beside the influence values: the wider bound", () => {
    const { b, c } = pair(m.smooth("mcc"), truth, weak, strong, { margin: absolute(0) });
    const rows = independence(200);
    const codes = truth.task === "regression" ? undefined : truth.codes;
    const [baseline, challenger] = resampledLosses([b, c], drawResamples(rows, codes, seeded("bootstrap"), 999));
    const e = pairOf(b, c, { margin: absolute(0), rows, resampled: { baseline, challenger } }).at(0.05);
    const plain = pairOf(b, c, { margin: absolute(0), rows }).at(0.05);
    expect(e.test).toBe("paired-t and hall and bca");
    expect(e.lower).toBeLessThanOrEqual(plain.lower);
    relatively(moments(baseline.map((x, i) => x - challenger[i])).variance, plain.error ** 2, 0.25);
  });
});

describe("the finite-sample guarantee", () => {
  const { truth, weak, strong } = binaryCase(400, "guarantee");
  it("bets on accuracy and clipped log loss, absolute and relative; bounds and p agree", () => {
    const clip = -Math.log(1e-6);
    for (const [metric, range] of [
      [m.accuracy, [0, 1]],
      [m.logLoss, [0, clip]],
    ] as const)
      for (const margin of [absolute(0.01), relative(0.02)]) {
        const e = pair(metric, truth, weak, strong, { margin, guarantee: range });
        const plain = pair(metric, truth, weak, strong, { margin });
        expect(e.test).toBe("betting");
        digits(e.gain, plain.gain, 10);
        expect(e.lower > margin.value).toBe(e.p < 0.05);
        expect(e.lower).toBeLessThan(plain.lower);
        expect(e.upper).toBeGreaterThan(plain.upper - 1e-9);
      }
  });
  it("is refused where it does not hold", () => {
    const ask = (metric: JudgedMetric, rows?: PairOptions["rows"]) =>
      pair(metric, truth, weak, strong, {
        margin: absolute(0),
        guarantee: [0, 1],
        ...(rows === undefined ? {} : { rows }),
      });
    expect(() => ask(m.smooth("f1"))).toThrow(/plain mean of row losses/);
    expect(() => ask(m.accuracy, independence(400, { time: new Float64Array(400).map((_, i) => i) }))).toThrow(
      /independent rows/,
    );
    expect(() => ask(m.logLoss)).toThrow(/must lie in/);
  });
});

describe("independence", () => {
  it("counts what is independent", () => {
    const groups = Int32Array.of(0, 0, 7, -1, -1);
    expect(independence(5)).toEqual({ rows: 5, units: 5, unit: "rows" });
    expect(independence(5, { groups })).toMatchObject({ units: 4, unit: "groups" });
    expect(independence(5, { time: Float64Array.of(1, 1, 2, 2, 3) })).toMatchObject({ units: 3, unit: "time steps" });
  });
  it("refuses what does not fit", () => {
    expect(() => independence(3, { groups: Int32Array.of(0) })).toThrow("groups must have 3 values, got 1");
    expect(() => independence(1, { time: Float64Array.of(Number.NaN) })).toThrow(/got NaN at row 0/);
  });
});
