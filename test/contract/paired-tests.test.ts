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

it("every paired test has a name of its own", () => {
  expect(new Set(pairedTests.map(({ name }) => name)).size).toBe(pairedTests.length);
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

/** Its bounds hold for any number of rows. */
const isGuarantee = (test: PairedTest): boolean => test.needs === "differences" && test.also === "range";

describe("what a verdict asks", () => {
  it("some test in every situation, and of one kind: counts, contrasts, or a guarantee", () => {
    for (const situation of situations) {
      const asked = deciding(situation);
      const kinds = new Set(
        asked
          .filter(({ resampled }) => resampled === undefined)
          .map((test) => (test.pivot ? "contrast" : isGuarantee(test) ? "guarantee" : test.needs)),
      );
      expect([...kinds], JSON.stringify(situation)).toHaveLength(1);
      if (situation.guarantee) expect([...kinds]).toEqual(["guarantee"]);
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
    for (const test of deciders)
      expect(
        test.needs === "outcomes" || test.pivot !== undefined || test.resampled !== undefined || isGuarantee(test),
        test.name,
      ).toBe(true);
    for (const { name, decides } of deciders)
      expect(
        situations.some((one) => decides?.(one)),
        name,
      ).toBe(true);
  });
});

for (const test of pairedTests)
  describe(test.name, () => {
    const { traits = {} } = test;
    const { drawsBeyond = Infinity } = traits;
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
    const margins = traits.zeroMargin ? [0] : [0, 0.03];

    it("says what it answers and when to believe it", () => {
      expect(test.question).toMatch(/^[A-Z].*[.?]$/);
      expect(test.honest).toMatch(/^[A-Z].*\.$/);
      const said = run(test, inputs[0]).test.split(" and ");
      expect(pairedTests.map(({ name }) => name)).toEqual(expect.arrayContaining(said));
      if (said.length === 1) expect(said).toEqual([test.name]);
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
      if (!traits.ordered && test.also !== "order")
        it("the order of rows does not matter", () => {
          for (const input of list.filter((i) => i.differences.length <= drawsBeyond)) {
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
      const runs = drawsBeyond < 40 ? 200 : 2000;
      const nulls = seeded(`null of ${test.name}`);
      let above = 0;
      let below = 0;
      for (let i = 0; i < runs; i++) {
        const e = run(test, nullCase(test, nulls));
        if (e.lower > 0) above++;
        if (e.upper < 0) below++;
      }
      const limit = 0.05 + (traits.excess ?? 0) + 3 * Math.sqrt((0.05 * 0.95) / runs);
      expect(above / runs).toBeLessThan(limit);
      expect(below / runs).toBeLessThan(limit);
      if (!traits.conservative) expect((above + below) / runs).toBeGreaterThan(0.04);
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
  if (test.also === "order" && !test.traits?.serial)
    return { differences: Float64Array.from({ length: 60 }, () => rng.normal()) };
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
