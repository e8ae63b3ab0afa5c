import { describe, expect, it } from "vitest";
import { DataError } from "../../src/frame/error.ts";
import type { GivenKinds } from "../../src/table/options.ts";
import { readTable, type TableSource } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import type { ColumnSchema, Schema, SchemaOptions } from "../../src/schema/schema.ts";

const ROWS = 60;
const make = <T>(value: (r: number) => T): T[] => Array.from({ length: ROWS }, (_, r) => value(r));
/** A number that follows no order. */
const noise = (r: number): number => ((r * 7919) % 101) / 7;

async function schemaOf(source: TableSource, options: SchemaOptions = {}): Promise<Schema> {
  return inferSchema(
    await readTable(source, { ...(options.types !== undefined && { types: options.types }) }),
    options,
  );
}

/** How a column of these values is judged, beside a target. */
async function judged(
  name: string,
  values: unknown[],
  types?: GivenKinds,
): Promise<ColumnSchema & { codes: string[] }> {
  const schema = await schemaOf(
    new Map<string, unknown[]>([
      [name, values],
      ["target", values.map((_, r) => noise(r))],
    ]),
    types === undefined ? {} : { types },
  );
  return {
    ...schema.columns[0],
    codes: schema.warnings.filter(({ column }) => column === name).map(({ code }) => code),
  };
}

