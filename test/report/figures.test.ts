import { describe, expect, it } from "vitest";
import type { Artifact } from "../../src/report/artifact.ts";
import { benchmarkDocument } from "../../src/report/benchmark/document.ts";
import { thinned } from "../../src/report/benchmark/thinned.ts";
import type { Figure } from "../../src/report/document/document.ts";
import { grid } from "../../src/report/figures/grid.ts";
import { lines } from "../../src/report/figures/lines.ts";
import { artifactOf } from "./artifacts.ts";

const figureOf = (artifact: Artifact, start: string): Figure[] =>
  benchmarkDocument(artifact)
    .sections.flatMap(({ blocks }) => blocks)
    .filter((block): block is Figure => block.kind === "figure" && block.title.startsWith(start));

describe("a frame", () => {
  it.each([
    [0, 1],
    [0.38195, 0.38203],
    [0, 17_500],
    [-2_500_000, 900_000],
  ])("keeps the labels of an axis from %d to %d clear of its name", (from, to) => {
    const svg = lines({
      title: "t",
      description: "d",
      x: { label: "x", from: 0, to: 1 },
      y: { label: "y", from, to },
      series: [{ name: "s", points: [[0, from] as const, [1, to] as const] }],
    });
    const [, labels] = /<g class="up">(.*?)<\/g>/.exec(svg)!;
    const texts = [...labels.matchAll(/<text x="([^"]+)"[^>]*>([^<]*)</g)];
    expect(texts.length).toBeGreaterThan(1);
    for (const [, x, text] of texts) expect(Number(x) - 6.6 * text.length, text).toBeGreaterThanOrEqual(18);
  });
  it("draws no lines behind cells", () => {
    const names = ["a", "b"];
    const axis = { label: "l", from: 0, to: 1, names };
    const cells = [0, 1].map((at) => ({ column: at, row: at, count: 3, shade: 1 }));
    const svg = grid({ title: "t", description: "d", x: axis, y: axis, columns: 2, rows: 2, cells });
    expect(svg).not.toContain('class="grid"');
    expect(svg.match(/class="cell"/g)).toHaveLength(1);
  });
});

describe("what the champion does", () => {
  const column = (name: string, increase: number) => ({ column: name, increase, error: 0.001 });
  it("is drawn for the columns that matter, on one scale", async () => {
    const artifact = await artifactOf("regression", 300, { models: ["linear"], folds: 3 });
    const diagnostics = {
      ...artifact.diagnostics!,
      importance: {
        rows: "held-out" as const,
        repeats: 5,
        floor: 0,
        columns: [column("age", 10), column("income", 5), column("town", 0.05)],
      },
      effects: ["age", "income", "town"].map((name, k) => ({
        column: name,
        points: [1, 2, 3].map((at) => ({ at, answer: at / 10 ** k })),
      })),
    };
    const told = { ...artifact, diagnostics };
    const [matter] = figureOf(told, "Which columns matter");
    expect(matter.numbers.rows.map(([name]) => name)).toEqual(["age", "income"]);
    expect(matter.caption).toContain("Of little weight: town.");
    const effects = figureOf(told, "How the answer moves");
    expect(effects.map(({ title }) => title)).toEqual(
      ["age", "income"].map((name) => `How the answer moves with ${name}`),
    );
    const labels = effects.map(({ draw }) => /<g class="up">.*?<\/g>/.exec(draw!())![0]);
    expect(labels[1]).toBe(labels[0]);
    expect(effects[0].caption).toContain("held-out rows");
  });
});

it("a list is thinned evenly, with its ends", () => {
  const list = Array.from({ length: 101 }, (_, i) => i);
  expect(thinned(list, 5)).toEqual([0, 25, 50, 75, 100]);
  expect(thinned([1, 2], 5)).toEqual([1, 2]);
});
