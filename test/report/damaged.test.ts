/** Artifacts whose members do not fit together are refused with the place; odd ones that fit are printed. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Artifact } from "../../src/report/artifact.ts";
import { benchmarkDocument } from "../../src/report/benchmark/document.ts";
import { htmlReport, markdownReport, terminalReport } from "../../src/report/benchmark/reports.ts";
import { legible, placeOn, plain } from "../../src/report/document/document.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";
import { htmlVerdict, markdownVerdict, terminalVerdict } from "../../src/report/verdict/reports.ts";
import { artifactOf } from "./artifacts.ts";
import { documentOf, entry } from "./verdicts.ts";

let binary: Artifact;
let regression: Artifact;
beforeAll(async () => {
  const options = { folds: 3, trials: 1 };
  binary = await artifactOf("binary", 600, { ...options, models: ["one-rule", "logistic", "tree"] });
  regression = await artifactOf("regression", 600, { ...options, models: ["one-rule", "linear"] });
}, 240_000);

/** A copy as a file holds it, edited. */
function edited(artifact: Artifact, edit: (copy: any) => void): unknown {
  const copy = JSON.parse(JSON.stringify(artifact));
  edit(copy);
  return copy;
}

const drawingOf = (copy: any, kind: string): any =>
  copy.ladder.map((rung: any) => rung.explanation?.drawing).find((drawing: any) => drawing?.kind === kind);

describe("what does not fit together is refused with its place", () => {
  it("as trained it fits", () => {
    for (const artifact of [binary, regression]) expect(() => checkArtifact(edited(artifact, () => {}))).not.toThrow();
  });
  it.each<[string, (copy: any) => void, string]>([
    [
      "a champion that no rung is",
      (copy) => (copy.champion.rung = "nobody"),
      'champion.rung: wanted a rung of the ladder, got "nobody"',
    ],
    ["a ladder without rungs", (copy) => (copy.ladder = []), "champion.rung: wanted a rung of the ladder"],
    ["a member that is gone", (copy) => delete copy.search, "search: it is missing"],
    ["a member nobody knows", (copy) => (copy.extra = 1), "extra: there is no such member"],
    [
      "a number that is none",
      (copy) => (copy.timing.seconds = Infinity),
      "timing.seconds: wanted a finite number, got Infinity",
    ],
    [
      "a class without its counts",
      (copy) => copy.diagnostics.confusion.counts.pop(),
      "diagnostics.confusion: wanted a count for each pair",
    ],
    [
      "a count too few",
      (copy) => copy.diagnostics.confusion.counts[0].pop(),
      "diagnostics.confusion: wanted a count for each pair",
    ],
    [
      "a term without values",
      (copy) => (drawingOf(copy, "terms").terms[0].values = []),
      "drawing: wanted a value of each term for each output",
    ],
    ["a tree out of order", (copy) => (drawingOf(copy, "tree").nodes[1].parent = 2), "nodes: wanted nodes in preorder"],
  ])("%s", (_, edit, place) => {
    expect(() => checkArtifact(edited(binary, edit))).toThrow(/^this benchmark is damaged at /);
    expect(() => checkArtifact(edited(binary, edit))).toThrow(place);
  });
  it.each<[string, (copy: any) => void, string]>([
    [
      "an edge too few",
      (copy) => copy.diagnostics.residuals.edges.pop(),
      "diagnostics.residuals: wanted an edge more than counts",
    ],
    [
      "a cell outside",
      (copy) => (copy.diagnostics.agreement.cells[0].actual = 999),
      "diagnostics.agreement: wanted cells between the edges",
    ],
  ])("%s", (_, edit, place) => {
    expect(() => checkArtifact(edited(regression, edit))).toThrow(`this benchmark is damaged at ${place}`);
  });
});

describe("what is odd, and fits, is printed", () => {
  const texts = (artifact: Artifact): string[] => [
    htmlReport(artifact),
    markdownReport(artifact),
    terminalReport(artifact, { colour: false, width: 100 }),
  ];
  it("numbers as large as they get", () => {
    for (const size of [1e300, Number.MAX_VALUE]) {
      const copy = edited(binary, ({ ladder }) => {
        for (const { holdout } of ladder)
          for (const score of Object.values<any>(holdout))
            Object.assign(score, { value: size / 2, lower: -size, upper: size });
      }) as Artifact;
      for (const text of texts(checkArtifact(copy))) expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
  it("names of ten thousand characters: their ends stand for them, and the page stays small", () => {
    const long = "n".repeat(10_000);
    const copy = edited(binary, (one) => {
      for (const column of one.columns) column.name += long;
      one.target.name += `${long}end`;
      for (const effect of one.diagnostics.effects) effect.column += long;
      for (const each of one.diagnostics.importance.columns) each.column += long;
      for (const node of drawingOf(one, "tree").nodes) node.when += long;
      one.warnings = [{ code: "duplicate-rows", message: `about ${long}` }];
    }) as Artifact;
    const shown = texts(checkArtifact(copy));
    expect(shown.filter((text) => /n{500}/.test(text)).length).toBe(0);
    expect(shown[0].length).toBeLessThan(400_000);
    expect(plain(benchmarkDocument(copy).answer).length).toBeLessThan(400);
  });
});

it("very many challengers and remarks are cut in reports, and counted", () => {
  const many = documentOf(...Array.from({ length: 300 }, (_, i) => entry(`net ${i}`)));
  const noted = documentOf(entry("net", { notes: Array.from({ length: 5000 }, (_, i) => `note ${i}`) }));
  const texts = [many, noted].flatMap((document) => [
    htmlVerdict(document),
    markdownVerdict(document),
    terminalVerdict(document, { colour: false, width: 100 }),
  ]);
  for (const text of texts) expect(text.length).toBeLessThan(250_000);
  for (const text of texts.slice(0, 3)) expect(text).toMatch(/the first 12; verdict\.json has all 300\./);
  for (const text of texts.slice(3)) expect(text).toMatch(/\.\.\. and 4,\d+ more in verdict\.json/);
});

it("words nobody reads to their end keep both ends; sentences, lists and short words stay", () => {
  const word = `${"a".repeat(300)}z`;
  expect(legible(`say ${word} twice`)).toMatch(/^say a{80}…a{19}z twice$/);
  const prose = "a word after another ".repeat(100);
  expect(legible(prose)).toBe(prose);
  expect(legible("💥".repeat(500))).toMatch(/^(💥){80}…(💥){20}$/u);
});

it("a place on a scale is between its ends, whatever they are", () => {
  expect(placeOn(3, 2, 4)).toBe(0.5);
  expect([placeOn(1, 2, 4), placeOn(9, 2, 4), placeOn(1, 1, 1)]).toEqual([0, 1, 0.5]);
  expect(placeOn(0, -Number.MAX_VALUE, Number.MAX_VALUE)).toBe(0.5);
});
