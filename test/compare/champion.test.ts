import { describe, expect, it } from "vitest";
import { chooseChampion } from "../../src/compare/champion.ts";
import { foldLayout, measureFolds, testOverTrain } from "../../src/compare/folds.ts";
import { ladderSteps } from "../../src/compare/steps.ts";
import { clusterT } from "../../src/compare/tests/cluster.ts";
import { pairedT } from "../../src/compare/tests/student.ts";
import { seeded } from "../../src/numeric/rng.ts";
import * as m from "./metrics.ts";

/** Row losses of rungs with these mean losses, paired through common noise. */
function rungs(rows: number, means: Record<string, number>, noise = 0.3) {
  const rng = seeded("rungs");
  const common = Array.from({ length: rows }, () => rng.normal());
  return Object.entries(means).map(([name, mean]) => ({
    name,
    losses: Float64Array.from(common, (c) => mean + c + noise * rng.normal()),
  }));
}

describe("the champion", () => {
  it("is the plainest rung within one standard error of the paired difference", () => {
    const ladder = rungs(400, { constant: 3, rule: 2.001, tree: 2 }, 0.6);
    const c = chooseChampion(ladder);
    expect(c.rung).toBe("rule");
    const [constant, rule] = c.rungs;
    expect(constant).toMatchObject({ rung: "constant", within: false });
    const best = ladder.find((r) => r.name === c.best)!;
    const e = pairedT({ differences: ladder[1].losses.map((x, i) => x - best.losses[i]) });
    if (c.best !== "rule") expect(rule.error).toBeCloseTo(e.error, 12);
    expect(rule.difference).toBeCloseTo(e.gain, 12);
  });
  it("is the best where every plainer one is clearly worse", () => {
    expect(chooseChampion(rungs(400, { constant: 3, rule: 2.5, tree: 2 })).rung).toBe("tree");
  });
  it("pairing matters: unpaired errors would let the constant through", () => {
    const ladder = rungs(200, { constant: 2.1, tree: 2 }, 0.1);
    expect(chooseChampion(ladder).rung).toBe("tree");
  });
  it("groups widen the error", () => {
    const rng = seeded("grouped");
    const groups = Int32Array.from({ length: 300 }, (_, i) => Math.floor(i / 20));
    const effect = Array.from({ length: 15 }, () => 0.4 * rng.normal());
    const tree = Float64Array.from(groups, () => rng.normal());
    const rule = tree.map((x, i) => x + 0.05 + effect[groups[i]] + 0.1 * rng.normal());
    const ladder = [
      { name: "rule", losses: rule },
      { name: "tree", losses: tree },
    ];
    const [plain, robust] = [chooseChampion(ladder), chooseChampion(ladder, { groups })];
    const worse = robust.best === "tree" ? 0 : 1;
    const differences = worse === 0 ? rule.map((x, i) => x - tree[i]) : tree.map((x, i) => x - rule[i]);
    expect(robust.rungs[worse].error).toBeCloseTo(clusterT({ differences, groups }).error, 12);
    expect(robust.rungs[worse].error).toBeGreaterThan(2 * plain.rungs[worse].error);
  });
  it("equal losses: the plainest; a difference without spread: the better", () => {
    const losses = Float64Array.of(1, 2, 3);
    expect(
      chooseChampion([
        { name: "a", losses },
        { name: "b", losses },
      ]).rung,
    ).toBe("a");
    expect(
      chooseChampion([
        { name: "a", losses: losses.map((x) => x + 1) },
        { name: "b", losses },
      ]).rung,
    ).toBe("b");
  });
  it("a tie is what rounding could have made: it goes to the plainest, whatever the size of the losses", () => {
    for (const size of [1e-9, 1, 1e12])
      for (const seed of [1, 2, 3]) {
        const rng = seeded("rounded").split(seed);
        const plain = Float64Array.from({ length: 300 }, () => size * Math.exp(rng.normal()));
        const rounded = plain.map((x) => x * (1 - 3e-16 * (1 + rng.uniform())));
        const c = chooseChampion([
          { name: "constant", losses: plain },
          { name: "rule", losses: rounded },
        ]);
        expect(c).toMatchObject({ rung: "constant", best: "constant" });
        expect(c.rungs[1]).toMatchObject({ difference: 0, error: 0 });
      }
  });
  it("a gain that a handful of rows carry is no reason to leave the plainest rung, the same gain of many is", () => {
    /** Some rows gain 0.3, the others lose next to nothing. */
    const ladder = (rows: number, gaining: number) => {
      const step = Math.floor(rows / gaining);
      const gains = (row: number) => row % step === 0 && row < step * gaining;
      const constant = Float64Array.from({ length: rows }, (_, row) => (gains(row) ? 6 : 0.001));
      return [
        { name: "constant", losses: constant },
        { name: "tree", losses: constant.map((loss, row) => (gains(row) ? loss - 0.3 : loss + 1e-5)) },
      ];
    };
    for (const gaining of [1, 2, 3, 4, 5]) {
      const few = chooseChampion(ladder(3000, gaining));
      expect(few).toMatchObject({ rung: "constant", best: "tree" });
      expect(few.rungs[0].difference).toBeLessThan(few.rungs[0].allowed);
    }
    for (const gaining of [12, 100, 1000]) {
      const [constant, tree] = chooseChampion(ladder(3000, gaining)).rungs;
      expect([constant.within, tree.within]).toEqual([false, true]);
    }
  });
  it("only the plainest rung is allowed more than one standard error", () => {
    for (const { rung, error, allowed } of chooseChampion(rungs(60, { constant: 2.2, rule: 2.1, tree: 2 })).rungs)
      if (rung === "constant") expect(allowed).toBeGreaterThan(error);
      else expect(allowed).toBe(error);
  });
  it("order of rows and shift of losses do not matter", () => {
    const ladder = rungs(100, { a: 2.05, b: 2 });
    const turned = ladder.map((r) => ({
      ...r,
      losses: r.losses
        .slice()
        .reverse()
        .map((x) => x + 7),
    }));
    expect(chooseChampion(turned).rung).toBe(chooseChampion(ladder).rung);
  });
  it("names what is wrong", () => {
    expect(() => chooseChampion([])).toThrow("there is no rung");
    expect(() => chooseChampion([{ name: "a", losses: Float64Array.of(1, Number.NaN) }])).toThrow(
      "losses of a must be finite, got NaN at position 1",
    );
    expect(() =>
      chooseChampion([
        { name: "a", losses: new Float64Array(3) },
        { name: "b", losses: new Float64Array(2) },
      ]),
    ).toThrow("losses of b must have 3 values, got 2");
  });
});

