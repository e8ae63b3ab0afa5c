import fc from "fast-check";
import { expect, it } from "vitest";
import { merged } from "../../src/frame/rows.ts";

it("disjoint lists are one ascending list, whether rows stand close together or far apart", () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(fc.nat(60), fc.nat(1_000_000)), { maxLength: 80 }),
      fc.integer({ min: 1, max: 5 }),
      (rows, lists) => {
        const parts = Array.from({ length: lists }, (_, k) => Int32Array.from(rows.filter((_, i) => i % lists === k)));
        expect([...merged(parts)]).toEqual(rows.toSorted((a, b) => a - b));
      },
    ),
  ));
