import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FitError } from "../../src/baselines/contract.ts";
import type { Model } from "../../src/models/contract.ts";
import { linear } from "../../src/baselines/linear/linear.ts";
import { logistic } from "../../src/baselines/logistic/logistic.ts";
import { textBayes } from "../../src/baselines/text-bayes.ts";
import { allRows, shapeOf, type Dataset, type Target } from "../../src/frame/dataset.ts";
import { termLabels } from "../../src/encode/text/labels.ts";
import { eachTerm, normalised, type TermKind } from "../../src/encode/text/terms.ts";
import { learnTexts, textFeatures } from "../../src/encode/text/tfidf.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { coefficientsOf } from "../reference/linear-tables.ts";
import { textColumn } from "../../src/testing/tables.ts";
import { amounts, classes, numberColumn, tableOf } from "./tree/fit.ts";

interface Linear {
  readonly coefficients: number[][];
  readonly intercepts: number[];
}
const reference = JSON.parse(readFileSync("test/reference/text.json", "utf8")) as {
  readonly texts: string[];
  readonly kinds: number[];
  readonly score: number[];
  readonly names: string[];
  /** How many of the names are words. */
  readonly words: number;
  readonly idf: [number[], number[]];
  readonly features: number[][];
  readonly bayes: Record<
    string,
    { readonly prior: number[]; readonly terms: number[][]; readonly probability: number[][] }
  >;
  readonly logistic: Linear;
  readonly softmax: Linear;
  readonly ridge: Linear;
};
const { texts, kinds, names } = reference;
const rows = allRows(texts.length);
const spam = kinds.map((kind) => Number(kind === 2));
const tableFor = (target: Target): Dataset => tableOf([textColumn("message", texts)], target);

const data = tableFor(classes(spam, 2));
const terms = learnTexts(data, [rows]);
const labels = termLabels(data, rows, terms, [...terms.flatMap(({ buckets }) => buckets).keys()]);
/** The place among scikit-learn's terms of each of ours. */
const placeOf = labels.map((label, j) =>
  j < reference.words ? names.indexOf(label) : names.indexOf(label, reference.words),
);

function termsOf(text: string, kind: TermKind): string[] {
  const found: string[] = [];
  const clean = normalised(text);
  eachTerm(clean, kind, (_, from, to) => found.push(clean.slice(from, to)));
  return found;
}

function close(got: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(got.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(got[i] - wanted[i])).toBeLessThan(tolerance);
}

describe("terms", () => {
  it("words have two letters, digits or underscores or more, in lower case", () => {
    expect(termsOf("I'm  FREE, e-mail me_2 at 10:05 ... Ünïcode", "words")).toEqual([
      "free",
      "mail",
      "me_2",
      "at",
      "10",
      "05",
      "ünïcode",
    ]);
    expect(termsOf("a b ! 7", "words")).toEqual([]);
  });
  it("runs of four characters lie inside words cut at blanks; shorter ones are one term", () => {
    expect(termsOf("Win it,\tnow", "characters")).toEqual([" win", "win ", " it,", "it, ", " now", "now "]);
    expect(termsOf("a lunch", "characters")).toEqual([" a ", " lun", "lunc", "unch", "nch "]);
    expect(termsOf("", "characters")).toEqual([]);
  });
  it("the same word and run are different terms, and where a term stands does not matter", () => {
    const buckets = new Set<number>();
    for (const kind of ["words", "characters"] as const)
      eachTerm(" free free ", kind, (bucket, from, to) => {
        if (to - from === 4) buckets.add(bucket);
      });
    expect(buckets.size).toBe(4); // free; " fre", "free", "ree "
  });
});

describe("TF-IDF is scikit-learn's", () => {
  it("the same terms, none sharing a bucket", () => {
    expect(terms.map(({ buckets }) => buckets.length)).toEqual([reference.words, names.length - reference.words]);
    expect([...placeOf].toSorted((a, b) => a - b)).toEqual([...names.keys()]);
  });
  it("the same inverse document frequencies and features", () => {
    const idf = terms.flatMap((term) => term.idf);
    close(
      idf,
      placeOf.map((place) => [...reference.idf[0], ...reference.idf[1]][place]),
      1e-12,
    );
    const { starts, columns, values } = textFeatures(terms, data, rows);
    for (const row of rows) {
      const dense = new Float64Array(names.length);
      for (let e = starts[row]; e < starts[row + 1]; e++) dense[placeOf[columns[e]]] = values[e];
      close(dense, reference.features[row], 1e-8);
    }
  });
  it("learnt from the training rows alone, with weights as repetitions", () => {
    const half = rows.filter((row) => row % 2 === 0);
    const changed = tableOf(
      [
        textColumn(
          "message",
          texts.map((text, i) => (i % 2 ? "prize ".repeat(9) : text)),
        ),
      ],
      data.target,
    );
    expect(learnTexts(changed, [half])).toEqual(learnTexts(data, [half]));
    const weights = texts.map((_, i) => 1 + (i % 3));
    const repeated = texts.flatMap((text, i) => Array<string>(weights[i]).fill(text));
    const twice = tableOf([textColumn("message", repeated)], amounts(repeated.map(() => 0)));
    const weighted = { ...tableFor(amounts(texts.map(() => 0))), weights: Float64Array.from(weights) };
    expect(learnTexts(weighted, [rows])).toEqual(learnTexts(twice, [allRows(repeated.length)]));
  });
});

