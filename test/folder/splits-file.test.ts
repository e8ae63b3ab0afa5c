import { describe, expect, it } from "vitest";
import { splitsFromTable, type SplitTarget } from "../../src/folder/splits-file.ts";
import { readTable } from "../../src/table/read-table.ts";
import { rowsOf } from "../../src/evaluate/splits/plan.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const data = plantedTable({ task: "regression", rows: 6 });
const target: SplitTarget = { data, own: 6, rowNumber: (row) => row, seed: "0", scheme: "exchange" };
const parse = async (csv: string, over: SplitTarget = target) =>
  splitsFromTable(await readTable(Buffer.from(csv), { name: "folds.csv" }), over);

describe("splits from a file", () => {
  it("takes one fold a line in file order, -1 and empty as none", async () => {
    const splits = await parse("fold\n0\n1\n-1\n1\n0\n2\n");
    expect(splits).toMatchObject({ kind: "given", folds: 3, repeats: 1 });
    expect([...splits.fold[0]]).toEqual([0, 1, -1, 1, 0, 2]);
    expect([...rowsOf(splits, "unused")]).toEqual([2]);
  });
  it("takes rows in any order, repeats and parts, as our own splits.csv has them", async () => {
    const lines = [0, 1].flatMap((repeat) =>
      [5, 4, 3, 2, 1, 0].map((row) => `${row},${repeat},${row === 2 ? "holdout," : `train,${(row + repeat) % 2}`}`),
    );
    const splits = await parse(["row,repeat,part,fold", ...lines].join("\n"));
    expect(splits.repeats).toBe(2);
    expect([...rowsOf(splits, "holdout")]).toEqual([2]);
    expect([...splits.fold[1]]).toEqual([1, 0, -1, 0, 1, 0]);
  });
  it("leaves rows without a target unused, whatever the file says", async () => {
    const gone = {
      ...data,
      target: { task: "regression" as const, name: "y", values: Float64Array.of(1, 2, 3, Number.NaN, 5, 6) },
    };
    const splits = await parse("fold\n0\n1\n0\n1\n0\n1\n", { ...target, data: gone });
    expect([...rowsOf(splits, "unused")]).toEqual([3]);
    expect(splits.fold[0][3]).toBe(-1);
  });
  it("speaks of rows by their number in the file", async () => {
    const skipped: SplitTarget = { ...target, rowNumber: (row) => (row < 3 ? row : row + 1) };
    const splits = await parse("row,fold\n0,0\n1,1\n2,0\n4,1\n5,0\n6,1\n", skipped);
    expect([...splits.fold[0]]).toEqual([0, 1, 0, 1, 0, 1]);
  });
  const bad: [string, string, RegExp][] = [
    ["a line too few", "fold\n0\n1\n", /one line a data row, 6 in all; got 2/],
    ["no fold column", "block\n0\n1\n0\n1\n0\n1\n", /column named fold, found block/],
    ["a row twice", "row,fold\n0,0\n0,1\n", /data row 1: row 0 comes again/],
    ["a row missing", "row,fold\n0,0\n1,1\n2,0\n3,1\n4,0\n", /row 5 is missing/],
    ["an unknown row", "row,fold\n9,0\n", /no row 9 in the table/],
    ["half a fold", "fold\n0\n1\n0.5\n1\n0\n1\n", /data row 2: fold must be a whole number.*"0.5"/],
    [
      "an unknown part",
      "part,fold\ntraining,0\ntrain,1\ntrain,0\ntrain,1\ntrain,0\ntrain,1\n",
      /part must be one of train.*"training"/,
    ],
    [
      "a fold in one repeat only",
      "fold,row,repeat\n0,0,0\n1,1,0\n1,2,0\n0,3,0\n1,4,0\n0,5,0\n0,0,1\n0,1,1\n0,2,1\n0,3,1\n0,4,1\n0,5,1\n",
      /at least two folds.*got 1 in repeat 1/,
    ],
    ["one fold", "fold\n0\n0\n0\n0\n0\n0\n", /at least two folds/],
  ];
  for (const [what, csv, message] of bad) it(`refuses ${what}`, () => expect(parse(csv)).rejects.toThrow(message));
});
