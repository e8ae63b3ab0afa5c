import { describe, expect, it } from "vitest";
import type { Column, Dataset } from "../../../src/frame/dataset.ts";
import { DataError } from "../../../src/frame/error.ts";
import type { ReadOptions } from "../../../src/table/options.ts";
import { readTable, type TableSource } from "../../../src/table/read-table.ts";
import { inferSchema } from "../../../src/schema/infer.ts";
import { schemaFromJSON } from "../../../src/schema/json.ts";
import type { Schema, SchemaOptions } from "../../../src/schema/schema.ts";
import { readSecond } from "../../../src/schema/second/second-table.ts";
import { applySchema, toDataset } from "../../../src/schema/dataset/to-dataset.ts";

const ROWS = 40;
const make = <T>(value: (r: number) => T, rows = ROWS): T[] => Array.from({ length: rows }, (_, r) => value(r));
const noise = (r: number): number => ((r * 7919) % 101) / 7;

async function datasetOf(
  source: TableSource,
  options: SchemaOptions & ReadOptions = {},
): Promise<{ data: Dataset; schema: Schema }> {
  const table = await readTable(source, options);
  const schema = inferSchema(table, options);
  return { data: toDataset(table, schema), schema };
}

/** A dataset's column as plain values: texts for categories and texts. */
function valuesOf(column: Column): unknown[] {
  if (column.kind === "number") return [...column.values];
  if (column.kind === "category") return [...column.codes].map((code) => (code < 0 ? null : column.levels[code]));
  return [...column.ends].map((end, r) =>
    Buffer.from(column.bytes).toString("utf8", r === 0 ? 0 : column.ends[r - 1], end),
  );
}
const named = (data: Dataset, name: string): unknown[] =>
  valuesOf(data.columns.find((column) => column.name === name) as Column);

const mixed = {
  n: make((r) => (r % 9 === 0 ? null : noise(r))),
  flag: make((r) => r % 2 === 0),
  bit: make((r) => r % 2),
  word: make((r) => (r % 8 === 0 ? null : ["10", "9", "b", "a"][r % 4])),
  when: make((r) => `20${10 + (r % 5)}-03-0${1 + (r % 9)} 1${r % 9}:30`),
  at: make((r) => `${10 + (r % 12)}.30.00`),
  note: make((r) => (r % 7 === 0 ? null : `some note on the matter, number ${r} é`)),
  key: make((r) => `K${r * 31}`),
  source: make(() => "web"),
  target: make((r) => (r % 11 === 0 ? null : r % 3 === 0 ? "yes" : "no")),
};

