import { describe, expect, it } from "vitest";
import { extremes, groupRates, judgeProtection, type GroupRate } from "../../src/compare/fairness.ts";
import { gapChange } from "../../src/compare/gap-change.ts";
import { differenceLimits, ratioLimits, wilsonLimit } from "../../src/compare/proportions.ts";
import { normalQuantile } from "../../src/numeric/normal.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { digits } from "./reference.ts";

const group = (selected: number, rows: number, name = "g"): GroupRate => ({
  group: name,
  rows,
  selected,
  rate: selected / rows,
});
const Z = normalQuantile(0.975);

describe("rates by group", () => {
  const y = Array.from("011110101000111111", Number);
  const answer = Array.from("001011100111100110", Number);
  const names = ["a", "b", "c"];
  const codes = Int32Array.from("bbabbcccaacabccbcc", (c) => names.indexOf(c));
  const rates = (rate: Parameters<typeof groupRates>[0]) => groupRates(rate, y, answer, { codes, levels: names });
  it("fairlearn's example", () => {
    expect(rates("selection-rate").map((g) => g.rate)).toEqual([0.75, 0.5, 0.5]);
    const e = extremes(rates("selection-rate"), 0.05)!;
    digits(e.difference.value, 0.25, 12);
    digits(e.ratio.value, 0.6667, 4);
    expect(rates("true-positive-rate").map((g) => g.rate)).toEqual([0.5, 0.6, 0.4]);
    const fpr = rates("false-positive-rate");
    expect(fpr.map((g) => g.rate)).toEqual([1, 0, 2 / 3]);
    // Equalized odds: the larger of both gaps, the smaller of both ratios.
    digits(extremes(fpr, 0.05)!.difference.value, 1, 12);
    expect(extremes(fpr, 0.05)!.ratio.value).toBe(0);
  });
  it("rows of unknown groups are left out, and a group without rows has no rate", () => {
    const some = groupRates("selection-rate", [1, 0], [1, 1], { codes: Int32Array.of(-1, 0), levels: ["a", "b"] });
    expect(some).toEqual([
      { group: "a", rows: 1, selected: 1, rate: 1 },
      { group: "b", rows: 0, selected: 0, rate: null },
    ]);
  });
});

describe("intervals of rates", () => {
  it("Wilson: 81 of 263, and none of 20", () => {
    digits(wilsonLimit(81, 263, -Z), 0.2553, 4);
    digits(wilsonLimit(81, 263, Z), 0.3662, 4);
    expect(wilsonLimit(0, 20, -Z)).toBe(0);
    digits(wilsonLimit(0, 20, Z), 0.1611, 4);
  });
  it("Newcombe's examples, method 10: 56/70 - 48/80, 9/10 - 3/10, 5/56 - 0/29", () => {
    for (const [a, b, lower, upper] of [
      [group(56, 70), group(48, 80), 0.0524, 0.3339],
      [group(9, 10), group(3, 10), 0.1705, 0.809],
      [group(5, 56), group(0, 29), -0.0381, 0.1926],
    ] as const) {
      const limits = differenceLimits(a, b, Z);
      digits(limits[0], lower, 4);
      digits(limits[1], upper, 4);
    }
  });
  it("swapping groups turns a difference round and a ratio over", () => {
    const [a, b] = [group(30, 60), group(25, 90)];
    const [there, back] = [differenceLimits(a, b, Z), differenceLimits(b, a, Z)];
    digits(there[0], -back[1], 12);
    const [ratio, inverse] = [ratioLimits(a, b, Z), ratioLimits(b, a, Z)];
    digits(ratio[0], 1 / inverse[1], 9);
    expect(ratio[0]).toBeLessThan(30 / 60 / (25 / 90));
    expect(ratioLimits(a, group(0, 40), Z)[1]).toBe(Infinity);
  });
  it("the bounds of the largest difference and the smallest ratio hold for the extremes", () => {
    const rng = seeded("extremes");
    const truths = [0.5, 0.5, 0.35, 0.42];
    const sizes = [60, 300, 120, 80];
    const runs = 1500;
    const misses = { low: 0, high: 0, ratioLow: 0, ratioHigh: 0 };
    for (let run = 0; run < runs; run++) {
      const groups = truths.map((p, k) =>
        group(Array.from({ length: sizes[k] }, () => (rng.uniform() < p ? 1 : 0)).filter(Boolean).length, sizes[k]),
      );
      const e = extremes(groups, 0.05)!;
      if (e.difference.lower > 0.15) misses.low++;
      if (e.difference.upper < 0.15) misses.high++;
      if (e.ratio.lower > 0.7) misses.ratioLow++;
      if (e.ratio.upper < 0.7) misses.ratioHigh++;
    }
    for (const count of Object.values(misses)) expect(count / runs).toBeLessThan(0.05 + 3 * Math.sqrt(0.0475 / runs));
  });
});

