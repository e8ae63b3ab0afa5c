/** Rows that were not drawn: the rates that hold because of them, and would not without. */
import { describe, expect, it } from "vitest";
import { absolute, judgeLosses } from "../../bench/honesty/judge.ts";
import { atMargin, drawn, type Population } from "../../bench/honesty/populations.ts";
import { judgeDrawn } from "../../bench/honesty/real.ts";
import { limitOf } from "../../bench/honesty/cell.ts";
import { measure } from "../../src/compare/measure.ts";
import { independence } from "../../src/compare/independence.ts";
import { clusterTAndHall } from "../../src/compare/tests/cluster.ts";
import { pairOf } from "../../src/compare/paired.ts";
import { contrastAt, groupMoments, unitMoments, withRows } from "../../src/compare/units.ts";
import { otherLabelled, unseenRows } from "../../src/compare/unseen.ts";
import { findMetric } from "../../src/metrics/registry.ts";
import { mean } from "../../src/numeric/moments.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { relatively } from "./reference.ts";

const rng = seeded("unseen");
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const ROWS = 30_000;

/** Both classes' probabilities, row by row. */
function probabilities(positive: Float64Array) {
  const values = new Float64Array(2 * positive.length);
  positive.forEach((p, i) => values.set([1 - p, p], 2 * i));
  return { kind: "probability" as const, values, classes: 2 };
}

/** The vote of fifty trees, each right about a row as often as its true probability: exact zeros and ones among them. */
function votes(shift: number, stream: Rng): Population {
  const logits = Float64Array.from({ length: ROWS }, () => shift + 2.5 * stream.normal());
  const codes = Int32Array.from(logits, (x) => (stream.uniform() < sigmoid(x) ? 1 : 0));
  const vote = logits.map((x) => {
    const p = sigmoid(x + 0.8 * stream.normal());
    let count = 0;
    for (let tree = 0; tree < 50; tree++) if (stream.uniform() < p) count++;
    return count / 50;
  });
  return atMargin({
    name: "votes",
    metric: findMetric("log_loss", "binary"),
    truth: { task: "binary", name: "y", codes, classes: ["no", "yes"] },
    baseline: probabilities(logits.map((x) => sigmoid(0.6 * (x + 1.5 * stream.normal())))),
    challenger: probabilities(vote),
  });
}

/** A challenger whose errors have a log-normal size: a few rows carry what it loses. */
function tails(stream: Rng, size = 1.3): Population {
  const values = Float64Array.from({ length: ROWS }, () => stream.normal());
  return atMargin({
    name: "tails",
    metric: findMetric("rmse", "regression"),
    truth: { task: "regression", name: "y", values },
    baseline: { kind: "value", values: values.map((y) => y + stream.normal()) },
    challenger: {
      kind: "value",
      values: values.map((y) => y + 0.1 * stream.normal() * Math.exp(size * stream.normal())),
    },
  });
}

/** The same errors, the baseline's: what a challenger gains lies on few rows. */
function failing(stream: Rng): Population {
  const { truth, baseline, challenger, ...rest } = tails(stream, 0.9);
  return atMargin({
    ...rest,
    name: "failing baseline",
    truth,
    baseline: challenger,
    challenger: nearer(baseline, truth),
  });
}

/** Answers a tenth as far from the truth. */
function nearer(answers: Population["baseline"], truth: Population["truth"]): Population["baseline"] {
  const values = truth.task === "regression" ? truth.values : new Float64Array(0);
  return { ...answers, values: answers.values.map((x, i) => values[i] + (x - values[i]) / 10) };
}

const shareOf = (runs: number, judged: (run: number) => boolean): number =>
  Array.from({ length: runs }, (_, run) => judged(run)).filter(Boolean).length / runs;

/** The bounds that know the rows at hand only. */
function plainBounds(population: Population, rows: number, own: Rng): { lower: number; upper: number } {
  const { truth, baseline, challenger } = drawn(
    population,
    Int32Array.from({ length: rows }, () => own.below(ROWS)),
  );
  const [b, c] = [baseline, challenger].map((prediction) => measure(population.metric, { truth, prediction }));
  const margin = { value: population.margin, kind: "relative" } as const;
  return pairOf(b, c, { margin, rows: independence(rows) }).at(0.05);
}

