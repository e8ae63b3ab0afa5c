import { describe, expect, it } from "vitest";
import { unitMoments } from "../../src/compare/units.ts";
import { judge, studentPivot } from "../../src/compare/pivot.ts";
import type { Weighable } from "../../src/compare/influence/contract.ts";
import { smoothMetrics } from "../../src/compare/influence/registry.ts";
import { delong } from "../../src/compare/tests/delong.ts";
import { measure } from "../../src/compare/measure.ts";
import type { Scored } from "../../src/metrics/contract.ts";
import { metricsFor } from "../../src/metrics/registry.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits, readReference, relatively } from "./reference.ts";

interface Case {
  y: number[];
  classes: number;
  p: number[];
  w: number[];
  plain: Record<string, number>;
  weighted: Record<string, number>;
}
const cases = readReference<Case[]>("influence");

function scoredOf(c: Pick<Case, "y" | "classes" | "p">): Scored {
  const classes = Array.from({ length: c.classes }, (_, k) => String(k));
  return {
    truth: { task: c.classes === 2 ? "binary" : "multiclass", name: "y", codes: Int32Array.from(c.y), classes },
    prediction: { kind: "probability", values: Float64Array.from(c.p), classes: c.classes },
  };
}

function prepare(name: string, scored: Scored): Weighable {
  const metric = smoothMetrics.find((m) => m.metrics.includes(name));
  const ready = metric?.prepare(name, scored);
  if (ready === undefined) throw new Error(`nobody prepares ${name}`);
  return ready;
}

const names = smoothMetrics.flatMap((m) => m.metrics);
const regression: Scored = {
  truth: { task: "regression", name: "y", values: Float64Array.from({ length: 41 }, (_, i) => Math.sin(7 * i)) },
  prediction: { kind: "value", values: Float64Array.from({ length: 41 }, (_, i) => 0.3 * Math.cos(3 * i)) },
};

describe("values", () => {
  for (const [index, c] of cases.entries())
    it(`agree with scikit-learn, plain and weighted: case ${index}`, () => {
      for (const [name, wanted] of Object.entries(c.plain)) digits(prepare(name, scoredOf(c)).value(), wanted, 10);
      for (const [name, wanted] of Object.entries(c.weighted))
        digits(prepare(name, scoredOf(c)).value(Float64Array.from(c.w)), wanted, 10);
    });
  it("ten rows of the statistics note", () => {
    const wanted = { mcc: 0.4082482905, cohen_kappa: 0.4, f1: 0.6666666667, precision: 0.75, recall: 0.6 };
    const all = { ...wanted, balanced_accuracy: 0.7, roc_auc: 0.8, average_precision: 0.8392857143 };
    for (const [name, value] of Object.entries(all)) digits(prepare(name, scoredOf(cases[0])).value(), value, 9);
  });
  it("ten rows of three classes of the statistics note", () => {
    const p = [
      6, 3, 1, 5, 2, 3, 3, 5, 2, 4.5, 3.5, 2, 2, 6, 2, 4, 3.5, 2.5, 3, 3, 4, 1, 2, 7, 3.5, 2.5, 4, 2.5, 4.5, 3,
    ];
    const scored = scoredOf({ y: [0, 0, 0, 0, 1, 1, 1, 2, 2, 2], classes: 3, p: p.map((x) => x / 10) });
    for (const [name, value] of Object.entries({
      roc_auc_ovr: 0.8382936508,
      roc_auc_ovr_weighted: 0.844047619,
      roc_auc_ovo: 0.837962963,
      roc_auc_ovo_weighted: 0.8395833333,
      f1_macro: 0.5833333333,
      f1_weighted: 0.6,
      mcc: 0.3939393939,
      cohen_kappa: 0.3939393939,
      balanced_accuracy: 0.5833333333,
    }))
      digits(prepare(name, scored).value(), value, 9);
  });
  it("the median of an even and an odd number of errors, and with weights as repetition", () => {
    const errors = [3, 1, 4, 1, 5];
    const scored = (e: number[]): Scored => ({
      truth: { task: "regression", name: "y", values: Float64Array.from(e) },
      prediction: { kind: "value", values: new Float64Array(e.length) },
    });
    expect(prepare("median_absolute_error", scored(errors)).value()).toBe(3);
    expect(prepare("median_absolute_error", scored([...errors, 2])).value()).toBe(2.5);
    const weights = Float64Array.of(1, 3, 0, 1, 2);
    expect(prepare("median_absolute_error", scored(errors)).value(weights)).toBe(
      prepare("median_absolute_error", scored([3, 1, 1, 1, 1, 5, 5])).value(),
    );
  });
});

