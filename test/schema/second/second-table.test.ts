import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, Dataset } from "../../../src/frame/dataset.ts";
import { readTable } from "../../../src/table/read-table.ts";
import type { ReadOptions } from "../../../src/table/options.ts";
import { inferSchema } from "../../../src/schema/infer.ts";
import type { Schema, SchemaOptions } from "../../../src/schema/schema.ts";
import { readSecond, type SecondTable } from "../../../src/schema/second/second-table.ts";
import { seeded } from "../../../src/numeric/rng.ts";

/** How a table is written. */
interface Dialect {
  readonly decimal: "." | ",";
  readonly grouped: boolean;
  readonly delimiter: "," | ";" | "\t" | "|";
  readonly dates: "iso" | "dmy" | "mdy" | "named" | "compact";
  readonly missing: "" | "NA" | "null" | "?";
  readonly quoted: boolean;
}
const PLAIN: Dialect = { decimal: ".", grouped: false, delimiter: ",", dates: "iso", missing: "", quoted: false };
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

interface Row {
  readonly dose: number | null;
  readonly price: number | null;
  readonly count: number;
  readonly when: Date | null;
  readonly word: string | null;
  readonly y: string | number | null;
}

function numberText(value: number, digits: number, { decimal, grouped }: Dialect): string {
  const [whole, part] = Math.abs(value).toFixed(digits).split(".");
  const sign = value < 0 ? "-" : "";
  const group = decimal === "." ? "," : ".";
  const digitsBefore = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
  return `${sign}${digitsBefore}${part === undefined ? "" : `${decimal}${part}`}`;
}

function dateText(date: Date, form: Dialect["dates"]): string {
  const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const two = (n: number): string => String(n).padStart(2, "0");
  if (form === "dmy") return `${two(d)}.${two(m)}.${y}`;
  if (form === "mdy") return `${m}/${d}/${y}`;
  if (form === "named") return `${d} ${MONTHS[m - 1]} ${y}`;
  return form === "compact" ? `${y}${two(m)}${two(d)}` : `${y}-${two(m)}-${two(d)}`;
}

