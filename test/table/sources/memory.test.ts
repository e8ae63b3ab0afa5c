import { describe, expect, it } from "vitest";
import { DataError } from "../../../src/frame/error.ts";
import { readTable, type TableSource } from "../../../src/table/read-table.ts";
import { fingerprint } from "../../../src/frame/fingerprint.ts";
import { cells, read } from "../read.ts";

const kinds = async (source: TableSource): Promise<string[]> =>
  (await readTable(source)).columns.map(({ kind }) => kind);

describe("a table from memory", () => {
  it("is the same from records, rows, columns and text", async () => {
    const csv = await read("a,b\n1,x\n2.5,\n,y\n");
    const same: TableSource[] = [
      [{ a: 1, b: "x" }, { a: 2.5, b: null }, { b: "y" }],
      { a: [1, 2.5, Number.NaN], b: ["x", "", "y"] },
      new Map<string, ArrayLike<unknown>>([
        ["a", Float64Array.of(1, 2.5, Number.NaN)],
        ["b", ["x", undefined, " y "]],
      ]),
      [
        { a: "1", b: "x" },
        { a: "2.5", b: "" },
        { a: "", b: "y" },
      ],
    ];
    for (const source of same) {
      const table = await readTable(source);
      expect(cells(table)).toEqual(cells(csv));
      expect(fingerprint(table)).toBe(fingerprint(csv));
    }
    const rows = [
      [1, "x"],
      [2.5, null],
      [undefined, "y"],
    ];
    expect((await readTable(rows)).columns.map(({ name }) => name)).toEqual(["c1", "c2"]);
    expect(fingerprint(await readTable(rows, { names: ["a", "b"] }))).toBe(fingerprint(csv));
  });
  it("takes names from the first row where texts stand over values, or where it is told to", async () => {
    const names = async (rows: unknown[][], header?: boolean): Promise<string[]> =>
      (await readTable(rows, header === undefined ? {} : { header })).columns.map(({ name }) => name);
    const parsed = [["dose", "site", "dose"], ...["1.5", "2", "3"].map((dose) => [dose, "north", dose])];
    const table = await readTable(parsed);
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["dose", "number"],
      ["site", "text"],
      ["dose.2", "number"],
    ]);
    expect([table.rows, table.warnings.map(({ code }) => code)]).toEqual([3, ["repeated-names"]]);
    expect(
      await names(parsed.map((row) => row.map((cell, c) => (c === 0 && cell !== "dose" ? Number(cell) : cell)))),
    ).toEqual(["dose", "site", "dose.2"]);
    expect(await names(parsed, false)).toEqual(["c1", "c2", "c3"]);
    const words = [
      ["a", "b"],
      ["x", "u"],
      ["y", "v"],
    ];
    expect(await names(words)).toEqual(["c1", "c2"]);
    expect(await names(words, true)).toEqual(["a", "b"]);
    expect(
      await names([
        ["x", 1],
        ["y", 2],
      ]),
    ).toEqual(["c1", "c2"]);
    const given = await readTable(parsed, { header: true, names: ["p", "q", "r"] });
    expect([given.rows, given.columns.map(({ name }) => name)]).toEqual([3, ["p", "q", "r"]]);
  });
  it("takes numbers, bigints, strings, booleans and dates", async () => {
    expect(
      await kinds({ a: [1n, 2n], b: [2n ** 60n, 1n], c: [true, false], d: [new Date(0), new Date(Number.NaN)] }),
    ).toEqual(["number", "text", "text", "text"]);
    expect(cells(await readTable({ d: [new Date(0), new Date(1.5e12), new Date(Number.NaN)] }))).toEqual([
      ["1970-01-01"],
      ["2017-07-14T02:40:00.000Z"],
      [""],
    ]);
    expect(cells(await readTable({ a: [1, "x", true, 2n] }))).toEqual([["1"], ["x"], ["true"], ["2"]]);
  });
  it("keeps infinities, which a dataset takes for missing", async () =>
    expect(cells(await readTable({ a: [1, Infinity, -Infinity] }))).toEqual([["1"], ["Infinity"], ["-Infinity"]]));
  it("knows the same markers as a file, and those it is told", async () => {
    const table = await readTable({ a: [1, -200, 3], b: ["x", "NA", "?"], c: [5, -200, 0] }, { na: ["-200", "c=0"] });
    expect(cells(table)).toEqual([
      ["1", "x", "5"],
      ["", "", ""],
      ["3", "", ""],
    ]);
    expect(table.columns.map(({ markers }) => markers)).toEqual([
      [{ text: "-200", count: 1 }],
      [
        { text: "?", count: 1 },
        { text: "NA", count: 1 },
      ],
      [
        { text: "-200", count: 1 },
        { text: "0", count: 1 },
      ],
    ]);
    expect(cells(await readTable({ b: ["x", "NA"] }, { defaultNa: false }))).toEqual([["x"], ["NA"]]);
  });
  it("has names as they are, whatever they mean to JavaScript", async () => {
    const hostile = JSON.parse('[{"__proto__": 1, "constructor": 2}, {"__proto__": 3}]') as Record<string, unknown>[];
    const table = await readTable(hostile);
    expect(table.columns.map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
    expect(cells(table)).toEqual([
      ["1", "2"],
      ["3", ""],
    ]);
  });
  it("leaves what it was given as it is", async () => {
    const values = Float64Array.of(1, -200, 3);
    await readTable({ a: values }, { na: ["-200"] });
    expect([...values]).toEqual([1, -200, 3]);
  });
  const refused: [string, TableSource, string][] = [
    ["nothing", [], "the table in memory has no column"],
    ["no rows", { a: [] }, "the table in memory has no rows"],
    ["columns of two lengths", { a: [1], b: [1, 2] }, 'column "a" has 1 values, column "b" 2'],
    ["rows of two lengths", [[1, 2], [3]], "row 1 has 1 values where 2 are wanted"],
    [
      "a list in a cell",
      [{ a: [1] }],
      'column "a", row 0: a cell must be a number, string, boolean, bigint or Date, got an array',
    ],
    ["an object in a cell", [{ a: 1 }, { a: {} }], 'column "a", row 1: a cell must be a number'],
    [
      "an iterator",
      [{ a: 1 }].values() as unknown as TableSource,
      "got an iterator; collect its rows in an array first",
    ],
    ["a row that is none", [{ a: 1 }, null] as unknown as TableSource, "row 1 is null, not an object"],
  ];
  for (const [what, source, message] of refused)
    it(`is refused: ${what}`, async () => {
      await expect(readTable(source)).rejects.toThrow(message);
      await expect(readTable(source)).rejects.toBeInstanceOf(DataError);
    });
});

describe("fingerprint", () => {
  it("does not change with how a table is written", async () => {
    const plain = fingerprint(await read("a,b\n1.50,x\n2,y\n"));
    expect(fingerprint(await read('a;b\r\n"1,5"; x\r\n"2";"y"\r\n\r\n'))).toBe(plain);
    expect(fingerprint(await readTable({ a: [1.5, 2], b: ["x", "y"] }))).toBe(plain);
  });
  it("changes with every value, name, order and gap", async () => {
    const texts = [
      "a,b\n1,x\n2,y\n",
      "a,b\n1,x\n3,y\n",
      "a,b\n1,x\n2,z\n",
      "a,c\n1,x\n2,y\n",
      "b,a\nx,1\ny,2\n",
      "a,b\n2,y\n1,x\n",
      "a,b\n1,x\n,y\n",
      "a,b\n1,x\n2,\n",
      "a,b\n1,x\n2,y\n2,y\n",
    ];
    const prints = await Promise.all(texts.map(async (text) => fingerprint(await read(text))));
    expect(new Set(prints).size).toBe(texts.length);
  });
});
