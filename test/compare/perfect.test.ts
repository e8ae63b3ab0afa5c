/** Models that make no mistakes, or nearly none, on either side: what the rows say is said, whatever has no spread. */
import { describe, expect, it } from "vitest";
import type { FoldPart } from "../../src/compare/folds.ts";
import type { JudgedMetric } from "../../src/compare/measure.ts";
import type { ChallengerVerdict, Prediction, Truth } from "../../src/compare/verdict/contract.ts";
import { compareModels } from "../../src/compare/verdict/verdict.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { seeded } from "../../src/numeric/rng.ts";
import * as m from "./metrics.ts";

const ROWS = 400;
const REPEATS = 2;
const rng = seeded("perfect");
const x = Array.from({ length: ROWS }, () => rng.normal());
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface World {
  readonly task: "binary" | "regression";
  readonly truth: Truth;
  readonly model: Prediction;
  readonly constant: Prediction;
  readonly perfect: Prediction;
  /** A model with so much of the other's distance to the truth. */
  readonly near: (share: number) => Prediction;
}

const labels = x.map((value) => (rng.uniform() < sigmoid(1.5 * value) ? 1 : 0));
const said = x.map((value) => sigmoid(1.5 * value));
const y = x.map((value) => 30 + 3 * value + rng.normal());
const line = x.map((value) => 30 + 3 * value);
const worlds: readonly World[] = [
  {
    task: "binary",
    truth: m.binaryTruth(labels),
    model: m.probability(said),
    constant: m.probability(labels.map(() => 0.5)),
    perfect: m.probability(labels),
    near: (share) => m.probability(said.map((p, i) => labels[i] + share * (p - labels[i]))),
  },
  {
    task: "regression",
    truth: m.numericTruth(y),
    model: m.numbers(line),
    constant: m.numbers(y.map(() => 30)),
    perfect: m.numbers(y),
    near: (share) => m.numbers(line.map((p, i) => y[i] + share * (p - y[i]))),
  },
];

/** Rows dealt into five folds, twice; answers of a row are the same in both. */
function folded(truth: Truth): FoldPart {
  const entries = Array.from({ length: REPEATS * ROWS }, (_, i) => i);
  const at = (list: ArrayLike<number>): number[] => entries.map((i) => list[i % ROWS]);
  return {
    truth:
      truth.task === "regression"
        ? { ...truth, values: Float64Array.from(at(truth.values)) }
        : { ...truth, codes: Int32Array.from(at(truth.codes)) },
    row: Int32Array.from(entries, (i) => i % ROWS),
    fold: Int32Array.from(entries, (i) => ((i % ROWS) * (i < ROWS ? 1 : 3)) % 5),
    repeat: Int32Array.from(entries, (i) => Math.floor(i / ROWS)),
    testOverTrain: 0.25,
  };
}

const twice = (prediction: Prediction): Prediction => ({
  ...prediction,
  values: Float64Array.of(...prediction.values, ...prediction.values),
});

type Part = "holdout" | "folds";

function judged(
  part: Part,
  metric: JudgedMetric,
  truth: Truth,
  baselines: readonly Prediction[],
  challenger: Prediction,
  margin?: { value: number; kind: "absolute" | "relative" },
): ChallengerVerdict {
  const given = (prediction: Prediction) =>
    part === "holdout" ? { holdout: [prediction] } : { folds: [twice(prediction)] };
  return compareModels({
    metric,
    ...(part === "holdout" ? { holdout: { truth } } : { folds: folded(truth) }),
    baselines: baselines.map((prediction, k) => ({ name: `b${k}`, ...given(prediction) })),
    champion: "b0",
    challengers: [{ name: "c", ...given(challenger) }],
    ...(margin && { margin }),
    rng: seeded("judged"),
  }).challengers[0];
}