describe("a class without rows", () => {
  const c = cases.find(({ classes }) => classes > 2)!;
  const last = c.classes - 1;
  const scored = scoredOf({ ...c, y: c.y.map((code) => (code === last ? 0 : code)) });
  for (const metric of metricsFor("multiclass").filter(({ name }) => names.includes(name)))
    it(`${metric.name}: the formula holds, or the metric has no value`, () => {
      const value = metric.score(scored);
      if (Number.isNaN(value)) expect(metric.undefinedWhen).toMatch(/^a class has no rows/);
      else expect(measure(metric, scored).how).toBe("influence");
    });
});

describe("influence values", () => {
  for (const name of names.filter((n) => n !== "median_absolute_error"))
    it(`${name}: the derivative by each row's weight, and they add to 0`, () => {
      for (const c of cases.slice(1)) {
        if (c.plain[name] === undefined) continue;
        const ready = prepare(name, scoredOf(c));
        const rows = c.y.length;
        const weights = Float64Array.from(c.w);
        const influence = ready.both(weights).influence;
        digits(influence.reduce((a, b) => a + b, 0) / rows, 0, 10);
        const counts = c.y.reduce((n, k) => n.set(k, (n.get(k) ?? 0) + 1), new Map<number, number>());
        for (const i of [0, 5, 17, rows - 1]) {
          const moved = (step: number): number => ready.value(weights.map((w, k) => (k === i ? w * (1 + step) : w)));
          const derivative = (rows * (moved(1e-5) - moved(-1e-5))) / 2e-5;
          const n = counts.get(c.y[i])!;
          const byClass = name === "balanced_accuracy" || name.startsWith("roc_auc");
          const factor = byClass ? Math.sqrt((n * (rows - 1)) / ((n - 1) * rows)) : 1;
          const own = influence.filter((_, k) => c.y[k] === c.y[i]);
          const centre = own.reduce((a, b) => a + b, 0) / own.length;
          expect(Math.abs(centre + (influence[i] - centre) / factor - derivative)).toBeLessThan(
            1e-6 * (1 + Math.abs(derivative)),
          );
        }
      }
    });
  it("F1 and balanced accuracy of ten rows", () => {
    const y = Array.from("0011011010", Number);
    const answers = (labels: string) =>
      scoredOf({ y, classes: 2, p: Array.from(labels, (c) => (c === "1" ? [0, 1] : [1, 0])).flat() });
    const [challenger, baseline] = [answers("0001010011"), answers("0110010011")];
    for (const [name, gain, error] of [
      ["f1", 0.0666666667, 0.2255390332],
      ["balanced_accuracy", 0.1, 0.1870828693],
    ] as const) {
      const [c, b] = [prepare(name, challenger), prepare(name, baseline)];
      digits(c.value() - b.value(), gain, 10);
      const other = b.both().influence;
      const e = judge(studentPivot(name, unitMoments(c.both().influence.map((v, i) => v - other[i]))));
      digits(e.error, error, 10);
    }
  });
  it("the area under the ROC curve: DeLong's variance exactly", () => {
    const c = cases[1];
    const scores = Float64Array.from({ length: c.y.length }, (_, i) => c.p[2 * i + 1]);
    const rival = scores.map((s, i) => s + Math.sin(i));
    const rivalScored = scoredOf({ ...c, p: Array.from(rival).flatMap((s) => [-s, s]) });
    const [a, b] = [prepare("roc_auc", scoredOf(c)).both().influence, prepare("roc_auc", rivalScored).both().influence];
    const e = judge(studentPivot("auc", unitMoments(a.map((v, i) => v - b[i]))));
    const d = delong({ positive: Uint8Array.from(c.y), challenger: scores, baseline: rival });
    relatively(e.error, d.error, 1e-12);
  });
  it("the median: sparsity near that of the law the errors come from", () => {
    const rng = seeded("median");
    const values = Float64Array.from({ length: 20000 }, () => rng.uniform());
    const scored: Scored = {
      truth: { task: "regression", name: "y", values },
      prediction: { kind: "value", values: new Float64Array(20000) },
    };
    const error = Math.sqrt(unitMoments(prepare("median_absolute_error", scored).both().influence).second[0] / 20000);
    relatively(error, 0.5 / Math.sqrt(20000), 0.05); // uniform: density 1, so ½ / sqrt(n)
  });
  it("a table without anything to distinguish has no influence and a stated value", () => {
    const flat = scoredOf({ y: [0, 0, 1, 1], classes: 2, p: [1, 0, 1, 0, 1, 0, 1, 0] });
    expect(prepare("mcc", flat).value()).toBe(0);
    expect([...prepare("mcc", flat).both().influence]).toEqual([0, 0, 0, 0]);
    expect(prepare("f1", flat).value()).toBe(0);
    expect(prepare("precision", flat).value()).toBe(0);
  });
  it("is for its task only", () => {
    for (const metric of smoothMetrics)
      for (const name of metric.metrics) {
        const other = name === "median_absolute_error" ? scoredOf(cases[0]) : regression;
        expect(metric.prepare(name, other)).toBeUndefined();
      }
  });
});
