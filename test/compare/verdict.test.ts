import { describe, expect, it } from "vitest";
import type { Candidate, ChallengerVerdict, Prediction, Question, Truth } from "../../src/compare/verdict/contract.ts";
import { compareModels } from "../../src/compare/verdict/verdict.ts";
import { worded } from "../../src/report/verdict-sentence.ts";
import { seeded } from "../../src/numeric/rng.ts";
import * as m from "./metrics.ts";

/** Labels and probabilities of known quality: logits of skill times the label, plus noise, all from one stream. */
function world(rows: number, seed: string) {
  const rng = seeded(seed);
  const y = Array.from({ length: rows }, () => (rng.uniform() < 0.4 ? 1 : 0));
  const model = (skill: number, noise = 1) =>
    m.probability(y.map((label) => 1 / (1 + Math.exp(-(skill * (label - 0.4) + noise * rng.normal())))));
  return { truth: m.binaryTruth(y), model, rng };
}

function ask(
  truth: Truth,
  baselines: Record<string, Prediction>,
  challengers: Record<string, Prediction>,
  more: Partial<Question> = {},
) {
  const candidates = (list: Record<string, Prediction>): Candidate[] =>
    Object.entries(list).map(([name, prediction]) => ({ name, holdout: [prediction] }));
  return compareModels({
    metric: m.logLoss,
    holdout: { truth },
    baselines: candidates(baselines),
    champion: Object.keys(baselines).at(-1)!,
    challengers: candidates(challengers),
    rng: seeded("verdict"),
    ...more,
  });
}

const only = (c: { challengers: readonly ChallengerVerdict[] }): ChallengerVerdict => c.challengers[0];

/** The answer in words; the metrics below are losses, and sentences of scores are not looked at closely here. */
const said = (v: ChallengerVerdict): string => worded(v, "minimize").sentence;

/** What JSON would lose or refuse. */
function requireJson(value: unknown, path = "verdict"): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  if (value === undefined || typeof value === "function") throw new Error(`${path} is ${typeof value}`);
  if (ArrayBuffer.isView(value)) throw new Error(`${path} is a typed array`);
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) requireJson(inner, `${path}.${key}`);
  }
}

