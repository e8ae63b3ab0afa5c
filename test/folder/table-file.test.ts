import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvNumber } from "../../src/folder/table-file.ts";
import { seeded } from "../../src/numeric/rng.ts";

const byText = (value: number): string => (Number.isNaN(value) ? "" : String(Number(value.toPrecision(9))));

describe("a number of a CSV file", () => {
  it("is that of its first nine digits, whatever its size", () =>
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(csvNumber(value)).toBe(byText(value));
      }),
    ));
  it("in the ranges of probabilities and of targets, at halves, at powers of ten and beside them", () => {
    const rng = seeded("csv numbers");
    const near = (value: number): number[] => [value, value * (1 + 2 ** -52), value * (1 - 2 ** -53)];
    const values = [0, -0, 1, -1, 0.1, 1 / 3, 2 / 3, 123.456, -0.5, 99_999_999.95, 1e8, Infinity, Number.NaN];
    for (let power = -8; power <= 10; power++)
      values.push(...near(10 ** power), ...near(10 ** power - 5 * 10 ** (power - 10)));
    for (let i = 0; i < 20_000; i++) {
      const digits = 1e8 + rng.below(9e8);
      const scale = 10 ** (1 + rng.below(15));
      values.push(digits / scale, ...near((digits + 0.5) / scale), rng.uniform(), -(10 ** (16 * rng.uniform() - 7)));
    }
    expect(values.filter((value) => csvNumber(value) !== byText(value))).toEqual([]);
  });
});