function written(rows: readonly Row[], dialect: Dialect): Buffer {
  const cell = (text: string): string =>
    dialect.quoted || text.includes(dialect.delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map(({ dose, price, count, when, word, y }) =>
    [
      dose === null ? dialect.missing : numberText(dose, 3, dialect),
      price === null ? dialect.missing : numberText(price, 2, dialect),
      numberText(count, 0, { ...dialect, grouped: false }),
      when === null ? dialect.missing : dateText(when, dialect.dates),
      word ?? dialect.missing,
      y === null ? dialect.missing : typeof y === "number" ? numberText(y, 1, dialect) : y,
    ]
      .map(cell)
      .join(dialect.delimiter),
  );
  return Buffer.from(
    [["dose", "price", "count", "when", "word", "y"].join(dialect.delimiter), ...lines, ""].join("\n"),
  );
}

/** Rows in which every notation shows itself: doses below 1, prices with odd cents, days after the 12th. */
function rowsOf(count: number, seed: number, classes: boolean): Row[] {
  const rng = seeded("second table").split(seed);
  const gap = <T>(value: T): T | null => (rng.below(12) === 0 ? null : value);
  const sure: Row = {
    dose: 0.125,
    price: 12_345.67,
    count: 7,
    when: new Date("2021-03-25"),
    word: "b",
    y: classes ? "no" : 0.5,
  };
  const made = Array.from({ length: count - 1 }, (): Row => ({
    dose: gap(rng.below(4000) / 1000),
    price: gap((rng.below(9_000_000) - 1_000_000) / 100),
    count: rng.below(50),
    when: gap(new Date(Date.UTC(2019, 0, 1 + rng.below(900)))),
    word: gap(["a", "b", "C c", "d\u00e9"][rng.below(4)]),
    y: classes ? ["no", "yes"][rng.below(2)] : rng.below(1000) / 10,
  }));
  return [sure, ...made];
}

async function schemaOf(text: Buffer, options: ReadOptions & SchemaOptions = {}): Promise<Schema> {
  return inferSchema(await readTable(text, { workers: 1, ...options }), options);
}
const second = (text: Buffer, schema: Schema, options: ReadOptions = {}): Promise<SecondTable> =>
  readSecond(text, schema, { workers: 1, ...options }, "score");

/** Everything of a dataset as plain values. */
function plain({ columns, target }: Dataset): unknown {
  const values = (column: Column): unknown =>
    column.kind === "number"
      ? [...column.values]
      : column.kind === "category"
        ? [...column.codes].map((code) => column.levels[code])
        : [...column.ends];
  return [
    ...columns.map((column) => [column.name, values(column)]),
    target.task === "regression" ? [...target.values] : [...target.codes].map((code) => target.classes[code]),
  ];
}

const dialect: fc.Arbitrary<Dialect> = fc.record({
  decimal: fc.constantFrom(".", ","),
  grouped: fc.boolean(),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  dates: fc.constantFrom("iso", "dmy", "mdy", "named", "compact"),
  missing: fc.constantFrom("", "NA", "null", "?"),
  quoted: fc.boolean(),
});

describe("the same rows written in another dialect", () => {
  it("are the same dataset, bit for bit, and everything that was changed is told", async () => {
    await fc.assert(
      fc.asyncProperty(dialect, dialect, fc.integer(), fc.boolean(), async (first, other, seed, classes) => {
        const rows = rowsOf(40, seed, classes);
        const schema = await schemaOf(written(rows, first), { target: "y" });
        const same = await second(written(rows, first), schema);
        const found = await second(written(rows, other), schema);
        expect(plain(found.data)).toEqual(plain(same.data));
        expect(
          same.warnings.filter(({ code }) => /not-a-|unseen|date-format|decimal-mark|notation/.test(code)),
        ).toEqual([]);
        expect(found.warnings.filter(({ code }) => /not-a-|unseen/.test(code))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
  it("are the same in any order of rows and columns", async () => {
    await fc.assert(
      fc.asyncProperty(dialect, fc.integer(), async (other, seed) => {
        const rows = rowsOf(30, seed, true);
        const schema = await schemaOf(written(rows, PLAIN), { target: "y" });
        const turned = rows.toReversed();
        const [there, back] = [
          await second(written(rows, PLAIN), schema),
          await second(written(turned, other), schema),
        ];
        const cells = (plain(back.data) as [string, unknown[]][]).map((column) =>
          typeof column[0] === "string" && Array.isArray(column[1])
            ? [column[0], column[1].toReversed()]
            : column.toReversed(),
        );
        expect(cells).toEqual(plain(there.data));
      }),
      { numRuns: 20 },
    );
  });
});

describe("what cannot be read", () => {
  it("is missing, counted by column, and nothing else is", async () => {
    const rows = rowsOf(40, 1, true);
    const schema = await schemaOf(written(rows, PLAIN), { target: "y" });
    const lines = written(rows, PLAIN).toString().trimEnd().split("\n");
    const junk = fc.constantFrom("high", "2..5", "1-2-3", "n/k", "12 apples", "0,1,2", "25:99", "tbd");
    const spoilt = fc.array(fc.tuple(fc.integer({ min: 2, max: 40 }), fc.constantFrom(0, 1, 3, 4), junk), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(spoilt, async (places) => {
        const cells = lines.map((line) => line.split(","));
        for (const [line, column, text] of places) cells[line][column] = `"${text}"`;
        const text = Buffer.from(cells.map((row) => row.join(",")).join("\n"));
        const { data, empty, warnings } = await second(text, schema);
        [0, 1, 3, 4].forEach((c) => {
          const name = ["dose", "price", "count", "when", "word"][c];
          const bad = cells.slice(1).filter((row) => row[c].startsWith('"')).length;
          const counted = warnings.reduce((sum, { column, count = 0 }) => sum + (column === name ? count : 0), 0);
          expect(counted).toBe(bad);
          const missing = (of: Dataset): number => {
            const column = of.columns.find((one) => one.name === name || one.name === `${name}.year`)!;
            const isGap = (row: number): boolean =>
              column.kind === "number"
                ? Number.isNaN(column.values[row])
                : (column as { codes: Int32Array }).codes[row] < 0;
            return Array.from({ length: of.rows }, (_, row) => row).filter(isGap).length;
          };
          expect(missing(data)).toBe(bad + empty.get(name)!);
        });
      }),
      { numRuns: 40 },
    );
  });
  it("is refused where nothing of a column can be read", async () => {
    const schema = await schemaOf(written(rowsOf(40, 1, true), PLAIN), { target: "y" });
    const text = (dose: string, when = "2020-01-31"): Buffer =>
      Buffer.from(`dose,price,count,when,word\n${dose},1.5,2,${when},a\n`);
    await expect(second(text("high"), schema)).rejects.toThrow(
      /column "dose" must be numbers, as in training, got "high" in row 0/,
    );
    await expect(second(text("0.5", "soon"), schema)).rejects.toThrow(/column "when" must be dates, got "soon"/);
  });
});

it("what the reader had to tell is told, skipped lines among it", async () => {
  const schema = await schemaOf(written(rowsOf(40, 1, true), PLAIN), { target: "y" });
  const lines = written(rowsOf(40, 1, true), PLAIN)
    .toString()
    .trimEnd()
    .split("\n");
  const text = Buffer.from([...lines.slice(0, 4), "0.5,1", ...lines.slice(4)].join("\n"));
  const { table, warnings } = await second(text, schema, { skipBadLines: true });
  expect(table.rows).toBe(40);
  expect(warnings).toEqual(expect.arrayContaining([...table.warnings]));
  expect(warnings).toMatchObject([{ count: 1, message: expect.stringMatching(/1 record .* line 5/) }]);
});

it("texts that mean missing are those of training and those that are added", async () => {
  const cells = Array.from({ length: 30 }, (_, i) => `${i % 7 === 0 ? "-9" : i / 4},${i % 2}`);
  const schema = await schemaOf(Buffer.from(`x,y\n${cells.join("\n")}\n`), { na: ["-9"] });
  const { data, warnings } = await second(Buffer.from("x\n-9\n1.5\ngone\n-8\n"), schema, { na: ["gone", "-8"] });
  expect([...(data.columns[0] as { values: Float64Array }).values]).toEqual([Number.NaN, 1.5, Number.NaN, Number.NaN]);
  expect(warnings).toEqual([]);
});

describe("a cell that can be read in two ways", () => {
  const schemaWith = (values: readonly string[], options: ReadOptions = {}): Promise<Schema> =>
    schemaOf(Buffer.from(["x;y", ...values.map((x, i) => `${x};${i % 2}`)].join("\n")), options);
  const read = async (schema: Schema, cells: readonly string[], options: ReadOptions = {}): Promise<number[]> => {
    const { data } = await second(
      Buffer.from(["x;other", ...cells.map((x, i) => `${x};${i}`)].join("\n")),
      schema,
      options,
    );
    return [...(data.columns[0] as { values: Float64Array }).values];
  };
  const points = Array.from({ length: 30 }, (_, i) => (i / 8).toFixed(3));
  const commas = points.map((x) => x.replace(".", ","));
  const groups = Array.from({ length: 30 }, (_, i) => `${1 + i}.${100 + i}`);

  it("is refused when neither the table nor training tells", async () => {
    await expect(read(await schemaWith(points), ["1,763", "2,125"])).rejects.toThrow(
      /"1,763" in column "x" may be 1763 or 1.763/,
    );
    await expect(read(await schemaWith(commas), ["1.763"])).rejects.toThrow(
      /"1.763" in column "x" may be 1763 or 1.763/,
    );
  });
  it("is what the table's other cells make it", async () => {
    expect(await read(await schemaWith(points), ["1,763", "0,5"])).toEqual([1.763, 0.5]);
    expect(await read(await schemaWith(points), ["1,763", "1,234,567"])).toEqual([1763, 1234567]);
    expect(await read(await schemaWith(commas), ["1.763", "0.5"])).toEqual([1.763, 0.5]);
  });
  it("is as in training where that was clear", async () => {
    expect(await read(await schemaWith(commas), ["1,763"])).toEqual([1.763]);
    expect(await read(await schemaWith([...groups, "0,5", "1,5"]), ["1.763"])).toEqual([1763]);
  });
  it("is what the user says", async () => {
    expect(await read(await schemaWith(points), ["1,763"], { decimal: "," })).toEqual([1.763]);
    expect(await read(await schemaWith(points), ["1,763"], { decimal: "." })).toEqual([1763]);
  });
  it("is told where times have offsets from UTC in one table only", async () => {
    const zoned = async (zone: string): Promise<Schema> =>
      schemaOf(
        Buffer.from(
          [
            "d,y",
            ...Array.from({ length: 28 }, (_, i) => `2020-03-${10 + (i % 9)}T0${i % 10}:00${zone},${i % 2}`),
          ].join("\n"),
        ),
      );
    const told = async (schema: Schema, zone: string): Promise<readonly string[]> =>
      (await second(Buffer.from(`d\n2020-03-11T05:00${zone}\n`), schema, { header: true })).warnings.map(
        ({ code }) => code,
      );
    for (const [before, now, codes] of [
      ["", "", []],
      ["Z", "+02:00", []],
      ["+01:00", "Z", []],
      ["", "Z", ["time-zone"]],
      ["-05:00", "", ["time-zone"]],
    ] as const)
      expect(await told(await zoned(before), now)).toEqual(codes);
  });
  it("is a date of training's order, or refused", async () => {
    const dated = (dates: readonly string[]): Promise<Schema> =>
      schemaOf(Buffer.from(["d,y", ...dates.map((d, i) => `${d},${i % 2}`)].join("\n")), { types: { d: "date" } });
    const days = Array.from({ length: 28 }, (_, i) => String(i + 1).padStart(2, "0"));
    const iso = await dated(days.map((day) => `2020-03-${day}`));
    const dmy = await dated(days.map((day) => `${day}/03/2020`));
    const months = async (schema: Schema, cells: readonly string[], options: ReadOptions = {}): Promise<number[]> => {
      const { data, schema: here } = await second(
        Buffer.from(`d\n${cells.join("\n")}\n`),
        { ...schema, columns: schema.columns.map((c) => (c.name === "d" ? { ...c, parts: ["month"] } : c)) },
        { header: true, ...options },
      );
      expect(here.columns[0].format).toBeDefined();
      return [...(data.columns[0] as { values: Float64Array }).values];
    };
    expect(await months(dmy, ["04/05/2020"])).toEqual([5]);
    expect(await months(dmy, ["04/25/2020", "05/04/2020"])).toEqual([4, 5]);
    expect(await months(iso, ["25.04.2020", "05.04.2020"])).toEqual([4, 4]);
    await expect(months(iso, ["04/05/2020"])).rejects.toThrow(
      /"04\/05\/2020" in column "d" may have the day or the month first; say --types d=dmy or --types d=mdy/,
    );
    expect(await months(iso, ["04/05/2020"], { types: { d: "dmy" } })).toEqual([5]);
  });
});

describe("units", () => {
  const doses = (unit: string): Promise<Schema> =>
    schemaOf(
      Buffer.from(["x,y", ...Array.from({ length: 30 }, (_, i) => `${(i / 8).toFixed(3)}${unit},${i % 2}`)].join("\n")),
    );
  const read = async (schema: Schema, cells: readonly string[]) => {
    const { data, warnings } = await second(
      Buffer.from(["x,other", ...cells.map((x, i) => `${x},${i}`)].join("\n")),
      schema,
    );
    const values = [...(data.columns[0] as { values: Float64Array }).values];
    return {
      values,
      told: warnings.flatMap(({ code, column, count }) => (column === "x" ? [`${code} ${count}`] : [])),
    };
  };
  it("are those of training", async () => {
    expect(await read(await doses(" mg"), ["0.5 mg", "2 mg"])).toEqual({ values: [0.5, 2], told: [] });
    expect(await read(await doses(" mg"), ["0.5 mg", "2 g"])).toEqual({
      values: [0.5, Number.NaN],
      told: ["not-a-number 1"],
    });
    await expect(read(await doses(" mg"), ["3 g", "2 g"])).rejects.toThrow(
      /must be numbers in mg, as in training, got "3 g"/,
    );
    expect(await read(await doses("%"), ["0.5%"])).toEqual({ values: [0.5], told: [] });
  });
  it("that came or went are told with their count", async () => {
    expect(await read(await doses(" mg"), ["0.5", "2"])).toEqual({ values: [0.5, 2], told: ["without-unit 2"] });
    expect(await read(await doses(""), ["0.5 mg", "2 mg", "1 g"])).toEqual({
      values: [0.5, 2, Number.NaN],
      told: ["not-a-number 1", "new-unit 2"],
    });
  });
  it("of a share are not left out", async () => {
    await expect(read(await doses(""), ["50%"])).rejects.toThrow(
      /column "x" must be numbers, as in training, got "50%"/,
    );
  });
});