describe("the three answers", () => {
  const { truth, model } = world(2000, "three");
  const [constant, weak, good, strong] = [
    m.probability(Array.from({ length: 2000 }, () => 0.4)),
    model(1),
    model(2),
    model(4),
  ];
  it("a much better challenger is JUSTIFIED against every baseline", () => {
    const c = ask(truth, { constant, weak, good }, { boosted: strong });
    const v = only(c);
    expect(v).toMatchObject({ verdict: "JUSTIFIED", sublabel: null, reason: null, rowsNeeded: null, part: "holdout" });
    expect(v.against.map((a) => a.baseline)).toEqual(["constant", "weak", "good"]);
    expect(v.baseline).toBe("good");
    expect(v.bounds.lower!).toBeGreaterThan(0.01);
    expect(v.margin).toEqual({ value: 0.01, kind: "relative", assumed: true });
    expect(v.test.p).toBeLessThan(1e-6);
    expect(v.bounds.level).toBeCloseTo(0.9, 12);
    expect(said(v)).toMatch(
      /^boosted is JUSTIFIED\. Its log_loss is [\d.]+ where good has [\d.]+: a gain of [\d.]+ % \(90 % /,
    );
    expect(said(v)).toContain("Needed: more than 1 % (assumed; change it with --min-gain).");
    expect(said(v)).toContain("What to do: take it; its complexity is paid for.");
    expect(said(v)).toContain("It has to beat all 3 baselines; good was the hardest.");
    requireJson(c);
  });
  it("a worse one is NOT JUSTIFIED (worse)", () => {
    const v = only(ask(truth, { constant, good }, { noise: model(0, 2) }));
    expect(v).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "worse", reason: null });
    expect(v.bounds.upper!).toBeLessThan(0);
  });
  it("the champion against itself is NOT JUSTIFIED (equivalent)", () => {
    const v = only(ask(truth, { constant, good }, { again: good }));
    expect(v).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent", gain: 0, baseline: "good" });
    expect(v.test.name).toBe("identical predictions");
    requireJson(v);
  });
  it("nearly the same is equivalent; a real gain below the margin is too small", () => {
    if (good.kind === "value") throw new Error();
    const nudged = m.probability(
      Array.from({ length: 2000 }, (_, i) => good.values[2 * i + 1] * (1 + (i % 2 ? 1e-3 : -1e-3))),
    );
    expect(only(ask(truth, { good }, { nudged }))).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent" });
    const big = { value: 0.6, kind: "relative" as const };
    const v = only(ask(truth, { good }, { strong }, { margin: big }));
    expect(v).toMatchObject({
      verdict: "NOT JUSTIFIED",
      sublabel: "equivalent",
      margin: { value: 0.6, assumed: false },
    });
    const worseToo = only(ask(truth, { strong }, { good }, { margin: { value: 0.001, kind: "absolute" } }));
    expect(worseToo.sublabel).toBe("worse");
  });
  it("no gain: a worthwhile one is ruled out, and the loss that is seen is not proven", () => {
    // Differences centred a little below 0 with upper bound between 0 and the margin.
    const rng = seeded("small");
    const y = m.numericTruth(Array.from({ length: 400 }, () => 0));
    const base = Array.from({ length: 400 }, () => 1 + 0.05 * rng.normal());
    const other = base.map((b) => b + 0.02 + 0.25 * rng.normal());
    const v = only(
      ask(
        y,
        { base: m.numbers(base) },
        { other: m.numbers(other) },
        { metric: m.mae, margin: { value: 0.01, kind: "absolute" } },
      ),
    );
    expect(v.bounds.upper!).toBeLessThan(0.01);
    expect(v.bounds.lower!).toBeLessThan(-0.01);
    expect(v).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: v.bounds.upper! < 0 ? "worse" : "no-gain" });
  });
  it("too little to tell is INCONCLUSIVE, with the rows that would settle it", () => {
    const small = world(120, "little");
    const c = ask(small.truth, { base: small.model(2) }, { other: small.model(2.2) });
    const v = only(c);
    expect(v.verdict).toBe("INCONCLUSIVE");
    expect(["underpowered", "near-margin"]).toContain(v.reason);
    expect(v.rowsNeeded!.scenarios.map((s) => s.scenario)).toEqual([
      "observed gain",
      "twice the margin",
      "upper bound",
    ]);
    expect(v.rowsNeeded!.now).toBe(120);
    const twice = v.rowsNeeded!.scenarios[1];
    expect(twice.low!).toBeLessThan(twice.rows!);
    expect(twice.high!).toBeGreaterThan(twice.rows!);
    expect(said(v)).toContain("What would settle it");
    requireJson(c);
  });
});

