import { describe, expect, it } from "vitest";
import { philox, seeded } from "../../src/numeric/rng.ts";

const hex = (words: Uint32Array): string => [...words].map((w) => w.toString(16).padStart(8, "0")).join(" ");

describe("philox", () => {
  // Known-answer vectors of the authors' Random123 library (kat_vectors, philox4x32 10).
  const cases = [
    { counter: [0, 0, 0, 0], key: [0, 0], out: "6627e8d5 e169c58d bc57ac4c 9b00dbd8" },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      out: "408f276d 41c83b0e a20bc7c6 6d5451fd",
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      out: "d16cfe09 94fdcceb 5001e420 24126ea1",
    },
  ];
  for (const { counter, key, out } of cases)
    it(`gives the published block for counter ${counter[0].toString(16)}`, () => {
      const block = new Uint32Array(4);
      philox(block, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
      expect(hex(block)).toBe(out);
    });
});

describe("seeded", () => {
  it("gives the same draws for the same seed, and others for another", () => {
    const draw = (seed: number | string) => {
      const rng = seeded(seed);
      return Array.from({ length: 8 }, () => rng.uint32());
    };
    expect(draw(7)).toEqual(draw("7"));
    expect(draw(7)).not.toEqual(draw(8));
  });
  it("names streams: drawing from one, or adding another, shifts none", () => {
    const a = seeded(1);
    const b = seeded(1);
    a.uniform();
    a.split("other").normal();
    expect(a.split("folds").uint32()).toBe(b.split("folds").uint32());
    expect(seeded(1).split("x").uint32()).not.toBe(seeded(1).split("y").uint32());
  });
  it("never changes: these numbers may only move in a major release", () => {
    const rng = seeded(2026).split("folds").split(3);
    expect([rng.uint32(), rng.uint32(), rng.below(10), rng.uniform(), rng.normal()]).toMatchInlineSnapshot(`
      [
        4204768670,
        1500844070,
        3,
        0.6646561318339571,
        -1.9271252270014134,
      ]
    `);
  });
  it("is uniform: mean, variance and neighbours of 200,000 draws", () => {
    const rng = seeded("uniform");
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    let products = 0;
    let previous = rng.uniform() - 0.5;
    for (let i = 0; i < n; i++) {
      const u = rng.uniform() - 0.5;
      sum += u;
      squares += u * u;
      products += u * previous;
      previous = u;
    }
    expect(Math.abs(sum / n)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n));
    expect(Math.abs(products / n)).toBeLessThan(4 * (1 / 12) * Math.sqrt(1 / n));
  });
  it("draws whole numbers evenly and permutations evenly", () => {
    const rng = seeded("below");
    const counts = new Float64Array(6);
    for (let i = 0; i < 60_000; i++) counts[rng.below(6)]++;
    const chi = counts.reduce((s, c) => s + (c - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(20.5); // 99.9 % point of chi-square with 5 degrees of freedom
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = rng.shuffle([1, 2, 3]).join("");
      orders.set(key, (orders.get(key) ?? 0) + 1);
    }
    expect([...orders.values()].reduce((s, c) => s + (c - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5);
  });
  it("refuses an empty range", () => expect(() => seeded(1).below(0)).toThrow(RangeError));
});
