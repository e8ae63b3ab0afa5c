import { describe, expect, it } from "vitest";
import type { Target } from "../../src/frame/dataset.ts";
import type { Scored } from "../../src/metrics/contract.ts";
import { pinball } from "../../src/metrics/errors.ts";
import { findMetric, labelMetric, primaryMetric } from "../../src/metrics/registry.ts";

function binary(y: readonly number[], p: readonly number[]): Scored {
  return {
    truth: { task: "binary", name: "y", classes: ["0", "1"], codes: Int32Array.from(y) },
    prediction: { kind: "probability", classes: 2, values: Float64Array.from(p.flatMap((v) => [1 - v, v])) },
  };
}
function values(y: readonly number[], p: readonly number[]): Scored {
  return {
    truth: { task: "regression", name: "y", values: Float64Array.from(y) },
    prediction: { kind: "value", values: Float64Array.from(p) },
  };
}
const score = (name: string, scored: Scored, weights?: readonly number[]): number =>
  findMetric(name, scored.truth.task).score(scored, weights && Float64Array.from(weights));

// All values: scikit-learn 1.2.1 on the same data.
describe("binary", () => {
  const b = binary([0, 0, 1, 1, 0, 1, 1, 0, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.4, 0.2, 0.9, 0.6]);
  const wanted = {
    log_loss: 0.4917737914,
    roc_auc: 0.8,
    average_precision: 0.8392857143,
    brier: 0.16525,
    accuracy: 0.7,
    balanced_accuracy: 0.7,
    f1: 2 / 3,
    mcc: 0.4082482905,
    cohen_kappa: 0.4,
    precision: 0.75,
    recall: 0.6,
  };
  for (const [name, value] of Object.entries(wanted)) it(name, () => expect(score(name, b)).toBeCloseTo(value, 9));
  it("documentation examples of AUC and average precision", () => {
    const doc = binary([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
    expect(score("roc_auc", doc)).toBe(0.75);
    expect(score("average_precision", doc)).toBeCloseTo(0.8333333333, 9);
  });
  it("all scores tied: AUC a half, average precision the prevalence", () => {
    const tied = binary([0, 1, 0, 0], [0.3, 0.3, 0.3, 0.3]);
    expect(score("roc_auc", tied)).toBe(0.5);
    expect(score("average_precision", tied)).toBe(0.25);
  });
  it("one class: what speaks of both classes, or of the positive one, is not defined", () => {
    const names = ["roc_auc", "average_precision", "balanced_accuracy", "f1", "precision", "recall", "mcc"];
    for (const name of names) expect(score(name, binary([0, 0, 0], [0.2, 0.6, 0.1])), name).toBeNaN();
    expect(score("accuracy", binary([0, 0, 0], [0.2, 0.6, 0.1]))).toBeCloseTo(2 / 3, 12);
    expect(score("cohen_kappa", binary([0, 0, 0], [0.2, 0.1, 0.1]))).toBeNaN();
  });
  it("none called: F1, precision and recall 0; constant labels: MCC 0", () => {
    const none = binary([0, 1, 0], [0.2, 0.1, 0.1]);
    for (const name of ["f1", "precision", "recall", "mcc"]) expect(score(name, none)).toBe(0);
  });
  it("a certain mistake costs ln 1e6, not infinity", () =>
    expect(score("log_loss", binary([1], [0]))).toBeCloseTo(6 * Math.LN10, 9));
});

describe("multiclass", () => {
  const probabilities = [
    [0.6, 0.3, 0.1],
    [0.5, 0.2, 0.3],
    [0.3, 0.5, 0.2],
    [0.45, 0.35, 0.2],
    [0.2, 0.6, 0.2],
    [0.4, 0.35, 0.25],
    [0.3, 0.3, 0.4],
    [0.1, 0.2, 0.7],
    [0.35, 0.25, 0.4],
    [0.25, 0.45, 0.3],
  ];
  const m: Scored = {
    truth: {
      task: "multiclass",
      name: "y",
      classes: ["a", "b", "c"],
      codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 2),
    },
    prediction: { kind: "probability", classes: 3, values: Float64Array.from(probabilities.flat()) },
  };
  const wanted = {
    roc_auc: 0.8382936508,
    roc_auc_weighted: 0.844047619,
    roc_auc_ovo: 0.837962963,
    roc_auc_ovo_weighted: 0.8395833333,
    log_loss: 0.8448012338,
    accuracy: 0.6,
    f1: 0.5833333333,
    f1_weighted: 0.6,
    mcc: 0.3939393939,
    cohen_kappa: 0.3939393939,
    balanced_accuracy: 0.5833333333,
    brier: 0.495,
  };
  for (const [name, value] of Object.entries(wanted)) it(name, () => expect(score(name, m)).toBeCloseTo(value, 9));
});

describe("regression", () => {
  const s = values([3, -0.5, 2, 7], [2.5, 0, 2, 8]);
  const wanted = { mae: 0.5, rmse: 0.6123724357, r2: 0.948608137, median_absolute_error: 0.5 };
  for (const [name, value] of Object.entries(wanted)) it(name, () => expect(score(name, s)).toBeCloseTo(value, 9));
  it("mape, wape", () => {
    expect(score("mape", values([1, 0, 2, 4], [0.8, 0.1, 1.6, 5])) / 1.1259e14).toBeCloseTo(1, 4);
    expect(score("wape", values([1, 0, 2, 4], [0.8, 0.1, 1.6, 5]))).toBeCloseTo(1.7 / 7, 12);
    expect(score("wape", values([0, 0], [1, 1]))).toBeNaN();
    expect(findMetric("mape", "regression").refuses?.(values([1, 0], [1, 1]).truth)).toMatch(/away from zero/);
  });
  it("rmsle", () => {
    expect(score("rmsle", values([3, 5, 2.5, 7], [2.5, 5, 4, 8]))).toBeCloseTo(0.1993241656, 9);
    expect(findMetric("rmsle", "regression").refuses?.(values([-1], [0]).truth)).toMatch(/0 or more/);
  });
  it("pinball", () => {
    expect(pinball(0.1).score(values([1, 2, 3], [0, 2, 3]))).toBeCloseTo(0.1 / 3, 12);
    expect(pinball(0.9).score(values([1, 2, 3], [0, 2, 3]))).toBeCloseTo(0.3, 12);
    expect(pinball(0.1).score(values([1, 2, 3], [1, 2, 4]))).toBeCloseTo(0.3, 12);
    expect(findMetric("pinball:0.9", "regression").score(values([1, 2, 3], [1, 2, 4]))).toBeCloseTo(0.1 / 3, 12);
    expect(() => pinball(1)).toThrow(RangeError);
  });
  it("poisson deviance", () =>
    expect(score("poisson_deviance", values([2, 0, 1, 4], [0.5, 0.5, 2, 2]))).toBeCloseTo(1.426015132, 9));
  it("R² of a constant target: 1 when perfect, else 0; not defined below two rows", () => {
    expect(score("r2", values([2, 2], [2, 2]))).toBe(1);
    expect(score("r2", values([2, 2], [2, 3]))).toBe(0);
    expect(score("r2", values([2], [2]))).toBeNaN();
  });
});

describe("choosing", () => {
  const target = (codes: readonly number[]): Target => ({
    task: "binary",
    name: "y",
    classes: ["0", "1"],
    codes: Int32Array.from(codes),
  });
  it("takes balanced accuracy for labels when the smallest class is under 20 %", () => {
    expect(labelMetric(target([0, 0, 0, 0, 1]), [0, 1, 2, 3, 4])?.metric.name).toBe("accuracy");
    expect(labelMetric(target([0, 0, 0, 0, 0, 1]), [0, 1, 2, 3, 4, 5])?.metric.name).toBe("balanced_accuracy");
  });
  it("takes log loss and RMSE by default and says why", () => {
    expect(primaryMetric("multiclass").metric.name).toBe("log_loss");
    expect(primaryMetric("regression")).toMatchObject({
      metric: { name: "rmse" },
      reason: expect.stringMatching(/tested/),
    });
  });
  it("names the metrics there are when one is unknown or of another task", () => {
    expect(() => findMetric("acc", "binary")).toThrow(
      /"acc" is not a metric \(did you mean "accuracy"\?\); choose one of log_loss/,
    );
    expect(() => findMetric("rmse", "binary")).toThrow(/not a metric for a binary target/);
  });
});