describe("guards: each reason, and never a pass", () => {
  const small = world(25, "guards");
  const { truth, model } = world(200, "guards");
  const reasonOf = (c: ReturnType<typeof ask>) => [only(c).verdict, only(c).reason];
  const strong = model(6, 0.3);
  it("too few rows or groups", () => {
    expect(reasonOf(ask(small.truth, { a: small.model(0) }, { b: small.model(9, 0.1) }))).toEqual([
      "INCONCLUSIVE",
      "too-few-rows",
    ]);
    const groups = Int32Array.from({ length: 200 }, (_, i) => i % 7);
    const c = ask(truth, { a: model(0) }, { b: strong }, { holdout: { truth, dependence: { groups } } });
    expect(reasonOf(c)).toEqual(["INCONCLUSIVE", "too-few-rows"]);
    expect(said(only(c))).toContain("7 groups, at least 10 are needed");
  });
  it("dependence that is not known", () => {
    expect(
      reasonOf(ask(truth, { a: model(0) }, { b: strong }, { holdout: { truth, dependence: { unknown: true } } })),
    ).toEqual(["INCONCLUSIVE", "dependence-unknown"]);
  });
  it("a metric that is not defined, and too few of a class", () => {
    const auc = m.smooth("roc_auc");
    const flat = m.binaryTruth(Array.from({ length: 50 }, () => 0));
    const p = (k: number) => m.probability(Array.from({ length: 50 }, (_, i) => ((i * k) % 50) / 50));
    const undefinedMetric = ask(flat, { a: p(7) }, { b: p(11) }, { metric: auc });
    expect(reasonOf(undefinedMetric)).toEqual(["INCONCLUSIVE", "metric-undefined"]);
    requireJson(undefinedMetric);
    const few = m.binaryTruth(Array.from({ length: 50 }, (_, i) => (i < 8 ? 1 : 0)));
    expect(reasonOf(ask(few, { a: p(7) }, { b: p(11) }, { metric: auc }))).toEqual([
      "INCONCLUSIVE",
      "too-few-positives",
    ]);
    // At gate levels fifty are wanted.
    const forty = m.binaryTruth(Array.from({ length: 50 }, (_, i) => i % 2));
    expect(reasonOf(ask(forty, { a: p(7) }, { b: p(11) }, { metric: auc, alpha: 0.0025 }))).toEqual([
      "INCONCLUSIVE",
      "too-few-positives",
    ]);
  });
  it("too few disagreements for a claim; enough agreement on many rows to rule a gain out", () => {
    const labelled = (rows: number, wrong: number) => {
      const y = Array.from({ length: rows }, (_, i) => i % 2);
      return { truth: m.binaryTruth(y), model: m.probability(y.map((l, i) => (i < wrong ? 1 - l : l))) };
    };
    const question = (rows: number, margin: number) =>
      ask(
        labelled(rows, 0).truth,
        { a: labelled(rows, 3).model },
        { b: labelled(rows, 0).model },
        {
          metric: m.accuracy,
          margin: { value: margin, kind: "absolute" },
        },
      );
    expect(reasonOf(question(100, 0))).toEqual(["INCONCLUSIVE", "too-few-discordant"]);
    expect(only(question(3000, 0.01))).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent" });
  });
  it("near the margin, where these rows could have told a gain of its size", () => {
    const rng = seeded("near");
    const y = m.numericTruth(Array.from({ length: 300 }, () => 0));
    const base = Array.from({ length: 300 }, () => 2 + 0.2 * rng.normal());
    const other = base.map((b, i) => b - 0.1 + (i % 2 ? 0.3 : -0.3));
    const c = ask(
      y,
      { base: m.numbers(base) },
      { other: m.numbers(other) },
      { metric: m.mae, margin: { value: 0.1, kind: "absolute" } },
    );
    expect(reasonOf(c)).toEqual(["INCONCLUSIVE", "near-margin"]);
    expect(said(only(c))).toContain("too close to the one that is needed");
    // Within a quarter of the interval of the margin the normal formula asks for 9.1 times the rows, or more.
    expect(only(c).rowsNeeded!.scenarios[0].rows ?? Infinity).toBeGreaterThan(9 * 300);
  });
});

