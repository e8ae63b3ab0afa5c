import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type {
  Differences,
  Evidence,
  Outcomes,
  PairedTest,
  ScoredCases,
  Situation,
} from "../../src/compare/contract.ts";
import { deciding, pairedTests } from "../../src/compare/registry.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";

type Input = Differences | Outcomes | ScoredCases;

/** Runs any test on the input it needs; draws come from one stream, so that answers can be compared. */
function run(test: PairedTest, input: Input, options: { margin?: number; alpha?: number } = {}): Evidence {
  const all = { ...options, rng: seeded("contract") };
  if (test.needs === "differences") return test.run(input as Differences, all);
  if (test.needs === "outcomes") return test.run(input as Outcomes, all);
  return test.run(input as ScoredCases, all);
}

/** What depends on the order of rows (or of random draws), so that a permutation may change it. */
const ORDERED = new Set([
  "newey-west",
  "block-means",
  "diebold-mariano",
  "betting",
  "empirical-bernstein",
  "bca",
  "5x2cv-t",
]);

function differences(rng: Rng, rows: number, mean = 0): Differences {
  return {
    differences: Float64Array.from({ length: rows }, () => mean + (2 * rng.uniform() - 1) * 0.4),
    groups: Int32Array.from({ length: rows }, () => rng.below(Math.ceil(rows / 3))),
    range: [-1, 1],
    testOverTrain: 0.25,
  };
}

function mapped(input: Differences, f: (d: number) => number): Differences {
  const ends = (input.range ?? [0, 0]).map(f).sort((a, b) => a - b);
  return { ...input, differences: input.differences.map(f), range: [ends[0], ends[1]] };
}

const near = (got: number, wanted: number): void =>
  expect(got).toSatisfy((x: number) => x === wanted || Math.abs(x - wanted) < 1e-7 * Math.max(1, Math.abs(wanted)));

function sameAnswer(got: Evidence, wanted: Evidence, f: (x: number) => number = (x) => x): void {
  near(got.gain, f(wanted.gain));
  near(got.lower, f(wanted.lower));
  near(got.upper, f(wanted.upper));
  near(got.p, wanted.p);
  near(got.pBelow, wanted.pBelow);
}

it("every test file is in the registry, under a name of its own", () => {
  const files = readdirSync(new URL("../../src/compare/tests/", import.meta.url));
  expect(files.length).toBeGreaterThan(9);
  expect(new Set(pairedTests.map((t) => t.name)).size).toBe(pairedTests.length);
  expect(pairedTests.length).toBeGreaterThanOrEqual(files.length);
});

const flags = [false, true];
const situations: readonly Situation[] = (["zero-one", "roc-area", "averaged"] as const).flatMap((losses) =>
  [0, 3, 40].flatMap((discordant) =>
    (["absolute", "relative"] as const).flatMap((kind) =>
      [0, 0.01].flatMap((value) =>
        flags.flatMap((groups) =>
          flags.flatMap((time) =>
            flags.flatMap((resampled) =>
              flags.map((guarantee) => ({
                losses,
                ...(losses === "zero-one" && { discordant }),
                margin: { kind, value },
                groups,
                time,
                resampled,
                guarantee,
              })),
            ),
          ),
        ),
      ),
    ),
  ),
);

describe("what a verdict asks", () => {
  it("some test in every situation, and of one kind: counts, contrasts, or a guarantee", () => {
    for (const situation of situations) {
      const asked = deciding(situation);
      const kinds = new Set(
        asked
          .filter(({ resampled }) => resampled === undefined)
          .map(({ needs, pivot, name }) => (pivot ? "contrast" : needs === "outcomes" ? needs : name)),
      );
      expect([...kinds], JSON.stringify(situation)).toHaveLength(1);
      if (situation.guarantee) expect([...kinds]).toEqual(["betting"]);
    }
  });
  it("groups and times are never judged as if rows were independent", () => {
    const names = (ties: Pick<Situation, "groups" | "time">): string[] =>
      deciding({
        ...ties,
        losses: "averaged",
        margin: { kind: "absolute", value: 0 },
        guarantee: false,
        resampled: false,
      }).map(({ name }) => name);
    expect(names({ groups: false, time: false })).toEqual(["paired-t", "hall"]);
    expect(names({ groups: true, time: false })).toEqual(["cluster-t", "cluster-hall"]);
    expect(names({ groups: false, time: true })).toEqual(["newey-west", "block-means"]);
    expect(names({ groups: true, time: true })).toEqual(["cluster-t", "cluster-hall", "newey-west", "block-means"]);
  });
  it("every test that says when it decides can judge what a verdict has", () => {
    const deciders = pairedTests.filter(({ decides }) => decides);
    expect(deciders.length).toBeGreaterThan(9);
    for (const { name, needs, pivot, resampled } of deciders)
      expect(needs === "outcomes" || pivot !== undefined || resampled !== undefined || name === "betting", name).toBe(
        true,
      );
    for (const { name, decides } of deciders)
      expect(
        situations.some((one) => decides?.(one)),
        name,
      ).toBe(true);
  });
});

