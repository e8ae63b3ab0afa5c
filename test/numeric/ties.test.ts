import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTie, sameValues } from "../../src/numeric/ties.ts";

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("a tie is what rounding could have made", () => {
  it("sums of the same terms in any order tie, and so do they beside other sums", () =>
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 200 }), (terms) => {
        const size = terms.reduce((sum, x) => sum + Math.abs(x), 0);
        const forward = terms.reduce((sum, x) => sum + x, 0);
        const backward = terms.reduceRight((sum, x) => sum + x, 0);
        expect(sameValues([forward, size], [backward, size])).toBe(true);
      }),
    ));
  it("what differs in the ninth digit does not", () => {
    expect(isTie(1, 1 + 1e-9)).toBe(false);
    expect(sameValues([1, 2], [1, 2 + 1e-9])).toBe(false);
    expect(isTie(0.1 + 0.2, 0.3)).toBe(true);
  });
  it("missing and infinite values tie with themselves only, arrays of other lengths never", () => {
    expect(isTie(Infinity, Infinity)).toBe(true);
    expect(isTie(Infinity, 1)).toBe(false);
    expect(sameValues([Number.NaN], [1])).toBe(false);
    expect(sameValues([1], [1, 1])).toBe(false);
  });
});
