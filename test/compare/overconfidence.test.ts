/** Models that are far surer than they are right: what folds of one table say over them, and what they leave open. */
import { describe, expect, it } from "vitest";
import { barOf } from "../../src/compare/bar.ts";
import type { FoldPart } from "../../src/compare/folds.ts";
import { overconfidenceOf } from "../../src/compare/overconfidence.ts";
import { ladderSteps } from "../../src/compare/steps.ts";
import type { Candidate, ChallengerVerdict, Prediction, Question, Truth } from "../../src/compare/verdict/contract.ts";
import { compareModels } from "../../src/compare/verdict/verdict.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { worded } from "../../src/report/verdict-sentence.ts";
import * as m from "./metrics.ts";

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const binary = (p: readonly number[]): Prediction => m.probability(p);

/** Labels that are drawn from the probabilities. */
function drawn(rows: number, rng: Rng, spread = 2.5): { truth: Truth; logits: number[] } {
  const logits = Array.from({ length: rows }, () => spread * rng.normal());
  return { truth: m.binaryTruth(logits.map((z) => (rng.uniform() < sigmoid(z) ? 1 : 0))), logits };
}

const sharpened = (logits: readonly number[], times: number): Prediction =>
  binary(logits.map((z) => sigmoid(times * z)));

/** Many classes, the labels drawn from the answers. */
function manyClasses(rows: number, classes: number, rng: Rng): { truth: Truth; answers: Prediction } {
  const values = new Float64Array(rows * classes);
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const raw = Array.from({ length: classes }, () => Math.exp(1.2 * rng.normal()));
    const sum = raw.reduce((a, b) => a + b, 0);
    const at = rng.uniform();
    let below = 0;
    raw.forEach((x, k) => {
      values[row * classes + k] = x / sum;
      if (at >= below) codes[row] = k;
      below += x / sum;
    });
  }
  const names = Array.from({ length: classes }, (_, k) => `c${k}`);
  return {
    truth: { task: classes === 2 ? "binary" : "multiclass", name: "y", codes, classes: names },
    answers: { kind: "probability", values, classes },
  };
}

describe("how sure a model is", () => {
  it.each([2, 3, 7])(
    "answers whose labels are drawn from them are as sure as they are right: %i classes",
    (classes) => {
      for (let run = 0; run < 50; run++) {
        const { truth, answers } = manyClasses(60, classes, seeded(`honest ${classes} ${run}`));
        expect(overconfidenceOf(truth, [answers])).toBeUndefined();
      }
    },
  );
  it("the sharper the same answers, the surer; useless where the shares of the classes err less", () => {
    const { truth, logits } = drawn(400, seeded("sharp"));
    const found = [1, 2, 12, 24].map((times) => overconfidenceOf(truth, [sharpened(logits, times)]));
    expect(found.slice(0, 2)).toEqual([undefined, undefined]);
    expect(found[2]!.times).toBeGreaterThan(3);
    expect(found[3]!.times).toBeGreaterThan(found[2]!.times);
    expect(found[3]!.useless).toBe(false);
    expect(overconfidenceOf(truth, [sharpened(logits, -12)])!.useless).toBe(true);
  });
  it("weights count as that many rows; of several seeds all are counted", () => {
    const { truth, logits } = drawn(90, seeded("weights"));
    if (truth.task === "regression") throw new Error("classes are needed");
    const weights = Float64Array.from(logits, (_, i) => i % 3);
    const rows = logits.flatMap((_, i) => Array.from({ length: i % 3 }, () => i));
    const repeated: Truth = { ...truth, codes: Int32Array.from(rows, (i) => truth.codes[i]) };
    const [one, other] = [
      sharpened(logits, 15),
      sharpened(
        rows.map((i) => logits[i]),
        15,
      ),
    ];
    const [weighed, copied] = [overconfidenceOf(truth, [one], weights)!, overconfidenceOf(repeated, [other])!];
    expect(weighed.times).toBeCloseTo(copied.times, 9);
    expect(weighed.useless).toBe(copied.useless);
    expect(overconfidenceOf(truth, [one, one])!.times).toBeCloseTo(overconfidenceOf(truth, [one])!.times, 9);
    const calm = overconfidenceOf(truth, [one, sharpened(logits, 1)]);
    expect(calm?.times ?? 0).toBeLessThan(overconfidenceOf(truth, [one])!.times);
  });
  it("bare labels do not say how sure they are, nor do numbers", () => {
    const { truth, logits } = drawn(100, seeded("bare"));
    expect(overconfidenceOf(truth, [binary(logits.map((z) => (z < 0 ? 1 : 0)))])).toBeUndefined();
    expect(overconfidenceOf(m.numericTruth(logits), [m.numbers(logits.map(() => 0))])).toBeUndefined();
  });
});

