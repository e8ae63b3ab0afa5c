import { describe, expect, it } from "vitest";
import { overall, type Outcome } from "../../../src/suite/across/overall.ts";

const outcomes = (gains: readonly (number | null)[], change: Partial<Outcome> = {}): Outcome[] =>
  gains.map((gain, i) => ({
    dataset: `set ${i}`,
    gain,
    vetoes: [],
    budgetUncertain: false,
    ...(i === 2 && change), // one dataset has something against it
  }));

const judged = (list: readonly Outcome[], alpha?: number) =>
  overall([{ name: "boosting", outcomes: list }], { seed: 1, ...(alpha !== undefined && { alpha }) })[0];

const GOOD = [2, 3, 2.5, 4, 3.5, 2.2, 5, 3.1];

describe("one answer over all datasets", () => {
  it("is yes where gains exceed the margin on enough of them", () => {
    expect(judged(outcomes(GOOD))).toMatchObject({
      verdict: "JUSTIFIED",
      datasets: 8,
      wins: 8,
      ties: 0,
      losses: 0,
      test: { name: "signed-rank", p: 2 ** -8 },
      posterior: { worse: 0 },
    });
  });
  it.each([
    ["worse", GOOD.map((gain) => -gain)],
    ["equivalent", [0.1, -0.2, 0.3, -0.4, 0.15, -0.05, 0.2, 0.1]],
    ["equivalent", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["gain-too-small", [0.2, 0.8, 0.5, -4, 0.8, 0.4, -3.5, 0.7]],
    ["no-gain", [-0.1, -0.9, -0.5, 0.8, -1.9, -0.4, -1.5, 0.7]],
  ] as const)("is no, %s: %j", (sublabel, gains) => {
    expect(judged(outcomes(gains))).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel, reason: null });
  });
  it.each([
    ["underpowered", [5, -3, 8, -1, 2, 4, 0, 3]],
    ["near-margin", [0.9, 1.1, 0.8, 1.2, 0.95, 1.05, 0.7, 1.3]],
    ["too-few-datasets", [4, 5, 6, 7]],
  ] as const)("stays open, %s: %j", (reason, gains) => {
    expect(judged(outcomes(gains))).toMatchObject({ verdict: "INCONCLUSIVE", sublabel: null, reason });
  });
  it("asks for as many datasets as the level can be reached with", () => {
    expect(judged(outcomes([4, 5, 6, 7])).detail).toBe("at least 5 are needed");
    expect(judged(outcomes(GOOD.slice(0, 6)), 0.01).detail).toBe("at least 7 are needed");
    expect(judged(outcomes(GOOD.slice(0, 7)), 0.01).verdict).toBe("JUSTIFIED");
  });
  it("counts a failure as worse than any loss", () => {
    expect(judged(outcomes([...GOOD, ...GOOD, null])).verdict).toBe("JUSTIFIED");
    expect(judged(outcomes([null, null, ...GOOD.slice(2)]))).toMatchObject({ verdict: "INCONCLUSIVE", losses: 2 });
    expect(judged(outcomes(GOOD.map(() => null)))).toMatchObject({ sublabel: "worse", gain: null });
  });
  it("vetoes take a yes away, and only failed must-pass cases turn an open answer into a no before evidence", () => {
    expect(judged(outcomes(GOOD, { vetoes: ["over-budget"] }))).toMatchObject({
      verdict: "NOT JUSTIFIED",
      sublabel: "over-budget",
      detail: "on set 2",
    });
    expect(judged(outcomes(GOOD, { vetoes: ["slice"] })).sublabel).toBe("slice");
    expect(judged(outcomes([4, 5, 6, 7], { vetoes: ["must-pass"] })).sublabel).toBe("must-pass");
    const worse = GOOD.map((gain) => -gain);
    expect(judged(outcomes(worse, { vetoes: ["over-budget"] })).sublabel).toBe("worse");
    expect(judged(outcomes(GOOD, { budgetUncertain: true }))).toMatchObject({
      verdict: "INCONCLUSIVE",
      reason: "budget-uncertain",
      detail: "on set 2",
    });
  });
  it("several challengers share the level by Holm", () => {
    const gains = [...GOOD.slice(0, 4), 2.4]; // five wins: p = 1/32
    const entry = (name: string) => ({ name, outcomes: outcomes(gains) });
    expect(overall([entry("one")], { seed: 1 })[0].verdict).toBe("JUSTIFIED");
    expect(overall([entry("one"), entry("two")], { seed: 1 }).map(({ verdict }) => verdict)).toEqual([
      "INCONCLUSIVE",
      "INCONCLUSIVE",
    ]);
  });
  it("refuses entries that saw other datasets, and none at all", () => {
    const entry = { name: "a", outcomes: outcomes(GOOD) };
    const other = { name: "b", outcomes: outcomes(GOOD).reverse() };
    expect(() => overall([entry, other], { seed: 1 })).toThrow("b must have the datasets of a, in the same order");
    expect(() => overall([], { seed: 1 })).toThrow("no challenger");
    expect(() => judged(outcomes([Number.NaN]))).toThrow("must be a number or null");
  });
});
