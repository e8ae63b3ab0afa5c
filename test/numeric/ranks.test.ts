import { expect, it } from "vitest";
import { midRanks } from "../../src/numeric/ranks.ts";

it("ties share the mean of their ranks, and ranks add to n (n + 1) / 2", () => {
  expect([...midRanks(Float64Array.of(3, 1, 3, 2, 3))]).toEqual([4, 1, 4, 2, 4]);
  const x = Float64Array.from({ length: 9999 }, (_, i) => i % 100);
  expect(midRanks(x).reduce((a, b) => a + b, 0)).toBe((9999 * 10000) / 2);
});