describe("several baselines", () => {
  const { truth, model } = world(3000, "several");
  const [champion, rival, challenger] = [model(1.5), model(3), model(3)];
  it("every one has to be beaten, not just the champion", () => {
    const baselines = { rival, champion };
    expect(only(ask(truth, baselines, { challenger }, { against: "champion" })).verdict).toBe("JUSTIFIED");
    const v = only(ask(truth, baselines, { challenger }));
    expect(v.verdict).not.toBe("JUSTIFIED");
    expect(v.baseline).toBe("rival");
    expect(v.against).toHaveLength(2);
    expect(v.test.p).toBe(Math.max(...v.against.map((a) => a.p)));
    expect(v.bounds.lower).toBe(Math.min(...v.against.map((a) => a.bounds.lower!)));
  });
  it("the upper bound shares alpha, half of it for the champion: each baseline shows the bounds that decide", () => {
    const rivals = { rival, champion: model(3) };
    const v = only(ask(truth, rivals, { challenger }));
    expect(v.bounds.upper).toBe(Math.min(...v.against.map((a) => a.bounds.upper!)));
    for (const one of v.against) {
      expect(one.bounds.level).toBeCloseTo(0.925, 12);
      const alone = only(ask(truth, { [one.baseline]: rivals[one.baseline as "rival"] }, { challenger }));
      expect(one.bounds.lower).toBe(alone.bounds.lower);
      expect(one.bounds.upper!).toBeGreaterThan(alone.bounds.upper!);
    }
  });
  it("adding a hopeless baseline does not change a yes", () => {
    const strong = model(6);
    const [one, two] = [
      ask(truth, { champion }, { strong }),
      ask(truth, { hopeless: model(0, 3), champion }, { strong }),
    ];
    expect([only(one).verdict, only(two).verdict]).toEqual(["JUSTIFIED", "JUSTIFIED"]);
    expect(only(two).bounds.lower).toBe(only(one).bounds.lower);
  });
});

describe("several challengers", () => {
  it("Holm: what passes alone may not pass among many, and the winner gets wider bounds", () => {
    const { truth, model } = world(400, "holm");
    const base = model(2);
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`c${i}`, model(2.3)]));
    const together = ask(truth, { base }, many, { margin: { value: 0, kind: "absolute" } });
    const alone = Object.entries(many).map(([name, p]) =>
      only(ask(truth, { base }, { [name]: p }, { margin: { value: 0, kind: "absolute" } })),
    );
    together.challengers.forEach((v, i) => {
      expect(v.test.p).toBe(alone[i].test.p);
      if (v.verdict === "JUSTIFIED") expect(alone[i].verdict).toBe("JUSTIFIED");
      if (v.verdict !== alone[i].verdict) expect(v).toMatchObject({ verdict: "INCONCLUSIVE", reason: "underpowered" });
    });
    expect(together.family.members.every((x) => x.adjusted >= x.p)).toBe(true);
    const strong = ask(truth, { base }, { ...many, winner: model(9, 0.2) });
    expect(strong.family.winner!.name).toBe("winner");
    const own = strong.challengers.find((v) => v.name === "winner")!;
    expect(strong.family.winner!.bounds.lower!).toBeLessThan(own.bounds.lower!);
  });
  it("Holm decides: one that passes alone, with p = .02, is open beside three that are no better", () => {
    const rows = Array.from({ length: 400 }, (_, i) => i);
    const truth = m.numericTruth(rows.map(() => 0));
    const base = m.numbers(rows.map(() => 1));
    const good = m.numbers(rows.map((i) => 0.98 + (i % 2 === 0 ? 0.2 : -0.2)));
    const poor = m.numbers(rows.map((i) => 1 + (i % 2 === 0 ? 0.2 : -0.2)));
    const options = { metric: m.mae, margin: { value: 0, kind: "absolute" } } as const;
    const alone = only(ask(truth, { base }, { good }, options));
    expect(alone).toMatchObject({ verdict: "JUSTIFIED", detail: null });
    const [among] = ask(truth, { base }, { good, a: poor, b: poor, c: poor }, options).challengers;
    expect(among.test.p).toBe(alone.test.p);
    expect(among).toMatchObject({
      verdict: "INCONCLUSIVE",
      reason: "underpowered",
      detail: { kind: "held-by-others" },
    });
  });
  it("a challenger may bear a baseline's name", () => {
    const { truth, model } = world(300, "names");
    const tree = model(2);
    expect(only(ask(truth, { tree }, { tree: model(5) })).verdict).toBe("JUSTIFIED");
  });
});

