/** Every sentence of a verdict against its numbers, over thousands of random comparisons. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Candidate, Prediction, Question, RowsScenario, Truth } from "../../src/compare/verdict/contract.ts";
import { compareModels } from "../../src/benchmark/in-words.ts";
import { seeded, type Rng } from "../../src/numeric/rng.ts";
import { adviceFor } from "../../src/report/verdict-reasons.ts";
import { answerOf, remarksOf } from "../../src/report/verdict-sentence.ts";
import { boundsFigure, gainFigure, type VerdictEntry } from "../../src/report/verdict.ts";
import { figure, percent, pWords } from "../../src/words/numbers.ts";
import * as m from "../compare/metrics.ts";

const COMPARISONS = 5000;

interface Judged {
  readonly v: VerdictEntry;
  readonly metric: Question["metric"];
}

/** A question of random size, metric, margin, dependence and skill; several baselines and challengers now and then. */
function question(rng: Rng): Question {
  const metric = [m.logLoss, m.mae, m.rmse, m.accuracy][rng.below(4)];
  const rows = Math.round(20 * 30 ** rng.uniform());
  const noise = 0.2 + rng.uniform();
  const { truth, answer } = metric === m.mae || metric === m.rmse ? numbers(rng, rows) : classes(rng, rows);
  const skills = Array.from({ length: 1 + rng.below(3) }, () => rng.uniform());
  const best = Math.max(...skills);
  const onFolds = rng.uniform() < 0.2;
  const part = onFolds ? "folds" : "holdout";
  const groups = Int32Array.from({ length: rows }, (_, i) => i % Math.max(2, Math.floor(rows / 4)));
  const dependence = rng.uniform() < 0.15 ? { groups } : {};
  const folds = Int32Array.from({ length: rows }, (_, i) => i % 5);
  const row = Int32Array.from({ length: rows }, (_, i) => i);
  const baselines: Candidate[] = skills.map((skill, k) => ({ name: `b${k}`, [part]: [answer(skill, noise)] }));
  const shift = [0, 0, 0.02, 0.3, -0.3][rng.below(5)];
  const challengers = Array.from({ length: 1 + (rng.uniform() < 0.15 ? rng.below(4) : 0) }, (_, k): Candidate => {
    const twin = rng.uniform() < 0.05 ? baselines[rng.below(baselines.length)][part]![0] : undefined;
    return { name: `c${k}`, [part]: [twin ?? answer(best + shift, noise)] };
  });
  const kind = rng.uniform() < 0.5 ? ("absolute" as const) : ("relative" as const);
  const margin = { kind, value: [0, 0.005, 0.05, 0.2][rng.below(4)] };
  return {
    metric,
    ...(onFolds
      ? { folds: { truth, row, fold: folds, repeat: new Int32Array(rows), testOverTrain: 0.25, dependence } }
      : { holdout: { truth, dependence } }),
    baselines,
    champion: "b0",
    challengers,
    ...(rng.uniform() < 0.7 && { margin }),
    rng: seeded("sentences"),
  };
}

interface World {
  readonly truth: Truth;
  readonly answer: (skill: number, noise: number) => Prediction;
}

function numbers(rng: Rng, rows: number): World {
  const y = Array.from({ length: rows }, () => 10 * rng.normal());
  return {
    truth: m.numericTruth(y),
    answer: (skill, noise) => m.numbers(y.map((value) => skill * value + 5 * noise * rng.normal())),
  };
}

function classes(rng: Rng, rows: number): World {
  const y = Array.from({ length: rows }, () => (rng.uniform() < 0.4 ? 1 : 0));
  const chance = (x: number): number => 1 / (1 + Math.exp(-x));
  return {
    truth: m.binaryTruth(y),
    answer: (skill, noise) => m.probability(y.map((label) => chance(4 * skill * (label - 0.5) + noise * rng.normal()))),
  };
}

let all: readonly Judged[];
beforeAll(() => {
  const rng = seeded("five thousand comparisons");
  const found: Judged[] = [];
  for (let k = 0; found.length < COMPARISONS; k++) {
    const asked = question(rng.split(k));
    found.push(...compareModels(asked).challengers.map((v) => ({ v, metric: asked.metric })));
  }
  all = found;
}, 120_000);

/** Fails with the first sentence that does not hold. */
function holdsFor(wanted: (one: VerdictEntry, metric: Question["metric"]) => boolean, of = all): void {
  const wrong = of.find(({ v, metric }) => !wanted(v, metric));
  expect(wrong === undefined ? "" : `${wrong.v.sentence} ${JSON.stringify(wrong.v)}`).toBe("");
}