for (const test of pairedTests)
  describe(test.name, () => {
    const rng = seeded(`laws of ${test.name}`);
    const inputs: Input[] =
      test.needs === "differences"
        ? (test.also === "ten" ? [10, 10, 10] : [12, 16, 40]).map((rows, i) =>
            differences(rng, rows, [0.1, -0.05, 0.02][i]),
          )
        : test.needs === "outcomes"
          ? [
              { wins: 9, losses: 4, rows: 60 },
              { wins: 2, losses: 12, rows: 30 },
              { wins: 30, losses: 31, rows: 500 },
            ]
          : [30, 80].map((rows) => cases(rng, rows, 0.3, 1, 1.4));
    const margins = test.name.startsWith("mcnemar") ? [0] : [0, 0.03];

    it("says what it answers and when to believe it", () => {
      expect(test.question).toMatch(/^[A-Z].*[.?]$/);
      expect(test.honest).toMatch(/^[A-Z].*\.$/);
      expect(run(test, inputs[0]).test).toContain(test.name === "t-and-hall" ? "paired-t and hall" : test.name);
    });
    it("swapping the models turns gain, bounds and p values round", () => {
      for (const input of inputs)
        for (const margin of margins) {
          const [there, back] = [run(test, input, { margin }), run(test, swapped(input), { margin: -margin })];
          near(back.gain, -there.gain);
          near(back.lower, -there.upper);
          near(back.upper, -there.lower);
          near(back.p, there.pBelow);
        }
    });
    it("a bound excludes the margin when its p value is below alpha, and only then", () => {
      for (const input of inputs)
        for (const margin of margins)
          for (const alpha of [0.2, 0.05, 0.01]) {
            const e = run(test, input, { margin, alpha });
            near(e.level, 1 - 2 * alpha);
            // The bets of the betting tests and the draws of BCa depend on alpha or stop at its resolution.
            if (Math.abs(e.p - alpha) > 1e-3) expect(e.lower > margin).toBe(e.p < alpha);
            if (Math.abs(e.pBelow - alpha) > 1e-3) expect(e.upper < margin).toBe(e.pBelow < alpha);
          }
    });
    it("more certainty asks for wider bounds, and the estimate lies within", () => {
      for (const input of inputs) {
        const [wide, narrow] = [run(test, input, { alpha: 0.01 }), run(test, input, { alpha: 0.1 })];
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower);
        expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper);
        expect(narrow.lower).toBeLessThanOrEqual(narrow.gain);
        expect(narrow.upper).toBeGreaterThanOrEqual(narrow.gain);
      }
    });
    it("refuses a level outside (0, ½) and a margin that is no number", () => {
      for (const alpha of [0, 0.5, Number.NaN]) expect(() => run(test, inputs[0], { alpha })).toThrow(RangeError);
      expect(() => run(test, inputs[0], { margin: Number.NaN })).toThrow(RangeError);
    });
    if (test.needs === "differences") {
      const list = inputs as Differences[];
      it("shift: margin and gains together change nothing but the place", () => {
        for (const input of list)
          sameAnswer(
            run(
              test,
              mapped(input, (d) => d + 0.25),
              { margin: 0.28 },
            ),
            run(test, input, { margin: 0.03 }),
            (x) => x + 0.25,
          );
      });
      it("scale: the unit of the loss does not matter", () => {
        for (const input of list)
          sameAnswer(
            run(
              test,
              mapped(input, (d) => 8 * d),
              { margin: 0.24 },
            ),
            run(test, input, { margin: 0.03 }),
            (x) => 8 * x,
          );
      });
      if (!ORDERED.has(test.name))
        it("the order of rows does not matter", () => {
          for (const input of list.filter((i) => i.differences.length <= 16 || test.name !== "sign-flip")) {
            const order = seeded("order").shuffle(Array.from(input.differences, (_, i) => i));
            const shuffled = {
              ...input,
              differences: Float64Array.from(order, (i) => input.differences[i]),
              groups: Int32Array.from(order, (i) => input.groups![i]),
            };
            sameAnswer(run(test, shuffled), run(test, input));
          }
        });
      it("names a gain that is not finite", () => {
        const wrong = { ...list[0], differences: list[0].differences.map((d, i) => (i === 3 ? Number.NaN : d)) };
        expect(() => run(test, wrong)).toThrow(/NaN at position 3/);
      });
    }
    it("is wrong about a true null no more often than it says, on either side", () => {
      const runs = test.name === "bca" ? 100 : test.name === "sign-flip" ? 300 : 2000; // those two draw 5,000 samples a run
      const nulls = seeded(`null of ${test.name}`);
      let above = 0;
      let below = 0;
      for (let i = 0; i < runs; i++) {
        const e = run(test, nullCase(test, nulls));
        if (e.lower > 0) above++;
        if (e.upper < 0) below++;
      }
      // Known excess at these sizes, measured in the statistics note: block means and Newey-West under AR(1) .3.
      const excess =
        test.name === "newey-west" ? 0.025 : test.name === "block-means" ? 0.015 : test.name === "bca" ? 0.02 : 0;
      const limit = 0.05 + excess + 3 * Math.sqrt((0.05 * 0.95) / runs);
      expect(above / runs).toBeLessThan(limit);
      expect(below / runs).toBeLessThan(limit);
      if (!["betting", "empirical-bernstein", "corrected-t", "mcnemar-exact"].includes(test.name))
        expect((above + below) / runs).toBeGreaterThan(0.04);
    });
  });

