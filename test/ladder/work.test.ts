import { describe, expect, it } from "vitest";
import type { Estimator } from "../../src/baselines/contract.ts";
import { constant } from "../../src/baselines/constant.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { markdownReport } from "../../src/report/benchmark/reports.ts";
import type { Work } from "../../src/report/artifact.ts";
import { memoryStorage, type JournalStorage } from "../../src/search/journal/storage.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const table = rowsOf();
const OPTIONS: TrainOptions = {
  target: "y",
  seed: 3,
  folds: 4,
  repeats: 1,
};

/** A planted table as arrays, so that it is read as a user's would be. */
function rowsOf(): Record<string, (string | number)[]> {
  const { columns, target } = plantedTable({ task: "binary", rows: 120 });
  if (target.task === "regression") throw new TypeError("classes wanted");
  const out = new Map<string, (string | number)[]>();
  for (const column of columns)
    if (column.kind === "number") out.set(column.name, [...column.values]);
    else if (column.kind === "category")
      out.set(
        column.name,
        Array.from(column.codes, (code) => column.levels[code]),
      );
  out.set(
    "y",
    Array.from(target.codes, (code) => target.classes[code]),
  );
  return Object.fromEntries(out);
}

async function workOf(options: TrainOptions, journal?: (rung: string) => JournalStorage): Promise<Work> {
  const { artifact } = await trainBenchmark(table, { ...OPTIONS, ...options }, journal ? { journal } : {});
  return artifact.work!;
}

describe("work", () => {
  it.each([
    { models: ["naive-bayes", "logistic", "tree"], trials: 4, nested: "always" },
    { models: ["boosting"], trials: 2, nested: "never" },
  ] as const)(
    "is the same for any number of workers, and taken up from a journal cut off anywhere: $models",
    async (how) => {
      const journals = new Map<string, JournalStorage>();
      const kept = (rung: string): JournalStorage => {
        const storage = memoryStorage();
        journals.set(rung, storage);
        return storage;
      };
      const cut = (share: number) => (rung: string) => {
        const text = journals.get(rung)!.read();
        return memoryStorage(text.slice(0, Math.floor(share * text.length)));
      };
      const one = await workOf({ ...how, workers: 1 }, kept);
      expect(await workOf({ ...how, workers: 3 })).toEqual(one);
      for (const share of [0.6, 1]) expect(await workOf({ ...how, workers: 1 }, cut(share))).toEqual(one);
      expect(Object.keys(one.rungs)).toEqual(["constant", ...how.models]);
      for (const [count, total] of Object.entries(one.total)) {
        const parts = Object.values(one.rungs).map((rung) => rung[count as keyof Work["total"]]);
        expect(parts.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
        expect(parts.reduce((a, b) => a + b)).toBe(total);
      }
    },
  );
  it("shows a search that fits a tenth more folds", async () => {
    const own: TrainOptions = { estimators: [manyAlike], models: ["many-alike"], nested: "never", racing: false };
    const plain = await workOf({ ...own, trials: 10 });
    const more = await workOf({ ...own, trials: 11 });
    const before = plain.rungs["many-alike"];
    const after = more.rungs["many-alike"];
    expect([before.trials, after.trials]).toEqual([10, 11]);
    expect([before.foldFits, after.foldFits]).toEqual([10 * 4 + 20, 11 * 4 + 20]); // of the search, of its leaders, of the choice
    expect(after.cells).toBeGreaterThan(before.cells);
    expect(more.rungs["constant"]).toEqual(plain.rungs["constant"]);
  });
  it("stands in the report, without what there was none of", async () => {
    const { artifact } = await trainBenchmark(table, { ...OPTIONS, models: ["one-rule"], trials: 2 });
    const { foldFits, cells } = artifact.work!.total;
    const words = `${foldFits} fold fits, ${cells.toLocaleString("en-US")} cells read`;
    expect(markdownReport(artifact)).toContain(`Work, the same on every machine: ${words}`);
  });
});

/** Forty configurations of the same model. */
const manyAlike: Estimator = {
  ...constant,
  name: "many-alike",
  space: () => ({ which: { type: "int", low: 1, high: 40, default: 1 } }),
  fit: (view, _params, rng) => constant.fit(view, { statistic: "prior", quantile: 0.5 }, rng),
};
