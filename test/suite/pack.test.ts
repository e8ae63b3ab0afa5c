import fc from "fast-check";
import { expect, it } from "vitest";
import { pack, unpack } from "../../src/suite/pack.ts";

const array = fc.oneof(fc.float64Array({ noNaN: false }), fc.int32Array(), fc.uint8Array());

it("gives back what was packed, wherever the bytes lie", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(array, fc.jsonValue(), fc.array(array))),
      fc.nat(7),
      (value, shift) => {
        const bytes = pack(value);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        const out = unpack(moved.subarray(shift));
        expect(out).toEqual(JSON.parse(JSON.stringify(value, keep), revive));
        expect(pack(out as object)).toEqual(bytes);
      },
    ),
  );
});

/** Arrays beside what JSON does to the rest. */
const kept: unknown[] = [];
const keep = (_: string, member: unknown): unknown =>
  ArrayBuffer.isView(member) ? { kept: kept.push(member) - 1 } : member;
const revive = (_: string, member: unknown): unknown =>
  typeof member === "object" && member !== null && "kept" in member ? kept[member.kept as number] : member;

it("refuses bytes that are something else, and arrays that it has no place for", () => {
  expect(() => unpack(new TextEncoder().encode("row,repeat\n"))).toThrow();
  expect(() => unpack(new Uint8Array(3))).toThrow(RangeError);
  expect(() => pack({ list: new Float32Array(2) })).toThrow("no place for a Float32Array");
});