const ROWS = 300;
const REPEATS = 2;

function inFolds(truth: Truth): FoldPart {
  if (truth.task === "regression") throw new Error("classes are needed");
  const rows = truth.codes.length;
  const entries = Array.from({ length: REPEATS * rows }, (_, i) => i);
  return {
    truth: { ...truth, codes: Int32Array.from(entries, (i) => truth.codes[i % rows]) },
    row: Int32Array.from(entries, (i) => i % rows),
    fold: Int32Array.from(entries, (i) => ((i % rows) * (i < rows ? 1 : 3)) % 5),
    repeat: Int32Array.from(entries, (i) => Math.floor(i / rows)),
    testOverTrain: 0.25,
  };
}

/** What was learnt differs a little from one repeat to the next. */
const inRepeats = (name: string, prediction: Prediction, change = 1e-4): Candidate => {
  const again = prediction.values.map((p) => p + change * (0.5 - p));
  return {
    name,
    folds: [{ ...prediction, values: Float64Array.of(...prediction.values, ...again) }],
    holdout: [prediction],
  };
};

function asked(
  truth: Truth,
  baselines: Readonly<Record<string, Prediction>>,
  challenger: Prediction,
  options: Partial<Question> & { part?: "folds" | "holdout" } = {},
): ChallengerVerdict {
  const { part = "folds", ...rest } = options;
  return compareModels({
    metric: m.logLoss,
    ...(part === "folds" ? { folds: inFolds(truth) } : { holdout: { truth } }),
    baselines: Object.entries(baselines).map(([name, prediction]) => inRepeats(name, prediction)),
    champion: Object.keys(baselines)[0],
    challengers: [inRepeats("c", challenger)],
    rng: seeded("asked"),
    ...rest,
  }).challengers[0];
}

const { truth, logits } = drawn(ROWS, seeded("world"));
const good = sharpened(logits, 1);
const flat = binary(logits.map(() => 0.5));
const useless = sharpened(logits, -9);
const sure = sharpened(logits, 15);

describe.each(["log_loss", "brier", "accuracy", "roc_auc"])("folds by %s", (name) => {
  const metric = m.smooth(name);
  it("over a useless baseline leave every gain open; held-out rows judge the fitted model", () => {
    const v = asked(truth, { wild: useless }, good, { metric });
    expect([v.verdict, v.reason, v.bounds.lower, v.bounds.upper]).toEqual([
      "INCONCLUSIVE",
      "overconfident-baseline",
      null,
      null,
    ]);
    expect([v.test.p, v.test.pBelow, v.rowsNeeded, v.posterior]).toEqual([1, 1, null, null]);
    expect(v.detail).toMatchObject({ kind: "overconfident", baseline: "wild" });
    expect(asked(truth, { wild: useless }, good, { metric, part: "holdout" }).verdict).toBe("JUSTIFIED");
  });
  it("rule nothing out over one that is too sure, whatever the challenger is", () => {
    for (const challenger of [good, flat, sure, useless, sharpened(logits, 0.3)]) {
      const v = asked(truth, { sure }, challenger, { metric });
      if (challenger !== sure) expect(v.verdict).not.toBe("NOT JUSTIFIED");
    }
  });
  it("another baseline that is not beaten decides, and one that is beaten does not help", () => {
    expect(asked(truth, { good, wild: useless }, flat, { metric })).toMatchObject({ verdict: "NOT JUSTIFIED" });
    const v = asked(truth, { flat, wild: useless }, good, { metric });
    expect([v.verdict, v.reason]).toEqual(["INCONCLUSIVE", "overconfident-baseline"]);
    const alone = asked(truth, { flat, wild: useless }, good, { metric, against: "champion" });
    expect(alone.verdict).toBe(asked(truth, { flat }, good, { metric }).verdict);
  });
});

it("a gain over a baseline that is too sure, yet better than the shares of the classes, is shown as over any other", () => {
  const v = asked(truth, { sure }, good);
  expect([v.verdict, v.bounds.upper]).toEqual(["JUSTIFIED", null]);
});

