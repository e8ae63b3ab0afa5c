import { describe, expect, it } from "vitest";
import { requireDefined } from "../../src/ladder/defined.ts";
import { designOf } from "../../src/ladder/plans.ts";
import type { Dataset } from "../../src/frame/dataset.ts";
import { metricsFor } from "../../src/metrics/registry.ts";
import { makeSplits } from "../../src/evaluate/splits/make.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const TASKS = ["binary", "multiclass", "regression"] as const;

function check(name: string, data: Dataset): void {
  const metric = metricsFor(data.target.task).find((one) => one.name === name);
  if (metric === undefined) throw new RangeError(name);
  requireDefined(metric, data, designOf(data, makeSplits(data, { seed: "defined" }), "never"));
}

describe("a metric on the splits it is to be scored on", () => {
  it.each(TASKS)("every one for %s can be had on an ordinary table", (task) => {
    const data = plantedTable({ task, rows: 600 });
    const metrics = metricsFor(task).filter((metric) => metric.refuses?.(data.target) === undefined);
    expect(metrics.length).toBeGreaterThan(4);
    for (const { name } of metrics) expect(() => check(name, data), name).not.toThrow();
  });
  it("is refused where a class is missing from a fold, and says which", () => {
    const data = plantedTable({ task: "multiclass", rows: 600 });
    if (data.target.task === "regression") throw new TypeError("classes wanted");
    const codes = data.target.codes.map((code, row) => (row < 300 ? code : code % 2)); // the last class ends half way
    const ordered: Dataset = {
      ...data,
      target: { ...data.target, codes },
      time: Float64Array.from({ length: 600 }, (_, row) => row),
    };
    expect(() => check("roc_auc", ordered)).toThrow(
      /^metric: roc_auc has no value on 2 of 5 folds and the held-out rows \(no row of class .+ in one of them\); choose another --metric/,
    );
    expect(() => check("log_loss", ordered)).not.toThrow();
  });
  it("is refused where folds have too few rows for it", () => {
    const data = plantedTable({ task: "regression", rows: 30 });
    const metrics = metricsFor("regression");
    const refuse = (name: string) => () => {
      const metric = metrics.find((one) => one.name === name);
      if (metric)
        requireDefined(metric, data, designOf(data, makeSplits(data, { seed: "s", folds: 30, repeats: 1 }), "never"));
    };
    expect(refuse("r2")).toThrow(/^metric: r2 has no value on 30 of 30 folds; choose another --metric/);
    expect(refuse("rmse")).not.toThrow();
  });
});
