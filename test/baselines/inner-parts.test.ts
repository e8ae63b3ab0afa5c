import { expect, it } from "vitest";
import { innerParts } from "../../src/baselines/inner-parts.ts";
import { trainingRows } from "../../src/baselines/training-rows.ts";
import { allRows, type Dataset } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { takeRows } from "../../src/frame/take.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const partsOf = (data: Dataset, parts = 4): readonly Float64Array[] =>
  innerParts(data, trainingRows("test", { data, rows: allRows(data.rows) }), parts);
const partOf = (data: Dataset, row: number): number => partsOf(data).findIndex((weights) => weights[row] > 0);
const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
const data = plantedTable({ task: "regression", rows: 2000, missing: 0.1 });

it("deals every row once, and evenly", () => {
  const parts = partsOf(data);
  for (let row = 0; row < 2000; row++)
    expect(parts.map((weights) => weights[row]).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 1]);
  parts.forEach((weights) => expect(Math.abs(sum(weights) - 500)).toBeLessThan(80)); // four standard deviations
});

it("goes by what rows hold: not by their order, nor by that of columns", () => {
  const order = seeded("order").shuffle(allRows(2000));
  const before = partsOf(data);
  partsOf(takeRows(data, order)).forEach((weights, p) =>
    expect([...weights]).toEqual(Array.from(order, (row) => before[p][row])),
  );
  expect(partsOf({ ...data, columns: data.columns.toReversed() })).toEqual(before);
});

it("keeps twins together, and groups", () => {
  const twice = takeRows(data, [...allRows(2000), ...allRows(2000)]);
  partsOf(twice).forEach((weights) => expect(weights.slice(0, 2000)).toEqual(weights.slice(2000)));
  const grouped = plantedTable({ task: "binary", rows: 300, groups: true });
  const found = new Set<number>();
  for (let row = 0; row < 300; row += 6) {
    for (let other = row; other < row + 6; other++) expect(partOf(grouped, other)).toBe(partOf(grouped, row));
    found.add(partOf(grouped, row));
  }
  expect(found.size).toBe(4);
});

it("spreads common rows over all parts, whether they are repeated or weighted", () => {
  const few: Dataset = {
    rows: 3,
    columns: [{ kind: "category", name: "c", codes: Int32Array.of(0, 1, 1), levels: ["a", "b"] }],
    target: { task: "binary", name: "y", classes: ["n", "y"], codes: Int32Array.of(0, 0, 1) },
    weights: Float64Array.of(10, 7.5, 4),
  };
  const parts = partsOf(few);
  [10, 7.5, 4].forEach((weight, row) => {
    const got = parts.map((weights) => weights[row]).toSorted((a, b) => a - b);
    expect(got.reduce((a, b) => a + b, 0)).toBeCloseTo(weight, 12);
    expect(got).toEqual(
      [
        [2, 2, 3, 3],
        [1.5, 2, 2, 2],
        [1, 1, 1, 1],
      ][row],
    );
  });
  const { weights: _, ...unweighted } = few;
  const repeated = takeRows(unweighted, [...Array.from({ length: 10 }, () => 0), 2, 2, 2, 2]);
  partsOf(repeated).forEach((weights, p) => {
    expect(sum(weights.subarray(0, 10))).toBeCloseTo(parts[p][0], 12);
    expect(sum(weights.subarray(10))).toBeCloseTo(parts[p][2], 12);
  });
});
