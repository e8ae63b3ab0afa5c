/** A report is as long on a million rows as on a thousand: what grows with the table is counted, not printed. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Artifact, Rung } from "../../src/report/artifact.ts";
import { htmlReport } from "../../src/report/benchmark/reports.ts";
import { artifactOf } from "./artifacts.ts";

let small: Artifact;
let large: Artifact;
beforeAll(async () => {
  const options = { folds: 3, trials: 1 };
  small = await artifactOf("binary", 1000, options);
  large = await artifactOf("binary", 8000, options);
}, 240_000);

describe("a report of fifty times the rows is at most a tenth longer", () => {
  const singles = [
    ["binary", ["tree", "one-rule", "rule-list", "naive-bayes"]],
    ["multiclass", ["tree", "one-rule"]],
    ["regression", ["tree", "one-rule", "rule-list"]],
  ] as const;
  for (const [task, rungs] of singles)
    for (const rung of rungs)
      it(`where ${rung} is the only rung of a ${task} task`, { timeout: 120_000 }, async () => {
        const options = { models: [rung], folds: 3, trials: 4 };
        const [few, many] = [await artifactOf(task, 600, options), await artifactOf(task, 30_000, options)];
        expect(many.champion.rung).toBe(few.champion.rung);
        expect(bytes(many) / bytes(few)).toBeLessThan(1.1);
      });
});

function crowned(artifact: Artifact, rung: string): Artifact {
  return { ...artifact, champion: { ...artifact.champion, rung } };
}

function explained(artifact: Artifact, rung: string, explanation: Rung["explanation"]): Artifact {
  const ladder = artifact.ladder.map((one) => (one.rung === rung ? { ...one, explanation } : one));
  return crowned({ ...artifact, ladder }, rung);
}

const bytes = (artifact: Artifact): number => Buffer.byteLength(htmlReport(artifact));

it("a report of eight times the rows is at most a tenth longer, whichever rung is champion", () => {
  const rungs = small.ladder.filter(({ status }) => status === "ok").map(({ rung }) => rung);
  expect(rungs.length).toBeGreaterThan(4);
  for (const rung of rungs) expect(bytes(crowned(large, rung)) / bytes(crowned(small, rung)), rung).toBeLessThan(1.1);
});

describe("a report of a model many times as large", () => {
  const summary = "a model";
  const linesOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `line ${i} of what it says`);
  const rules = (count: number): Rung["explanation"] => ({
    summary,
    lines: linesOf(count),
    drawing: {
      kind: "rules",
      unit: "share of yes",
      rules: Array.from({ length: count }, (_, i) => ({ when: `age <= ${i}`, says: "yes", value: 0.5, rows: 10 })),
      more: 0,
    },
  });
  const terms =
    (outputs: number) =>
    (count: number): Rung["explanation"] => ({
      summary,
      lines: linesOf(count),
      drawing: {
        kind: "terms",
        unit: "log odds",
        outputs: Array.from({ length: outputs }, (_, k) => `class ${k}`),
        terms: Array.from({ length: count }, (_, i) => ({
          name: `town = level ${i}`,
          spread: 1,
          values: Array.from({ length: outputs }, () => i / 7),
        })),
        more: 0,
      },
    });
  /** As many nodes as a drawing has at most (`test/models/drawing.test.ts`); the leaves that are not drawn lie below its ends. */
  const tree = (leaves: number): Rung["explanation"] => {
    const nodes = Math.min(2 * leaves - 1, 15);
    const below = leaves - (nodes - 1) / 2;
    return {
      summary,
      lines: linesOf(leaves),
      drawing: {
        kind: "tree",
        unit: "share of yes",
        nodes: Array.from({ length: nodes }, (_, i) => ({
          parent: i === 0 ? -1 : 2 * Math.floor((i - 1) / 2),
          when: `income <= ${1000 + i}`,
          says: "yes 65.8 %",
          value: 0.658,
          rows: 100,
          leaves: i === 0 ? leaves : i === nodes - 1 ? below : 1,
        })),
      },
    };
  };
  const text = (count: number): Rung["explanation"] => ({ summary, lines: linesOf(count) });
  it.each([
    ["a tree", 6, 1000, tree],
    ["rules", 6, 300, rules],
    ["terms of one sum", 10, 5000, terms(1)],
    ["terms of three sums", 10, 5000, terms(3)],
    ["lines", 20, 5000, text],
  ] as const)("is at most a tenth longer: %s", (_, few, many, of) => {
    const page = (count: number): number => bytes(explained(small, "logistic", of(count)));
    expect(page(many) / page(few)).toBeLessThan(1.1);
    expect(htmlReport(explained(small, "logistic", of(many)))).toMatch(/\d more /);
  });
  it("is at most a tenth longer when all other rungs are", () => {
    const page = (count: number): number => {
      const artifact = small;
      const ladder = artifact.ladder.map((rung) => ({ ...rung, explanation: text(count)! }));
      return bytes({ ...artifact, ladder });
    };
    expect(page(5000) / page(5)).toBeLessThan(1.1);
  });
});
