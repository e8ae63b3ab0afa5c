import { expect, it } from "vitest";
import { duplicateGroups, rowHashes } from "../../src/frame/row-hash.ts";
import { allRows, type Dataset } from "../../src/frame/dataset.ts";
import { takeRows } from "../../src/frame/take.ts";
import { plantedTable, textColumn } from "../../src/testing/tables.ts";

const order = [...allRows(60), 3, 3, 17];
const data: Dataset = takeRows(plantedTable({ task: "regression", rows: 60, missing: 0.2 }), order);

it("gives identical rows one hash, missing cells and both zeros included, and others their own", () => {
  const hashes = rowHashes(data, true);
  expect(hashes[60]).toBe(hashes[3]);
  expect(hashes[62]).toBe(hashes[17]);
  expect(new Set(hashes).size).toBe(60);
  const zero = (v: number): Dataset => ({
    ...data,
    rows: 1,
    columns: [{ kind: "number", name: "x", values: Float64Array.of(v) }],
  });
  expect(rowHashes(zero(0), false)).toEqual(rowHashes(zero(-0), false));
});

it("does not collide on 200,000 rows that differ by little", () => {
  const rows = 200_000;
  const near: Dataset = {
    rows,
    columns: [
      { kind: "number", name: "x", values: Float64Array.from({ length: rows }, (_, i) => i % 500) },
      {
        kind: "category",
        name: "c",
        codes: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 500)),
        levels: [],
      },
    ],
    target: { task: "regression", name: "y", values: new Float64Array(rows) },
  };
  expect(new Set(rowHashes(near, false)).size).toBe(rows);
});

it("reads texts byte by byte, borders included", () => {
  const texts = (list: string[]): Dataset => ({ ...data, rows: list.length, columns: [textColumn("t", list)] });
  const hashes = rowHashes(texts(["ab", "a", "b", "ab", ""]), false);
  expect(hashes[0]).toBe(hashes[3]);
  expect(new Set(hashes).size).toBe(4);
});

it("links rows that are identical or of one group", () => {
  const groups = Int32Array.from(order, (_, i) => (i < 60 ? i : -1));
  groups[5] = groups[3];
  const codes = duplicateGroups({ ...data, groups });
  expect(codes[60]).toBe(codes[3]);
  expect(codes[61]).toBe(codes[5]);
  expect(codes[62]).toBe(codes[17]);
  expect(new Set(codes).size).toBe(59);
});