describe("worth in money", () => {
  it("the implied margin is printed with where it came from", () => {
    const { truth, model } = world(800, "money");
    const v = only(
      ask(truth, { a: model(1) }, { b: model(4) }, { metric: m.accuracy, money: { valuePerUnit: 50, extraCost: 1 } }),
    );
    expect(v.margin).toEqual({
      value: 0.02,
      kind: "absolute",
      assumed: false,
      money: { valuePerUnit: 50, extraCost: 1 },
    });
    expect(said(v)).toContain("Needed: more than 0.02 (an extra cost of 1 at 50 a unit).");
  });
});

describe("seeds", () => {
  it("losses are averaged over training seeds, and their spread is told", () => {
    const { truth, model } = world(500, "seeds");
    const seeds = [model(3), model(3), model(3)];
    const base = { name: "base", holdout: [model(2)] };
    const c = compareModels({
      metric: m.logLoss,
      holdout: { truth },
      baselines: [base],
      champion: "base",
      challengers: [
        { name: "net", holdout: seeds },
        { name: "one", holdout: [seeds[0]] },
      ],
      rng: seeded(1),
    });
    expect(c.challengers[0].seeds.count).toBe(3);
    expect(c.challengers[0].seeds.sd!).toBeGreaterThan(0);
    const scores = seeds.map((prediction) => m.logLoss.score({ truth, prediction }));
    expect(c.challengers[0].score).toBeCloseTo(scores.reduce((a, b) => a + b, 0) / 3, 12);
    expect(c.challengers[1].caveats).toContainEqual({ code: "single-seed" });
    expect(c.challengers[0].caveats).not.toContainEqual({ code: "single-seed" });
  });
});

describe("budgets and vetoes", () => {
  const { truth, model } = world(1000, "budget");
  const [base, strong] = [model(1), model(5)];
  const latency = (micro: number, runs = 100) => ({
    latency: { runs: Float64Array.from({ length: runs }, (_, i) => micro * (1 + 0.01 * Math.sin(i))), batch: 1000 },
  });
  const judged = (limit: number, challenger: object, more: Partial<Question> = {}) =>
    only(
      compareModels({
        metric: m.logLoss,
        holdout: { truth },
        champion: "base",
        baselines: [{ name: "base", holdout: [base], cost: latency(1) }],
        challengers: [{ name: "deep", holdout: [strong], ...challenger }],
        budgets: [{ quantity: "latency-p50", limit, relative: true }],
        rng: seeded(1),
        ...more,
      }),
    );
  it("over by the lower bound: NOT JUSTIFIED; within: no objection; unclear or not measured: INCONCLUSIVE", () => {
    expect(judged(10, { cost: latency(20) })).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "over-budget" });
    expect(judged(10, { cost: latency(5) }).verdict).toBe("JUSTIFIED");
    expect(judged(10, { cost: latency(10) })).toMatchObject({ verdict: "INCONCLUSIVE", reason: "budget-uncertain" });
    expect(judged(10, {})).toMatchObject({ verdict: "INCONCLUSIVE", reason: "budget-uncertain" });
    expect(said(judged(10, { cost: latency(5, 12) }))).toContain("12 timed runs, at least 30 are needed");
    requireJson(judged(10, {}));
  });
  it("a failed must-pass case decides whatever the evidence", () => {
    const v = judged(10, { cost: latency(5), failures: ["case 3: wanted yes, got no"] });
    expect(v).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "must-pass" });
    expect(said(v)).toContain("Veto: case 3: wanted yes, got no.");
  });
  it("a slice that is proven to lose vetoes; one that does not, or is small, does not", () => {
    if (base.kind === "value" || strong.kind === "value") throw new Error();
    // The challenger is better overall and worse on the first two hundred rows.
    const mixed = m.probability(
      Array.from({ length: 1000 }, (_, i) =>
        i < 200 ? 0.999 - strong.values[2 * i + 1] * 0.998 : strong.values[2 * i + 1],
      ),
    );
    const slice = (name: string, from: number, to: number) => ({
      name,
      rows: Int32Array.from({ length: to - from }, (_, i) => from + i),
    });
    const slices = [slice("early", 0, 200), slice("late", 200, 1000), slice("tiny", 0, 5)];
    const v = judged(
      10,
      { cost: latency(5), holdout: [mixed] },
      { slices, margin: { value: 0, kind: "absolute" }, metric: m.logLoss },
    );
    expect(v.slices.map((s) => s.outcome)).toEqual(["worse", "not shown to be worse", "not judged"]);
    expect(v.verdict).toBe("NOT JUSTIFIED");
    const fine = judged(10, { cost: latency(5) }, { slices });
    expect(fine.verdict).toBe("JUSTIFIED");
    expect(() => judged(10, {}, { slices: [slice("far", 990, 1010)] })).toThrow(
      /rows of far must be below 1000, got 1000/,
    );
  });
  it("protected groups treated less evenly than before: a veto", () => {
    if (strong.kind === "value") throw new Error();
    const codes = Int32Array.from({ length: 1000 }, (_, i) => i % 2);
    const biased = m.probability(Array.from({ length: 1000 }, (_, i) => (i % 2 ? 0.9 : 0.1)));
    const protect = [{ column: "sex", levels: ["f", "m"], codes }];
    const v = judged(10, { cost: latency(5), holdout: [biased] }, { protect });
    expect(worded(v, "minimize").vetoes.map((x) => x.kind)).toContain("fairness");
    const even = judged(10, { cost: latency(5) }, { protect });
    expect(worded(even, "minimize").vetoes).toEqual([]);
    expect(even.fairness[0].rates.map((r) => r.rate)).toEqual([
      "selection-rate",
      "true-positive-rate",
      "false-positive-rate",
    ]);
    requireJson(even);
  });
});

