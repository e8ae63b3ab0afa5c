import { describe, expect, it } from "vitest";
import { threadsFor } from "../../src/ladder/threads.ts";
import { plantedTable } from "../../src/testing/tables.ts";

describe("threads", () => {
  it("small tables are worked on in this thread, by counts alone", () => {
    expect(threadsFor(plantedTable({ task: "regression", rows: 300 }), undefined)).toEqual({ workers: 1, quick: true });
    const large = threadsFor(plantedTable({ task: "regression", rows: 30_000 }), undefined);
    expect(large.quick).toBe(false);
    expect(large.workers).toBeGreaterThanOrEqual(1);
  });
  it("classes count as columns do", () => {
    const table = plantedTable({ task: "multiclass", rows: 1000 });
    const { target } = table;
    if (target.task === "regression") throw new TypeError("classes are wanted");
    const many = Array.from({ length: 500 }, (_, k) => `class ${k}`);
    expect(threadsFor(table, undefined).quick).toBe(true);
    expect(threadsFor({ ...table, target: { ...target, classes: many } }, undefined).quick).toBe(false);
  });
  it("workers that are asked for are there", () => {
    expect(threadsFor(plantedTable({ task: "regression", rows: 300 }), 3).workers).toBe(3);
  });
});
