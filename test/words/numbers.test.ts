import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { counted, figure, grouped, percent, readable } from "../../src/words/numbers.ts";

describe("a number in words", () => {
  it("has four digits as a result, six as a value of the table", () => {
    expect([0.123456, 12345.678, 1e-6, -0.5, 0, Number.NaN].map(figure)).toEqual([
      "0.1235",
      "12,346",
      "1.00e-6",
      "-0.5",
      "0",
      "-",
    ]);
    expect([1995, 123456.7, 0.1 + 0.2].map(readable)).toEqual(["1995", "123457", "0.3"]);
  });
  it("is a count with its thousands grouped", () => {
    expect([counted(1, "row"), counted(12345, "row"), counted(2, "class", "classes")]).toEqual([
      "1 row",
      "12,345 rows",
      "2 classes",
    ]);
  });
  it("has its thousands grouped as English does it, with any decimals", () => {
    const values = [0, 7, -12, 999, 1000, -1000, 123456, -7654321, 1e15, 0.5, 1234.5, -1234567.25, 99999.0625];
    expect(values.map((value) => grouped(String(value)))).toEqual(
      values.map((value) => value.toLocaleString("en-US", { maximumFractionDigits: 9 })),
    );
    expect(grouped("1e+25")).toBe("1e+25");
  });
  it("is a share that says all or nothing only where that is so", () => {
    expect([0, 1e-5, 0.1234, 0.99, 0.99996, 1, 12.5].map(percent)).toEqual([
      "0 %",
      "0.001 %",
      "12.3 %",
      "99 %",
      "more than 99.9 %",
      "100 %",
      "1,250 %",
    ]);
  });
});

/** Numbers rounded where they are worked with, not where they are told: places, and why they may. */
const ROUNDING: readonly string[] = [
  "baselines/linear/space.ts", // strengths on a grid
  "doubts/leakage.ts", // evidence in JSON
  "doubts/tail-warnings.ts", // evidence in JSON
  "folder/table-file.ts", // cells of CSV
  "ladder/traces.ts", // points of a curve
  "numeric/round-between.ts", // a decimal between two thresholds
  "report/figures/plot.ts", // labels of an axis, as its step needs them
  "report/suite/across.ts", // cells of a matrix, shorter
  "search/space/dimension.ts", // values on a scale
];

it("is rounded for readers in one place, so that two prints of it cannot differ", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const rounds = files.filter((file) =>
    /\.to(Precision|Fixed|Exponential|LocaleString)\(/.test(readFileSync(join("src", file), "utf8")),
  );
  expect(
    rounds
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => !file.startsWith("words/"))
      .toSorted(),
  ).toEqual(ROUNDING);
});