describe("folds", () => {
  /** Out-of-fold answers for 5 folds and some repeats; both models are as good in every repeat but for new noise. */
  function folded(rows: number, repeats: number, skills: Record<string, number>, seed: string) {
    const rng = seeded(seed);
    const y = Array.from({ length: rows }, () => (rng.uniform() < 0.4 ? 1 : 0));
    const own = Object.fromEntries(Object.keys(skills).map((k) => [k, y.map(() => rng.normal())]));
    const entries = Array.from({ length: rows * repeats }, (_, i) => i % rows);
    const folds = {
      truth: m.binaryTruth(entries.map((i) => y[i])),
      row: Int32Array.from(entries),
      repeat: Int32Array.from({ length: rows * repeats }, (_, i) => Math.floor(i / rows)),
      fold: Int32Array.from(entries, (row, i) => (row * 7 + Math.floor(i / rows)) % 5),
      testOverTrain: 1 / 4,
    };
    const answers = (k: string) =>
      m.probability(
        entries.map((i) => 1 / (1 + Math.exp(-(skills[k] * (y[i] - 0.4) + own[k][i] + 0.1 * rng.normal())))),
      );
    return { folds, answers };
  }
  const judge = (skills: Record<string, number>, more: Partial<Question> = {}, rows = 300, repeats = 10) => {
    const { folds, answers } = folded(rows, repeats, skills, "folds");
    return compareModels({
      metric: m.logLoss,
      folds,
      champion: "base",
      baselines: [{ name: "base", folds: [answers("base")] }],
      challengers: [{ name: "new", folds: [answers("new")] }],
      rng: seeded(1),
      ...more,
    });
  };
  it("provisional, at .025 a side, by the wider of corrected t and row losses, with the Bayesian line", () => {
    const c = judge({ base: 1, new: 5 });
    const v = only(c);
    expect(c).toMatchObject({ protocol: "folds", alpha: 0.025 });
    expect(v).toMatchObject({ verdict: "JUSTIFIED", provisional: true, part: "folds", rows: 300 });
    expect(v.test.name).toBe("corrected-t and paired-t and hall");
    expect(v.bounds.level).toBeCloseTo(0.95, 12);
    const { worse, equivalent, better } = v.posterior!;
    expect(worse + equivalent + better).toBeCloseTo(1, 12);
    expect(better).toBeGreaterThan(0.99);
    expect(said(v)).toContain("Provisional: folds judge the recipe");
    requireJson(c);
  });
  it("the score is the mean over folds; identical answers are equivalent; metrics of every kind are judged", () => {
    for (const metric of [m.logLoss, m.accuracy, m.smooth("roc_auc"), m.smooth("f1"), m.gMean]) {
      const c = judge({ base: 1, new: 4 }, { metric }, 200, metric === m.gMean ? 1 : 2);
      expect(only(c).verdict).toBe("JUSTIFIED");
      requireJson(c);
    }
    const { folds, answers } = folded(100, 2, { base: 1 }, "same");
    const base = { name: "base", folds: [answers("base")] };
    const c = compareModels({
      metric: m.logLoss,
      folds,
      champion: "base",
      baselines: [base],
      challengers: [{ ...base, name: "same" }],
      rng: seeded(1),
    });
    expect(only(c)).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent" });
  });
  it("RMSE: relative and absolute margins", () => {
    const rng = seeded("rmse");
    const rows = 150;
    const y = Array.from({ length: rows }, () => rng.normal());
    const folds = {
      truth: m.numericTruth([...y, ...y]),
      row: Int32Array.from({ length: 2 * rows }, (_, i) => i % rows),
      repeat: Int32Array.from({ length: 2 * rows }, (_, i) => (i < rows ? 0 : 1)),
      fold: Int32Array.from({ length: 2 * rows }, (_, i) => (i * (i < rows ? 1 : 3)) % 5),
      testOverTrain: 0.25,
    };
    const model = (noise: number) => m.numbers([...y, ...y].map((v) => v + noise * rng.normal()));
    for (const kind of ["relative", "absolute"] as const) {
      const c = compareModels({
        metric: m.rmse,
        folds,
        champion: "b",
        margin: { value: 0.05, kind },
        baselines: [{ name: "b", folds: [model(1)] }],
        challengers: [{ name: "c", folds: [model(0.5)] }],
        rng: seeded(1),
      });
      expect(only(c).verdict).toBe("JUSTIFIED");
      expect(only(c).gain!).toBeGreaterThan(0.4);
      expect(only(c).gain!).toBeLessThan(0.6);
    }
  });
  it("holdout and folds: the holdout decides, a contradiction stays open", () => {
    const { folds, answers } = folded(300, 5, { base: 1, new: 5 }, "both");
    const { truth, model } = world(400, "both");
    const [weak, strong] = [model(1), model(5)];
    const judged = (challenger: Prediction) =>
      compareModels({
        metric: m.logLoss,
        holdout: { truth },
        folds,
        champion: "base",
        baselines: [{ name: "base", holdout: [weak], folds: [answers("base")] }],
        challengers: [{ name: "new", holdout: [challenger], folds: [answers("new")] }],
        rng: seeded(1),
      });
    const agree = judged(strong);
    expect(agree.protocol).toBe("both");
    expect(only(agree)).toMatchObject({ verdict: "JUSTIFIED", part: "holdout", provisional: false });
    expect(only(agree).other).toMatchObject({ part: "folds", verdict: "JUSTIFIED" });
    expect(only(judged(model(0, 3)))).toMatchObject({ verdict: "INCONCLUSIVE", reason: "cv-holdout-conflict" });
    requireJson(agree);
  });
  it("refuses folds that do not fit together", () => {
    const { folds, answers } = folded(60, 1, { a: 1 }, "bad");
    const question = (wrong: object): Question => ({
      metric: m.logLoss,
      folds: { ...folds, ...wrong },
      champion: "a",
      rng: seeded(1),
      baselines: [{ name: "a", folds: [answers("a")] }],
      challengers: [{ name: "b", folds: [answers("a")] }],
    });
    expect(() => compareModels(question({ row: new Int32Array(60) }))).toThrow("folds: row 0 is twice in a repeat");
    expect(() => compareModels(question({ fold: new Int32Array(60) }))).toThrow(/at least 2 resamples/);
    expect(() => compareModels(question({ testOverTrain: 0 }))).toThrow(/testOverTrain must be above 0/);
    expect(() => compareModels(question({ fold: new Int32Array(3) }))).toThrow(
      "folds: fold must have 60 values, got 3",
    );
  });
});