describe("a gain of just the margin is JUSTIFIED in at most 5 % of samples", () => {
  for (const [name, population, rows] of [
    ["answers of exactly 0 and 1, 300 rows", votes(0, rng.split("even")), 300],
    ["answers of exactly 0 and 1, 700 rows", votes(0, rng.split("even")), 700],
    ["a rare class, 60 rows", votes(-6, rng.split("rare")), 60],
    ["a rare class, 400 rows", votes(-6, rng.split("rare")), 400],
    ["errors with heavy tails, 100 rows", tails(rng.split("tails")), 100],
    ["errors with heavy tails, 500 rows", tails(rng.split("tails")), 500],
  ] as const)
    it(name, () => {
      const runs = 500;
      const stream = rng.split(name);
      const wrong = shareOf(runs, (run) => judgeDrawn(population, rows, stream.split(run)).verdict === "JUSTIFIED");
      expect(wrong).toBeLessThanOrEqual(limitOf(0.05, runs));
      const plain = shareOf(runs, (run) => plainBounds(population, rows, stream.split(run)).lower > population.margin);
      expect(plain).toBeGreaterThan(limitOf(0.05, runs));
    });
});

it("a gain of just the margin is not ruled out by samples without the rows that a baseline fails on", () => {
  const [runs, rows] = [400, 300];
  const population = failing(rng.split("failing"));
  const stream = rng.split("not");
  const verdicts = Array.from({ length: runs }, (_, run) => judgeDrawn(population, rows, stream.split(run)));
  const plain = shareOf(runs, (run) => plainBounds(population, rows, stream.split(run)).upper < population.margin);
  const wrong = shareOf(runs, (run) => verdicts[run].verdict === "NOT JUSTIFIED");
  expect(wrong).toBeLessThanOrEqual(limitOf(0.05, runs));
  expect(plain).toBeGreaterThan(limitOf(0.05, runs));
});

describe("errors that are small beside the reach of the target", () => {
  const numbers = Float64Array.from({ length: ROWS }, () => 30 * rng.normal());
  const answers = (size: number, stream: Rng): Population["baseline"] => ({
    kind: "value",
    values: numbers.map((y) => y + size * stream.normal()),
  });
  const population = atMargin({
    name: "wide",
    metric: findMetric("rmse", "regression"),
    truth: { task: "regression", name: "y", values: numbers },
    baseline: answers(1, rng.split("baseline")),
    challenger: answers(0.8, rng.split("challenger")),
  });
  const yes = (rows: number, runs: number): number =>
    shareOf(
      runs,
      (run) => judgeDrawn(population, rows, rng.split(`wide ${rows} ${run}`), 0.01).verdict === "JUSTIFIED",
    );
  it("some 260 rows JUSTIFY a large gain nearly as often as bounds that know these rows only", () => {
    const plain = shareOf(
      200,
      (run) => plainBounds({ ...population, margin: 0.01 }, 260, rng.split(`wide 260 ${run}`)).lower > 0.01,
    );
    expect(plain).toBeGreaterThan(0.9);
    expect(yes(260, 200)).toBeGreaterThanOrEqual(0.9 * plain);
  });
  it("some 50 rows do not: one more row might be as far off as the targets reach", () => {
    expect(yes(50, 100)).toBe(0);
  });
});

