import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seeded } from "../../src/numeric/rng.ts";
import { SOBOL_DIMENSIONS, sobol } from "../../src/numeric/sobol.ts";

describe("sobol", () => {
  it("agrees with SciPy in every dimension", () => {
    const expected = JSON.parse(readFileSync("test/reference/sobol.json", "utf8")) as number[][];
    expect(expected[0].length).toBe(SOBOL_DIMENSIONS);
    expect([...sobol(expected.length, SOBOL_DIMENSIONS)]).toEqual(expected.flat());
  });
  it("stays a net when scrambled: each of 64 equal slices of every axis holds one of 64 points", () => {
    const points = sobol(64, 21, seeded(7));
    for (let d = 0; d < 21; d++) {
      const slices = Array.from({ length: 64 }, (_, i) => Math.floor(points[i * 21 + d] * 64));
      expect(new Set(slices).size).toBe(64);
    }
  });
  it("stays a net in pairs: each of 8 x 8 cells of the first two axes holds one of 64 points", () => {
    const points = sobol(64, 2, seeded("pairs"));
    const cells = Array.from(
      { length: 64 },
      (_, i) => `${Math.floor(points[2 * i] * 8)} ${Math.floor(points[2 * i + 1] * 8)}`,
    );
    expect(new Set(cells).size).toBe(64);
  });
  it("is uniform point by point over scramblings: mean and variance of the first point", () => {
    const n = 4000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const u = sobol(1, 3, seeded(i))[2] - 0.5;
      sum += u;
      squares += u * u;
    }
    expect(Math.abs(sum / n)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / n));
  });
  it("can be continued, and leaves the stream it was given where it was", () => {
    const rng = seeded(3);
    const all = sobol(16, 4, rng);
    expect([...all.subarray(40)]).toEqual([...sobol(6, 4, rng, 10)]);
    expect(rng.uint32()).toBe(seeded(3).uint32());
    expect([...sobol(16, 4, seeded(4))]).not.toEqual([...all]);
  });
  it("refuses what it has no directions for", () => {
    expect(() => sobol(1, SOBOL_DIMENSIONS + 1)).toThrow(/from 1 to 40, got 41/);
    expect(() => sobol(1, 0)).toThrow(RangeError);
    expect(() => sobol(-1, 1)).toThrow(RangeError);
  });
});