describe("toDataset", () => {
  it("gives features only, in the table's order: dates as parts, booleans as categories, ids and constants left out", async () => {
    const { data } = await datasetOf(mixed);
    expect(data.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "n number",
      "flag category",
      "bit category",
      "word category",
      "when.year number",
      "when.weekday number",
      "when.weekend number",
      "when.hour number",
      "at.hour number",
      "note text",
    ]);
    expect(named(data, "n")).toEqual(mixed.n.map((v) => v ?? Number.NaN));
    expect(named(data, "flag")).toEqual(mixed.flag.map(String));
    expect(named(data, "bit")).toEqual(mixed.bit.map(String));
    expect(named(data, "word")).toEqual(mixed.word);
    expect(named(data, "when.year")).toEqual(make((r) => 2010 + (r % 5)));
    expect(named(data, "when.hour")).toEqual(make((r) => 10.5 + (r % 9)));
    expect(named(data, "at.hour")).toEqual(make((r) => 10.5 + (r % 12)));
    expect(named(data, "note")).toEqual(mixed.note.map((v) => v ?? ""));
    expect(data.target).toMatchObject({ task: "binary", name: "target", classes: ["no", "yes"] });
    expect(data.target.task !== "regression" && [...data.target.codes]).toEqual(
      mixed.target.map((v) => (v === null ? -1 : v === "yes" ? 1 : 0)),
    );
  });
  it("orders levels numeric first, then by code unit", async () => {
    const { data } = await datasetOf(mixed);
    expect(data.columns.find(({ name }) => name === "word")).toMatchObject({ levels: ["9", "10", "a", "b"] });
  });
  it("takes infinities for missing and clips what is beyond 1e100; a target so large is refused", async () => {
    const odd = make((r) => [1, Infinity, -Infinity, 1e200, -1e300][r] ?? noise(r));
    const { data } = await datasetOf({ x: odd, y: make((r) => [1, Infinity][r] ?? noise(r)) });
    expect(named(data, "x").slice(0, 5)).toEqual([1, Number.NaN, Number.NaN, 1e100, -1e100]);
    expect(data.target.task === "regression" && [...data.target.values].slice(0, 2)).toEqual([1, Number.NaN]);
    await expect(datasetOf({ x: odd, y: odd })).rejects.toThrow(/holds 2 values beyond 1e\+100/);
  });
  it("keeps numbers on shared memory", async () => {
    const csv = `a,b,c,y\n${make((r) => `${noise(r)},w${r % 3},2014-01-0${1 + (r % 9)},${noise(r + 1)}`).join("\n")}\n`;
    const { data } = await datasetOf(Buffer.from(csv));
    for (const column of data.columns)
      expect(
        (column.kind === "number" ? column.values : (column as { codes: Int32Array }).codes).buffer,
      ).toBeInstanceOf(SharedArrayBuffer);
    expect(data.target.task === "regression" && data.target.values.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
  it("gives weights, groups, ranks in time and the rule's forecast", async () => {
    const { data } = await datasetOf(
      {
        w: make((r) => r % 4),
        g: make((r) => (r % 10 === 9 ? null : `g${(r * 3) % 5}`)),
        t: make((r) => `${1 + ((r * 7) % 20)}/6/2014`),
        rule: make((r) => (r % 2 ? "yes" : "no")),
        x: make(noise),
        y: mixed.target,
      },
      { weight: "w", group: "g", time: "t", ruleColumn: "rule", target: "y", types: { t: "dmy" } },
    );
    expect([...(data.weights ?? [])]).toEqual(make((r) => r % 4));
    expect([...(data.groups ?? [])].slice(0, 11)).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, -1, 0]);
    expect([...(data.time ?? [])]).toEqual(make((r) => (r * 7) % 20));
    expect(data.forecast).toMatchObject({ kind: "category", name: "rule", levels: ["no", "yes"] });
    expect(data.columns.map(({ name }) => name)).toContain("x");
  });
  it("takes a rule's numbers for values, or for probabilities of the positive class", async () => {
    const rule = make((r) => noise(r) / 20);
    const regression = await datasetOf({ rule, x: make(noise), y: make((r) => noise(r + 3)) }, { ruleColumn: "rule" });
    expect(regression.data.forecast).toMatchObject({ kind: "number", name: "rule" });
    const binary = await datasetOf({ rule, x: make(noise), y: mixed.target }, { ruleColumn: "rule" });
    expect(binary.data.forecast).toMatchObject({ kind: "number" });
    const table = await readTable({ rule: mixed.word, x: make(noise), y: mixed.target });
    expect(() => toDataset(table, inferSchema(table, { ruleColumn: "rule" }))).toThrow(
      /rule column "rule" must hold classes of the target or probabilities, got "9"/,
    );
  });
  it("orders rows by their number when asked", async () =>
    expect([...((await datasetOf({ x: make(noise), y: make(noise) }, { time: "@row" })).data.time ?? [])]).toEqual(
      make((r) => r),
    ));
  const refused: [string, Record<string, unknown[]>, SchemaOptions, RegExp][] = [
    [
      "a target nothing can be learnt from",
      { x: make(noise), y: make(() => 1) },
      {},
      /^target "y" has the same value in all rows/,
    ],
    [
      "a negative weight",
      { w: make((r) => r - 3), x: make(noise), y: make(noise) },
      { weight: "w" },
      /weight column "w": a weight must be a number from 0, got -3 in row 0/,
    ],
    [
      "a missing weight",
      { w: make((r) => (r === 4 ? null : 1)), x: make(noise), y: make(noise) },
      { weight: "w" },
      /got NaN in row 4/,
    ],
    ["no weight above 0", { w: make(() => 0), x: make(noise), y: make(noise) }, { weight: "w" }, /all weights are 0/],
    [
      "weights in words",
      { w: make((r) => `w${r % 2}`), x: make(noise), y: make(noise) },
      { weight: "w" },
      /weight column "w" must be numbers/,
    ],
    [
      "a missing time",
      { t: make((r) => (r === 4 ? null : r)), x: make(noise), y: make(noise) },
      { time: "t" },
      /time column "t" has no time in row 4/,
    ],
    [
      "times of day as time",
      { t: make((r) => `${r % 24}:00`), x: make(noise), y: make(noise) },
      { time: "t" },
      /holds times of day, which come again every day; if the rows are in order, say --time @row/,
    ],
    [
      "words as time",
      { t: make((r) => `w${r % 3}`), x: make(noise), y: make(noise) },
      { time: "t" },
      /holds neither dates nor numbers/,
    ],
  ];
  for (const [what, columns, options, message] of refused)
    it(`refuses ${what}`, async () => {
      const table = await readTable(columns);
      const schema = inferSchema(table, options);
      expect(() => toDataset(table, schema)).toThrow(message);
      expect(() => toDataset(table, schema)).toThrow(DataError);
    });
});