describe("multinomial naive Bayes is scikit-learn's", () => {
  for (const [target, count] of [
    ["spam", 2],
    ["kinds", 3],
  ] as const)
    for (const alpha of [1, 0.1])
      it(`${target}, alpha ${alpha}`, () => {
        const wanted = reference.bayes[`${target} ${alpha.toFixed(1)}`];
        const table = tableFor(classes(target === "spam" ? spam : kinds, count));
        const model = textBayes.fit({ data: table, rows }, { alpha }, seeded(1));
        const { coefficients, intercepts } = coefficientsOf(model.toJSON());
        const mean = (of: (k: number) => number): number =>
          count === 2 ? of(0) : [0, 1, 2].reduce((sum, k) => sum + of(k) / 3, 0);
        for (const [o, own] of coefficients.entries()) {
          const k = count === 2 ? 1 : o;
          expect(intercepts[o]).toBeCloseTo(wanted.prior[k] - mean((j) => wanted.prior[j]), 9);
          close(
            own,
            placeOf.map((at) => wanted.terms[k][at] - mean((j) => wanted.terms[j][at])),
            1e-8,
          );
        }
        close(model.predict(table).values, wanted.probability.flat(), 1e-8);
      });
  it("tells the words that speak for a class", () => {
    const model = textBayes.fit({ data, rows }, { alpha: 0.1 }, seeded(1));
    const { lines } = model.explain(shapeOf(data));
    expect(lines[0]).toMatch(/^message: \d+ words, such as /);
    expect(lines[0]).toMatch(/"(invoice|prize|cash|lunch)"/);
  });
  it("an unknown and an empty text get the class shares; other columns are not looked at", () => {
    const model = textBayes.fit({ data, rows }, { alpha: 1 }, seeded(1));
    const asked = tableOf([textColumn("message", ["", "zzz yyy xxx"])], classes([0, 0], 2));
    const share = spam.reduce((sum, code) => sum + code, 0) / texts.length;
    close(model.predict(asked).values, [1 - share, share, 1 - share, share], 1e-12);
    const more = tableOf([numberColumn("n", spam), textColumn("message", texts)], data.target);
    const other = textBayes.fit({ data: more, rows }, { alpha: 1 }, seeded(1));
    expect(other.predict(more)).toEqual(model.predict(data));
  });
  it("without a text column there is a named error, with texts of no known term the class shares", () => {
    const numbers = tableOf([numberColumn("n", spam)], data.target);
    expect(() => textBayes.fit({ data: numbers, rows }, { alpha: 1 }, seeded(1))).toThrow(FitError);
    const strange = tableOf([textColumn("message", ["aaa", "bbb", "ccc"])], classes([0, 1, 1], 2));
    const model = textBayes.fit({ data: strange, rows: allRows(3) }, { alpha: 1 }, seeded(1));
    close(model.predict(strange, Int32Array.of(0)).values, [1 / 3, 2 / 3], 1e-12);
  });
});

describe("linear families on texts are scikit-learn's", () => {
  function check(model: Model, wanted: Linear, tolerance: number): void {
    const { coefficients, intercepts } = coefficientsOf(model.toJSON());
    const mean =
      intercepts.length > 1 ? wanted.intercepts.reduce((sum, value) => sum + value / intercepts.length, 0) : 0;
    close(
      intercepts,
      wanted.intercepts.map((value) => value - mean),
      tolerance,
    );
    for (const [k, own] of coefficients.entries())
      close(
        own,
        placeOf.map((place) => wanted.coefficients[k][place]),
        tolerance,
      );
  }
  const ridge = { penalty: "l2", l2: 1 } as const;
  it("logistic regression, two classes", () =>
    check(logistic.fit({ data, rows }, { ...ridge, classWeight: "none" }, seeded(1)), reference.logistic, 1e-5));
  it("logistic regression, three classes", () => {
    const table = tableFor(classes(kinds, 3));
    check(logistic.fit({ data: table, rows }, { ...ridge, classWeight: "none" }, seeded(1)), reference.softmax, 1e-5);
  });
  it("ridge regression", () => {
    const table = tableFor(amounts(reference.score));
    check(linear.fit({ data: table, rows }, { ...ridge, loss: "squared" }, seeded(1)), reference.ridge, 1e-5);
  });
});