describe("few groups of unequal size", () => {
  /** Ten groups, one to a hundred rows each, whose rows share three tenths of their variance. */
  function grouped(stream: Rng): { losses: Float64Array; groups: Int32Array } {
    const sizes = Array.from({ length: 10 }, () => Math.max(1, Math.round(15 * Math.exp(stream.normal()))));
    const groups = Int32Array.from(sizes.flatMap((size, group) => Array.from({ length: size }, () => group)));
    const shared = sizes.map(() => stream.normal());
    return {
      groups,
      losses: Float64Array.from(groups, (g) => Math.sqrt(0.3) * shared[g] + Math.sqrt(0.7) * stream.normal()),
    };
  }
  it("errs in 5 % of samples, where the usual cluster-robust error errs in 8 % or more", () => {
    const runs = 1000;
    const stream = rng.split("groups");
    const wrong = shareOf(runs, (run) => {
      const { losses, groups } = grouped(stream.split(run));
      const zero = new Float64Array(losses.length);
      return judgeLosses(losses, zero, { ...absolute(0), dependence: { groups } }).verdict === "JUSTIFIED";
    });
    const usual = shareOf(runs, (run) => {
      const { losses, groups } = grouped(stream.split(run));
      return clusterTAndHall({ differences: losses, groups }).lower > 0;
    });
    expect(wrong).toBeLessThanOrEqual(limitOf(0.05, runs));
    expect(usual).toBeGreaterThan(0.08);
  });
  it("leaving one group out at a time gives the error; the groups are worth fewer than they are", () => {
    const { losses, groups } = grouped(rng.split("one"));
    const { second, df } = groupMoments(losses, undefined, groups);
    const without = Array.from({ length: 10 }, (_, g) => mean(losses.filter((_x, i) => groups[i] !== g)));
    const centre = mean(losses);
    const jackknife = (9 / 10) * without.reduce((sum, x) => sum + (x - centre) ** 2, 0);
    relatively(second[0] / 9, jackknife, 1e-10);
    expect(df).toBeLessThan(9);
    expect(df).toBeGreaterThan(1);
  });
  it("groups of equal size are judged as ever", () => {
    const values = Float64Array.from({ length: 40 }, () => rng.normal());
    const groups = Int32Array.from(values, (_, i) => i % 8);
    expect(groupMoments(values, undefined, groups)).toEqual(unitMoments(values, undefined, groups));
  });
});

describe("parts of rows", () => {
  it("of numbers are four times the worst seen, and up to sixteen times for the baseline where one row carries most of the spread", () => {
    const rows = 2000;
    const [model, one] = [Float64Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : -1)), 100];
    const truth = { task: "regression", name: "y", values: new Float64Array(rows) } as const;
    const measured = measure(findMetric("mae", "regression"), { truth, prediction: { kind: "value", values: model } });
    const reckon = (n: Float64Array) =>
      unseenRows(measured, measured, { n, meanQ: 1, theta: 0, nOf: (b, c) => b - c, qOf: () => 1 });
    const light = reckon(model);
    expect([...light.worst, ...light.best].map(({ weight }) => weight)).toEqual([0, 0]);
    const heavy = reckon(model.with(0, one));
    expect(heavy.best).toEqual([{ n: 16 * one, q: 1, weight: 1 / 3 }]);
    expect(heavy.worst).toEqual([{ n: -one, q: 1, weight: 1 / 3 }]);
  });
  it("of classes have another label, and cost what the rows would then cost", () => {
    const truth = { task: "multiclass", name: "y", codes: Int32Array.of(0, 1), classes: ["a", "b", "c"] } as const;
    const values = Float64Array.of(0.5, 0.3, 0.2, 0.1, 0.8, 0.1);
    const metric = findMetric("log_loss", "multiclass");
    const model = measure(metric, { truth, prediction: { kind: "probability", values, classes: 3 } });
    const squares = [0.3, 0.2, 0.1, 0.1].map((chance) => Math.log(chance) ** 2);
    const [part] = otherLabelled(model, truth.codes, 1);
    relatively(part.n, Math.sqrt(mean(squares)), 1e-12);
    expect([part.q, part.weight]).toEqual([1, 1 / 3]);
  });
  const [n, q] = [0, 1].map((k) => Float64Array.from({ length: 50 }, () => k + rng.normal()));
  const extra = { n: -7, q: 3 };
  it("a whole one is as if it had been drawn", () => {
    const both = unitMoments(Float64Array.of(...n, extra.n), Float64Array.of(...q, extra.q));
    const added = withRows(unitMoments(n, q), [{ ...extra, weight: 1 }]);
    relatively(added.n, both.n, 1e-12);
    relatively(added.q, both.q, 1e-12);
    for (const theta of [-2, 0.3, 1, 40]) {
      const [a, b] = [added, both].map((moments) => contrastAt(moments, theta));
      for (const fact of ["mean", "sd", "skewness", "kurtosis"] as const) relatively(a[fact], b[fact], 1e-9);
    }
  });
  it("only ever widen what was seen, and leave the gain alone", () => {
    const truth = {
      task: "binary",
      name: "y",
      codes: Int32Array.from(n, (x) => (x > 0 ? 1 : 0)),
      classes: ["a", "b"],
    } as const;
    const [b, c] = [0.5, 2].map((slope) =>
      measure(findMetric("log_loss", "binary"), {
        truth,
        prediction: probabilities(n.map((x) => sigmoid(slope * (x + 0.3)))),
      }),
    );
    const options = { margin: { value: 0.01, kind: "relative" }, rows: independence(50) } as const;
    const [plain, wary] = [false, true].map((unseen) => pairOf(b, c, { ...options, unseen }).at(0.05));
    expect(wary.gain).toBe(plain.gain);
    expect(wary.lower).toBeLessThan(plain.lower);
    expect(wary.upper).toBeGreaterThanOrEqual(plain.upper);
    expect(wary.p).toBeGreaterThan(plain.p);
  });
});

