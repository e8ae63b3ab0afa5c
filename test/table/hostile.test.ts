import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError } from "../../src/frame/error.ts";
import { fingerprint } from "../../src/frame/fingerprint.ts";
import { readTable } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import { schemaFromJSON } from "../../src/schema/json.ts";
import { applySchema, toDataset } from "../../src/schema/dataset/to-dataset.ts";

/** Bytes as they come: any, text-like, and tables with bytes put in, taken out or doubled. */
const piece = fc.constantFrom(
  ...Array.from("a,b;\t|:\"'\n\r .-+0123456789eE%$#/()"),
  "NA",
  "2020-01-02",
  "12:30",
  "1,234.5",
  "inf",
  "true",
  "é",
  "\u00a0",
  "x".repeat(40),
);
const textLike = fc.array(piece, { maxLength: 400 }).map((parts) => Buffer.from(parts.join("")));
const record = fc.array(
  fc.oneof(fc.double().map(String), fc.constantFrom("", "w", "NA", '"q,\n"', "2020-02-30", "$5", "0x1")),
  { minLength: 3, maxLength: 3 },
);
const tableLike = fc
  .array(record, { minLength: 1, maxLength: 40 })
  .map((rows) => Buffer.from(`a,b,c\n${rows.map((row) => row.join()).join("\n")}\n`));
const hurt = fc
  .tuple(tableLike, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }))
  .map(([bytes, changes]) => {
    const copy = Buffer.from(bytes);
    for (const [at, byte] of changes) copy[at % copy.length] = byte;
    return copy;
  });

describe("any bytes", () => {
  it("end in a table that can be used, or in one sentence", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
          textLike,
          tableLike,
          hurt,
        ),
        fc.boolean(),
        async (bytes, skipBadLines) => {
          try {
            const table = await readTable(bytes, { skipBadLines, workers: 1 });
            expect(table.columns.length).toBeGreaterThan(0);
            expect(table.rows).toBeGreaterThan(0);
            expect(fingerprint(table)).toMatch(/^[0-9a-f]{64}$/);
            const schema = inferSchema(table);
            expect(schemaFromJSON(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
            const { data } = applySchema(table, schema);
            for (const column of data.columns)
              if (column.kind === "number")
                expect(column.values.every((x) => x !== x || Math.abs(x) <= 1e100)).toBe(true);
              else if (column.kind === "category")
                expect(column.codes.every((code) => code >= -1 && code < column.levels.length)).toBe(true);
            if (schema.target.problem === undefined) expect(toDataset(table, schema)).toEqual(data);
            else expect(() => toDataset(table, schema)).toThrow(DataError);
          } catch (error) {
            if (!(error instanceof DataError)) throw error;
            expect(error.message).not.toContain("\n");
          }
        },
      ),
      { numRuns: 600, seed: 7 },
    );
  });
});
