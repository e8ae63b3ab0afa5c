/** The verdict as Markdown: `verdict.md`. Pure: document in, text out. */
import { escaped, table } from "./formats/markdown.ts";
import { checksOf } from "./verdict-checks.ts";
import {
  boundsFigure,
  familyLine,
  gainFigure,
  questionLine,
  summaryTable,
  type VerdictDocument,
  type VerdictEntry,
} from "./verdict.ts";
import { figure, pFigure } from "./wording.ts";

export function markdownVerdict(document: VerdictDocument): string {
  const family = familyLine(document);
  const sections = [
    `# Verdict\n\n${escaped(questionLine(document))}`,
    summary(document),
    ...(family === "" ? [] : [escaped(family)]),
    ...document.challengers.map(section),
    `---\n\nBenchmark \`${document.benchmark}\`.`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function summary(document: VerdictDocument): string {
  const { head, rows, numeric } = summaryTable(document);
  const cells = rows.map((row) => row.map((cell, k) => (k === 1 ? `**${escaped(cell)}**` : escaped(cell))));
  return table(head, cells, numeric);
}

function section(one: VerdictEntry): string {
  const rivals = one.against.map(({ baseline, score, gain, bounds, p }) => [
    escaped(baseline),
    figure(score),
    escaped(gainFigure(gain, one.margin)),
    escaped(boundsFigure(bounds, one.margin)),
    pFigure(p),
  ]);
  const parts = [
    `## ${escaped(one.name)}`,
    escaped(one.sentence),
    table(["baseline", `its ${escaped(one.metric)}`, "gain over it", "interval", "p"], rivals, new Set([1, 2, 3, 4])),
    ...checksOf(one).map(({ title, lines }) => `${title}:\n\n${lines.map((line) => `- ${escaped(line)}`).join("\n")}`),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
