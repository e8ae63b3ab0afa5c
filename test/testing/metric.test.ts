/** Every law can be broken: a metric with one fault is told which one. */
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/error.ts";
import type { Task } from "../../src/frame/dataset.ts";
import { accuracy } from "../../src/metrics/accuracy.ts";
import { mae, rmse } from "../../src/metrics/errors.ts";
import type { Metric } from "../../src/metrics/contract.ts";
import { r2 } from "../../src/metrics/relative-errors.ts";
import { rocAuc } from "../../src/metrics/roc-auc.ts";
import { LawError } from "../../src/testing/law.ts";
import { checkMetric, metricLaws } from "../../src/testing/metric.ts";

const values = ({ truth }: { readonly truth: unknown }): Float64Array => (truth as { values: Float64Array }).values;

/** A law, a metric that breaks it and no earlier one, and the task it is tried on. */
const FAULTS: readonly (readonly [law: string, task: Task, metric: Metric])[] = [
  ["range", "regression", { ...mae, range: [0, 0.1] }],
  ["best", "regression", { ...mae, range: [-1, Infinity] }],
  ["best", "binary", { ...accuracy, direction: "minimize", range: [0, 1] }],
  ["row-order", "regression", { ...mae, score: (s) => Math.abs(values(s)[0] - s.prediction.values[0]) }],
  ["weights", "regression", { ...mae, score: (s) => mae.score(s) }],
  ["scorer", "regression", { ...mae, scorer: (s) => (weights) => mae.score(s, weights) * (1 + 1e-12) }],
  ["losses", "regression", { ...mae, losses: rmse.losses!.bind(rmse) }],
  ["losses", "regression", { ...rmse, link: { ...rmse.link!, slope: () => 1 } }],
  ["losses-if", "binary", { ...accuracy, lossesIf: () => () => new Float64Array(80).fill(0.5) }],
  ["ratio", "regression", { ...r2, ratio: (s, w) => ({ ...r2.ratio!(s, w), base: new Float64Array(80).fill(1) }) }],
  ["influence", "binary", { ...rocAuc, influence: { ...rocAuc.influence!, of: (s) => rocAuc.influence!.of(s) } }],
  ["lacking-class", "binary", without(rocAuc, "undefinedWhen")],
  ["positive-class", "binary", { ...accuracy, ofPositive: true }],
  ["floor", "regression", { ...mae, floor: "mean" }],
  ["floor", "regression", { ...rmse, floor: "median" }],
  ["mismatch", "regression", { ...mae, score: (s, w) => (s.prediction.values.length === 80 ? mae.score(s, w) : 0) }],
];

function without(metric: Metric, key: keyof Metric): Metric {
  return Object.fromEntries(Object.entries(metric).filter(([name]) => name !== key)) as unknown as Metric;
}

describe("checkMetric", () => {
  it.each(FAULTS)("names %s of a faulty metric, %s", (law, task, metric) => {
    const check = (): unknown => checkMetric(metric, { tasks: [task] });
    expect(check).toThrow(LawError);
    expect(check).toThrow(expect.objectContaining({ law, code: "law" }));
  });
  it("knows a fault for every law", () => {
    const broken = new Set(FAULTS.map(([law]) => law));
    expect(metricLaws.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });
  it("answers with the laws that hold, and leaves out those that are excepted", () => {
    expect(checkMetric(mae)).toEqual(
      metricLaws.map(({ name }) => name).filter((name) => checkMetric(mae, { laws: [name] }).length > 0),
    );
    const odd: Metric = { ...mae, floor: "mean" };
    expect(checkMetric(odd, { except: { floor: "the mean is shown to people" } })).toContain("weights");
  });
  it("refuses what is no metric, and options that there are not", () => {
    const refused = (metric: unknown, options: object, sentence: string): void => {
      const act = (): unknown => checkMetric(metric as Metric, options);
      expect(act).toThrow(OptionError);
      expect(act).toThrow(sentence);
    };
    refused(undefined, {}, "checkMetric: wanted a metric (a record), got undefined");
    refused({ ...mae, range: [1, 0] }, {}, "wanted a range");
    refused(mae, { tasks: ["binary"] }, 'tasks: mae is of regression, got "binary"');
    refused(mae, { law: [] }, 'there is no option "law" (did you mean "laws"?)');
    refused(mae, { laws: ["flor"] }, 'there is no law "flor" (did you mean "floor"?)');
  });
});