it("a bound lies beyond the margin just when the test at the margin says so, whatever a row more does to the skewness", () => {
  const population = tails(rng.split("agree"), 0.9);
  const alphas = [0.01, 0.025, 0.05, 0.1];
  const wrong = Array.from({ length: 300 }, (_, run) => {
    const own = rng.split(`agree ${run}`);
    const rows = 60 + own.below(60);
    const sample = drawn(
      population,
      Int32Array.from({ length: rows }, () => own.below(ROWS)),
    );
    const [b, c] = [sample.baseline, sample.challenger].map((prediction) =>
      measure(population.metric, { truth: sample.truth, prediction }),
    );
    const margin = { value: own.uniform() / 2, kind: "relative" } as const;
    const pair = pairOf(b, c, { margin, rows: independence(rows), unseen: true });
    return alphas.some((alpha) => {
      const { lower, upper, p, pBelow } = pair.at(alpha);
      return lower > margin.value !== p < alpha || upper < margin.value !== pBelow < alpha;
    });
  });
  expect(wrong.filter(Boolean).length).toBe(0);
});

it("an upper bound far above the margin is that of a margin nearby: rows not drawn grow with what the baseline loses on them", () => {
  const rows = 250;
  const y = Float64Array.from({ length: rows }, () => 3 * rng.normal());
  // The challenger knows two of three rows.
  const errors = y.map(() => 2 * rng.normal());
  const [b, c] = [errors, errors.map((error, i) => (i % 3 === 0 ? error : 0))].map((own) =>
    measure(findMetric("rmse", "regression"), {
      truth: { task: "regression", name: "y", values: y },
      prediction: { kind: "value", values: y.map((value, i) => value + own[i]) },
    }),
  );
  const upper = (value: number, unseen: boolean): number =>
    pairOf(b, c, { margin: { kind: "relative", value }, rows: independence(rows), unseen }).at(0.025).upper;
  const near = upper(0.4, true);
  expect(near).toBeGreaterThan(upper(0.4, false));
  expect(upper(0.01, true)).toBeGreaterThan(near - 0.05);
  expect(upper(0.01, true)).toBeLessThan(near + 0.05);
});

it("answers of exactly 0 and 1 are told, with what one mistake costs", () => {
  const population = votes(0, rng.split("told"));
  const certain = ({ caveats }: ReturnType<typeof judgeDrawn>) =>
    caveats.find(({ code }) => code === "certain-answers");
  const told = certain(judgeDrawn(population, 300, rng.split("told")));
  expect(told).toMatchObject({ rows: expect.any(Number), times: expect.any(Number) });
  const careful = { ...population, challenger: population.baseline };
  expect(certain(judgeDrawn(careful, 300, rng.split("told")))).toBeUndefined();
});