it("a rule that is not learnt errs on any table as it does on this one: the same answers in every repeat are judged as others are", () => {
  const fixed = compareModels({
    metric: m.logLoss,
    folds: inFolds(truth),
    baselines: [inRepeats("rule", useless, 0)],
    champion: "rule",
    challengers: [inRepeats("c", good)],
    rng: seeded("rule"),
  }).challengers[0];
  expect(fixed.verdict).toBe("JUSTIFIED");
});

it("the sentence says which baseline, how far off it is, and what to do", () => {
  const v = asked(truth, { wild: useless }, good);
  const { sentence } = worded(v, "minimize");
  expect(sentence).toMatch(
    /^c is INCONCLUSIVE: how much a baseline loses depends on which rows it happened to learn from \(wild errs [\d.]+ times as much as its own probabilities allow for\)\./,
  );
  expect(sentence).toContain(
    "What to do: stay with the simple model; judge the fitted models on held-out rows, or compare with --against champion.",
  );
});

it("a step from such a rung is not bought, and nobody can pass the bar of a ladder with a useless one", () => {
  const rungs = [inRepeats("wild", useless), inRepeats("good", good)];
  const folds = inFolds(truth);
  const [step] = ladderSteps({ metric: m.logLoss, folds, rungs, rng: seeded("steps") });
  expect(step).toMatchObject({ verdict: "INCONCLUSIVE", reason: "overconfident-baseline", bought: false });
  const bar = barOf({ metric: m.logLoss, folds, baselines: rungs, rng: seeded("bar") });
  expect(bar).toMatchObject({ score: null, reason: "overconfident-baseline" });
  expect(bar.detail).toMatchObject({ baseline: "wild" });
});

it("a recipe that goes wrong on one table in sixteen is no excuse: a gain of just the margin is JUSTIFIED in at most 2.5 %", () => {
  const rng = seeded("accidents");
  const [runs, rows, often] = [300, 120, 1 / 16];
  const [mad, usual] = [(z: number): number => sigmoid(9 * (z + 4)), (z: number): number => sigmoid(4 * z)];
  const large = drawn(20_000, rng.split("large"));
  const lossOf = (answer: (z: number) => number): number =>
    m.logLoss.score({ truth: large.truth, prediction: binary(large.logits.map(answer)) });
  const margin = 1 - lossOf(sigmoid) / (often * lossOf(mad) + (1 - often) * lossOf(usual));
  let wrong = 0;
  for (let run = 0; run < runs; run++) {
    const stream = rng.split(run);
    const table = drawn(rows, stream);
    const baseline = binary(table.logits.map(stream.uniform() < often ? mad : usual));
    const { verdict } = asked(table.truth, { baseline }, sharpened(table.logits, 1), {
      margin: { value: margin, kind: "relative" },
    });
    if (verdict === "JUSTIFIED") wrong++;
  }
  expect(wrong / runs).toBeLessThanOrEqual(0.025);
});

describe("few rows of all classes but one", () => {
  /** So many positives of 300 rows; one model is a little better than the other. */
  const rare = (positives: number): { truth: Truth; close: Prediction; best: Prediction; bad: Prediction } => {
    const each = ROWS / positives;
    const codes = Array.from({ length: ROWS }, (_, i) => (i % each === Math.floor(i / each) % 5 ? 1 : 0)); // in all folds
    const said = (miss: number, noise: number): Prediction => {
      const rng = seeded("rare");
      return binary(codes.map((code) => sigmoid((code === 1 ? 0 : miss) + noise * rng.normal())));
    };
    return { truth: m.binaryTruth(codes), best: said(-4, 0.5), close: said(-4, 0.51), bad: said(-1, 0.5) };
  };
  it("folds rule no gain out below twenty, but still show a loss; held-out rows do both", () => {
    for (const [positives, verdict] of [
      [12, "INCONCLUSIVE"],
      [20, "NOT JUSTIFIED"],
    ] as const) {
      const { truth, best, close, bad } = rare(positives);
      const margin = { value: 0.3, kind: "relative" } as const;
      const v = asked(truth, { best }, close, { margin });
      expect(v.verdict).toBe(verdict);
      expect(asked(truth, { best }, bad, { margin })).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "worse" });
      expect(asked(truth, { best }, close, { margin, part: "holdout" }).verdict).toBe("NOT JUSTIFIED");
      if (verdict === "NOT JUSTIFIED") continue;
      expect(v.reason).toBe("too-few-positives");
      expect(v.detail).toEqual({ kind: "few-of-class", class: "yes", have: positives, least: 20 });
    }
  });
});
