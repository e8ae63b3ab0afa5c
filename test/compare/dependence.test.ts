import { describe, expect, it } from "vitest";
import { serialMoments, timeBlocks, timeSteps } from "../../src/compare/serial.ts";
import { clusterT, clusterTAndHall } from "../../src/compare/tests/cluster.ts";
import { blockMeans, dieboldMariano, neweyWest, timeT } from "../../src/compare/tests/newey-west.ts";
import { pairedT } from "../../src/compare/tests/student.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { digits, FIXTURE_A, FIXTURE_LS, readReference, relatively } from "./reference.ts";

describe("cluster-robust t", () => {
  it("six unequal groups", () => {
    const differences = Float64Array.of(0.1, 0.2, -0.1, 0, 0.1, 0.3, 0.2, 0, 0.1, -0.1, 0.2, 0.4, 0.1, 0.2);
    const groups = Int32Array.of(0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5);
    const e = clusterT({ differences, groups });
    digits(e.gain, 0.1214285714, 10);
    digits(e.error, 0.0466874371, 10);
    digits(e.statistic, 2.6008832123, 10);
    digits(e.p, 0.0240989732, 10);
    digits(pairedT({ differences }).statistic, 3.1908575, 7);
    digits(pairedT({ differences }).p, 0.0035, 4);
  });
  it("agrees with statsmodels", () => {
    type Case = { d: number[]; groups: number[]; error: number; t: number; p: number };
    for (const c of readReference<{ cluster: Case[] }>("paired").cluster) {
      const e = clusterT({ differences: Float64Array.from(c.d), groups: Int32Array.from(c.groups) });
      relatively(e.error, c.error, 1e-10);
      relatively(e.statistic, c.t, 1e-10);
      relatively(Math.min(e.p, e.pBelow), c.p, 1e-9);
    }
  });
  it("is the paired t when each row is a group, named or not", () => {
    const plain = pairedT({ differences: FIXTURE_LS });
    const named = clusterT({ differences: FIXTURE_LS, groups: Int32Array.from(FIXTURE_LS, (_, i) => 3 * i) });
    const unnamed = clusterT({ differences: FIXTURE_LS, groups: new Int32Array(20).fill(-1) });
    for (const e of [named, unnamed]) {
      digits(e.statistic, plain.statistic, 12);
      digits(e.lower, plain.lower, 12);
    }
    const both = clusterTAndHall({ differences: FIXTURE_LS, groups: new Int32Array(20).fill(-1) });
    digits(both.lower, -0.1817227152, 10);
  });
  it("needs groups", () =>
    expect(() => clusterT({ differences: FIXTURE_A })).toThrow("clusterT: groups must have 10 values, got none"));
});

describe("Diebold-Mariano", () => {
  const e1 = [0.5, -1.2, 0.8, 1.5, -0.3, 0.9, -1.1, 0.4, 1.3, -0.7, 0.6, -0.2];
  const e2 = [0.4, -0.9, 0.7, 1.1, -0.4, 1, -0.8, 0.2, 0.9, -0.9, 0.5, -0.1];
  const differences = (power: number) =>
    Float64Array.from(e1, (x, i) => Math.abs(x) ** power - Math.abs(e2[i]) ** power);
  for (const [power, horizon, statistic, p] of [
    [2, 1, 2.0534405271, 0.0645916437],
    [2, 2, 4.1955840707, 0.0014966843],
    [2, 3, 2.4836070832, 0.0303784667],
    [1, 1, 2.3452078799, 0.0388140918],
    [1, 2, 3.1444618696, 0.009333867],
    [1, 3, 3.6514837167, 0.0038108444],
  ])
    it(`R forecast: power ${power}, horizon ${horizon}`, () => {
      const e = dieboldMariano({ differences: differences(power) }, { horizon });
      digits(e.statistic, statistic, 9);
      digits(2 * e.p, p, 9);
    });
  it("at horizon 1 is the paired t", () => {
    const [dm, t] = [dieboldMariano({ differences: FIXTURE_A }), pairedT({ differences: FIXTURE_A })];
    digits(dm.statistic, t.statistic, 12);
    digits(dm.upper, t.upper, 12);
  });
  it("falls back to Bartlett weights where the rectangular variance is not positive", () => {
    const swinging = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1.2 : -1));
    const e = dieboldMariano({ differences: swinging }, { horizon: 2 });
    expect(e.error).toBeGreaterThan(0);
    expect(e.p).toBeGreaterThan(0);
  });
  it("refuses an impossible horizon", () =>
    expect(() => dieboldMariano({ differences: FIXTURE_A }, { horizon: 10 })).toThrow(/below the 10 rows/));
});

describe("rows in time order", () => {
  it("long-run variance agrees with statsmodels", () => {
    type Case = { d: number[]; lag: number; error: number };
    for (const c of readReference<{ neweyWest: Case[] }>("paired").neweyWest) {
      const d = Float64Array.from(c.d);
      const { step, steps } = timeSteps(d.map((_, i) => i));
      const variance = serialMoments(d, undefined, step, steps, c.lag).second[0] / d.length;
      relatively(Math.sqrt(variance), c.error, 1e-10);
    }
  });
  it("steps: any order of rows, ties share a step", () => {
    const { step, steps } = timeSteps(Float64Array.of(30, 10, 20, 10));
    expect([...step]).toEqual([2, 0, 1, 0]);
    expect(steps).toBe(3);
  });
  it("blocks: 10 long, longer where there are many, the last takes the rest", () => {
    const sizes = (steps: number): number[] => {
      const blocks = timeBlocks(
        Int32Array.from({ length: steps }, (_, i) => i),
        steps,
      );
      return [...new Set(blocks)].map((b) => blocks.filter((x) => x === b).length);
    };
    expect(sizes(35)).toEqual([10, 10, 15]);
    expect(sizes(7)).toEqual([7]);
    expect(new Set(sizes(10000))).toEqual(new Set([100]));
  });
  it("smooth gains are judged with more doubt than shuffled ones", () => {
    const rng = seeded("ar");
    const d = new Float64Array(400);
    for (let i = 1; i < d.length; i++) d[i] = 0.6 * d[i - 1] + rng.normal();
    const shuffled = rng.shuffle(d.slice());
    expect(neweyWest({ differences: d }).error).toBeGreaterThan(1.4 * pairedT({ differences: d }).error);
    expect(blockMeans({ differences: d }).error).toBeGreaterThan(1.4 * pairedT({ differences: d }).error);
    expect(neweyWest({ differences: shuffled }).error).toBeLessThan(1.3 * pairedT({ differences: d }).error);
    const both = timeT({ differences: d });
    expect(both.lower).toBe(Math.min(neweyWest({ differences: d }).lower, blockMeans({ differences: d }).lower));
  });
});
