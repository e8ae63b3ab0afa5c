import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadOptions } from "../../src/table/options.ts";
import { cells, read } from "./read.ts";

const rows = Array.from({ length: 40 }, (_, i) => [
  "NSE"[i % 3],
  String((i * 7) % 11),
  String(4 * i + 3),
  i % 2 ? "yes" : "no",
]);
const header = ["region", "units", "sales", "again"];
const sum = (c: number): number => rows.reduce((total, row) => total + Number(row[c]), 0);
const text = (records: readonly (readonly string[])[], end = "\n"): string =>
  [header, ...records].map((record) => record.join(",")).join(end);
const codes = async (records: readonly (readonly string[])[], options: ReadOptions = {}): Promise<string[]> =>
  (await read(text(records), options)).warnings.map(({ code }) => code);

/** Each: the code of its warning, the record, whether it may stand anywhere or at the end, whether it can be nothing else. */
const kinds: [what: string, code: string, record: string[], where: "any" | "end", sure: boolean][] = [
  ["a total with its name", "totals-record", ["Total", String(sum(1)), String(sum(2)), ""], "end", true],
  ["a total in German, with a gap", "totals-record", ["Summe:", "", String(sum(2)), ""], "end", true],
  ["a mean", "totals-record", ["Mean", (sum(1) / 40).toFixed(2), (sum(2) / 40).toFixed(2), ""], "end", true],
  ["a total without a name", "totals-record", ["", String(sum(1)), String(sum(2)), ""], "end", false],
  ["a source", "remark-records", ["Source: Statistical Office", "", "", ""], "end", true],
  ["a remark", "remark-records", ["* preliminary", "", "", ""], "end", true],
  ["a title between", "remark-records", ["Second half", "", "", ""], "any", false],
  ["a header written otherwise", "odd-records", ["REGION", "Units sold", "Sales in EUR", "AGAIN"], "any", true],
  ["one word for all", "odd-records", ["N", "absent", "absent", "yes"], "any", false],
];

describe("a record that is no data", () => {
  for (const [what, code, record, where, sure] of kinds)
    it(`is told, changes no column, and is left out ${sure ? "at once" : "when asked"}: ${what}`, async () => {
      const clean = await read(text(rows));
      await fc.assert(
        fc.asyncProperty(where === "end" ? fc.constant(40) : fc.integer({ min: 5, max: 39 }), async (at) => {
          const file = text(rows.toSpliced(at, 0, record), at % 2 ? "\r\n" : "\n");
          const read1 = await read(file);
          expect(read1.warnings.filter((warning) => warning.code === code)).toHaveLength(1);
          expect(read1.columns.map(({ kind }) => kind)).toEqual(clean.columns.map(({ kind }) => kind));
          expect(read1.rows).toBe(sure ? 40 : 41);
          const dropped = await read(file, { oddRecords: "drop" });
          expect(cells(dropped)).toEqual(cells(clean));
          expect(dropped.columns).toEqual(clean.columns);
          expect(dropped.warnings.map((warning) => warning.code)).toEqual([code]);
          expect(dropped.origin.skipped).toBe(1);
          expect([...(dropped.rowNumbers ?? [])]).toEqual(Array.from({ length: 40 }, (_, r) => (r < at ? r : r + 1)));
          const kept = await read(file, { oddRecords: "keep" });
          expect(kept.rows).toBe(41);
          expect(kept.warnings.map((warning) => warning.code)).not.toContain(code);
        }),
        { numRuns: where === "end" ? 1 : 8, seed: 5 },
      );
    });
  it("brings the records above that are named likewise: subtotals", async () => {
    const parts = [0, 10, 20, 30].flatMap((from) => {
      const part = rows.slice(from, from + 10);
      return [...part, ["Subtotal", String(part.reduce((total, row) => total + Number(row[1]), 0)), "", ""]];
    });
    const table = await read(text([...parts, ["Total", String(sum(1)), "", ""]]));
    expect(cells(table)).toEqual(rows);
    expect(table.warnings.map(({ code, count }) => [code, count])).toEqual([["totals-record", 5]]);
  });
  it("is told of each part by itself: subtotals with the name of their part", async () => {
    const parts = [0, 10, 20, 30].flatMap((from, i) => {
      const part = rows.slice(from, from + 10);
      return [
        ...part,
        [`Subtotal ${"NSEW"[i]}`, "", String(part.reduce((total, row) => total + Number(row[2]), 0)), ""],
      ];
    });
    for (const all of [parts, [...parts, ["Grand total", String(sum(1)), String(sum(2)), ""]]]) {
      const table = await read(text(all));
      expect(cells(table)).toEqual(rows);
      expect(table.warnings.map(({ code, count }) => [code, count])).toEqual([
        ["totals-record", 4],
        ...(all === parts ? [] : [["totals-record", 1]]),
      ]);
    }
    const films = parts.map((record) => (record[0].startsWith("Sub") ? [record[0], "1", "2", "yes"] : record));
    expect(await codes(films)).toEqual([]);
  });
  it("may stand beside others", async () => {
    const all = [...rows, ["Total", String(sum(1)), String(sum(2)), ""], ["Note: provisional", "", "", ""]];
    const table = await read(text(all));
    expect(cells(table)).toEqual(rows);
    expect(table.warnings.map(({ code }) => code).toSorted()).toEqual(["remark-records", "totals-record"]);
  });
});

describe("a record that is data", () => {
  it("is not taken for a total by its name, nor by one sum", async () => {
    expect(await codes([...rows, ["Total", "3", "5", "no"]])).toEqual([]);
    expect(await codes([...rows, ["N", "3", String(sum(2)), "no"]])).toEqual([]);
    const films = [...rows.slice(1), ["Total Recall", "3", "5", "no"], rows[0]];
    expect(await codes(films)).toEqual([]);
  });
  it("is not taken for a remark where many cells are missing", async () =>
    expect(await codes(rows.map((row, i) => (i % 4 === 0 ? [row[0], "", "", ""] : row)))).toEqual([]));
});
