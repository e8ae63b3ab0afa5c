import { describe, expect, it } from "vitest";
import { designOf, SEARCH_ANSWERS, SEARCH_ROWS } from "../../src/ladder/plans.ts";
import type { Dataset } from "../../src/frame/dataset.ts";
import { merged } from "../../src/frame/rows.ts";
import { makeSplits } from "../../src/evaluate/splits/make.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const table = plantedTable({ task: "binary", rows: 700 });
const designFor = (data: Dataset, options: Parameters<typeof makeSplits>[1], nested: "always" | "never" = "never") =>
  designOf(data, makeSplits(data, options), nested);

describe("the fresh folds of a search's leaders", () => {
  it("deal the training rows once more, in other folds", () => {
    const { plans, freshPlan, searchPlans, train } = designFor(table, { seed: "a" });
    const fresh = plans[freshPlan as number];
    expect(searchPlans).toEqual([0]);
    expect(merged(fresh.parts)).toEqual(train);
    expect(fresh.folds.length).toBe(plans[0].folds.length);
    expect(fresh.parts).not.toEqual(plans[0].parts);
    expect(designFor(table, { seed: "a" }).plans).toEqual(plans);
  });
  it("keep groups whole, and are a sample where the search runs on one", () => {
    const groups = Int32Array.from({ length: 700 }, (_, i) => i % 40);
    const { plans, freshPlan } = designFor({ ...table, groups }, { seed: "a" });
    for (const [k, part] of plans[freshPlan as number].parts.entries())
      for (const other of plans[freshPlan as number].parts.slice(k + 1))
        expect(new Set([...part, ...other].map((row) => groups[row])).size).toBe(
          new Set([...part].map((row) => groups[row])).size + new Set([...other].map((row) => groups[row])).size,
        );
    const large = designFor(plantedTable({ task: "regression", rows: 2.5 * SEARCH_ROWS }), { seed: "a" });
    const [sample, fresh] = [large.searchPlans[0], large.freshPlan as number].map((plan) =>
      merged(large.plans[plan].parts),
    );
    expect(fresh.length).toBeLessThanOrEqual(SEARCH_ROWS);
    expect(fresh.length).toBe(sample.length);
    expect(fresh).not.toEqual(sample);
    const trained = new Set(large.train);
    expect(fresh.every((row) => trained.has(row))).toBe(true);
  });
  it("do not exist where they would not be comparable, or would have to be run inside every fold", () => {
    const time = Float64Array.from({ length: 700 }, (_, i) => i);
    expect(designFor(table, { seed: "a" }, "always").freshPlan).toBeUndefined();
    expect(designFor(table, { seed: "a", repeats: 2 }).freshPlan).toBeUndefined();
    expect(designFor({ ...table, time }, { seed: "a" }).freshPlan).toBeUndefined();
    const given = { ...makeSplits(table, { seed: "a" }), kind: "given" as const };
    expect(designOf(table, given, "never").freshPlan).toBeUndefined();
  });
});

/** The same rows, said to be of so many classes. */
function withClasses(data: Dataset, count: number): Dataset {
  const { target } = data;
  if (target.task === "regression") throw new TypeError("classes are wanted");
  return { ...data, target: { ...target, classes: Array.from({ length: count }, (_, k) => `class ${k}`) } };
}

describe("searches", () => {
  const some = plantedTable({ task: "multiclass", rows: 700 });
  const trained = 560;
  it("end where rows x classes are too many, and can be asked for", () => {
    const design = (classes: number, trials?: number) =>
      designOf(withClasses(some, classes), makeSplits(some, { seed: "a" }), "auto", trials);
    const most = Math.floor(SEARCH_ANSWERS / trained);
    expect(design(most).train.length).toBe(trained);
    expect(design(most).searchPlans).toEqual([0]);
    expect(design(most).freshPlan).toBe(1);
    expect(design(most + 1).searchPlans).toEqual([]);
    expect(design(most + 1)).not.toHaveProperty("freshPlan");
    expect(design(most + 1, 5).searchPlans).toEqual([0]);
  });
  it("of large tables count the rows that they run on", () => {
    const large = withClasses(
      plantedTable({ task: "multiclass", rows: 2.5 * SEARCH_ROWS }),
      SEARCH_ANSWERS / SEARCH_ROWS,
    );
    expect(designFor(large, { seed: "a" }).searchPlans).toEqual([1]);
  });
});

describe("searches inside folds", () => {
  it("end where cells x classes are too many, and can be asked for", () => {
    const some = plantedTable({ task: "multiclass", rows: 700 });
    const many = withClasses(some, 1000);
    const nested = (data: Dataset, how: "auto" | "always") =>
      designOf(data, makeSplits(data, { seed: "a" }), how).nested;
    expect(nested(some, "auto")).toBe(true);
    expect(nested(many, "auto")).toBe(false);
    expect(nested(many, "always")).toBe(true);
  });
});