function swapped(input: Input): Input {
  if ("wins" in input) return { wins: input.losses, losses: input.wins, rows: input.rows };
  if ("positive" in input) return { ...input, baseline: input.challenger, challenger: input.baseline };
  return mapped(input, (d) => -d);
}

function cases(rng: Rng, rows: number, share: number, baseline: number, challenger: number): ScoredCases {
  const positive = Uint8Array.from({ length: rows }, (_, i) => (i < share * rows ? 1 : 0));
  const scores = (skill: number) => Float64Array.from(positive, (y) => skill * y + rng.normal());
  return { positive, baseline: scores(baseline), challenger: scores(challenger) };
}

/** Data in which the gain is exactly 0, with unequal groups, classes and outcomes. */
function nullCase(test: PairedTest, rng: Rng): Input {
  if (test.needs === "outcomes") {
    const counts = [0, 0, 0];
    for (let i = 0; i < 120; i++) counts[rng.uniform() < 0.1 ? 0 : rng.uniform() < 1 / 9 ? 1 : 2]++;
    return { wins: counts[0], losses: counts[1], rows: 120 };
  }
  if (test.needs === "scores") return cases(rng, 100, 0.2, 0.8, 0.8);
  if (test.name === "diebold-mariano") return { differences: Float64Array.from({ length: 60 }, () => rng.normal()) };
  if (test.also === "order") {
    const d = new Float64Array(200);
    for (let i = 0, state = rng.normal() / Math.sqrt(0.91); i < d.length; i++)
      d[i] = state = 0.3 * state + rng.normal();
    return { differences: d };
  }
  if (test.also === "groups") {
    const sizes = [3, 3, 4, 5, 5, 6, 8, 8, 9, 10, 10, 12, 12, 14, 15, 15, 16, 18, 20, 20];
    const groups = Int32Array.from(sizes.flatMap((size, g) => Array.from({ length: size }, () => g)));
    const effect = Float64Array.from(sizes, () => 0.6 * rng.normal());
    return { differences: Float64Array.from(groups, (g) => effect[g] + rng.normal()), groups };
  }
  const rows = test.also === "ten" ? 10 : 40;
  const differences = Float64Array.from({ length: rows }, () =>
    test.also === "range" ? 2 * rng.uniform() - 1 : rng.normal(),
  );
  return { differences, range: [-1, 1], testOverTrain: 1 / 9 };
}
