import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CategoryColumn, NumberColumn } from "../../src/frame/dataset.ts";
import { DataError } from "../../src/frame/error.ts";
import { evaluateExpression } from "../../src/expression/evaluate.ts";

const number = (name: string, values: readonly (number | null)[]): NumberColumn => ({
  kind: "number",
  name,
  values: Float64Array.from(values, (v) => v ?? Number.NaN),
});
const category = (name: string, cells: readonly (string | null)[]): CategoryColumn => {
  const levels = [...new Set(cells.filter((cell) => cell !== null))].sort();
  return {
    kind: "category",
    name,
    levels,
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell))),
  };
};

const TABLE = [
  number("age", [30, 61, null, 60]),
  number("fixed acidity", [7.4, 8, 11.2, null]),
  category("sex", ["f", "m", "m", null]),
  category("class", ["1", "2", "3", "3"]),
  category("alone", ["True", "False", "True", "True"]),
  number("__proto__", [1, 2, 3, 4]),
  number("row", [1, 2, 3, 4]),
];

/** Answers by row: numbers, texts or null. */
function answers(text: string): (number | string | null)[] {
  const { column } = evaluateExpression(text, TABLE, 4);
  return column.kind === "number"
    ? Array.from(column.values, (v) => (Number.isNaN(v) ? null : v))
    : Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]));
}

function complaint(text: string): string {
  try {
    evaluateExpression(text, TABLE, 4);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return (error as Error).message;
  }
  return "";
}

describe("numbers", () => {
  it("integer literals mean quantities", () => {
    expect(answers("age > 60")).toEqual([0, 1, null, 0]);
    expect(answers("age >= 60 ? 1 : 0.5")).toEqual([0.5, 1, null, 1]);
    expect(answers("age * 2 + 1")).toEqual([61, 123, null, 121]);
    expect(answers("age / 4")).toEqual([7.5, 15.25, null, 15]);
    expect(answers("age % 7")).toEqual([2, 5, null, 4]);
    expect(answers("-age + 0x10")).toEqual([-14, -45, null, -44]);
    expect(answers("age == 61")).toEqual([0, 1, 0, 0]);
    expect(answers("age in [30, 60]")).toEqual([1, 0, 0, 1]);
    expect(answers("max(abs(age - 60), 2)")).toEqual([30, 2, null, 2]);
  });
  it("indices and sizes stay integers", () => {
    expect(answers("[10, 20][1]")).toEqual([20, 20, 20, 20]);
    expect(answers('size("four") + 1')).toEqual([5, 5, 5, 5]);
    expect(answers('size(sex) == 1 ? "short" : "long"')).toEqual(["short", "short", "short", null]);
    expect(answers('"abcdef".substring(1, 3)')).toEqual(["bc", "bc", "bc", "bc"]);
  });
  it("answers that are not finite are missing, and counted", () => {
    expect(answers("1 / (age - 30)")).toEqual([null, 1 / 31, null, 1 / 30]);
    expect(evaluateExpression("1 / (age - 30)", TABLE, 4).missing).toBe(2);
  });
});

describe("texts and truths", () => {
  it("categories are texts", () => {
    expect(answers('sex == "f" ? "yes" : "no"')).toEqual(["yes", "no", "no", "no"]);
    expect(answers('sex in ["m", "d"]')).toEqual([0, 1, 1, 0]);
    expect(answers('["m", "d"].exists(s, s == sex)')).toEqual([0, 1, 1, 0]);
    const { column } = evaluateExpression('age > 60 ? "b" : "a"', TABLE, 4);
    expect(column.kind === "category" && column.levels).toEqual(["a", "b"]);
  });
  it("categories of numbers are numbers, unless they are compared with texts", () => {
    expect(answers("class == 3")).toEqual([0, 0, 1, 1]);
    expect(answers('class == "3"')).toEqual([0, 0, 1, 1]);
    expect(answers("class > 1 && class < 3")).toEqual([0, 1, 0, 0]);
  });
  it("categories of truths are truths, unless they are compared with texts", () => {
    expect(answers('alone ? "a" : "b"')).toEqual(["a", "b", "a", "a"]);
    expect(answers('alone == "True"')).toEqual([1, 0, 1, 1]);
  });
});

describe("missing values", () => {
  it("are null, which equals nothing else, and spoil what compares or computes with them", () => {
    expect(answers("age == null ? 9 : age")).toEqual([30, 61, 9, 60]);
    expect(answers('sex == "m" || age > 60')).toEqual([0, 1, 1, 0]);
    expect(answers('sex == "x" || age > 60')).toEqual([0, 1, null, 0]);
    expect(answers("age > 60 ? 1 : null")).toEqual([null, 1, null, null]);
  });
});

describe("names", () => {
  it("that are no identifiers are members of row", () => {
    expect(answers('row["fixed acidity"] > 8')).toEqual([0, 0, 1, null]);
    expect(answers('row["age"] + age')).toEqual([60, 122, null, 120]);
    expect(answers('row["__proto__"] + row["row"]')).toEqual([2, 4, 6, 8]);
    expect(answers('row[sex == "f" ? "age" : "fixed acidity"]')).toEqual([30, 8, 11.2, null]);
  });
});

