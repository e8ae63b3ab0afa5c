import { expect, it } from "vitest";
import { groupMean } from "../../src/baselines/group-mean.ts";
import { allRows, type Dataset } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";

const TABLE: Dataset = {
  rows: 7,
  columns: [],
  groups: Int32Array.of(0, 0, 0, 2, 2, -1, 5),
  groupNames: ["ann", "unseen", "bob", "eve", "ida", "hal"],
  target: { task: "regression", name: "y", values: Float64Array.of(1, 2, 3, 20, 30, 4, 999) },
};
const train = Int32Array.of(0, 1, 2, 3, 4, 5); // group 5 is not seen, one row has no group; the mean is 10

const predict = (data: Dataset, shrinkage: number) =>
  [...groupMean.fit({ data, rows: train }, { shrinkage }, seeded(1)).predict(data).values].map((v) => +v.toFixed(9));

it("predicts the group's mean, the overall mean for rows without a known group", () => {
  expect(predict(TABLE, 0)).toEqual([2, 2, 2, 25, 25, 10, 10]);
});

it("draws means towards the overall mean as if so many more rows had it", () => {
  expect(predict(TABLE, 3)).toEqual([6, 6, 6, 16, 16, 10, 10]);
});

it("predicts class shares", () => {
  const codes = Int32Array.of(0, 0, 1, 1, 1, 0, 1);
  const data: Dataset = { ...TABLE, target: { task: "binary", name: "y", classes: ["n", "y"], codes } };
  const yes = (shrinkage: number): number[] => predict(data, shrinkage).filter((_, i) => i % 2 === 1);
  expect(yes(0)).toEqual([1 / 3, 1 / 3, 1 / 3, 1, 1, 0.5, 0.5].map((v) => +v.toFixed(9)));
  expect(yes(2)).toEqual([0.4, 0.4, 0.4, 0.75, 0.75, 0.5, 0.5]);
});

it("gives all points of a path at once what each gives by itself", () => {
  const parts = [Int32Array.of(0, 3, 5), Int32Array.of(1, 2, 4), Int32Array.of(6)];
  const path = [{ shrinkage: 0 }, { shrinkage: 3 }];
  const models = groupMean.prepare!(TABLE, parts).fit([0, 1], path, seeded(1));
  models.forEach((model, i) => {
    const single = groupMean.fit({ data: TABLE, rows: train }, path[i], seeded(1));
    expect(model.predict(TABLE, allRows(7))).toEqual(single.predict(TABLE));
  });
});
