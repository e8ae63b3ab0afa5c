import { expect, it } from "vitest";
import { shapeOf } from "../../src/frame/dataset.ts";
import { readTable } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import { shapeOfSchema } from "../../src/schema/shape.ts";
import { toDataset } from "../../src/schema/dataset/to-dataset.ts";

it("knows the columns of a dataset from the schema alone: numbers, levels, texts, parts of dates and times", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    id: `k${i}`,
    size: i % 7,
    colour: ["red", "blue", "green"][i % 3],
    open: i % 2 === 0 ? "true" : "false",
    day: new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10),
    at: `${String(i % 24).padStart(2, "0")}:30`,
    note: `some words of row ${i} that are all different, ${i * 7} of them`,
    same: 1,
    y: i % 5 === 0 ? "yes" : "no",
  }));
  const table = await readTable(rows, {});
  const schema = inferSchema(table, { types: { note: "text" } });
  const shape = shapeOfSchema(schema);
  expect(shape).toEqual(shapeOf(toDataset(table, schema)));
  expect(new Set(shape.columns.map(({ kind }) => kind))).toEqual(new Set(["number", "category", "text"]));
  expect(shape.columns.some(({ name }) => name.startsWith("day."))).toBe(true);
});
