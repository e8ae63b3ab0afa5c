import { describe, expect, it } from "vitest";
import { rowsFor, spreadFactors, zeroOneSpread } from "../../src/compare/rows-needed.ts";
import { tango } from "../../src/compare/tests/tango.ts";
import { mcnemarMidP } from "../../src/compare/tests/mcnemar.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits } from "./reference.ts";

const flat = (sd: number) => ({ atMargin: sd, atGain: sd });

describe("rows needed", () => {
  it("mean losses: 5,564.3 and 347.8, rounded up (R's power.t.test: 5,565.66 and 349.13)", () => {
    expect(rowsFor(flat(0.3), 0.02, 0.01, 0.05)).toBe(5565);
    expect(rowsFor(flat(0.15), 0.02, 0, 0.05)).toBe(348);
  });
  it("0/1 losses, margin 0", () => {
    for (const [psi, delta, rows] of [
      [0.1, 0.02, 1544],
      [0.1, 0.01, 6181],
      [0.2, 0.02, 3090],
      [0.05, 0.01, 3090],
      [0.3, 0.05, 740],
    ])
      expect(rowsFor(zeroOneSpread(psi, delta, 0), delta, 0, 0.05)).toBe(rows);
  });
  it("no number of rows proves a gain that is not above the margin", () => {
    expect(rowsFor(flat(0.3), 0.01, 0.01, 0.05)).toBe(Infinity);
    expect(rowsFor(flat(0.3), -1, 0, 0.05)).toBe(Infinity);
  });
  it("repeated gates: the price in rows of testing at alpha / H", () => {
    const price = (h: number) => rowsFor(flat(100), 1, 0, 0.05 / h) / rowsFor(flat(100), 1, 0, 0.05);
    for (const [h, factor] of [
      [5, 1.62],
      [10, 1.89],
      [20, 2.15],
      [32, 2.33],
      [50, 2.5],
      [100, 2.76],
    ])
      digits(price(h), factor, 2);
  });
  it("the range for an uncertain spread: 80 % of the time the true number lies within", () => {
    const rng = seeded("spread");
    for (const heavy of [false, true]) {
      const [runs, n] = [1500, 120];
      let inside = 0;
      for (let run = 0; run < runs; run++) {
        let [sum, square, third, fourth] = [0, 0, 0, 0];
        const x = Array.from({ length: n }, () => (heavy ? -Math.log(1 - rng.uniform()) - 1 : rng.normal()));
        for (const v of x) sum += v / n;
        for (const v of x)
          [square, third, fourth] = [
            square + (v - sum) ** 2 / n,
            third + (v - sum) ** 3 / n,
            fourth + (v - sum) ** 4 / n,
          ];
        const { low, high } = spreadFactors(fourth / square ** 2, n);
        if (low * square <= 1 && 1 <= high * square) inside++;
      }
      expect(Math.abs(inside / runs - 0.8)).toBeLessThan(heavy ? 0.08 : 0.04);
    }
  });
  it("fresh data with as many rows are JUSTIFIED 80 % of the time", () => {
    const rng = seeded("power");
    const [runs, rows] = [600, 1544];
    const passed = { midP: 0, tango: 0 };
    for (let run = 0; run < runs; run++) {
      let wins = 0;
      let losses = 0;
      for (let i = 0; i < rows; i++) {
        const u = rng.uniform();
        if (u < 0.06) wins++;
        else if (u < 0.1) losses++;
      }
      if (mcnemarMidP({ wins, losses, rows }).p < 0.05) passed.midP++;
      if (tango({ wins, losses, rows }).p < 0.05) passed.tango++;
    }
    expect(Math.abs(passed.midP / runs - 0.8)).toBeLessThan(0.05);
    expect(Math.abs(passed.tango / runs - 0.8)).toBeLessThan(0.05);
  });
});
