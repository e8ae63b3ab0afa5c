/** The spread that the models' own probabilities lead one to expect: by enumeration, and the rates that hold because of it. */
import { describe, expect, it } from "vitest";
import { limitOf } from "../../bench/honesty/cell.ts";
import { atMargin, drawn, type Population } from "../../bench/honesty/populations.ts";
import { judgeDrawn } from "../../bench/honesty/real.ts";
import { believing } from "../../src/compare/beliefs.ts";
import { columnsOf } from "../../src/compare/columns.ts";
import { independence } from "../../src/compare/independence.ts";
import { measure } from "../../src/compare/measure.ts";
import { pairOf } from "../../src/compare/paired.ts";
import { contrastAt, unitMoments, type UnitMoments } from "../../src/compare/units.ts";
import { findMetric } from "../../src/metrics/registry.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { relatively } from "./reference.ts";

const rng = seeded("beliefs");
const logLoss = findMetric("log_loss", "multiclass");
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Three classes, a row of the first, of the third and of the first. */
const CODES = [0, 2, 0];
const BASELINE = [
  [0.5, 0.3, 0.2],
  [0.2, 0.2, 0.6],
  [0.6, 0.2, 0.2],
];
const CHALLENGER = [
  [0.9, 0.099, 0.001],
  [0.05, 0.05, 0.9],
  [0.7, 0.299, 0.001],
];

function measuredOf(rows: readonly (readonly number[])[]) {
  return measure(logLoss, {
    truth: { task: "multiclass", name: "y", codes: Int32Array.from(CODES), classes: ["a", "b", "c"] },
    prediction: { kind: "probability", values: Float64Array.from(rows.flat()), classes: 3 },
  });
}

describe("the moments of a bound", () => {
  const [b, c] = [measuredOf(BASELINE), measuredOf(CHALLENGER)];
  for (const [kind, theta] of [
    ["absolute", 0],
    ["absolute", 0.3],
    ["relative", 0.01],
    ["relative", -0.5],
  ] as const)
    it(`lie between the seen ones and those of labels drawn by either model, ${kind} gain ${theta}`, () => {
      const columns = columnsOf(b, c, kind);
      const seen = unitMoments(columns.n, columns.q, undefined, columns.known);
      // Every label of every row, as probable as the two models say on average.
      const outcomes = BASELINE.flatMap((ofBaseline, row) =>
        ofBaseline.map((p, label) => {
          const q = CHALLENGER[row][label];
          const of = kind === "relative" ? -Math.log(p) : 1;
          return { chance: (p + q) / 2 / 3, x: -Math.log(p) + Math.log(q) - theta * of };
        }),
      );
      const expected = (power: number, about = 0): number =>
        outcomes.reduce((sum, { chance, x }) => sum + chance * (x - about) ** power, 0);
      const centre = expected(1);
      const own = Array.from(columns.n, (x, i) => x - theta * (columns.q?.[i] ?? 1));
      const mean = own.reduce((sum, x) => sum + x, 0) / 3;
      const central = (power: number): number => own.reduce((sum, x) => sum + (x - mean) ** power, 0) / 3;
      for (const [side, share] of [
        ["lower", 1 / 3],
        ["upper", 1 / 2],
      ] as const) {
        const reckoned = believing(b, c, columns, theta)?.[side](seen);
        expect(reckoned).toBeDefined();
        const { mean: at, sd, skewness } = contrastAt(reckoned as UnitMoments, theta);
        const between = (power: number): number => (1 - share) * central(power) + share * expected(power, centre);
        relatively(at, mean, 1e-12);
        relatively((sd * sd * 2) / 3, between(2), 1e-10);
        relatively(skewness * ((sd * sd * 2) / 3) ** 1.5, between(3), 1e-10);
      }
    });
  it("are those of rows where each row is a group, and smaller by the size of equal groups", () => {
    const columns = columnsOf(b, c, "relative");
    const reckon = believing(b, c, columns, 0.01)?.lower as (moments: UnitMoments) => UnitMoments;
    const rows = unitMoments(columns.n, columns.q);
    const groups = { ...rows, units: rows.units / 2 };
    const more = (moments: UnitMoments): number => reckon(moments).second[0] - moments.second[0];
    relatively(more(groups), more(rows) / 2, 1e-12);
  });
  it("stay as they are where nothing else was to be expected", () => {
    expect(believing(b, b, columnsOf(b, b, "relative"), 0)).toBeUndefined();
  });
});

