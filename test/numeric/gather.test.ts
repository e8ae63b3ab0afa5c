import { expect, it } from "vitest";
import { gather, present } from "../../src/numeric/gather.ts";

it("takes values at places, in their order and as often as they are named", () => {
  expect([...gather([5, 6, 7], [2, 0, 2])]).toEqual([7, 5, 7]);
});

it("leaves out what is no number, and keeps infinities and zeros", () => {
  const values = Float64Array.of(Number.NaN, -0, 3, Number.NaN, Infinity, 0, -1);
  expect([...present(values)]).toEqual([-0, 3, Infinity, 0, -1]);
  expect(present(Float64Array.of(Number.NaN))).toHaveLength(0);
  expect(values[0]).toBeNaN();
});
