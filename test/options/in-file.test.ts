/** What a config or suite file may say, by the program and by the schemas that editors check it with: the same. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { COMMON_OPTIONS } from "../../src/cli/options.ts";
import type { OptionRecord } from "../../src/options/contract.ts";
import { schemaInFile, valueInFile } from "../../src/options/in-file.ts";

type Schema = Readonly<Record<string, unknown>>;

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value === "number" ? "number" : typeof value;

/** As much of JSON Schema as the published one uses; a keyword that is not known fails the test. */
function fits(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([word, wanted]) => {
    const members = typeOf(value) === "object" ? Object.entries(value as object) : [];
    switch (word) {
      case "description":
      case "title":
      case "$schema":
        return true;
      case "type":
        return [wanted]
          .flat()
          .some((type) => typeOf(value) === type || (type === "integer" && Number.isInteger(value)));
      case "enum":
        return (wanted as unknown[]).includes(value);
      case "pattern":
        return typeof value !== "string" || new RegExp(wanted as string, "u").test(value);
      case "minimum":
        return typeof value !== "number" || value >= (wanted as number);
      case "exclusiveMaximum":
        return typeof value !== "number" || value < (wanted as number);
      case "anyOf":
        return (wanted as Schema[]).some((one) => fits(one, value));
      case "items":
        return !Array.isArray(value) || value.every((one) => fits(wanted as Schema, one));
      case "required":
        return typeOf(value) !== "object" || (wanted as string[]).every((key) => Object.hasOwn(value as object, key));
      case "properties":
        return members.every(([key, one]) => {
          const own = (wanted as Record<string, Schema>)[key];
          return own === undefined || fits(own, one);
        });
      case "patternProperties":
        return true; // what begins with $ is passed over
      case "additionalProperties": {
        const known = schema["properties"] ?? {};
        const others = members.filter(([key]) => !Object.hasOwn(known, key) && !key.startsWith("$"));
        return wanted === false ? others.length === 0 : others.every(([, one]) => fits(wanted as Schema, one));
      }
      default:
        throw new Error(`the test does not know ${word}`);
    }
  });
}

const records = [...commands.flatMap(({ options }) => options), ...COMMON_OPTIONS].filter(
  ({ key, only }, i, all) => only !== "api" && all.findIndex((one) => one.key === key) === i,
);
const published = JSON.parse(readFileSync("schema/config.schema.json", "utf8")) as Schema;

function isTaken({ kind }: OptionRecord, value: unknown): boolean {
  try {
    valueInFile(kind, value);
    return true;
  } catch {
    return false;
  }
}

const word = fc.constantFrom("a", "price", "B 2", "x=y", '"q"', "ü", "", " ", "=", ".", ",", "\\t", "\n");
const digits = fc.constantFrom("0", "00", "1", "2", "10", "19", "99", "100", "07", "3.", ".5", "0.2", "1e3", "1E-2");
const unit = fc.constantFrom("", "%", " %", "s", "m", " min", "h", "d", "x", "us", "MB");
const kindName = fc.constantFrom("number", "category", "ignore", "dmy", "banana", "");
/** Texts near what options take, and near what they do not. */
const texts = fc.oneof(
  word,
  fc.tuple(fc.constantFrom("", "-", "+", " "), digits, unit).map((parts) => parts.join("")),
  fc
    .array(fc.tuple(word, fc.constantFrom("=", ":", ""), kindName), { maxLength: 3 })
    .map((list) => list.map((parts) => parts.join("")).join(",")),
  fc.tuple(word, kindName).map(([name, kind]) => `"${name}=${kind}"`),
  fc.constantFrom(...records.flatMap(({ kind }) => kind.choices ?? [])),
  fc.string(),
);
const values = fc.oneof(
  texts,
  fc.constantFrom(0, 1, 2, 0.2, 0.999, -1, 1.5, 20, 1e9, -0, true, false, null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.array(fc.oneof(texts, fc.constantFrom(1, null)), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("a", "column", "b"), fc.oneof(kindName, texts, fc.constantFrom(1, null)), {
    maxKeys: 2,
  }),
  fc.jsonValue({ maxDepth: 2 }),
);

describe("a config file", () => {
  it("may say what its published schema says, and nothing else", () => {
    expect(records.length).toBeGreaterThan(60);
    for (const record of records) {
      const schema = schemaInFile(record.kind);
      const own = (published["properties"] as Record<string, Schema>)[record.key];
      expect({ ...own, description: "" }, record.key).toEqual({ ...schema, description: "" });
      fc.assert(
        fc.property(values, (value) => {
          const [taken, valid] = [isTaken(record, value), fits(own, value)];
          if (taken !== valid)
            throw new Error(`${record.key}: ${JSON.stringify(value)} is ${taken ? "" : "not "}taken by the program`);
        }),
        { numRuns: 300, seed: 18 },
      );
    }
  });
  it("takes shares, durations and numbers as they are typed", () => {
    const taken: Record<string, readonly unknown[]> = {
      holdout: ["20%", "0.2", " 25 % ", ".3", 0.2, "0"],
      folds: [5, "5", " 10"],
      timeLimit: ["10m", "90", 90, "1.5h"],
      types: ["zip=category,x=ignore", '"a,b=number"', { zip: "category" }],
      ignore: ["a,b", ["a", "b"], 2020],
      target: ["price", 2020],
      protect: [["sex", { column: "age", difference: 0.1 }], "sex,age"],
    };
    for (const [key, list] of Object.entries(taken)) {
      const record = records.find((one) => one.key === key)!;
      for (const value of list) expect([value, isTaken(record, value)], key).toEqual([value, true]);
    }
    const kindOf = (key: string) => records.find((one) => one.key === key)!.kind;
    expect(valueInFile(kindOf("holdout"), "20%")).toBe(0.2);
    expect(valueInFile(kindOf("timeLimit"), "1.5h")).toBe(5400);
    expect(valueInFile(kindOf("target"), 2020)).toBe("2020");
    expect(valueInFile(kindOf("types"), "zip=category")).toEqual(new Map([["zip", "category"]]));
  });
  it("refuses what is near", () => {
    const refused: Record<string, readonly unknown[]> = {
      holdout: ["120%", "1", 1, "a fifth", "", "-5%"],
      folds: [1, "1", "0x10", 2.5, "2.5", ""],
      timeLimit: ["10 days", "-1", -1, "m"],
      types: ["zip=banana", "zip", "=number", { zip: "banana" }],
      protect: [[1], [{ difference: 1 }], {}],
    };
    for (const [key, list] of Object.entries(refused)) {
      const record = records.find((one) => one.key === key)!;
      for (const value of list) expect([value, isTaken(record, value)], key).toEqual([value, false]);
    }
  });
});