const ROWS = 30_000;

function probabilities(positive: Float64Array) {
  const values = new Float64Array(2 * positive.length);
  positive.forEach((p, i) => values.set([1 - p, p], 2 * i));
  return { kind: "probability" as const, values, classes: 2 };
}

/** Both models are honest, and one knows more: what it says is never certain. */
function honest(stream: Rng): Population {
  const logits = Float64Array.from({ length: ROWS }, () => 2 * stream.normal());
  const codes = Int32Array.from(logits, (x) => (stream.uniform() < sigmoid(x) ? 1 : 0));
  return atMargin({
    name: "honest",
    metric: findMetric("log_loss", "binary"),
    truth: { task: "binary", name: "y", codes, classes: ["no", "yes"] },
    baseline: probabilities(logits.map((x) => sigmoid(0.5 * (x + 1.8 * stream.normal())))),
    challenger: probabilities(logits.map((x) => sigmoid(0.9 * (x + 0.6 * stream.normal())))),
  });
}

/** A baseline that is certain, and wrong on a few rows in a thousand; the challenger's gain is all on these. */
function certainBaseline(stream: Rng): Population {
  const logits = Float64Array.from({ length: ROWS }, () => -4.5 + 1.2 * stream.normal());
  const codes = Int32Array.from(logits, (x) => (stream.uniform() < sigmoid(x) ? 1 : 0));
  return atMargin({
    name: "certain baseline",
    metric: findMetric("log_loss", "binary"),
    truth: { task: "binary", name: "y", codes, classes: ["no", "yes"] },
    baseline: probabilities(logits.map((x) => sigmoid(2.5 * x))),
    challenger: probabilities(logits.map((x) => sigmoid(x))),
  });
}

/** Shares JUSTIFIED and NOT JUSTIFIED, with the shares that bounds of the rows at hand alone would give. */
function rates(population: Population, rows: number, margin: number, runs: number, stream: Rng) {
  const counts = { yes: 0, no: 0, plainYes: 0, plainNo: 0 };
  for (let run = 0; run < runs; run++) {
    const { verdict } = judgeDrawn(population, rows, stream.split(run), margin);
    if (verdict === "JUSTIFIED") counts.yes++;
    if (verdict === "NOT JUSTIFIED") counts.no++;
    const own = stream.split(run);
    const sample = drawn(
      population,
      Int32Array.from({ length: rows }, () => own.below(ROWS)),
    );
    const [b, c] = [sample.baseline, sample.challenger].map((prediction) =>
      measure(population.metric, { truth: sample.truth, prediction }),
    );
    const spec = { value: margin, kind: "relative" } as const;
    const { lower, upper } = pairOf(b, c, { margin: spec, rows: independence(rows) }).at(0.05);
    if (lower > margin) counts.plainYes++;
    if (upper < margin) counts.plainNo++;
  }
  return counts;
}

it("an honest challenger that is better keeps nine tenths of its power on a hundred rows", () => {
  const { yes, plainYes } = rates(honest(rng.split("honest")), 100, 0.01, 400, rng.split("power"));
  expect(plainYes).toBeGreaterThan(160);
  expect(yes).toBeGreaterThanOrEqual(0.9 * plainYes);
});

it("a gain of just the margin is ruled out in at most 5 % of samples, though most show none of the rows it lies on", () => {
  const runs = 500;
  const population = certainBaseline(rng.split("certain"));
  const { no, plainNo } = rates(population, 60, population.margin, runs, rng.split("not"));
  expect(no / runs).toBeLessThanOrEqual(limitOf(0.05, runs));
  expect(plainNo / runs).toBeGreaterThan(limitOf(0.05, runs));
});