describe("the kind and role of a column", () => {
  const cases: [string, string, unknown[], string, string, string[]][] = [
    ["numbers", "x", make(noise), "number feature", "", []],
    ["whole numbers", "rooms", make((r) => r % 9), "number feature", "", []],
    ["years that count up", "year", make((r) => 1950 + r), "number feature", "", []],
    ["0 and 1", "flag", make((r) => r % 2), "boolean feature", "", []],
    ["1 and 2", "sex", make((r) => 1 + (r % 2)), "number feature", "", []],
    ["true and false", "flag", make((r) => r % 2 === 0), "boolean feature", "", []],
    ["Yes and no", "flag", make((r) => (r % 2 === 0 ? "Yes" : "no")), "boolean feature", "", []],
    ["two words", "sex", make((r) => (r % 2 === 0 ? "male" : "female")), "category feature", "", []],
    ["words", "city", make((r) => `city ${r % 7}`), "category feature", "", []],
    ["leading zeros", "zip", make((r) => `0${1000 + (r % 7)}`), "category feature", "", []],
    ["whole numbers called a code", "zip_code", make((r) => 10_000 + (r % 7)), "category feature", "", ["codes"]],
    ["counts with a number sign", "# of polls", make((r) => 3 + ((r * 7) % 53)), "number feature", "", []],
    ["counts that start again", "unnamed_1", make((r) => r % 12), "number feature", "", ["row-number-suspected"]],
    [
      "months with years of two digits",
      "seen",
      make((r) => `${["Jan", "May", "Aug"][r % 3]}-${62 + (r % 20)}`),
      "date feature",
      "year,month",
      [],
    ],
    [
      "times with offsets",
      "at",
      make((r) => `2024-03-0${1 + (r % 9)}T0${r % 10}:00:00${r % 2 ? "+01:00" : "Z"}`),
      "date feature",
      "days,weekday,weekend,hour",
      ["time-zone"],
    ],
    [
      "times of which some have no offset",
      "at",
      make((r) => `2024-03-0${1 + (r % 9)}T0${r % 10}:00:00${r % 2 ? "+01:00" : ""}`),
      "date feature",
      "days,weekday,weekend,hour",
      ["time-zone"],
    ],
    [
      "times in UTC",
      "at",
      make((r) => `2024-03-0${1 + (r % 9)}T0${r % 10}:00:00Z`),
      "date feature",
      "days,weekday,weekend,hour",
      [],
    ],
    [
      "one ISO date among others",
      "on",
      make((r) => (r === 30 ? "2014-05-05" : `${1 + (r % 12)}/${1 + ((r * 5) % 28)}/2014`)),
      "date feature",
      "days,month,weekday,weekend",
      ["not-a-date"],
    ],
    ["many words", "street", make((r) => `street ${r % 29}`), "category feature", "", []],
    ["dates", "when", make((r) => `2014-0${1 + (r % 9)}-1${r % 10}`), "date feature", "days,month,weekday,weekend", []],
    ["dates over years", "when", make((r) => `${2000 + (r % 20)}-01-01`), "date feature", "year,weekday,weekend", []],
    [
      "moments of one day",
      "when",
      make((r) => `2014-01-01 0${r % 10}:${10 + (r % 50)}`),
      "date feature",
      "days,hour",
      [],
    ],
    ["times of day", "at", make((r) => `${10 + (r % 12)}.00.00`), "time feature", "hour", []],
    ["numbers that are dates", "day", make((r) => 20140100 + (r % 28) + 1), "date feature", "days,weekday,weekend", []],
    [
      "numbers that are dates, under a key's name",
      "date_id",
      make((r) => 20140100 + (r % 28) + 1),
      "date feature",
      "days,weekday,weekend",
      [],
    ],
    [
      "numbers that are dates, day first",
      "num",
      make((r) => 1e6 * (1 + (r % 28)) + 12014 + 1e4 * (r % 12)),
      "date feature",
      "days,month,weekday,weekend",
      [],
    ],
    ["seconds since 1970", "timestamp", make((r) => 1.4e9 + 86_400 * r), "date feature", "", []],
    ["the same without such a name", "amount", make((r) => 1.4e9 + 86_400 * noise(r) * 7), "number feature", "", []],
    ["prose", "reason", make((r) => `I did it ${r} times because of reason ${r}`), "text feature", "", []],
    ["keys", "case", make((r) => `K${r * 7919}X`), "id id", "", ["id-column"]],
    [
      "codes that most rows have alone",
      "district",
      make((r) => `${String(1 + (r >> 1)).padStart(2, "0")}${r % 2 === 0 ? "A" : "B"}`),
      "category id",
      "",
      ["id-column"],
    ],
    ["names", "name", make((r) => `first${r} last${r % 50}`), "id id", "", ["id-column"]],
    ["numbers called an id", "customer_id", make((r) => (r * 7919) % 10_007), "id id", "", ["id-column"]],
    ["row numbers", "Row", make((r) => r + 1), "id dropped", "", ["row-number"]],
    ["row numbers from 0 without a name", "", make((r) => r), "id dropped", "", ["row-number"]],
    [
      "numbers that count up under a name of their own",
      "dose",
      make((r) => r + 1),
      "number feature",
      "",
      ["row-number-suspected"],
    ],
    ["an entity with many rows", "subject#", make((r) => r % 12), "id id", "", ["group-suspected"]],
    ["an id of few things with many rows", "store_id", make((r) => r % 3), "category feature", "", ["id-as-category"]],
    ["an id of many things with a few rows", "item_id", make((r) => r % 25), "id id", "", ["group-suspected"]],
    ["an id that hardly any two rows share", "visit_id", make((r) => (r < 4 ? 7 : r * 31)), "id id", "", ["id-column"]],
    ["an id of two rows each", "patient_id", make((r) => 17 * (r >> 1)), "id id", "", ["group-suspected"]],
    ["an index without a name, rows shuffled", "", make((r) => (r * 7) % 60), "id id", "", ["id-column"]],
    ["pandas' index in Parquet", "__index_level_0__", make((r) => r), "id dropped", "", ["row-number"]],
    ["counts of people", "households", make((r) => (r * 31) % 40), "number feature", "", []],
    ["one value", "source", make(() => "web"), "constant dropped", "", ["constant-column"]],
    ["no value", "void", make(() => null), "constant dropped", "", ["constant-column"]],
    ["one value, sometimes missing", "deck", make((r) => (r % 4 === 0 ? "A" : null)), "category feature", "", []],
  ];
  for (const [what, name, values, expected, parts, codes] of cases)
    it(`${what}: ${expected}`, async () => {
      const found = await judged(name, values);
      expect(`${found.kind} ${found.role}`).toBe(expected);
      expect(found.reason).not.toBe("");
      if (parts !== "") expect(found.parts?.join()).toBe(parts);
      for (const code of codes) expect(found.codes).toContain(code);
      if (codes.length === 0)
        for (const code of ["id-column", "row-number", "group-suspected", "constant-column", "codes"])
          expect(found.codes).not.toContain(code);
    });
  it("few values are never held against a column: ten rows of ten words are a category", async () => {
    const found = await judged("town", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
    expect(`${found.kind} ${found.role}`).toBe("category feature");
  });
  it("a column of numbers without a header that counts the rows is a row number", async () => {
    const csv = Array.from({ length: 20 }, (_, r) => `${r + 1},${noise(r)},${noise(r + 5)}`).join("\n");
    const schema = inferSchema(await readTable(Buffer.from(csv)));
    expect(schema.columns[0]).toMatchObject({ name: "c1", role: "dropped", reason: "counts the rows from 1" });
  });
  it("levels are numeric first, in order, then the others by code unit", async () => {
    const found = await judged(
      "size",
      make((r) => ["10", "9", "b", "B", "a", "1.5"][r % 6]),
    );
    expect(found.levels).toEqual(["1.5", "9", "10", "B", "a", "b"]);
  });
});

describe("what the user says of columns", () => {
  it("a kind makes any column a feature of that kind", async () => {
    expect(
      await judged(
        "id",
        make((r) => r * 3),
        { id: "number" },
      ),
    ).toMatchObject({ kind: "number", role: "feature" });
    expect(
      await judged(
        "x",
        make((r) => r % 3),
        { x: "category" },
      ),
    ).toMatchObject({ kind: "category", levels: ["0", "1", "2"] });
    expect(
      await judged(
        "k",
        make((r) => `K${r}`),
        { k: "text" },
      ),
    ).toMatchObject({ kind: "text", role: "feature" });
    expect(await judged("x", make(noise), { x: "id" })).toMatchObject({ kind: "id", role: "id" });
    expect(await judged("x", make(noise), new Map([["x", "constant"]]))).toMatchObject({ role: "dropped" });
  });
  it("the order of dates decides where values do not", async () => {
    const values = make((r) => `0${1 + (r % 9)}/0${1 + ((r * 5) % 9)}/2014`);
    const found = await judged("when", values);
    expect(found.codes).toContain("ambiguous-date");
    const said = await judged("when", values, { when: "dmy" });
    expect(said).toMatchObject({ format: { order: "dmy" }, codes: [] });
    expect(
      await judged(
        "when",
        make((r) => `2014-01-${10 + (r % 9)}`),
        { when: "date" },
      ),
    ).toMatchObject({ kind: "date" });
  });
  it("roles: id, group, weight, rule column, ignored; time is beside the role", async () => {
    const columns = {
      a: make(noise),
      b: make((r) => `g${r % 5}`),
      c: make(() => 1.5),
      d: make((r) => r % 2),
      e: make((r) => `K${r}`),
      y: make(noise),
    };
    const schema = await schemaOf(columns, {
      id: "e",
      group: "b",
      weight: "c",
      ruleColumn: "d",
      ignore: ["a"],
      time: "@row",
    });
    expect(schema.columns.map(({ role }) => role)).toEqual(["ignored", "group", "weight", "forecast", "id", "target"]);
    expect(schema.time).toBe("@row");
  });
  it("a kind may be to leave the column out, whatever it holds", async () => {
    const columns = { a: make(noise), b: make((r) => `w${r % 3}`), y: make(noise) };
    const { columns: judgedAs } = await schemaOf(columns, { types: { a: "ignore", b: "ignore" } });
    expect(judgedAs.map(({ role }) => role)).toEqual(["ignored", "ignored", "target"]);
  });
  const refused: [string, SchemaOptions, RegExp][] = [
    [
      "a kind that is none",
      { types: new Map([["a", "banana" as "number"]]) },
      /^types: there is no kind "banana"; the kinds are number, category, boolean, date, dmy, mdy, ymd, time, text, id, constant, ignore$/,
    ],
    ["an unknown target", { target: "Y" }, /^target: there is no column "Y" \(did you mean "y"\?\)$/],
    [
      "an unknown column to ignore",
      { ignore: ["zzz"] },
      /^ignore: there is no column "zzz"; the columns are "a", "b", "y"$/,
    ],
    ["an unknown type", { types: { q: "number" } }, /^types: there is no column "q"/],
    ["an unknown time", { time: "when" }, /^time: there is no column "when"/],
    [
      "a target that is ignored",
      { target: "y", ignore: ["y"] },
      /column "y" is the target and cannot be the ignore too/,
    ],
    ["two roles", { id: "a", group: "a" }, /column "a" cannot be both id and group/],
    ["words as numbers", { types: new Map([["b", "number" as const]]) }, /column "b" cannot be numbers: "w0" is none/],
    ["words as dates", { types: { b: "date" } }, /column "b" cannot be dates: "w0" is none/],
    [
      "words as dates in an order",
      { types: { b: "dmy" } },
      /column "b" cannot be dates in the order dmy: "w0" is none/,
    ],
    [
      "a positive class that is none",
      { target: "b", positive: "w9" },
      /target "b" has no class "w9" \(did you mean "w0"\?\); its classes are w0, w1, w2$/,
    ],
    [
      "a positive class in a regression",
      { target: "a", positive: "1" },
      /target "a" has no positive class: the task is regression/,
    ],
  ];
  for (const [what, options, message] of refused)
    it(`is refused: ${what}`, async () => {
      const table = await readTable({ a: make(noise), b: make((r) => `w${r % 3}`), y: make(noise) });
      expect(() => inferSchema(table, options)).toThrow(message);
      expect(() => inferSchema(table, options)).toThrow(DataError);
    });
});

describe("missing cells", () => {
  it("are all that no model sees a value in: infinite numbers, texts that are no dates", async () => {
    const when = make((r) => (r === 3 ? "0000-00-00" : r % 20 === 5 ? "soon" : `2020-01-${10 + (r % 20)}`));
    const schema = await schemaOf({ a: make((r) => (r === 1 ? Infinity : noise(r))), when, y: make(noise) });
    expect(schema.columns.map(({ name, missing }) => [name, missing])).toEqual([
      ["a", 1],
      ["when", 4],
      ["y", 0],
    ]);
    expect(schema.warnings.find(({ code }) => code === "not-a-date")).toMatchObject({
      message: '3 cells of when are no dates, such as "soon", read as missing',
      count: 3,
    });
  });
});

describe("the target", () => {
  it("is not y among coordinates", async () => {
    const chosen = async (...names: string[]): Promise<string> =>
      (await schemaOf(Object.fromEntries(names.map((name) => [name, make(noise)])))).target.name;
    expect(await chosen("X", "Y", "Z", "height")).toBe("height");
    expect(await chosen("x", "y", "z", "label")).toBe("label");
    expect(await chosen("x", "y", "height")).toBe("y");
    expect(await chosen("x", "z", "y", "height")).toBe("y");
    expect(await chosen("height", "x", "y", "z")).toBe("z");
    expect(await chosen("X", "y", "Z", "height")).toBe("y");
  });
  it("is the one named target, label, class or y in any case, else the last that has no other role", async () => {
    const one = make(noise);
    const name = async (columns: TableSource, options: SchemaOptions = {}): Promise<string> =>
      (await schemaOf(columns, options)).target.name;
    expect(await name({ a: one, Target: one, y: one, b: one })).toBe("Target");
    expect(await name({ a: one, LABEL: one, b: one })).toBe("LABEL");
    expect(await name({ Class: one, b: one })).toBe("Class");
    expect(await name({ a: one, b: one })).toBe("b");
    expect(await name({ a: one, b: one, c: make((r) => `K${r}`) }, { id: "c" })).toBe("b");
    expect(await name({ a: one, target: one }, { target: "a" })).toBe("a");
    expect((await schemaOf({ a: one, b: one })).target.reason).toBe(
      "guessed: it is the last column; say --target to choose another",
    );
    for (const key of ["id", "Survey ResponseID", "__index_level_0__", "Unnamed: 3"]) {
      const { target } = await schemaOf({ a: one, b: one, [key]: make((r) => r % 3) });
      expect(target).toMatchObject({
        name: "b",
        reason: "guessed: it is the last column that is not named like an id; say --target to choose another",
      });
    }
    expect(await name({ a: one, donor: make((r) => r % 2) })).toBe("donor");
    expect(await name({ id: one })).toBe("id");
    expect((await schemaOf({ a: one, b: one })).target.guessed).toBe(true);
    expect((await schemaOf({ a: one, y: one })).target.guessed).toBeUndefined();
  });
  it("is not guessed where most of the last column is missing", async () => {
    const few = make((r) => (r % 3 ? null : r % 2));
    const problem = async (columns: TableSource, options: SchemaOptions = {}): Promise<string | undefined> =>
      (await schemaOf(columns, options)).target.problem;
    expect(await problem({ a: make(noise), b: few })).toMatch(
      /^target "b" is missing in \d+ of \d+ rows; choose a target with --target$/,
    );
    expect(await problem({ a: make(noise), b: few }, { target: "b" })).toBeUndefined();
    expect(await problem({ a: make(noise), y: few })).toBeUndefined();
  });

  const tasks: [string, unknown[], SchemaOptions, string, string[]][] = [
    ["two words", make((r) => (r % 3 ? "ham" : "spam")), {}, "binary", ["ham", "spam"]],
    ["two numbers", make((r) => (r % 3 ? 1 : 0)), {}, "binary", ["0", "1"]],
    ["two numbers as text of different form", make((r) => (r % 3 ? "1.0" : "0")), {}, "binary", ["0", "1"]],
    ["two numbers in quotes", make((r) => (r % 3 ? "'-1'" : "'1'")), {}, "binary", ["-1", "1"]],
    ["words with blanks around", make((r) => (r % 3 ? " no" : "yes ")), {}, "binary", ["no", "yes"]],
    ["three words", make((r) => `w${r % 3}`), {}, "multiclass", ["w0", "w1", "w2"]],
    ["numbers and a word", make((r) => ["10", "9", "x"][r % 3]), {}, "multiclass", ["9", "10", "x"]],
    ["numbers", make(noise), {}, "regression", []],
    ["three numbers", make((r) => r % 3), {}, "regression", []],
    ["three numbers said to be classes", make((r) => r % 3), { task: "multiclass" }, "multiclass", ["0", "1", "2"]],
    ["two numbers said to be a quantity", make((r) => r % 2), { task: "regression" }, "regression", []],
    [
      "two words, the other one positive",
      make((r) => (r % 3 ? "ham" : "spam")),
      { positive: "ham" },
      "binary",
      ["spam", "ham"],
    ],
    [
      "two numbers, the positive one in another form",
      make((r) => (r % 3 ? 1 : 0)),
      { positive: "0.0" },
      "binary",
      ["1", "0"],
    ],
    ["infinities beside two numbers", make((r) => [0, 1, Number.POSITIVE_INFINITY][r % 3]), {}, "binary", ["0", "1"]],
    ["gaps beside two words", make((r) => ["a", "b", null][r % 3]), {}, "binary", ["a", "b"]],
  ];
  for (const [what, values, options, task, classes] of tasks)
    it(`${what}: ${task}`, async () => {
      const { target } = await schemaOf({ x: make(noise), target: values }, options);
      expect([target.task, target.classes, target.problem]).toEqual([task, classes, undefined]);
      expect(target.taskReason).not.toBe("");
    });
  it("counts one distinct text as one", async () => {
    const { target } = await schemaOf({ x: make(noise), target: make(() => "a") }, {});
    expect(target.taskReason).toBe("1 distinct value that is no number");
  });
  const hopeless: [string, TableSource, SchemaOptions, RegExp][] = [
    ["all missing", { x: make(noise), y: make(() => null) }, {}, /^target "y" is missing in all 60 rows$/],
    [
      "constant",
      { x: make(noise), y: make(() => 3) },
      {},
      /^target "y" has the same value in all rows, so there is nothing to learn$/,
    ],
    [
      "one class",
      { x: make(noise), y: make((r) => (r % 2 ? "a" : null)) },
      {},
      /^target "y" has the same value in all rows/,
    ],
    [
      "one class beside a missing mark",
      { x: make(noise), y: make((r) => (r % 2 ? "a" : "?")) },
      {},
      /^target "y" has the same value in all rows that have one, so there is nothing to learn; "\?" \(30 cells\) is read as missing: if it is a class, say --keep-na 'y=\?'$/,
    ],
    [
      "beyond what can be squared",
      { x: make(noise), y: make((r) => (r % 7) * 1e150) },
      {},
      /^target "y" holds 51 values beyond 1e\+100, too large to be squared; divide it by a power of ten$/,
    ],
    ["one row", { x: [1], y: [2] }, {}, /^target "y" has the same value|^target "y" is known in one row only$/],
    ["the only column", { y: make(noise) }, {}, /^the table has only one column, "y", and nothing to predict it from$/],
    [
      "lines that are quoted as a whole",
      { "a,b": make((r) => `${r},x`) },
      {},
      /nothing to predict it from; its lines seem to be quoted as a whole: take the quotes around them off$/,
    ],
    [
      "prose",
      { x: make(noise), y: make((r) => `some prose ${r}`) },
      {},
      /^target "y" has 60 distinct texts in 60 rows, which are no classes/,
    ],
    [
      "dates",
      { x: make(noise), y: make((r) => `2014-01-${10 + (r % 15)}`) },
      {},
      /^target "y" holds dates, which are neither classes nor quantities/,
    ],
    [
      "dates written as numbers",
      { x: make(noise), y: make((r) => 20140100 + 1 + (r % 28)) },
      {},
      /^target "y" holds dates, which are neither classes nor quantities/,
    ],
    [
      "words for a regression",
      { x: make(noise), y: make((r) => `w${r % 3}`) },
      { task: "regression" },
      /^target "y" is not numeric/,
    ],
    [
      "three classes for two",
      { x: make(noise), y: make((r) => `w${r % 3}`) },
      { task: "binary" },
      /^target "y" has 3 classes, not two; say --task multiclass$/,
    ],
  ];
  for (const [what, source, options, message] of hopeless)
    it(`nothing can be learnt of it, and the schema says why: ${what}`, async () => {
      expect((await schemaOf(source, options)).target.problem).toMatch(message);
    });
  it("with more than a thousand classes is none", async () => {
    const y = Array.from({ length: 4000 }, (_, r) => `k${r % 1200}`);
    expect((await schemaOf({ x: y.map((_, r) => noise(r)), y })).target.problem).toMatch(
      /has 1,200 distinct values, too many/,
    );
  });
  it("of few whole numbers is a quantity, with a warning that it may be classes", async () => {
    const codes = async (values: unknown[]): Promise<string[]> =>
      (await schemaOf({ x: make(noise), y: values })).warnings.map(({ code }) => code);
    expect(await codes(make((r) => r % 6))).toContain("integer-target");
    expect(await codes(make((r) => (r % 6) / 2))).not.toContain("integer-target");
    expect(await codes(make((r) => (r * 7) % 31))).not.toContain("integer-target");
  });
});

describe("a schema", () => {
  it("is plain JSON", async () => {
    const schema = await schemaOf({
      when: make((r) => `2014-01-${10 + (r % 15)}`),
      x: make(noise),
      y: make((r) => r % 2),
    });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
  it("does not depend on the order of rows, but for what speaks of it", async () => {
    const columns = {
      a: make(noise),
      b: make((r) => `w${r % 4}`),
      c: make((r) => (r % 5 === 0 ? null : r % 7)),
      y: make((r) => `k${r % 3}`),
    };
    const turned = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.toReversed()]));
    const { warnings: _, ...one } = await schemaOf(columns);
    const { warnings: __, ...other } = await schemaOf(turned);
    expect(other).toEqual(one);
  });
});
