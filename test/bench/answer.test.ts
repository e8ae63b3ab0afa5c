import { describe, expect, it } from "vitest";
import { asMarkdown, asText, exponentOf } from "../../bench/answer.ts";
import { tablesIn } from "../../bench/folder.ts";
import { AXES } from "../../bench/scale/axes.ts";
import { estimators } from "../../src/baselines/registry.ts";

describe("answers of the bench", () => {
  const table = {
    caption: "Two:",
    head: ["rung", "seconds"],
    rows: [
      ["tree", "9.5"],
      ["a | b", "10.25"],
    ],
  };
  it("print figures to the right, and names to the left", () => {
    expect(asText(table)).toBe("Two:\nrung   seconds\ntree       9.5\na | b    10.25");
    expect(asMarkdown(table)).toBe("Two:\n\n| rung | seconds |\n| :-- | --: |\n| tree | 9.5 |\n| a \\| b | 10.25 |");
  });
  it("find the power of a growth, whatever its unit", () => {
    const sizes = [3, 6, 12, 24];
    for (const power of [0, 0.5, 1, 2]) {
      const points = sizes.map((size) => [size, 7 * size ** power] as const);
      expect(exponentOf(points)).toBeCloseTo(power, 12);
    }
  });
});

it("the package's own datasets are listed with their targets", () => {
  const tables = tablesIn("datasets");
  expect(tables.map(({ name }) => name)).toContain("cars");
  const birds = tables.find(({ name }) => name === "birdstrikes")!;
  expect(birds.options).toMatchObject({ header: true, ignore: ["Cost Other", "Cost Repair", "Cost Total $"] });
});

it("what is doubled doubles, for rungs that there are", () => {
  for (const { sizes, rungs } of AXES) {
    sizes.slice(1).forEach((size, k) => expect(size).toBe(2 * sizes[k]));
    for (const { name } of rungs) expect(estimators.some((one) => one.name === name)).toBe(true);
  }
});