describe("steps of the ladder", () => {
  const rows = 400;
  const rng = seeded("ladder");
  const y = Array.from({ length: rows }, () => (rng.uniform() < 0.5 ? 1 : 0));
  const entries = Array.from({ length: 2 * rows }, (_, i) => i % rows);
  const folds = {
    truth: m.binaryTruth(entries.map((i) => y[i])),
    row: Int32Array.from(entries),
    repeat: Int32Array.from({ length: 2 * rows }, (_, i) => Math.floor(i / rows)),
    fold: Int32Array.from(entries, (row, i) => (row + 3 * Math.floor(i / rows) * (row % 7)) % 5),
    testOverTrain: testOverTrain([
      { train: 320, test: 80 },
      { train: 320, test: 80 },
    ]),
  };
  const noise = y.map(() => rng.normal());
  const model = (skill: number) =>
    m.probability(entries.map((i) => 1 / (1 + Math.exp(-(skill * (y[i] - 0.5) + noise[i] + 0.01 * rng.normal())))));
  const rung = (name: string, skill: number, bytes: number) => ({
    name,
    folds: [model(skill)],
    costs: new Map([["bytes", bytes]]),
  });
  const ladder = [rung("constant", 0, 10), rung("rule", 2, 100), rung("curve", 2.001, 120), rung("tree", 4, 5000)];
  it("each is measured against the last that was bought", () => {
    const steps = ladderSteps({ metric: m.logLoss, folds, rungs: ladder, rng: seeded(1) });
    expect(steps.map((s) => [s.rung, s.against, s.bought])).toEqual([
      ["rule", "constant", true],
      ["curve", "rule", false],
      ["tree", "rule", true],
    ]);
    expect(steps[1]).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent" });
    expect(steps.map((s) => s.costRatio.bytes)).toEqual([10, 1.2, 50]);
    expect(steps[0].bounds.level).toBeCloseTo(0.95, 12);
    expect(steps[0].gain!).toBeGreaterThan(steps[0].bounds.lower!);
  });
  it("the champion of the same folds, on row losses averaged over repeats", () => {
    const layout = foldLayout(folds);
    const losses = ladder.map(({ name, folds: [prediction] }) => ({
      name,
      ...measureFolds(m.logLoss, layout, prediction).rows,
    }));
    expect(losses[0].losses).toHaveLength(rows);
    expect(chooseChampion(losses).rung).toBe("tree");
  });
  it("answers that differ by rounding buy nothing, and nothing is proven by them", () => {
    const [p] = ladder[1].folds;
    if (p.kind === "value") throw new Error();
    const rounded = { ...p, values: p.values.map((x) => x * (1 - 2e-16)) };
    const twin = { name: "twin", folds: [rounded] };
    const [step] = ladderSteps({ metric: m.logLoss, folds, rungs: [ladder[1], twin], rng: seeded(1) });
    expect(step).toMatchObject({ gain: 0, verdict: "NOT JUSTIFIED", sublabel: "equivalent", bought: false });
  });
  it("on a holdout when there are no folds", () => {
    const holdout = { truth: m.binaryTruth(y) };
    const part = ladder.map((r) => {
      const [p] = r.folds;
      if (p.kind === "value") throw new Error();
      return { name: r.name, holdout: [{ ...p, values: p.values.slice(0, 2 * rows) }] };
    });
    const steps = ladderSteps({ metric: m.accuracy, holdout, rungs: part, rng: seeded(1) });
    expect(steps[0].bounds.level).toBeCloseTo(0.9, 12);
    expect(steps[0].costRatio).toEqual({});
    expect(() => ladderSteps({ metric: m.accuracy, rungs: part, rng: seeded(1) })).toThrow(/no holdout/);
  });
});