describe("protection", () => {
  const rng = seeded("protect");
  const codes = Int32Array.from({ length: 800 }, (_, i) => i % 2);
  const truth = Int32Array.from({ length: 800 }, () => rng.below(2));
  const selects = (rates: readonly [number, number]) =>
    Int32Array.from(codes, (k) => (rng.uniform() < rates[k] ? 1 : 0));
  const spec = { column: "sex", levels: ["f", "m"], codes };
  const outcomes = (limits: object | undefined, challenger: Int32Array, baseline: Int32Array) =>
    judgeProtection(limits === undefined ? spec : { ...spec, limits }, truth, challenger, baseline, 0.05).rates.map(
      (r) => r.outcome,
    );
  it("a step back from the baseline, or beyond a limit, is an objection; as uneven as before is not", () => {
    const [even, uneven, alike] = [selects([0.5, 0.5]), selects([0.25, 0.75]), selects([0.25, 0.75])];
    expect(outcomes(undefined, uneven, even)[0]).toBe("worse than the baseline");
    expect(outcomes(undefined, alike, uneven)).toEqual(["no objection", "no objection", "no objection"]);
    expect(outcomes({ ratio: 0.8 }, alike, uneven)[0]).toBe("beyond the limit");
    expect(outcomes({ difference: 0.2 }, alike, uneven)[0]).toBe("beyond the limit");
    expect(outcomes({ difference: 0.9, ratio: 0.1 }, even, even)).toEqual([
      "no objection",
      "no objection",
      "no objection",
    ]);
  });
  it("small groups are not judged", () => {
    const few = { ...spec, codes: codes.map((_, i) => (i < 29 ? 0 : 1)) };
    const p = judgeProtection(few, truth, selects([0.1, 0.9]), selects([0.5, 0.5]), 0.05);
    expect(p.rates.map((r) => r.outcome)).toEqual(["not judged", "not judged", "not judged"]);
    expect(p.rates[0].difference).toBeNull();
    expect(p.rates[0].groups[0].rows).toBe(29);
  });
  it("codes must fit the rows", () =>
    expect(() => judgeProtection({ ...spec, codes: new Int32Array(3) }, truth, truth, truth, 0.05)).toThrow(
      "protect: codes of sex must have 800 values, got 3",
    ));
});

describe("the change of the gap", () => {
  const sizes = [1000, 1000];
  /** Two thousand people in two groups; the challenger changes its mind about few of them. */
  function people(stream: Rng, before: readonly number[], after: readonly number[]) {
    const codes = Int32Array.from({ length: sizes[0] + sizes[1] }, (_, i) => (i < sizes[0] ? 0 : 1));
    const baseline = codes.map((g) => (stream.uniform() < before[g] ? 1 : 0));
    const challenger = codes.map((g, i) => {
      const [from, to] = [before[g], after[g]];
      // One in twenty-five is answered anew; the rest moves the rate.
      const moved = baseline[i] === 0 && stream.uniform() < (to - from) / (1 - from) ? 1 : baseline[i];
      return stream.uniform() < 0.04 ? (stream.uniform() < to ? 1 : 0) : moved;
    });
    return { codes, baseline, challenger };
  }
  const vetoes = (before: readonly number[], after: readonly number[], runs: number): number => {
    const stream = seeded(`gap ${before.join()} ${after.join()}`);
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const { codes, baseline, challenger } = people(stream.split(run), before, after);
      const groups = sizes.map((rows) => ({ rows, challenger: 0, baseline: 0, both: 0 }));
      codes.forEach((g, i) => {
        groups[g].challenger += challenger[i];
        groups[g].baseline += baseline[i];
        groups[g].both += challenger[i] * baseline[i];
      });
      if (gapChange(groups, 0.05 / 3)!.lower > 0) count++;
    }
    return count / runs;
  };
  it("a gap that widens from 5 to 10 points among 2,000 is found in nine of ten samples", () =>
    expect(vetoes([0.3, 0.35], [0.3, 0.4], 200)).toBeGreaterThanOrEqual(0.9));
  it("a gap that stays, or turns round, is objected to in no more than a sixtieth of samples", () => {
    const limit = 0.05 / 3 + 2.58 * Math.sqrt(0.05 / 3 / 400);
    expect(vetoes([0.3, 0.35], [0.3, 0.35], 300)).toBeLessThanOrEqual(limit);
    expect(vetoes([0.3, 0.34], [0.38, 0.34], 300)).toBeLessThanOrEqual(limit);
    expect(vetoes([0.3, 0.3], [0.3, 0.3], 300)).toBeLessThanOrEqual(limit);
  });
  it("a baseline that says yes to hardly anybody is no excuse for finding changes twice as often", () => {
    const limit = 0.05 / 3 + 2.58 * Math.sqrt(0.05 / 3 / 300);
    expect(vetoes([0.01, 0.01], [0.4, 0.4], 300)).toBeLessThanOrEqual(limit);
  });
  it("is what vetoes", () => {
    const { codes, baseline, challenger } = people(seeded("veto"), [0.3, 0.35], [0.3, 0.45]);
    const spec = { column: "sex", levels: ["f", "m"], codes };
    const [wider] = judgeProtection(spec, codes, challenger, baseline, 0.05).rates;
    expect(wider.outcome).toBe("worse than the baseline");
    expect(wider.change!.lower).toBeGreaterThan(0);
    const [same] = judgeProtection(spec, codes, baseline, baseline, 0.05).rates;
    expect(same).toMatchObject({ outcome: "no objection", change: { value: 0 } });
  });
  it("is that of the largest differences, whichever groups they are between", () => {
    const answers = (rows: number, challenger: number, baseline: number) => ({ rows, challenger, baseline, both: 0 });
    const change = gapChange([answers(100, 10, 30), answers(100, 50, 40), answers(100, 30, 20)], 0.05)!;
    digits(change.value, 0.4 - 0.2, 12);
    expect(change.lower).toBeLessThan(change.value);
    expect(change.upper).toBeGreaterThan(change.value);
    expect(gapChange([answers(100, 10, 30)], 0.05)).toBeUndefined();
  });
});