describe("applySchema", () => {
  const rowsOf = (columns: Record<string, unknown[]>, names: readonly string[]): TableSource =>
    Object.fromEntries(names.map((name) => [name, columns[name]]));

  it("gives the same columns from the same table, also after a way through JSON", async () => {
    const table = await readTable(mixed);
    const schema = inferSchema(table);
    const again = applySchema(table, schemaFromJSON(JSON.parse(JSON.stringify(schema))));
    expect(again.data).toEqual(toDataset(table, schema));
    expect(again.warnings).toEqual([]);
  });
  it("does not mind the order of columns, nor others, which it counts", async () => {
    const schema = inferSchema(await readTable(mixed));
    const names = Object.keys(mixed).toReversed();
    const other = await readTable({
      extra: make(noise),
      ...(rowsOf(mixed, names) as Record<string, unknown[]>),
      more: make(noise),
    });
    const { data, warnings } = applySchema(other, schema);
    expect(data.columns.map(valuesOf)).toEqual(toDataset(await readTable(mixed), schema).columns.map(valuesOf));
    expect(warnings).toMatchObject([{ code: "extra-columns", count: 2 }]);
  });
  it("does without the target and whatever is no feature: then all targets are missing", async () => {
    const schema = inferSchema(await readTable(mixed), { id: "key", group: "word" });
    const { key: _, target: __, source: ___, word: ____, ...rest } = mixed;
    const { data, warnings } = applySchema(await readTable(rest), schema);
    expect(data.target.task !== "regression" && [...data.target.codes]).toEqual(make(() => -1));
    expect(data.groups).toBeUndefined();
    expect(warnings).toEqual([]);
    const regression = inferSchema(await readTable({ x: make(noise), y: make(noise) }));
    expect(applySchema(await readTable({ x: [1] }), regression).data.target).toMatchObject({
      values: Float64Array.of(Number.NaN),
    });
  });
  it("names the feature columns that are not there", async () => {
    const schema = inferSchema(await readTable(mixed));
    const { n: _, word: __, ...rest } = mixed;
    const table = await readTable(rest);
    expect(() => applySchema(table, schema)).toThrow(
      'memory: the model needs 2 columns that the table does not have: "n", "word"',
    );
  });
  it("takes unseen levels and classes for missing, and counts them", async () => {
    const schema = inferSchema(await readTable(mixed));
    const strange = {
      ...mixed,
      word: make((r) => (r < 3 ? "new" : "a")),
      target: make((r) => (r < 2 ? "maybe" : "no")),
    };
    const { data, warnings } = applySchema(await readTable(strange), schema);
    expect(named(data, "word").slice(0, 4)).toEqual([null, null, null, "a"]);
    expect(warnings).toMatchObject([
      { code: "unseen-levels", column: "word", count: 3 },
      { code: "unseen-classes", column: "target", count: 2 },
    ]);
  });
  it("knows levels and classes again that look like numbers: 1, 1.0 and '1'", async () => {
    const schema = inferSchema(await readTable({ c: make((r) => r % 3), x: make(noise), y: make((r) => r % 2) }), {
      types: { c: "category" },
    });
    const { data } = applySchema(
      await readTable({ c: ["1.0", "x", "2"], x: [1, 2, 3], y: ["'1'", "0.0", "1"] }),
      schema,
    );
    expect(named(data, "c")).toEqual(["1", null, "2"]);
    expect(data.target.task !== "regression" && [...data.target.codes]).toEqual([1, 0, 1]);
  });
  it("refuses columns that hold something else, in one sentence", async () => {
    const schema = inferSchema(await readTable(mixed));
    const apply = async (name: string, values: unknown[]): Promise<unknown> =>
      applySchema(await readTable({ ...mixed, [name]: values }), schema);
    await expect(
      apply(
        "n",
        make((r) => (r === 0 ? null : `w${r}`)),
      ),
    ).rejects.toThrow('column "n" must be numbers, got "w1" in row 1');
    await expect(
      apply(
        "when",
        make(() => "someday"),
      ),
    ).rejects.toThrow('column "when" must be dates, got "someday"');
    await expect(
      apply(
        "n",
        make((r) => `w${r}`),
      ),
    ).rejects.toBeInstanceOf(DataError);
  });
  it("takes dates out of form for missing, and counts them", async () => {
    const schema = inferSchema(await readTable(mixed));
    const { data, warnings } = applySchema(
      await readTable({ ...mixed, when: ["soon", ...mixed.when.slice(1)] }),
      schema,
    );
    expect(named(data, "when.year")[0]).toBeNaN();
    expect(warnings).toMatchObject([{ code: "not-a-date", column: "when", count: 1 }]);
  });
  it("reads another file as the first one was read: its markers, its decimals, its texts", async () => {
    const first = `zip;price;y\n${make((r) => `0${1000 + (r % 5)};${r},5;${r % 2}`).join("\n")}\n-1;-1;1\n`;
    const options = { na: ["-1"] };
    const table = await readTable(Buffer.from(first), options);
    const schema = inferSchema(table);
    expect(schema.columns[0]).toMatchObject({ kind: "category", storage: "text" });
    const text = Buffer.from("zip;price\n1000;1,25\n01001;-1\n");
    const { data, warnings } = await readSecond(text, schema, {}, "predict");
    expect(named(data, "zip")).toEqual([null, "01001"]);
    expect(named(data, "price")).toEqual([1.25, Number.NaN]);
    expect(warnings).toMatchObject([{ code: "unseen-levels", count: 1 }]);
  });
  it("takes one row, and a row of gaps", async () => {
    const schema = inferSchema(await readTable(mixed));
    const one = Object.fromEntries(Object.keys(mixed).map((name) => [name, [null]]));
    const { data } = applySchema(await readTable(one), schema);
    expect(data.rows).toBe(1);
    expect(data.columns.map((column) => valuesOf(column)[0])).toEqual([
      Number.NaN,
      null,
      null,
      null,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      "",
    ]);
  });
});

