import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QUANTILES } from "../../src/schema/json.ts";
import { numbersProfile, profilesOf, redactedProfile } from "../../src/schema/training-profile.ts";

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

describe("profiles of numbers", () => {
  it("are what sorting and counting by hand give, in any order of rows", () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), fc.integer(), (values, turn) => {
        const found = numbersProfile(Float64Array.from(values));
        const held = values.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
        expect(found.missing).toBe(values.length - held.length);
        expect(Object.keys(found).length === 1).toBe(held.length === 0);
        if (held.length === 0) return;
        expect([found.min, found.max]).toEqual([held[0] + 0, held.at(-1)! + 0]);
        QUANTILES.forEach((q, k) => {
          const at = q * (held.length - 1);
          const [low, high] = [held[Math.floor(at)], held[Math.ceil(at)]];
          const plain = low + (at - Math.floor(at)) * (high - low);
          expect(Math.abs(found.quantiles![k] - plain)).toBeLessThanOrEqual(1e-12 * Math.abs(plain));
        });
        expect(found.whole).toBe(held.every(Number.isInteger) ? true : undefined);
        const same = held.length === values.length && held[0] === held.at(-1);
        expect(found.constant).toBe(same ? held[0] + 0 : undefined);
        const cut = values.length === 0 ? 0 : Math.abs(turn) % values.length;
        const turned = [...values.slice(cut), ...values.slice(0, cut)];
        expect(numbersProfile(Float64Array.from(turned))).toEqual(found);
      }),
    );
  });
  it("sort long columns as short ones", () => {
    const values = Float64Array.from({ length: 5001 }, (_, i) => (i * 7919) % 5001);
    expect(numbersProfile(values).quantiles).toEqual([0, 5, 50, 250, 1250, 2500, 3750, 4750, 4950, 4995, 5000]);
  });
});

describe("profiles of columns", () => {
  it("are of the rows asked for, and of no others", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, fc.integer({ min: -1, max: 3 })), { minLength: 1, maxLength: 30 }),
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        (cells, kept) => {
          const levels = ["a", "b", "c", "d"];
          const rows = Int32Array.from([...cells.keys()].filter((row) => kept[row]));
          const columns = [
            { kind: "number", name: "x", values: Float64Array.from(cells, ([x]) => x) },
            { kind: "category", name: "c", codes: Int32Array.from(cells, ([, code]) => code), levels },
          ] as const;
          const [numbers, texts] = profilesOf(columns, rows);
          expect(numbers).toEqual(numbersProfile(Float64Array.from(rows, (row) => cells[row][0])));
          const codes = Array.from(rows, (row) => cells[row][1]).filter((code) => code >= 0);
          expect(texts!.missing).toBe(rows.length - codes.length);
          const shares = new Map(texts!.levels?.map(({ level, share }) => [level, share]));
          levels.forEach((level, code) => {
            const count = codes.filter((one) => one === code).length;
            expect(shares.get(level)).toBe(count === 0 ? undefined : count / codes.length);
          });
          expect(texts!.rest).toBe(codes.length === 0 ? undefined : 0);
        },
      ),
    );
  });
  it("list the hundred largest levels, largest first, and the share of the rest", () => {
    const levels = Array.from({ length: 150 }, (_, k) => `level ${k}`);
    const codes = Int32Array.from({ length: 300 }, (_, row) => (row < 150 ? row : row < 200 ? 149 : 148));
    const [{ levels: listed = [], rest }] = profilesOf(
      [{ kind: "category", name: "c", codes, levels }],
      Int32Array.from(codes.keys()),
    ) as [NonNullable<ReturnType<typeof profilesOf>[number]>];
    expect(listed.length).toBe(100);
    expect(listed[0]).toEqual({ level: "level 148", share: 101 / 300 });
    expect(listed[1]).toEqual({ level: "level 149", share: 51 / 300 });
    expect(rest).toBe(50 / 300);
  });
  it("tell nothing of single rows when they are redacted", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 30 }), (values) => {
        const profile = numbersProfile(Float64Array.from(values));
        expect(redactedProfile(profile)).toEqual({ missing: profile.missing });
      }),
    );
  });
});