const where = (wanted: (v: VerdictEntry) => boolean): readonly Judged[] => all.filter(({ v }) => wanted(v));
const infinite = (bound: number | null, side: number): number => bound ?? side * Infinity;

describe("over thousands of comparisons", () => {
  it("every verdict, and every reason that random rows can give, is met", () => {
    const met = new Set(all.map(({ v }) => v.sublabel ?? v.reason ?? v.verdict));
    for (const one of ["JUSTIFIED", "worse", "equivalent", "no-gain", "gain-too-small", "underpowered", "near-margin"])
      expect(met).toContain(one);
    for (const one of ["too-few-rows", "too-few-discordant"]) expect(met).toContain(one);
  });
  it("the answer comes first, and all that follows is a remark of its own", () => {
    holdsFor((v) => {
      const { against, advice, help, remarks } = remarksOf(v);
      const { answer, gain } = answerOf(v);
      const parts = [answer, gain, ...against, advice, help, ...remarks].filter((part) => part !== "");
      const told = /What to do|Judged on|Note:|What would settle/;
      return parts.join(" ") === v.sentence && !told.test(answer + gain) && answer.includes(v.verdict);
    });
    const [{ v }] = all;
    const other = "Words of another version.";
    expect(answerOf({ ...v, sentence: other })).toEqual({ answer: other, gain: "" });
  });
  it("the interval, the margin and the p values agree with the verdict", () => {
    holdsFor(({ gain, bounds, margin, verdict, sublabel, reason, test, part }) => {
      const [lower, upper] = [infinite(bounds.lower, -1), infinite(bounds.upper, 1)];
      const alpha = part === "folds" ? 0.025 : 0.05;
      // No share can be gained of a baseline that loses nothing; that it is lost to can be proven.
      if (gain === null && verdict === "NOT JUSTIFIED") return /worse|no-gain/.test(sublabel!) && test.pBelow <= alpha;
      if (verdict === "JUSTIFIED")
        return lower > margin.value && test.p <= alpha && sublabel === null && reason === null;
      if (verdict === "INCONCLUSIVE") return sublabel === null && reason !== null;
      return reason === null && (upper < margin.value || (margin.value === 0 && upper === 0));
    });
    // Several challengers share the level, so that a bound above the margin may not be enough.
    const open = where(({ reason, detail }) => /underpowered|near-margin/.test(reason ?? "") && detail === null);
    expect(open.length).toBeGreaterThan(500);
    holdsFor(({ bounds, margin, test, part }) => {
      const [lower, upper] = [infinite(bounds.lower, -1), infinite(bounds.upper, 1)];
      return lower <= margin.value && margin.value <= upper && test.p > (part === "folds" ? 0.025 : 0.05);
    }, open);
  });
  it("a loss is never called a gain, too small or not, and equivalence is proven", () => {
    holdsFor(({ sublabel, gain, bounds, margin, sentence }) => {
      if (gain === null) return !/ a (gain|loss) of/.test(sentence);
      if (gain > 0 !== / a gain of/.test(sentence) || gain < 0 !== /no gain but a loss of/.test(sentence)) return false;
      if (sublabel === "gain-too-small") return gain > 0;
      if (sublabel === "no-gain") return gain < 0;
      if (sublabel === "worse") return infinite(bounds.upper, 1) < 0;
      if (sublabel === "equivalent") return gain === 0 || infinite(bounds.lower, -1) > -margin.value;
      return true;
    });
  });
  it("one comparison has one interval: the smallest bounds of all baselines are those of the verdict", () => {
    holdsFor(({ against, bounds, baseline, gain, test }) => {
      const least = (side: "lower" | "upper"): number =>
        Math.min(...against.map((one) => infinite(one.bounds[side], side === "lower" ? -1 : 1)));
      const hardest = against.find((one) => one.baseline === baseline)!;
      return (
        least("lower") === infinite(bounds.lower, -1) &&
        (gain === null || least("upper") === infinite(bounds.upper, 1)) &&
        hardest.gain === gain &&
        test.p === Math.max(...against.map(({ p }) => p)) &&
        (gain === null || (infinite(bounds.lower, -1) <= gain && gain <= infinite(bounds.upper, 1)))
      );
    });
  });
  it("each number in a sentence is the document's, rounded once", () => {
    holdsFor((v, { direction }) => {
      const { sentence, score, against, baseline, gain, bounds, margin, rows, units, test, verdict } = v;
      const other = against.find((one) => one.baseline === baseline)!.score;
      const refuted = verdict === "NOT JUSTIFIED" && test.pBelow < test.p;
      const parts = [
        `Its ${v.metric} is ${figure(score)} where ${baseline} has ${figure(other)}`,
        `(${percent(bounds.level)} interval`,
        boundsFigure(bounds, margin)
          .replace(/^no limit/, "no lower limit")
          .replace(/no limit$/, "no upper limit"),
        `Needed: more than ${gainFigure(margin.value, margin).replace("+", "")}`,
        `Judged on ${figure(rows)} ${v.part === "holdout" ? "held-out rows" : "rows in folds"}`,
        `${pWords(refuted ? test.pBelow : test.p)} for a gain ${refuted ? "below" : "above"}`,
        ...(units.kind === "rows" ? [] : [`in ${figure(units.count)} ${units.kind}`]),
        ...(gain === null || gain === 0 ? [] : [gainFigure(gain, margin).slice(1)]),
        ...(margin.kind === "relative" && direction === "maximize" && gain ? ["of the way to a perfect score"] : []),
      ];
      return gain === null || parts.every((part) => sentence.includes(part));
    });
  });
  it("only what is JUSTIFIED is to be taken; what more rows would settle asks for them", () => {
    holdsFor(({ verdict, reason, findings, sentence }) => {
      const [, advice] = /What to do: (.+?)\.( |$)/.exec(sentence) ?? [];
      if (advice === undefined) return false;
      if (verdict === "JUSTIFIED")
        return findings.length > 0 ? /before you take it/.test(advice) : advice.startsWith("take it");
      if (/take it/.test(advice)) return false;
      if (verdict === "NOT JUSTIFIED")
        return findings.some(({ code }) => code === "misplaced-classes" || code === "other-scale")
          ? advice.endsWith("and compare again")
          : advice.startsWith("stay with the simple model");
      return !/underpowered|too-few/.test(reason ?? "") || /more rows/.test(advice);
    });
  });
  it("reason, advice and rows needed agree", () => {
    holdsFor((v) => {
      const { verdict, reason, detail, sublabel, findings, sentence, rowsNeeded, name, margin, bounds, gain, rows } = v;
      const why = sublabel ?? reason;
      if (!sentence.startsWith(`${name} is ${verdict}${why === null ? "." : ": "}`)) return false;
      if (!sentence.includes(`What to do: ${adviceFor({ sublabel, reason, findings })}.`)) return false;
      if (verdict !== "INCONCLUSIVE" && rowsNeeded !== null) return false;
      const width = infinite(bounds.upper, 1) - infinite(bounds.lower, -1);
      // These rows can tell gains of the margin's size apart, and this one lies next to it.
      const near = width <= 2 * margin.value && Math.abs(gain! - margin.value) < width / 4;
      if (near ? reason === "underpowered" && detail === null : reason === "near-margin") return false;
      return rowsNeeded === null || rowsNeeded.now === rows;
    });
    const asked = where(({ reason }) => reason === "underpowered" || reason === "near-margin");
    expect(asked.length).toBeGreaterThan(500);
    holdsFor(({ rowsNeeded, sentence }) => rowsNeeded !== null && sentence.includes("What would settle it: "), asked);
  });
  it("rows needed settle it on the side of the margin that the gain is on; none would only at the margin itself", () => {
    const scenarioHolds = (v: VerdictEntry) => (s: RowsScenario) => {
      const away = s.gain - v.margin.value;
      if (s.rows === null) return s.settles === null && Math.abs(away) < 1e-9;
      return s.settles === (away > 0 ? "JUSTIFIED" : "NOT JUSTIFIED") && s.low! <= s.rows && s.rows <= s.high!;
    };
    holdsFor((v) => (v.rowsNeeded?.scenarios ?? []).every(scenarioHolds(v)));
    // What is seen has not settled it on these rows, so it takes more of them.
    const open = where(({ reason, rowsNeeded }) => reason === "underpowered" && rowsNeeded !== null);
    const more = open.filter(({ v }) => v.rowsNeeded!.scenarios[0].rows! > v.rows);
    expect(more.length / open.length).toBeGreaterThan(0.98);
  });
  it("rows that a claim needs at the least are never undercut", () => {
    const few = where(({ reason }) => reason === "too-few-rows" || reason === "too-few-discordant");
    expect(few.length).toBeGreaterThan(100);
    holdsFor(
      ({ rowsNeeded, rows }) => (rowsNeeded?.scenarios ?? []).every((s) => s.rows === null || s.rows > rows),
      few,
    );
    holdsFor(({ rowsNeeded, units, rows }) => {
      const least = units.kind === "groups" ? (10 * rows) / units.count : 30;
      return (rowsNeeded?.scenarios ?? []).every((s) => s.rows === null || (s.low! >= least && s.rows >= 30));
    });
  });
});
