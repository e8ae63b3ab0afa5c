import { expect, it } from "vitest";
import { allRows, type Column, type Dataset } from "../../src/frame/dataset.ts";
import { singleColumnShares } from "../../src/evaluate/single-column.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const shares = (data: Dataset): Map<string, number> =>
  new Map(singleColumnShares(data, allRows(data.rows), seeded(1)).map(({ column, share }) => [column, share]));

for (const task of ["binary", "multiclass", "regression"] as const) {
  const data = plantedTable({ task, rows: 3000 });
  const { target } = data;
  const truth = target.task === "regression" ? target.values : target.codes;
  const noise = seeded("noise");
  const leaks: Column[] = [
    { kind: "number", name: "copy", values: Float64Array.from(truth, (v) => 3 - 2 * v) },
    { kind: "number", name: "known after", values: Float64Array.from(truth, (v) => (noise.uniform() < 0.02 ? 0 : v)) },
    {
      kind: "category",
      name: "recoded",
      codes: Int32Array.from(truth, (v) => Math.round(v) + 20),
      levels: Array.from({ length: 40 }, (_, i) => `L${i}`),
    },
  ];
  const found = shares({ ...data, columns: [...data.columns, ...leaks] });

  it(`${task}: a copy of the target gives nearly all of it away, junk nothing`, () => {
    expect(found.get("copy")).toBeGreaterThan(0.97);
    expect(found.get("known after")).toBeGreaterThan(0.8);
    expect(found.get("recoded")).toBeGreaterThan(0.8);
    expect(found.get("x0")).toBeGreaterThan(0.2);
    expect(found.get("x0")).toBeLessThan(0.8);
    expect(Math.abs(found.get("junk")!)).toBeLessThan(0.06);
  });
}

it("sees a target that is only in what is missing", () => {
  const data = plantedTable({ task: "binary", rows: 1000 });
  const codes = data.target.task === "binary" ? data.target.codes : new Int32Array();
  const values = Float64Array.from(codes, (code, i) => (code === 1 ? i : Number.NaN));
  expect(
    shares({ ...data, columns: [{ kind: "number", name: "closed on", values }] }).get("closed on"),
  ).toBeGreaterThan(0.9);
});

it("says nothing of a constant target and of text", () => {
  const data = plantedTable({ task: "regression", rows: 100 });
  const flat: Dataset = { ...data, target: { task: "regression", name: "y", values: new Float64Array(100).fill(2) } };
  expect(singleColumnShares(flat, allRows(100), seeded(1))).toEqual([]);
});