describe("errors", () => {
  it("name the expression and the place", () => {
    expect(complaint("age >")).toBe('rule "age >": Unexpected token: EOF (at character 6)');
    expect(complaint("agee > 1")).toMatch(
      /^rule "agee > 1": there is no column "agee"; columns are age, row\["fixed acidity"\], sex/,
    );
    expect(complaint('row["x"] > 1')).toMatch(/there is no column "x"/);
    expect(complaint('100 + 200 > 0 ? 1 : "b"')).toMatch(/Ternary branches .* \(at character 1\)$/);
    expect(complaint("1 + 22 + sex.nosuch()")).toMatch(/\(at character 1\d\)/);
  });
  it("refuse comparisons that can never hold", () => {
    expect(complaint('age == "60"')).toBe(
      'rule "age == \\"60\\"": column "age" holds numbers, but is compared with "60" (at character 8)',
    );
    expect(complaint("sex > 3")).toMatch(/column "sex" holds texts, but is compared with 3 \(at character 7\)/);
    expect(complaint("sex in [1, 2]")).toMatch(/column "sex" holds texts, but is compared with 1/);
  });
  it("name the row, counted from 0", () => {
    expect(complaint("age ? 1 : 2")).toMatch(/Ternary condition must be bool.* in row 0$/);
    expect(complaint("[age]")).toMatch(/wanted a number, a text, a truth or null, got a list in row 0$/);
    expect(complaint('sex == "f" ? dyn(1) : dyn("x")')).toMatch(
      /wanted a number as for the rows before, got "x" in row 1$/,
    );
  });
});

it("computes what JavaScript computes", () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 1 }),
      fc.integer({ min: -9, max: 9 }),
      (list, k) => {
        const columns = [
          number(
            "a",
            list.map(([a]) => a),
          ),
          number(
            "b",
            list.map(([, b]) => b),
          ),
        ];
        const { column } = evaluateExpression(
          `a * ${k} - b > ${k} && !(b == 3) ? a + ${k} : b * b`,
          columns,
          list.length,
        );
        const wanted = list.map(([a, b]) => (a * k - b > k && b !== 3 ? a + k : b * b));
        expect(column.kind === "number" && [...column.values].map((v) => v + 0)).toEqual(wanted.map((v) => v + 0));
      },
    ),
  ));

describe("what takes too long", () => {
  const ten = "[1,2,3,4,5,6,7,8,9,10]";

  it("loops go round as they did, with what counts them put in", () => {
    expect(answers(`${ten}.all(x, (x > 0 && (x < 11))) ? 1 : 0`)).toEqual([1, 1, 1, 1]);
    expect(answers(`(${ten}).filter(x, x>8).map(y,(y * 2)).exists(z, z == 20)`)).toEqual([1, 1, 1, 1]);
    expect(answers(`${ten}.map(x, x > 8, [x, x].exists_one(y, y == 9)).size()`)).toEqual([2, 2, 2, 2]);
    expect(answers('["a,b", "c"].exists(x, x.split(",").exists(y, y == "b")) ? "yes" : "no"')).toEqual(
      Array.from({ length: 4 }, () => "yes"),
    );
  });

  it.each([
    [
      "lists in lists",
      ["a", "b", "c", "d", "e", "f", "g"].reduceRight((inner, v) => `${ten}.all(${v}, ${inner})`, "true"),
    ],
    [
      "loops whose errors are swallowed",
      ["a", "b", "c", "d", "e", "f", "g"].reduceRight((inner, v) => `${ten}.exists(${v}, ${inner})`, "age > 1000"),
    ],
    [
      "maps in maps",
      ["a", "b", "c", "d", "e", "f", "g"].reduceRight((inner, v) => `${ten}.map(${v}, ${inner})`, "1.0"),
    ],
  ])("%s end with a sentence", (_what, expression) => {
    expect(complaint(expression)).toMatch(/takes more than 100,000 steps .* in row 0$/);
  });

  it("regular expressions take time in proportion to the text, and mean the same", () => {
    const text = `${"a".repeat(60)}!`;
    expect(answers(`("${text}").matches("(a+)+$") ? 1 : 0`)).toEqual([0, 0, 0, 0]);
    expect(answers('("matches".matches("^mat") && "x".matches (("x"))) ? 1 : 0')).toEqual([1, 1, 1, 1]);
    expect(answers('sex.matches("^[a-f]$")')).toEqual([1, 0, 0, null]);
    expect(complaint('sex.matches("(")')).toMatch(/invalid regular expression "\("/);
    expect(complaint('sex.matches("(?=x)")')).toMatch(/invalid regular expression/);
  });

  it("what is nested too deeply is refused", () => {
    for (const deep of [
      `${"!".repeat(20_000)}true`,
      `${"(".repeat(5000)}1${")".repeat(5000)}`,
      `${"-".repeat(30_001)}1`,
    ])
      expect(complaint(deep)).toMatch(/too deeply|maxDepth/);
  });

  it("texts that double until no text can hold them are refused", () => {
    const doubled = Array.from({ length: 40 }, () => ".map(x, x + x)").join("");
    expect(complaint(`["ab"]${doubled}.exists(x, x.contains("c"))`)).toMatch(/too long a text|steps/);
  });
});