describe("schemaFromJSON", () => {
  it("refuses what is no schema, naming the member", async () => {
    const good = JSON.parse(JSON.stringify(inferSchema(await readTable(mixed)))) as Record<string, unknown> & {
      columns: Record<string, unknown>[];
    };
    const bad = (change: (schema: typeof good) => void): (() => Schema) => {
      const copy = structuredClone(good);
      change(copy);
      return () => schemaFromJSON(copy);
    };
    expect(() => schemaFromJSON(null)).toThrow(TypeError);
    expect(bad((s) => (s.version = 2))).toThrow(/^schema: version: /);
    expect(bad((s) => (s.extra = 1))).toThrow(/^schema: extra: /);
    expect(bad((s) => (s.columns[0].kind = "colour"))).toThrow(/^schema: columns\.0\.kind: /);
    expect(bad((s) => (s.columns[0].missing = -1))).toThrow(/^schema: columns\.0\.missing: /);
    expect(bad((s) => (s.columns[1].name = "n"))).toThrow("schema: two columns have the same name");
    expect(bad((s) => delete s.columns[3].levels)).toThrow('schema: category "word" has no levels');
    expect(bad((s) => delete s.columns[4].parts)).toThrow('schema: date "when" has no format or parts');
    expect(bad((s) => (s.columns.length = 3))).toThrow("schema: there is no column for the target target");
  });
});
