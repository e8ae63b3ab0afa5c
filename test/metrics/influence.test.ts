import { describe, expect, it } from "vitest";
import { unitMoments } from "../../src/compare/units.ts";
import { judge, studentPivot } from "../../src/compare/pivot.ts";
import { delong } from "../../src/compare/tests/delong.ts";
import { measure } from "../../src/compare/measure.ts";
import type { Scored } from "../../src/metrics/contract.ts";
import { findMetric, metrics, metricsFor } from "../../src/metrics/registry.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits, readReference, relatively } from "../compare/reference.ts";

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

const score = (name: string, scored: Scored, weights?: Float64Array): number =>
  findMetric(name, scored.truth.task).score(scored, weights);
/** How the rows contribute, in the way verdicts see it: what falls short of a perfect score, less its mean. */
function influence(name: string, scored: Scored): Float64Array {
  const { losses } = measure(findMetric(name, scored.truth.task), scored);
  const centre = losses.reduce((a, b) => a + b, 0) / losses.length;
  return losses.map((loss) => centre - loss);
}

/** scikit-learn's names, where they are others. */
const NAMES: Readonly<Record<string, string>> = { roc_auc_ovr_weighted: "roc_auc_weighted" };

describe("values", () => {
  for (const [index, c] of cases.entries())
    it(`agree with scikit-learn, plain and weighted: case ${index}`, () => {
      const scored = scoredOf(c);
      const known = new Set(metricsFor(scored.truth.task).map(({ name }) => name));
      const names = Object.keys(c.plain).filter((name) => known.has(NAMES[name] ?? name));
      expect(names.length).toBeGreaterThanOrEqual(c.classes === 2 ? 8 : 12);
      for (const name of names) {
        digits(score(NAMES[name] ?? name, scored), c.plain[name], 10);
        if (name in c.weighted)
          digits(score(NAMES[name] ?? name, scored, Float64Array.from(c.w)), c.weighted[name], 10);
      }
    });
  it("of pairs of classes are those of two classes, each pair's rows alone: ties, few rows of a class, weights", () => {
    const rng = seeded("pairs");
    for (const [classes, rows] of [
      [3, 12],
      [6, 200],
      [50, 400],
    ]) {
      const y = Array.from({ length: rows }, (_, i) => (i < classes ? i : rng.below(classes)));
      const p = Array.from({ length: rows * classes }, () => rng.below(9) / 8);
      const weights = Float64Array.from(y, (_, i) => (i < classes ? 1 : rng.below(4)));
      const thirds = weights.map((weight) => weight / 3);
      for (const given of [undefined, weights, thirds]) {
        let [sum, weighed, total] = [0, 0, 0];
        for (let a = 0; a < classes; a++)
          for (let b = a + 1; b < classes; b++) {
            const own = [...y.keys()].filter((row) => y[row] === a || y[row] === b);
            const w = given && Float64Array.from(own, (row) => given[row]);
            const area = (k: number): number => {
              const probabilities = own.flatMap((row) => [0, p[row * classes + k]]);
              return score(
                "roc_auc",
                scoredOf({ y: own.map((row) => +(y[row] === k)), classes: 2, p: probabilities }),
                w,
              );
            };
            const share = w === undefined ? own.length : w.reduce((x, one) => x + one, 0);
            const mean = (area(a) + area(b)) / 2;
            [sum, weighed, total] = [sum + mean, weighed + share * mean, total + share];
          }
        const scored = scoredOf({ y, classes, p });
        const plain = sum / ((classes * (classes - 1)) / 2);
        expect(score("roc_auc_ovo", scored, given)).toBe(plain); // to the bit: the same sums in the same order
        expect(findMetric("roc_auc_ovo", "multiclass").scorer!(scored)(given)).toBe(plain);
        expect(score("roc_auc_ovo_weighted", scored, given)).toBeCloseTo(weighed / total, 12);
      }
    }
  });
  it("the median of an even and an odd number of errors, and with weights as repetition", () => {
    const errors = [3, 1, 4, 1, 5];
    const scored = (e: number[]): Scored => ({
      truth: { task: "regression", name: "y", values: Float64Array.from(e) },
      prediction: { kind: "value", values: new Float64Array(e.length) },
    });
    const median = (e: number[], weights?: Float64Array): number => score("median_absolute_error", scored(e), weights);
    expect(median(errors)).toBe(3);
    expect(median([...errors, 2])).toBe(2.5);
    expect(median(errors, Float64Array.of(1, 3, 0, 1, 2))).toBe(median([3, 1, 1, 1, 1, 5, 5]));
  });
});

describe("a class without rows", () => {
  const c = cases.find(({ classes }) => classes > 2)!;
  const last = c.classes - 1;
  const scored = scoredOf({ ...c, y: c.y.map((code) => (code === last ? 0 : code)) });
  for (const metric of metricsFor("multiclass").filter((one) => one.influence))
    it(`${metric.name}: the formula holds, or the metric has no value`, () => {
      const value = metric.score(scored);
      if (Number.isNaN(value)) expect(metric.undefinedWhen).toMatch(/^a class has no rows/);
      else expect(measure(metric, scored).how).toBe("influence");
    });
});

describe("influence values", () => {
  it("F1 and balanced accuracy of ten rows", () => {
    const y = Array.from("0011011010", Number);
    const answers = (labels: string) =>
      scoredOf({ y, classes: 2, p: Array.from(labels, (c) => (c === "1" ? [0, 1] : [1, 0])).flat() });
    const [challenger, baseline] = [answers("0001010011"), answers("0110010011")];
    for (const [name, gain, error] of [
      ["f1", 0.0666666667, 0.2255390332],
      ["balanced_accuracy", 0.1, 0.1870828693],
    ] as const) {
      digits(score(name, challenger) - score(name, baseline), gain, 10);
      const other = influence(name, baseline);
      const e = judge(studentPivot(name, unitMoments(influence(name, challenger).map((v, i) => v - other[i]))));
      digits(e.error, error, 10);
    }
  });
  it("the area under the ROC curve: DeLong's variance exactly", () => {
    const c = cases[1];
    const scores = Float64Array.from({ length: c.y.length }, (_, i) => c.p[2 * i + 1]);
    const rival = scores.map((s, i) => s + Math.sin(i));
    const rivalScored = scoredOf({ ...c, p: Array.from(rival).flatMap((s) => [-s, s]) });
    const [a, b] = [influence("roc_auc", scoredOf(c)), influence("roc_auc", rivalScored)];
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
    const error = Math.sqrt(unitMoments(influence("median_absolute_error", scored)).second[0] / 20000);
    relatively(error, 0.5 / Math.sqrt(20000), 0.05); // uniform: density 1, so ½ / sqrt(n)
  });
  it("a table without anything to distinguish has no influence and a stated value", () => {
    const flat = scoredOf({ y: [0, 0, 1, 1], classes: 2, p: [1, 0, 1, 0, 1, 0, 1, 0] });
    expect([...metrics.find(({ name }) => name === "mcc")!.influence!.of(flat)]).toEqual([0, 0, 0, 0]);
    for (const name of ["mcc", "f1", "precision"]) expect(score(name, flat)).toBe(0);
  });
});