describe("questions that cannot be asked", () => {
  const { truth, model } = world(100, "wrong");
  const [a, b] = [model(1), model(2)];
  for (const [what, wrong, message] of [
    ["no challenger", { challengers: [] }, /there is no challenger/],
    ["an unknown champion", { champion: "z" }, /the champion must be one of the baselines, got z/],
    [
      "two of a name",
      {
        challengers: [
          { name: "b", holdout: [b] },
          { name: "b", holdout: [b] },
        ],
      },
      /two of the challengers are called b/,
    ],
    ["no predictions", { challengers: [{ name: "b" }] }, /no part \(holdout or folds\)/],
    [
      "other rows",
      { challengers: [{ name: "b", holdout: [m.probability([0.5])] }] },
      /predictions of b must have 100 rows, got 1/,
    ],
    ["a negative margin", { margin: { value: -0.1, kind: "absolute" } }, /value must be at least 0/],
    ["a relative margin of 1", { margin: { value: 1, kind: "relative" } }, /must be below 1/],
    ["worthless money", { money: { valuePerUnit: 0, extraCost: 1 } }, /valuePerUnit must be above 0/],
    [
      "a guarantee on folds",
      {
        holdout: undefined,
        folds: { truth, row: new Int32Array(0), fold: new Int32Array(0), repeat: new Int32Array(0), testOverTrain: 1 },
        guarantee: [0, 1],
        baselines: [{ name: "a", folds: [a] }],
        challengers: [{ name: "b", folds: [b] }],
      },
      /needs a holdout/,
    ],
    ["a level of one half", { alpha: 0.5 }, /alpha must be between/],
  ] as const)
    it(what, () => expect(() => ask(truth, { a }, { b }, wrong as Partial<Question>)).toThrow(message));
});

