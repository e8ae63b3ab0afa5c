import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { acrossSection, gainsFigure, matrixFigure, overallSentence } from "../../../src/report/suite/across.ts";
import type { Overall } from "../../../src/report/across.ts";
import { plain } from "../../../src/report/document/document.ts";
import { html } from "../../../src/report/formats/html.ts";
import { markdown } from "../../../src/report/formats/markdown.ts";
import * as schema from "../../../src/report/schema/across.ts";
import { acrossDatasets } from "../../../src/suite/across/across.ts";
import { overall, type Outcome } from "../../../src/suite/across/overall.ts";
import { seeded } from "../../../src/numeric/rng.ts";

function bench(datasets: number, models: number) {
  const rng = seeded("bench").split(datasets);
  const contestants = Array.from({ length: models }, (_, k) => (k === 1 ? '<i>one & "two"</i>' : `model ${k}`));
  return acrossDatasets(
    {
      contestants,
      datasets: Array.from({ length: datasets }, (_, i) => ({
        dataset: `set ${i}`,
        direction: "minimize",
        margin: 0.1,
        scores: contestants.map((_name, k) => (k === 2 && i === 0 ? null : k === 3 ? undefined : k / 4 + rng.normal())),
      })),
    },
    1,
  );
}

const outcomes = (gains: readonly (number | null)[], change: Partial<Outcome> = {}): Outcome[] =>
  gains.map((gain, i) => ({ dataset: `set ${i}`, gain, vetoes: [], budgetUncertain: false, ...(i < 2 && change) }));
const judged = (gains: readonly (number | null)[], change: Partial<Outcome> = {}): Overall =>
  overall([{ name: "boosting", outcomes: outcomes(gains, change) }], { seed: 1 })[0];

const GOOD = [2, 3, 2.5, 4, 3.5, 2.2, 5, 3.1];
const sentence = (one: Overall): string => plain(overallSentence(one));

describe("the answer over all datasets, in words", () => {
  it.each<readonly [string, Overall]>([
    [
      "boosting: JUSTIFIED over 8 datasets: the typical gain is 3.08 times the margin (90 % interval 2.5 to 4), proven to exceed the margin (p = 0.0039). Better by more than the margin on 8, worse by more on 0, neither on 0.",
      judged(GOOD),
    ],
    [
      "NOT JUSTIFIED over 8 datasets: it is over its budget on set 0, set 1.",
      judged(GOOD, { vetoes: ["over-budget"] }),
    ],
    ["it failed must-pass cases on set 0, set 1.", judged(GOOD, { vetoes: ["must-pass"] })],
    ["a slice got worse on set 0, set 1.", judged(GOOD, { vetoes: ["slice"] })],
    ["protected groups are treated less evenly on set 0, set 1.", judged(GOOD, { vetoes: ["fairness"] })],
    ["whether it is within its budget is not settled on set 0, set 1.", judged(GOOD, { budgetUncertain: true })],
    ["proven to be a loss. Better by more than the margin on 0, worse by more on 8", judged(GOOD.map((x) => -x))],
    ["INCONCLUSIVE over 3 datasets: too few to tell, at least 5 are needed.", judged([4, 5, 6])],
    ["these datasets cannot tell", judged([5, -3, 8, -1, 2, 4, 0, 3])],
    ["there is no typical gain (90 % interval no limit to 3)", judged([null, null, null, null, 3, 4])],
  ])("%s", (words, one) => {
    expect(sentence(one)).toContain(words);
  });
  it("has no gap for any reason and sublabel", () => {
    const one = judged(GOOD);
    for (const sublabel of ["worse", "equivalent", "no-gain", "gain-too-small"] as const)
      expect(sentence({ ...one, verdict: "NOT JUSTIFIED", sublabel })).not.toMatch(/undefined|null|cannot tell/);
    for (const reason of ["near-margin", "underpowered"] as const)
      expect(sentence({ ...one, verdict: "INCONCLUSIVE", reason })).not.toMatch(/undefined|null/);
  });
});

describe("figures over all datasets", () => {
  const gains = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      dataset: `set ${i}`,
      gain: i === 1 ? null : 40 * Math.sin(i),
      lower: i === 2 ? null : 40 * Math.sin(i) - 1,
      upper: i === 2 ? null : 40 * Math.sin(i) + 1,
    }));
  it("say what they show, with at most 200 marks and all numbers beside them", () => {
    for (const figure of [
      ...[1, 5, 200].map((count) => gainsFigure("boosting", gains(count))),
      ...[2, 5, 40].map((models) => matrixFigure(bench(6, models))),
    ]) {
      const svg = figure.draw!();
      expect(svg).toMatch(/^<svg [^>]*role="img"><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
      expect(svg).not.toMatch(/NaN|undefined|Infinity|null|style=|<i>/);
      expect((svg.match(/<(rect|circle)/g) ?? []).length).toBeLessThanOrEqual(200);
      for (const row of figure.numbers.rows) expect(row.length).toBe(figure.numbers.columns.length);
    }
    expect(gainsFigure("boosting", gains(200)).numbers.rows).toHaveLength(200);
    expect(gainsFigure("boosting", gains(200)).caption).toContain(
      "The 15 largest and the 15 smallest of 200 are drawn.",
    );
  });
  it("keep gains in order of size, failures last, however far apart they lie", () => {
    const figure = gainsFigure("boosting", gains(5));
    expect(figure.numbers.rows.map(([name]) => name)).toEqual(["set 2", "set 3", "set 0", "set 4", "set 1"]);
    const places = [...figure.draw!().matchAll(/<circle [^>]*cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    expect(places).toEqual([...places].sort((a, b) => b - a));
    expect(new Set(places).size).toBe(4);
  });
  it("turn each pair so that the model of the better rank stands first", () => {
    const across = bench(9, 4);
    const turned = matrixFigure(across).numbers.rows.map(([a, b]) => `${plain(a)} : ${plain(b)}`);
    expect(turned).toHaveLength(across.pairs.length);
    const ranks = new Map(across.contestants.map(({ name, meanRank }) => [name, meanRank ?? Infinity]));
    for (const row of matrixFigure(across).numbers.rows)
      expect(ranks.get(plain(row[0]))).toBeLessThanOrEqual(ranks.get(plain(row[1]))!);
  });
});

describe("the section", () => {
  const across = bench(6, 5);
  const section = acrossSection({ models: across, challengers: [{ overall: judged(GOOD), gains: [] }] });
  const document = { title: "Bench", answer: "6 measured.", sections: [section], provenance: [] };
  it("is printed by every format, names as text", () => {
    expect(html(document)).toContain("&#60;i&#62;one &#38;");
    expect(html(document)).not.toContain("<i>");
    expect(markdown(document)).toContain("\\<i\\>one");
  });
  it("is valid as it stands in bench.json", () => {
    const there = JSON.parse(JSON.stringify({ across, overall: [judged(GOOD), judged([4, null])] })) as unknown;
    const both = v.strictObject({ across: schema.across, overall: v.array(schema.overall) });
    expect(v.parse(both, there)).toEqual(there);
    expect(v.safeParse(schema.across, { ...across, nemenyi: 1 }).success).toBe(false);
  });
});