/** Bounds and p values tell the same. */
function requireOneTale({ bounds, test, margin, gain }: ChallengerVerdict, alpha: number): void {
  const [lower, upper] = [bounds.lower ?? -Infinity, bounds.upper ?? Infinity];
  const near = 1e-9 * Math.max(1, margin.value);
  if (lower > margin.value + near) expect(test.p).toBeLessThanOrEqual(alpha + 1e-9);
  if (lower < margin.value - near) expect(test.p).toBeGreaterThanOrEqual(alpha - 1e-9);
  if (gain !== null && upper > margin.value + near) expect(test.pBelow).toBeGreaterThanOrEqual(alpha - 1e-9);
}

describe.each(worlds)("$task", ({ task, truth, model, constant, perfect, near }) => {
  const own = metrics.filter(({ tasks }) => tasks.includes(task));
  for (const part of ["holdout", "folds"] as const) {
    const alpha = part === "holdout" ? 0.05 : 0.025;
    describe.each(own)(`$name on a ${part}`, (metric) => {
      it("a perfect challenger is JUSTIFIED over a model, over a constant, and over both", () => {
        for (const baselines of [[model], [constant], [model, constant]]) {
          const v = judged(part, metric, truth, baselines, perfect);
          expect([v.verdict, v.reason]).toEqual(["JUSTIFIED", null]);
          expect(v.bounds.lower!).toBeLessThanOrEqual(v.gain!);
          requireOneTale(v, alpha);
        }
      });
      it("so is one that is left with a thousandth, or a billionth, of the distance to the truth", () => {
        for (const share of [1e-3, 1e-9]) {
          const v = judged(part, metric, truth, [model, constant], near(share));
          expect(v.verdict).toBe("JUSTIFIED");
          requireOneTale(v, alpha);
        }
      });
      it("nothing is JUSTIFIED over a perfect baseline, and what is clearly worse is NOT JUSTIFIED", () => {
        for (const baselines of [[perfect], [constant, perfect]]) {
          const v = judged(part, metric, truth, baselines, model);
          expect([v.verdict, v.sublabel]).toEqual(["NOT JUSTIFIED", "worse"]);
          requireOneTale(v, alpha);
        }
      });
      it("a challenger that differs by rounding is the same", () => {
        for (const one of [model, perfect]) {
          const other = { ...one, values: one.values.map((value, i) => value * (1 + (i % 3) * 2 ** -52)) };
          const v = judged(part, metric, truth, [one], other, { value: 0.02, kind: "absolute" });
          expect([v.verdict, v.sublabel]).toEqual(["NOT JUSTIFIED", "equivalent"]);
        }
      });
    });
  }
});

describe("rows that all show the same gain", () => {
  const values = Array.from({ length: ROWS }, (_, i) => i / 100);
  const off = (by: number): Prediction => m.numbers(values.map((value) => value + by));
  const truth = m.numericTruth(values);
  it.each(["holdout", "folds"] as const)("are proof of it on a %s, up to what a few rows more could say", (part) => {
    const kinds = [
      [2, 1, 0.1, "absolute", "JUSTIFIED", null],
      [2, 1, 0.1, "relative", "JUSTIFIED", null],
      [2, 1, 1.5, "absolute", "NOT JUSTIFIED", "equivalent"],
      [1, 2, 0.1, "relative", "NOT JUSTIFIED", "worse"],
      [1, -1, 0.1, "relative", "NOT JUSTIFIED", "equivalent"],
    ] as const;
    for (const [b, c, value, kind, verdict, sublabel] of kinds) {
      const v = judged(part, m.mae, truth, [off(b)], off(c), { value, kind });
      expect([v.verdict, v.sublabel]).toEqual([verdict, sublabel]);
      expect(v.bounds.upper! - v.bounds.lower!).toBeGreaterThan(0);
      requireOneTale(v, part === "holdout" ? 0.05 : 0.025);
    }
  });
  it("say nothing where the gain is the margin itself", () => {
    const v = judged("holdout", m.mae, truth, [off(2)], off(1), { value: 1, kind: "absolute" });
    expect(v.verdict).toBe("INCONCLUSIVE");
  });
  it("rankings without a mistake are equal once the rows leave no room for a gain that matters", () => {
    const auc = m.smooth("roc_auc");
    const sized = (rows: number): ChallengerVerdict => {
      const codes = Array.from({ length: rows }, (_, i) => i % 2);
      const sure = (p: number): Prediction => m.probability(codes.map((code) => (code === 1 ? p : 1 - p)));
      return judged("holdout", auc, m.binaryTruth(codes), [sure(0.8)], sure(0.9));
    };
    expect(sized(60)).toMatchObject({ verdict: "INCONCLUSIVE", reason: "underpowered", gain: 0 });
    expect(sized(2000)).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent", gain: 0 });
  });
});

