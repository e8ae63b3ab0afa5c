import { expect, it } from "vitest";
import { timesLogs } from "../../src/numeric/times-log.ts";

it("x log x of whole numbers, however many were asked for before; none beyond what memory is kept for", () => {
  for (const most of [5, 3, 4000]) {
    const terms = timesLogs(most)!;
    expect(terms[0]).toBe(0);
    for (const x of [1, 2, most]) expect(terms[x]).toBe(x * Math.log(x));
  }
  expect(timesLogs(2 ** 20)![2 ** 20]).toBe(2 ** 20 * Math.log(2 ** 20));
  expect(timesLogs(2 ** 20 + 1)).toBeUndefined();
});