it("the same question gives the same answer, whatever the order of challengers", () => {
  const { truth, model } = world(300, "again");
  const [base, one, two] = [model(1), model(3), model(2)];
  const metric = m.smooth("mcc");
  const first = ask(truth, { base }, { one, two }, { metric });
  expect(ask(truth, { base }, { one, two }, { metric })).toEqual(first);
  const turned = ask(truth, { base }, { two, one }, { metric });
  expect(turned.challengers.map((v) => v.verdict).reverse()).toEqual(first.challengers.map((v) => v.verdict));
  expect(turned.challengers[1].bounds).toEqual(first.challengers[0].bounds);
});

it("bare labels that agree on few rows are not yet the same model; on many they are as good as", () => {
  const labelled = (rows: number) => {
    const y = Array.from({ length: rows }, (_, i) => i % 2);
    return { truth: m.binaryTruth(y), model: m.probability(y.map((l, i) => (i % 9 === 0 ? 1 - l : l))) };
  };
  for (const [rows, verdict] of [
    [60, "INCONCLUSIVE"],
    [400, "NOT JUSTIFIED"],
  ] as const) {
    const { truth, model } = labelled(rows);
    expect(only(ask(truth, { a: model }, { b: model }, { metric: m.accuracy })).verdict).toBe(verdict);
  }
});