it("a score that does not change whichever rows are left out proves nothing", () => {
  const deaf: JudgedMetric = {
    name: "deaf",
    direction: "minimize",
    range: [0, 1],
    score: ({ prediction }) => prediction.values[0],
  };
  const half = (first: number): Prediction => m.probability(labels.map((_, i) => (i === 0 ? first : 0.5)));
  const v = judged("holdout", deaf, m.binaryTruth(labels), [half(0.1)], half(0.9), { value: 0.1, kind: "absolute" });
  expect([v.verdict, v.reason]).toEqual(["INCONCLUSIVE", "degenerate"]);
  expect(v.detail).toEqual({ kind: "no-spread", baseline: "b0" });
});

it("the same answers as one baseline are equivalent, whatever another says of nothing", () => {
  const codes = Array.from({ length: 100 }, (_, i) => i % 2);
  const sure = (p: number): Prediction => m.probability(codes.map((code) => (code === 1 ? p : 1 - p)));
  const margin = { value: 0.1, kind: "relative" } as const;
  const v = judged("holdout", m.accuracy, m.binaryTruth(codes), [sure(0.8), sure(0.9)], sure(0.9), margin);
  expect([v.verdict, v.sublabel, v.baseline, v.gain]).toEqual(["NOT JUSTIFIED", "equivalent", "b1", 0]);
});

it("a share of nothing: neither model loses anything, though their answers differ", () => {
  const codes = Array.from({ length: 100 }, (_, i) => i % 2);
  const sure = (p: number): Prediction => m.probability(codes.map((code) => (code === 1 ? p : 1 - p)));
  const margin = { value: 0.1, kind: "relative" } as const;
  const v = judged("holdout", m.accuracy, m.binaryTruth(codes), [sure(0.8)], sure(0.9), margin);
  expect([v.verdict, v.reason, v.gain, v.rowsNeeded]).toEqual(["INCONCLUSIVE", "degenerate", null, null]);
  expect(v.detail).toEqual({ kind: "nothing-to-gain", baseline: "b0" });
});

it("on few rows of numbers a challenger without a mistake is told how many would do, and they do", () => {
  const rmse = m.smooth("rmse");
  const on = (rows: number): ChallengerVerdict => {
    const stream = seeded(`few ${rows}`);
    const values = Array.from({ length: rows }, () => 30 + 3 * stream.normal());
    const noisy = m.numbers(values.map((value) => value + stream.normal()));
    return judged("holdout", rmse, m.numericTruth(values), [noisy], m.numbers(values));
  };
  for (const rows of [40, 60, 80]) {
    const few = on(rows);
    expect([few.verdict, few.reason]).toEqual(["INCONCLUSIVE", "underpowered"]);
    const [observed] = few.rowsNeeded!.scenarios;
    expect(observed).toMatchObject({ scenario: "observed gain", settles: "JUSTIFIED" });
    expect(observed.rows!).toBeLessThan(150);
    expect(on(observed.rows!).verdict).toBe("JUSTIFIED");
  }
});
