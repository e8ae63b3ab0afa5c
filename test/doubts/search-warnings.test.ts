import { expect, it } from "vitest";
import { searchWarnings } from "../../src/doubts/search-warnings.ts";
import { makeSplits } from "../../src/evaluate/splits/make.ts";
import type { Dataset } from "../../src/frame/dataset.ts";
import { designOf } from "../../src/ladder/plans.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const some = plantedTable({ task: "multiclass", rows: 700 });
if (some.target.task === "regression") throw new TypeError("classes are wanted");
const names = Array.from({ length: 3000 }, (_, k) => `class ${k}`);
const many: Dataset = { ...some, target: { ...some.target, classes: names } };
const found = (data: Dataset, trials?: number) =>
  searchWarnings(designOf(data, makeSplits(some, { seed: "a" }), "auto", trials));

it("rungs that were not searched for are a finding, with what is too many and how to search all the same", () => {
  expect(found(many)).toEqual([
    {
      code: "not-searched",
      message:
        "560 training rows x 3,000 classes are too many to search: every rung has its default parameters; --trials 20 searches all the same",
    },
  ]);
  expect(found(many, 20)).toEqual([]);
  expect(found(some)).toEqual([]);
  expect(found(plantedTable({ task: "regression", rows: 700 }))).toEqual([]);
});
